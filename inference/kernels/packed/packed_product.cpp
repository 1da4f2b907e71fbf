#include "kernels/packed/packed_product.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>

#include "kernels/packed/rescale.h"
#include "planner/arena.h"

namespace primer::inference::packed {
namespace {

// Inputs are taken as x + 128.
constexpr std::int32_t kInputOffset = 128;

// What a channel's lane is made of.
struct Channel {
  std::int32_t bias = 0;
  HighHalf rescale;
  double factor = 0;
};

// A channel without weights: its sum is its bias, its output always the same. (Pruned models have
// many, with biases and factors that nothing else would have.)
Channel constantChannel(const ProductSource& source, std::int32_t c) {
  const auto output = [&](std::int32_t scaled) {
    return std::clamp(wrappingAdd(scaled, source.output_zero_point), source.range.low,
                      source.range.high);
  };
  Channel channel;
  if (source.is_dense) {
    channel.factor = 1;
    channel.bias =
        output(RealRounding(source.factors[c])(source.bias[c])) - source.output_zero_point;
  } else {
    const DoubleRounding rounding(quantizeMultiplier(source.factors[c]));
    channel.rescale = {0, 2 * output(rounding(source.bias[c])), 1, 0};
  }
  return channel;
}

std::optional<Channel> channelOf(const ProductSource& source, std::int32_t c, std::int32_t depth) {
  const std::int8_t* weights = source.weights + static_cast<std::ptrdiff_t>(c) * depth;
  std::int32_t sum = 0;
  std::int32_t magnitude = 0;
  for (std::int32_t k = 0; k < depth; ++k) {
    sum += weights[k];
    magnitude += std::abs(static_cast<std::int32_t>(weights[k]));
  }
  if (magnitude == 0) return constantChannel(source, c);
  const std::int64_t most =
      std::int64_t{magnitude} * 255 + std::abs(static_cast<std::int64_t>(source.bias[c]));
  if (most >= kMostSum) return std::nullopt;
  Channel channel;
  channel.bias = source.bias[c] - (source.input_zero_point + kInputOffset) * sum;
  if (source.is_dense) {
    constexpr double kMost = 1 << 30;
    channel.factor = source.factors[c];
    if (!(static_cast<double>(most) * channel.factor < kMost)) return std::nullopt;
    return channel;
  }
  const auto rescale =
      HighHalf::make(quantizeMultiplier(source.factors[c]), source.output_zero_point);
  if (!rescale) return std::nullopt;
  channel.rescale = *rescale;
  return channel;
}

// Carves arrays out of one block, each at a multiple of 64 bytes.
class Carver {
 public:
  template <typename T>
  std::size_t take(std::size_t count) {
    const std::size_t at = bytes_;
    bytes_ += static_cast<std::size_t>(arenaAligned(count * sizeof(T)));
    return at;
  }
  std::size_t bytes() const { return bytes_; }

