#pragma once

// Rules that CONV_2D, DEPTHWISE_CONV_2D and FULLY_CONNECTED share: weights, bias, scales.

#include <vector>

#include "ops/node_view.h"

namespace primer::inference {

// Checks types, scales and zero points of input, weights (input 1), bias (input 2, optional) and
// output of a layer whose `channels` outputs lie along `channel_dimension` of the weights and
// each sum `depth` products.
Verdict checkWeights(const NodeView& node, std::int32_t channels, int channel_dimension,
                     std::uint64_t depth);

// input scale * weight scale / output scale, one for each output channel. uint8 convolutions, the
// format's oldest, take the product of the first two in float.
enum class ScaleProduct : std::uint8_t { kDouble, kFloatFirst };
std::vector<double> outputFactors(const NodeView& node, std::int32_t channels,
                                  ScaleProduct product);

// int16 inputs: whether sums and bias are of 32 bits, which the file says in an option of its own.
bool sumsAreNarrow(const NodeView& node);

// Bias as int32, zeros where it is left out.
std::vector<std::int32_t> biasValues(const NodeView& node, std::int32_t channels);
std::vector<std::int64_t> wideBiasValues(const NodeView& node, std::int32_t channels);
std::vector<float> floatBiasValues(const NodeView& node, std::int32_t channels);

struct IntegerRange {
  std::int32_t low = 0;
  std::int32_t high = 0;
};

// What a fused activation leaves of the output's range.
IntegerRange activationRange(tflite::ActivationFunctionType activation, const Tensor& output);

struct FloatRange {
  float low = 0.0f;
  float high = 0.0f;
};
FloatRange floatActivationRange(tflite::ActivationFunctionType activation);

// Refuses fused activations other than NONE, RELU, RELU_N1_TO_1 and RELU6.
Verdict checkFusedActivation(const NodeView& node, tflite::ActivationFunctionType activation);

}  // namespace primer::inference
