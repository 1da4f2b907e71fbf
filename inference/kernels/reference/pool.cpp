// MAX_POOL_2D and AVERAGE_POOL_2D.

#include <array>
#include <limits>

#include "kernels/reference/rows.h"
#include "kernels/reference/window_taps.h"
#include "ops/weights.h"
#include "ops/window.h"

namespace primer::inference::reference {
namespace {

struct PoolParams {
  Window window;
  IntegerRange range;
  FloatRange float_range;
};

template <typename T>
T clampTo(const PoolParams& params, T value) {
  if constexpr (std::is_floating_point_v<T>) {
    return std::min(std::max(value, params.float_range.low), params.float_range.high);
  } else {
    return static_cast<T>(
        std::clamp(static_cast<std::int32_t>(value), params.range.low, params.range.high));
  }
}

template <typename T>
void runMaxPool(const PoolParams& params, const KernelIo& io) noexcept {
  const auto& window = params.window;
  const T* input = io.in<T>(0);
  T* output = io.out<T>(0);
  const std::int64_t channels = window.in_channels;
  forEachOutput(window, [&](const Taps& taps) {
    T* __restrict best = output;
    std::fill_n(best, channels, std::numeric_limits<T>::lowest());
    forEachTap(window, taps, [&](std::int64_t, std::int64_t from) {
      const T* __restrict x = input + from;
      for (std::int64_t c = 0; c < channels; ++c) best[c] = x[c] > best[c] ? x[c] : best[c];
    });
    for (std::int64_t c = 0; c < channels; ++c) best[c] = clampTo(params, best[c]);
    output += channels;
  });
}

// Sum / count, to the nearest, half away from zero.
inline std::int32_t average(std::int32_t sum, std::int32_t count) {
  return sum > 0 ? (sum + count / 2) / count : (sum - count / 2) / count;
}
inline float average(float sum, std::int32_t count) { return sum / static_cast<float>(count); }

template <typename T>
void runAveragePool(const PoolParams& params, const KernelIo& io) noexcept {
  using Sum = std::conditional_t<std::is_floating_point_v<T>, float, std::int32_t>;
  const auto& window = params.window;
  const T* input = io.in<T>(0);
  T* output = io.out<T>(0);
  const std::int64_t channels = window.in_channels;
  Sum* __restrict sums = io.scratchAs<Sum>();
  forEachOutput(window, [&](const Taps& taps) {
    std::fill_n(sums, channels, Sum{0});
    forEachTap(window, taps, [&](std::int64_t, std::int64_t from) {
      const T* __restrict x = input + from;
      for (std::int64_t c = 0; c < channels; ++c) sums[c] += x[c];
    });
    // SAME padding leaves no window empty: each holds at least one tap of the image.
    const auto count = static_cast<std::int32_t>(std::max<std::int64_t>(taps.count(), 1));
    for (std::int64_t c = 0; c < channels; ++c) {
      output[c] = clampTo(params, static_cast<T>(average(sums[c], count)));
    }
    output += channels;
  });
}

[[gnu::cold]] Checked<PreparedNode> preparePoolBy(const NodeView& node, KernelFunction run) {
  PoolParams params;
  PRIMER_ASSIGN(params.window, pool2dWindow(node));
  const auto& window = params.window;
  params.float_range = floatActivationRange(window.activation);
  if (isQuantized(node.output(0).info.type)) {
    params.range = activationRange(window.activation, node.output(0));
  }
  const auto scratch = static_cast<std::size_t>(window.in_channels) * sizeof(std::int32_t);
  return costing(makePreparedFor(run, std::move(params)), scratch, 0);
}

template <auto kRun>
[[gnu::cold]] Checked<PreparedNode> preparePool(const NodeView& node) {
  return preparePoolBy(node, kErased<kRun, PoolParams>);
}

constexpr auto kMax = tflite::BuiltinOperator::MAX_POOL_2D;
constexpr auto kAverage = tflite::BuiltinOperator::AVERAGE_POOL_2D;

template <typename T>
constexpr KernelRow maxRow() {
  return {kMax, kElementTypeOf<T>, {}, kElementTypeOf<T>, preparePool<runMaxPool<T>>};
}
template <typename T>
constexpr KernelRow averageRow() {
  return {kAverage, kElementTypeOf<T>, {}, kElementTypeOf<T>, preparePool<runAveragePool<T>>};
}

constexpr std::array kRows = {
    maxRow<float>(),
    maxRow<std::int8_t>(),
    maxRow<std::uint8_t>(),
    maxRow<std::int16_t>(),
    averageRow<float>(),
    averageRow<std::int8_t>(),
    averageRow<std::uint8_t>(),
    averageRow<std::int16_t>(),
};

}  // namespace

std::span<const KernelRow> poolRows() { return kRows; }

}  // namespace primer::inference::reference
