#pragma once

// Weights as integers.

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "primer/base/result.h"
#include "src/model_file.h"
#include "src/quantizer/operator_rules.h"

namespace primer::toolkit {

inline constexpr int kInt8Limit = 127;
inline constexpr int kInt4Limit = 7;

// Which output channel a weight belongs to, and which input channel it meets.
struct WeightLayout {
  std::size_t channels = 1;
  std::size_t inner = 1;  // weight i is of channel i / inner % channels
  std::size_t total = 0;

  std::size_t channelOf(std::size_t i) const { return i / inner % channels; }
};
WeightLayout layoutOf(const std::vector<std::int32_t>& shape, int axis);

// The input channel that weight i of a layer meets. `input_channels` of the layer's input;
// convolutions may have groups.
class InputChannels {
 public:
  InputChannels(tflite::BuiltinOperator code, const std::vector<std::int32_t>& weights,
                std::size_t input_channels);
  std::size_t of(std::size_t i) const;

 private:
  bool depthwise_ = false;
  std::size_t in_row_ = 1;      // input channels that one row of weights meets
  std::size_t per_output_ = 1;  // weights of one output channel
  std::size_t outputs_ = 1;     // channels of the depthwise output
  std::size_t per_group_ = 1;   // output channels of a group, or of an input channel
};

struct QuantisedWeights {
  std::vector<std::int8_t> values;
  std::vector<float> scales;  // one a channel
};

// Symmetric scales, none below `least` (empty: no such bound).
std::vector<float> weightScales(std::span<const float> weights, const WeightLayout& layout,
                                int limit, std::span<const float> least = {});

// Each weight to the nearest level.
QuantisedWeights roundToNearest(std::span<const float> weights, const WeightLayout& layout,
                                std::vector<float> scales, int limit);

// A channel of (nearly) no weights must still hold its bias in 32 bits: the least scales for that.
std::vector<float> leastScales(std::span<const float> bias, float input_scale);

// Two to a byte, the first in the low half.
std::vector<std::byte> packInt4(std::span<const std::int8_t> values);

}  // namespace primer::toolkit
