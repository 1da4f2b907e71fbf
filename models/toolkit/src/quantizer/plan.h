#pragma once

// What every operator of a graph is computed in, and which scale every activation gets.

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "primer/base/result.h"
#include "src/model_file.h"
#include "src/quantizer/operator_rules.h"
#include "src/quantizer/ranges.h"
#include "src/quantizer/statistics.h"

namespace primer::toolkit {

// By operator of a graph.
using Precisions = std::vector<Precision>;

// The precision that a mode and its exceptions give to the operators of subgraph `g`. Operators
// without float operands, variables and control flow are kFloat. kUnsupported names an operator
// without a form in its precision, unless options.float_fallback; then it is kFloat.
Result<Precisions> choosePrecisions(const tflite::ModelT& model, std::size_t g,
                                    const QuantizeOptions& options);

// Adds to a report what stays float and what an exception put into int16.
void describePrecisions(const tflite::ModelT& model, std::size_t g, const Precisions& precisions,
                        QuantizeMode mode, Quantized& report);

// kInvalidArgument for an exception that fits no operator of any entry.
Status checkOverrides(const tflite::ModelT& model, const std::vector<Override>& overrides);

// Activations that share a scale in one precision.
struct ScaleGroup {
  Precision precision = Precision::kInt8;
  ActivationRange range;
  bool fixed = false;  // the format prescribes the scale, whatever the range
  std::vector<std::int32_t> tensors;
};

struct GraphPlan {
  Precisions precisions;
  std::vector<ScaleGroup> groups;
  // By precision (kInt8, kInt16) and tensor; the scale is 0 where the tensor is no activation in
  // it.
  std::array<std::vector<ScaleAndZero>, 3> scales;

  const ScaleAndZero& at(Precision precision, std::int32_t tensor) const {
    return scales[static_cast<std::size_t>(precision)][static_cast<std::size_t>(tensor)];
  }
};

// Tensors that must share a scale do; where an input has a prescribed scale all the same (it comes
// from a soft-max), the writer puts a QUANTIZE between.
GraphPlan planScales(const tflite::ModelT& model, std::size_t g, const Precisions& precisions,
                     const Statistics& statistics, RangeRule rule);

// Gives a group that is not fixed another range, and its tensors the scale of that.
void setRange(GraphPlan& plan, std::size_t group, const ActivationRange& range);

// A float operand of an operator: neither absent nor of another type.
bool isFloat(const tflite::SubGraphT& graph, std::int32_t tensor);

// Whether input `position` of an operator is quantised as weights or bias, by rules of their own.
inline bool isActivation(const OperatorRule& rule, std::size_t position) {
  if (rule.recurrent) return position == 0;
  return static_cast<int>(position) != rule.weights && static_cast<int>(position) != rule.bias;
}

}  // namespace primer::toolkit
