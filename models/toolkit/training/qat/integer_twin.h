#pragma once

// The integer model that a float model under training stands for at the moment, as the engine runs
// it. Knows nothing of libtorch.

#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "primer/base/result.h"
#include "primer/inference/session.h"
#include "primer/toolkit/quantize.h"
#include "src/model_file.h"
#include "src/quantizer/plan.h"

namespace primer::toolkit {

class IntegerTwin {
 public:
  // Calibrates a plain float model of one graph and plans its integer form. Errors as quantize()
  // has them, before any training.
  static Result<IntegerTwin> make(std::span<const std::byte> model, const CalibrationSet& samples,
                                  const QuantizeOptions& options);

  // The float model; training writes its weights here before update().
  tflite::ModelT& weights() { return *float_model_; }

  const std::vector<std::int32_t>& inputs() const { return float_model_->subgraphs[0]->inputs; }

  GraphPlan& plan() { return plan_; }
  const GraphPlan& plan() const { return plan_; }

  // Makes the integer model of the present weights and plan. Not while sessions are being created.
  Status update();

  // The file of the last update(), inputs and outputs as the options ask.
  Result<std::vector<std::byte>> file() const;

  // Adds to a report which operators are not in the mode's precision.
  void describe(Quantized& report) const;

  // The rule that chose the first ranges.
  RangeRule firstRange() const {
    return options_.range == RangeRule::kAuto ? RangeRule::kMse : options_.range;
  }

  // Of the last update(): the model, for sessions that keep their intermediates; where a tensor of
  // the float model lies in it (-1: nowhere); what a trained constant became, in real numbers
  // (empty: it stayed as it is).
  const std::shared_ptr<const inference::Model>& model() const { return model_; }
  std::int32_t placeOf(std::int32_t tensor) const {
    return places_[static_cast<std::size_t>(tensor)];
  }
  const std::vector<float>& constant(std::int32_t tensor) const;

  // By tensor of that model: whether an operator computes it. What is moved only, on the scale that
  // it has, need not be asked for.
  const std::vector<bool>& computed() const { return computed_; }

 private:
  IntegerTwin() = default;
  void findMoved();
  void readConstants(const tflite::ModelT& written);

  QuantizeOptions options_;
  ModelObject float_model_;
  GraphPlan plan_;
  std::shared_ptr<const inference::Model> model_;
  std::vector<std::int32_t> places_;
  std::vector<bool> moved_;  // by tensor of the float model
  std::vector<bool> computed_;
  std::map<std::int32_t, std::vector<float>> constants_;
};

}  // namespace primer::toolkit
