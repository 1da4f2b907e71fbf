#include "kernels/packed/lanes.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <limits>

#include "planner/arena.h"

namespace primer::inference::packed {
namespace {

// What becomes of a sum, the zero point in it.
std::int32_t outputOf(const LayerSource& source, std::int32_t channel, std::int32_t sum) {
  const std::int32_t scaled =
      source.is_dense ? RealRounding(source.factorOf(channel))(sum)
                      : DoubleRounding(quantizeMultiplier(source.factorOf(channel)))(sum);
  return std::clamp(wrappingAdd(scaled, source.output_zero_point), source.range.low,
                    source.range.high);
}

Channel constantChannel(const LayerSource& source, std::int32_t output) {
  Channel channel;
  if (source.is_dense) {
    channel.factor = 1;
    channel.bias = output - source.output_zero_point;
  } else {
    channel.rescale = {0, 2 * output, 1, 0};
  }
  return channel;
}

}  // namespace

LayerSource sourceOf(const NodeView& node, std::int32_t channels,
                     tflite::ActivationFunctionType activation, const LevelKernels& kernels) {
  LayerSource source;
  source.weights = reinterpret_cast<const std::int8_t*>(node.input(1).constant.data());
  source.channels = channels;
  if (const auto* bias = node.optionalInput(2); bias != nullptr) {
    source.bias = reinterpret_cast<const std::int32_t*>(bias->constant.data());
  }
  source.input_scale = node.input(0).quantization().scale();
  source.output_scale = node.output(0).quantization().scale();
  source.weight_scales = node.input(1).quantization().scales;
  source.input_zero_point = static_cast<std::int32_t>(node.input(0).quantization().zeroPoint());
  source.input_offset = kernels.input_flip == 0 ? 0 : 128;
  source.output_zero_point = static_cast<std::int32_t>(node.output(0).quantization().zeroPoint());
  source.range = activationRange(activation, node.output(0));
  return source;
}

bool hasPlainWeights(const NodeView& node) {
  const auto& weights = node.input(1);
  return weights.is_constant && weights.info.type == ElementType::kInt8 &&
         weights.quantization().zeroPoint() == 0;
}

std::int32_t correctedBias(const LayerSource& source, std::int32_t channel, std::int32_t sum) {
  return wrappingSubtract(source.biasOf(channel),
                          (source.input_zero_point + source.input_offset) * sum);
}

WeightTotals totalsOf(const std::int8_t* weights, std::int32_t count) {
  // Vectors of the compiler's: every model's weights pass through here when it is opened.
  using Bytes = std::int8_t __attribute__((vector_size(16)));
  using Words = std::int16_t __attribute__((vector_size(16)));
  using Magnitudes = std::uint8_t __attribute__((vector_size(16)));
  using WordMagnitudes = std::uint16_t __attribute__((vector_size(16)));
  constexpr std::int32_t kVector = sizeof(Bytes);
  constexpr std::int32_t kBlock = 64 * kVector;  // a lane's pairs of bytes add up within 16 bits
  WeightTotals totals;
  Bytes least = Bytes{} + std::int8_t{127};
  for (; count >= kVector; weights += kBlock, count -= kBlock) {
    Words sums = {};
    WordMagnitudes magnitudes = {};
    const std::int32_t some = std::min(count, kBlock) / kVector * kVector;
    for (std::int32_t at = 0; at < some; at += kVector) {
      Bytes bytes;
      std::memcpy(&bytes, weights + at, sizeof(bytes));
      const auto negative = reinterpret_cast<Magnitudes>(bytes < 0);
      least = bytes < least ? bytes : least;
      const auto words = reinterpret_cast<Words>(bytes);
      sums += (words >> 8) + ((words << 8) >> 8);
      const auto pairs = reinterpret_cast<WordMagnitudes>(
          (reinterpret_cast<Magnitudes>(bytes) ^ negative) - negative);
      magnitudes += (pairs >> 8) + (pairs & 0xff);
    }
    for (std::size_t i = 0; i < sizeof(Words) / sizeof(std::int16_t); ++i) {
      totals.sum += sums[i];
      totals.magnitude += magnitudes[i];
    }
    if (count < kBlock) {
      weights += some;
      count -= some;
      break;
    }
  }
  for (std::int32_t i = 0; i < kVector; ++i)
    totals.least = std::min<std::int8_t>(totals.least, least[i]);
  for (; count > 0; --count, ++weights) {
    totals.sum += *weights;
    totals.magnitude += std::abs(std::int32_t{*weights});
    totals.least = std::min(totals.least, *weights);
  }
  return totals;
}

std::optional<Channel> channelOf(const LayerSource& source, std::int32_t c,
                                 const WeightTotals& weights) {
  const std::int64_t bias = source.biasOf(c);
  const std::int64_t swing = std::int64_t{weights.magnitude} * 255;
  const std::int64_t most = swing + std::abs(bias);
  if (most > std::numeric_limits<std::int32_t>::max()) return std::nullopt;
  Channel channel;
  channel.bias = correctedBias(source, c, weights.sum);
  if (most < kMostSum && weights.magnitude > 0) {
    constexpr double kMost = 1 << 30;
    channel.factor = source.factorOf(c);
    if (source.is_dense && static_cast<double>(most) * channel.factor < kMost) return channel;
    const auto rescale =
        HighHalf::make(quantizeMultiplier(source.factorOf(c)), source.output_zero_point);
    if (!source.is_dense && rescale) {
      channel.rescale = *rescale;
      return channel;
    }
  }
  // Pruned models have channels with no weights, or hardly any, beside biases and factors that
  // nothing else would have: their output is always the same. (It never falls as sums rise.)
  if (source.is_dense && weights.magnitude > 0) return std::nullopt;
  const auto least = outputOf(source, c, static_cast<std::int32_t>(bias - swing));
  if (least != outputOf(source, c, static_cast<std::int32_t>(bias + swing))) return std::nullopt;
  return constantChannel(source, least);
}

bool holdsAnyWeights(const LayerSource& source, std::int64_t depth) {
  std::int64_t most_bias = 0;
  for (std::int32_t c = 0; c < source.channels; ++c) {
    most_bias = std::max(most_bias, std::abs(std::int64_t{source.biasOf(c)}));
  }
  constexpr std::int64_t kMostProduct = 128 * 255;
  const std::int64_t most = depth * kMostProduct + most_bias;
  if (most >= kMostSum) return false;
  const auto [least_scale, most_scale] =
      std::minmax_element(source.weight_scales.begin(), source.weight_scales.end());
  // What HighHalf holds, with some room. A dense layer's sums become numbers below 2^29.
  constexpr double kLeastFactor = 0x1p-20;
  constexpr double kMostFactor = 0.5;
  return source.factorOfScale(*least_scale) > kLeastFactor &&
         source.factorOfScale(*most_scale) < kMostFactor;
}

LaneMemory::LaneMemory(const LaneNeeds& needs) : needs_(needs) {
  std::size_t bytes = 0;
  const auto take = [&](std::size_t more) {
    const std::size_t from = bytes;
    bytes += static_cast<std::size_t>(arenaAligned(more));
    return from;
  };
  const std::size_t fixed = needs.is_dense ? 0 : needs.lanes * sizeof(std::int32_t);
  take(needs.weight_bytes);
  offsets_ = take(needs.offsets * sizeof(std::int64_t));
  block_ends_ = take(needs.block_ends * sizeof(std::int32_t));
  bias_ = take(needs.lanes * sizeof(std::int32_t));
  factor_ = take(needs.is_dense ? needs.lanes * sizeof(double) : 0);
  multiplier_ = take(fixed);
  addend_ = take(fixed);
  shift_ = take(fixed);
  sign_ = take(needs.is_signed ? fixed : 0);
  block_ = AlignedBlock::unset(bytes);
}

void LaneMemory::clear(Clear what) {
  const std::size_t from = what == Clear::kAll ? 0 : needs_.weight_bytes;
  if (block_.size() > from) std::memset(block_.data() + from, 0, block_.size() - from);
}

void LaneMemory::set(std::size_t lane, const Channel& channel) {
  bias()[lane] = channel.bias;
  if (needs_.is_dense) {
    at<double>(factor_)[lane] = channel.factor;
    return;
  }
  at<std::int32_t>(multiplier_)[lane] = channel.rescale.multiplier;
  at<std::int32_t>(addend_)[lane] = channel.rescale.addend;
  at<std::int32_t>(shift_)[lane] = channel.rescale.shift;
  if (needs_.is_signed) at<std::int32_t>(sign_)[lane] = channel.rescale.sign;
}

Rescale LaneMemory::rescale(const LayerSource& source) const {
  Rescale rescale;
  if (needs_.is_dense) {
    rescale.factor = at<double>(factor_);
  } else {
    rescale.multiplier = at<std::int32_t>(multiplier_);
    rescale.addend = at<std::int32_t>(addend_);
    rescale.shift = at<std::int32_t>(shift_);
    if (needs_.is_signed) rescale.sign = at<std::int32_t>(sign_);
  }
  rescale.zero_point = source.output_zero_point;
  rescale.low = static_cast<std::int8_t>(source.range.low);
  rescale.high = static_cast<std::int8_t>(source.range.high);
  return rescale;
}

}  // namespace primer::inference::packed
