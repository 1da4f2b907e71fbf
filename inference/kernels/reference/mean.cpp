// MEAN over any axes, and SUM of quantised tensors.

#include <array>
#include <bit>

#include "kernels/fixed_point.h"
#include "kernels/reference/rows.h"
#include "ops/rearrange.h"
#include "ops/weights.h"

namespace primer::inference::reference {
namespace {

// Values that an int32 sum is sure to hold.
std::int64_t maxCount(ElementType type) { return std::int64_t{1} << (31 - 8 * elementBytes(type)); }

struct MeanParams {
  MeanLayer layer;
  std::int64_t output_count = 0;
  // Integers: (sum - zero_offset) * rounding + output_zero_point.
  std::int32_t zero_offset = 0;
  DoubleRounding rounding;
  std::int32_t output_zero_point = 0;
};

// Adds one block of the input, axis by axis from the outermost, to the sums of its outputs.
template <typename T, typename Sum>
const T* addBlock(const MeanLayer& layer, std::size_t axis, const T* __restrict input,
                  Sum* __restrict sums, std::int64_t sums_in_block) {
  if (axis == layer.axes.size()) {
    *sums += *input;
    return input + 1;
  }
  const auto& here = layer.axes[axis];
  const bool innermost = axis + 1 == layer.axes.size();
  if (innermost && here.reduced) {
    Sum sum = *sums;
    for (std::int64_t i = 0; i < here.count; ++i) sum += input[i];
    *sums = sum;
    return input + here.count;
  }
  if (innermost) {
    for (std::int64_t i = 0; i < here.count; ++i) sums[i] += input[i];
    return input + here.count;
  }
  const std::int64_t step = here.reduced ? 0 : sums_in_block / here.count;
  const std::int64_t inner = here.reduced ? sums_in_block : step;
  for (std::int64_t i = 0; i < here.count; ++i) {
    input = addBlock(layer, axis + 1, input, sums + i * step, inner);
  }
  return input;
}

template <typename T>
void runMean(const MeanParams& params, const KernelIo& io) noexcept {
  using Sum = std::conditional_t<std::is_floating_point_v<T>, float, std::int32_t>;
  Sum* sums = io.scratchAs<Sum>();
  std::fill_n(sums, params.output_count, Sum{0});
  if (params.output_count == 0) return;
  addBlock(params.layer, 0, io.in<T>(0), sums, params.output_count);
  T* output = io.out<T>(0);
  for (std::int64_t i = 0; i < params.output_count; ++i) {
    if constexpr (std::is_floating_point_v<T>) {
      output[i] = sums[i] / static_cast<float>(params.layer.reduced_count);
    } else {
      output[i] = saturate<T>(
          wrappingAdd(params.rounding(sums[i] - params.zero_offset), params.output_zero_point));
    }
  }
}

// The division by the count goes into the multiplier, in integers, as the specification does it.
Multiplier divideBy(Multiplier multiplier, std::int64_t count) {
  int shift = 63 - std::countl_zero(static_cast<std::uint64_t>(count));
  shift = std::min({shift, 32, 31 + multiplier.shift});
  const std::int64_t wide =
      static_cast<std::int64_t>(multiplier.value) * (std::int64_t{1} << shift);
  return {static_cast<std::int32_t>(wide / count), multiplier.shift - shift};
}

[[gnu::cold]] Checked<PreparedNode> prepareMeanBy(const NodeView& node, KernelFunction run) {
  MeanParams params;
  PRIMER_ASSIGN(params.layer, meanLayer(node));
  params.output_count = static_cast<std::int64_t>(elementCount(params.layer.output_shape));
  const auto type = node.input(0).info.type;
  if (isQuantized(type)) {
    const auto& in = node.input(0).quantization();
    const auto& out = node.output(0).quantization();
    const std::int64_t count = params.layer.reduced_count;
    if (count > maxCount(type)) return node.damaged("accumulation-depth", "too much to average");
    params.zero_offset = static_cast<std::int32_t>(in.zeroPoint() * count);
    params.output_zero_point = static_cast<std::int32_t>(out.zeroPoint());
    const auto factor =
        quantizeMultiplier(static_cast<double>(in.scale()) / static_cast<double>(out.scale()));
    const bool mean = node.node().op == tflite::BuiltinOperator::MEAN;
    params.rounding = DoubleRounding(mean ? divideBy(factor, count) : factor);
  }
  const auto scratch = static_cast<std::size_t>(params.output_count) * sizeof(std::int32_t);
  return costing(makePreparedFor(run, std::move(params)), scratch, 0);
}

template <typename T>
[[gnu::cold]] Checked<PreparedNode> prepareMean(const NodeView& node) {
  return prepareMeanBy(node, kErased<runMean<T>, MeanParams>);
}

constexpr auto kMean = tflite::BuiltinOperator::MEAN;
constexpr auto kSum = tflite::BuiltinOperator::SUM;
template <typename T>
constexpr KernelRow row(tflite::BuiltinOperator op) {
  return {op, kElementTypeOf<T>, {}, kElementTypeOf<T>, prepareMean<T>};
}
constexpr std::array kRows = {
    row<float>(kMean),        row<std::int8_t>(kMean), row<std::uint8_t>(kMean),
    row<std::int16_t>(kMean), row<std::int8_t>(kSum),  row<std::uint8_t>(kSum),
    row<std::int16_t>(kSum),
};

}  // namespace

std::span<const KernelRow> meanRows() { return kRows; }

}  // namespace primer::inference::reference
