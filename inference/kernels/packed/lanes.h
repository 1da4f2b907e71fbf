#pragma once

// What comes after the sums, a lane a channel: bias, factor, rounding. And the memory that packed
// weights and these numbers lie in.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "kernels/packed/level.h"
#include "kernels/packed/rescale.h"
#include "ops/weights.h"
#include "src/aligned_block.h"

namespace primer::inference::packed {

// A layer with int8 weights, as its node tells it; arrays are the graph's.
struct LayerSource {
  const std::int8_t* weights = nullptr;
  std::int32_t channels = 0;
  const std::int32_t* bias = nullptr;  // null: zeros
  double input_scale = 1;
  double output_scale = 1;
  std::span<const float> weight_scales;  // one a channel, or one for all
  bool is_dense = false;                 // rounded once, in double
  std::int32_t input_zero_point = 0;
  std::int32_t input_offset = 0;  // what the level adds to inputs
  std::int32_t output_zero_point = 0;
  IntegerRange range;

  std::int32_t biasOf(std::int32_t channel) const { return bias == nullptr ? 0 : bias[channel]; }
  // As outputFactors().
  double factorOfScale(float weight_scale) const {
    return input_scale * static_cast<double>(weight_scale) / output_scale;
  }
  double factorOf(std::int32_t channel) const {
    const auto at = static_cast<std::size_t>(channel);
    return factorOfScale(weight_scales[weight_scales.size() == 1 ? 0 : at]);
  }

  // Sums below zero end at `low` whatever their rounding, where `low` is not below what 0 becomes.
  bool needsSign() const { return !is_dense && range.low < output_zero_point; }
};

// Of a node whose weights are int8 without a zero point.
LayerSource sourceOf(const NodeView& node, std::int32_t channels,
                     tflite::ActivationFunctionType activation, const LevelKernels& kernels);

// Whether the node is what packed kernels are for: int8 weights without a zero point.
bool hasPlainWeights(const NodeView& node);

// The bias that makes up for the input's zero point and offset, for a channel whose weights add up
// to `sum`. It wraps, as sums do.
std::int32_t correctedBias(const LayerSource& source, std::int32_t channel, std::int32_t sum);

// What a channel's lane holds.
struct Channel {
  std::int32_t bias = 0;
  HighHalf rescale;
  double factor = 0;
};

// What a channel's weights add up to, as they are and without their signs, and the least of them.
struct WeightTotals {
  std::int32_t sum = 0;
  std::int32_t magnitude = 0;
  std::int8_t least = 127;
};

// Of weights that follow each other.
WeightTotals totalsOf(const std::int8_t* weights, std::int32_t count);

// Nothing where the numbers are beyond what the inner loops hold: sums or factors too large.
std::optional<Channel> channelOf(const LayerSource& source, std::int32_t c,
                                 const WeightTotals& weights);

// Whether channelOf() gives something for every channel whatever its weights are, of which it has
// `depth`. False where that would take a look at each factor.
bool holdsAnyWeights(const LayerSource& source, std::int64_t depth);

struct LaneNeeds {
  std::size_t lanes = 0;
  std::size_t weight_bytes = 0;
  std::size_t offsets = 0;
  std::size_t block_ends = 0;
  bool is_dense = false;
  bool is_signed = false;
};

// One block of arrays, each at a multiple of 64 bytes. It is not touched before clear(): lanes that
// are not set give zero then.
class LaneMemory {
 public:
  LaneMemory() = default;
  explicit LaneMemory(const LaneNeeds& needs);

  bool ok() const { return block_.ok(); }  // false where the memory could not be had
  std::size_t bytes() const { return block_.size(); }

  enum class Clear { kAll, kAllButWeights };
  void clear(Clear what);

  std::int8_t* weights() const { return at<std::int8_t>(0); }
  SparseBlock* blocks() const { return at<SparseBlock>(0); }
  std::int64_t* offsets() const { return at<std::int64_t>(offsets_); }
  std::int32_t* blockEnds() const { return at<std::int32_t>(block_ends_); }
  std::int32_t* bias() const { return at<std::int32_t>(bias_); }
  void set(std::size_t lane, const Channel& channel);
  Rescale rescale(const LayerSource& source) const;

 private:
  template <typename T>
  T* at(std::size_t offset) const {
    return reinterpret_cast<T*>(block_.data() + offset);
  }

  LaneNeeds needs_;
  std::size_t offsets_ = 0, block_ends_ = 0, bias_ = 0, factor_ = 0, multiplier_ = 0, addend_ = 0,
              shift_ = 0, sign_ = 0;
  AlignedBlock block_;
};

}  // namespace primer::inference::packed
