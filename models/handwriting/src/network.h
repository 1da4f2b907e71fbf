#pragma once

// A network behind plain floats: what the readers of this room share.

#include <cstddef>
#include <memory>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "primer/base/result.h"
#include "primer/inference/session.h"

namespace primer::handwriting {

// An input or output of a network, of one sample.
struct NetworkValue {
  std::string_view name;
  std::size_t size = 0;
};

// A session with inputs and outputs in float or int8, converted on the way. Thread-compatible.
class Network {
 public:
  // kUnsupported where the model's inputs are not `inputs` (by name and number of elements, in any
  // order) or it lacks one of `outputs`. A model that has one output only may name it as it likes.
  static Result<Network> create(std::shared_ptr<const inference::Model> model,
                                std::span<const NetworkValue> inputs,
                                std::span<const NetworkValue> outputs);

  // Another over the same weights.
  Result<Network> another() const;

  const inference::Model& model() const { return *model_; }

  // `values` has the size of that input.
  void setInput(std::size_t index, std::span<const float> values);
  void run();
  // What the last run gave for output `index`, as floats, valid until the next run; all zero where
  // the run failed.
  std::span<const float> output(std::size_t index) const { return outputs_[index]; }

 private:
  Network(std::shared_ptr<const inference::Model> model, inference::Session session);

  std::shared_ptr<const inference::Model> model_;
  inference::Session session_;
  std::vector<std::size_t> input_places_;  // of our inputs among the model's
  std::vector<std::size_t> output_places_;
  std::vector<std::vector<float>> outputs_;
};

// The object of the metadata entry "primer", or an empty one where there is none or it is broken.
nlohmann::json modelMetadata(const inference::Model& model);

// metadata["preprocessing"][key] as a number, or `otherwise`.
float calibrationNumber(const nlohmann::json& metadata, const char* key, float otherwise);

}  // namespace primer::handwriting