 private:
  std::size_t bytes_ = 0;
};

// Weights of one panel, from [channel][run][byte] on.
void packPanel(const ProductSource& source, std::int32_t first, int width, int lanes,
               std::int8_t* to) {
  const auto runs = static_cast<std::int32_t>(source.runs.offsets.size());
  const std::int32_t bytes = source.runs.bytes;
  const std::int64_t depth = std::int64_t{runs} * bytes;
  const int vectors = std::max(1, width / lanes);
  const int vector_lanes = width / vectors;
  for (std::int32_t run = 0; run < runs; ++run) {
    for (std::int32_t step = 0; step < bytes; step += kStepBytes) {
      const auto count = static_cast<std::size_t>(std::min(kStepBytes, bytes - step));
      const std::int8_t* from = source.weights + std::int64_t{run} * bytes + step;
      for (int v = 0; v < vectors; ++v) {
        for (int lane = 0; lane < vector_lanes; ++lane, to += kStepBytes) {
          const std::int32_t c = first + laneChannel(width, lanes, v, lane);
          if (c >= source.channels) continue;
          if (count == kStepBytes) {
            std::memcpy(to, from + c * depth, kStepBytes);
          } else {
            std::memcpy(to, from + c * depth, count);
          }
        }
      }
    }
  }
}

}  // namespace

std::optional<PackedProduct> PackedProduct::make(const ProductSource& source, int lanes) {
  const auto runs = static_cast<std::int32_t>(source.runs.offsets.size());
  const std::int32_t depth = runs * source.runs.bytes;
  std::vector<Channel> channels;
  channels.reserve(static_cast<std::size_t>(source.channels));
  for (std::int32_t c = 0; c < source.channels; ++c) {
    const auto channel = channelOf(source, c, depth);
    if (!channel) return std::nullopt;
    channels.push_back(*channel);
  }
  // Sums below zero end at `low` whatever their rounding, where `low` is not below what 0 becomes.
  const bool is_signed = !source.is_dense && source.range.low < source.output_zero_point;

  PackedProduct packed;
  auto& product = packed.product_;
  product.channels = source.channels;
  product.runs = runs;
  const std::int32_t spare = source.runs.bytes % kStepBytes;
  product.steps = source.runs.bytes / kStepBytes + (source.runs.may_read_on && spare > 0 ? 1 : 0);
  product.tail = source.runs.may_read_on ? 0 : spare;
  std::size_t all_lanes = 0;
  for (std::int32_t c = 0; c < source.channels;) {
    const int width = panelWidth(source.channels - c, lanes);
    all_lanes += static_cast<std::size_t>(width);
    c += width;
  }
  const std::size_t step_count =
      static_cast<std::size_t>(runs) * product.steps + (product.tail > 0 ? 1 : 0);

  Carver carver;
  const auto weights_at = carver.take<std::int8_t>(step_count * all_lanes * kStepBytes);
  const auto bias_at = carver.take<std::int32_t>(all_lanes);
  const auto offsets_at = carver.take<std::int64_t>(source.runs.offsets.size());
  const auto factor_at = carver.take<double>(source.is_dense ? all_lanes : 0);
  const std::size_t fixed_lanes = source.is_dense ? 0 : all_lanes;
  const auto multiplier_at = carver.take<std::int32_t>(fixed_lanes);
  const auto addend_at = carver.take<std::int32_t>(fixed_lanes);
  const auto shift_at = carver.take<std::int32_t>(fixed_lanes);
  const auto sign_at = carver.take<std::int32_t>(is_signed ? all_lanes : 0);
  packed.memory_ = AlignedBlock(carver.bytes());
  if (!packed.memory_.ok()) return std::nullopt;
  std::byte* memory = packed.memory_.data();

  auto* weights = reinterpret_cast<std::int8_t*>(memory + weights_at);
  auto* bias = reinterpret_cast<std::int32_t*>(memory + bias_at);
  auto* offsets = reinterpret_cast<std::int64_t*>(memory + offsets_at);
  auto* factor = reinterpret_cast<double*>(memory + factor_at);
  auto* multiplier = reinterpret_cast<std::int32_t*>(memory + multiplier_at);
  auto* addend = reinterpret_cast<std::int32_t*>(memory + addend_at);
  auto* shift = reinterpret_cast<std::int32_t*>(memory + shift_at);
  auto* sign = reinterpret_cast<std::int32_t*>(memory + sign_at);
  std::copy(source.runs.offsets.begin(), source.runs.offsets.end(), offsets);
  product.weights = weights;
  product.bias = bias;
  product.run_offsets = offsets;
  auto& rescale = product.rescale;
  rescale.factor = source.is_dense ? factor : nullptr;
  rescale.multiplier = multiplier;
  rescale.addend = addend;
  rescale.shift = shift;
  rescale.sign = is_signed ? sign : nullptr;
  rescale.zero_point = source.output_zero_point;
  rescale.low = static_cast<std::int8_t>(source.range.low);
  rescale.high = static_cast<std::int8_t>(source.range.high);

  std::size_t first_lane = 0;
  for (std::int32_t first = 0; first < source.channels;) {
    const int width = panelWidth(source.channels - first, lanes);
    packPanel(source, first, width, lanes, weights + first_lane * step_count * kStepBytes);
    const int vectors = std::max(1, width / lanes);
    const int vector_lanes = width / vectors;
    for (int i = 0; i < width; ++i) {
      const std::int32_t c = first + laneChannel(width, lanes, i / vector_lanes, i % vector_lanes);
      if (c >= source.channels) continue;  // zeros give zeros
      const std::size_t lane = first_lane + static_cast<std::size_t>(i);
      const auto& channel = channels[static_cast<std::size_t>(c)];
      bias[lane] = channel.bias;
      if (source.is_dense) {
        factor[lane] = channel.factor;
        continue;
      }
      multiplier[lane] = channel.rescale.multiplier;
      addend[lane] = channel.rescale.addend;
      shift[lane] = channel.rescale.shift;
      if (is_signed) sign[lane] = channel.rescale.sign;
    }
    first_lane += static_cast<std::size_t>(width);
    first += width;
  }
  return packed;
}

ProductSource sourceOf(const NodeView& node, std::int32_t channels,
                       tflite::ActivationFunctionType activation) {
  ProductSource source;
  source.weights = reinterpret_cast<const std::int8_t*>(node.input(1).constant.data());
  source.channels = channels;
  source.bias = biasValues(node, channels);
  source.factors = outputFactors(node, channels, ScaleProduct::kDouble);
  source.input_zero_point = static_cast<std::int32_t>(node.input(0).quantization().zeroPoint());
  source.output_zero_point = static_cast<std::int32_t>(node.output(0).quantization().zeroPoint());
  source.range = activationRange(activation, node.output(0));
  return source;
}

bool hasPlainWeights(const NodeView& node) {
  const auto& weights = node.input(1);
  return weights.is_constant && weights.info.type == ElementType::kInt8 &&
         weights.quantization().zeroPoint() == 0;
}

}  // namespace primer::inference::packed
