// QUANTIZE (float to integers, and from one scale to another) and DEQUANTIZE.

#include <array>
#include <bit>
#include <cmath>
#include <limits>

#include "kernels/fixed_point.h"
#include "kernels/reference/rows.h"
#include "ops/operators.h"

namespace primer::inference::reference {
namespace {

using tflite::BuiltinOperator;

struct QuantizeParams {
  std::int64_t count = 0;
  float scale = 1.0f;
  std::int32_t zero_point = 0;
};

template <typename T>
void runQuantize(const QuantizeParams& params, const KernelIo& io) noexcept {
  const float* in = io.in<float>(0);
  T* out = io.out<T>(0);
  constexpr float kLimit = 1 << 24;
  for (std::int64_t i = 0; i < params.count; ++i) {
    // Not a number becomes the least value: a comparison with it is false.
    const float scaled = std::round(in[i] / params.scale);
    const float bounded = scaled > -kLimit ? std::min(scaled, kLimit) : -kLimit;
    out[i] = saturate<T>(static_cast<std::int32_t>(bounded) + params.zero_point);
  }
}

std::int64_t inputElements(const NodeView& node) {
  return static_cast<std::int64_t>(elementCount(node.input(0).shape));
}

template <typename T>
[[gnu::cold]] Checked<PreparedNode> prepareQuantize(const NodeView& node) {
  PRIMER_TRY(checkQuantize(node));
  const auto& out = node.output(0).quantization();
  return makePrepared<runQuantize<T>>(
      QuantizeParams{inputElements(node), out.scale(), static_cast<std::int32_t>(out.zeroPoint())});
}

struct RequantizeParams {
  std::int64_t count = 0;
  std::int32_t input_zero_point = 0;
  std::int32_t output_zero_point = 0;
  DoubleRounding rounding;
};

template <typename From, typename To>
void runRequantize(const RequantizeParams& params, const KernelIo& io) noexcept {
  const From* in = io.in<From>(0);
  To* out = io.out<To>(0);
  for (std::int64_t i = 0; i < params.count; ++i) {
    const std::int32_t scaled = params.rounding(
        wrappingSubtract(static_cast<std::int32_t>(in[i]), params.input_zero_point));
    out[i] = saturate<To>(wrappingAdd(scaled, params.output_zero_point));
  }
}

[[gnu::cold]] Checked<PreparedNode> prepareRequantizeBy(const NodeView& node, KernelFunction run) {
  PRIMER_TRY(checkQuantize(node));
  const auto& in = node.input(0).quantization();
  const auto& out = node.output(0).quantization();
  if (!in.quantized() || !out.quantized() || in.scale() <= 0.0f || out.scale() <= 0.0f) {
    return node.damaged("quantization-missing", "input or output has no scale");
  }
  RequantizeParams params;
  params.count = inputElements(node);
  params.input_zero_point = static_cast<std::int32_t>(in.zeroPoint());
  params.output_zero_point = static_cast<std::int32_t>(out.zeroPoint());
  params.rounding = DoubleRounding(
      quantizeMultiplier(static_cast<double>(in.scale()) / static_cast<double>(out.scale())));
  return inPlace(makePreparedFor(run, std::move(params)));
}

template <typename From, typename To>
[[gnu::cold]] Checked<PreparedNode> prepareRequantize(const NodeView& node) {
  return prepareRequantizeBy(node, kErased<runRequantize<From, To>, RequantizeParams>);
}

// Per channel, the input is [outer][channels][inner].
struct DequantizeParams {
  std::int64_t outer = 1;
  std::int64_t inner = 1;
  std::vector<double> scales;
  std::vector<std::int32_t> zero_points;
};

template <typename T>
void runDequantize(const DequantizeParams& params, const KernelIo& io) noexcept {
  const T* __restrict in = io.in<T>(0);
  float* __restrict out = io.out<float>(0);
  for (std::int64_t turn = 0; turn < params.outer; ++turn) {
    for (std::size_t c = 0; c < params.scales.size();
         ++c, in += params.inner, out += params.inner) {
      const double scale = params.scales[c];
      const std::int32_t zero_point = params.zero_points[c];
      for (std::int64_t i = 0; i < params.inner; ++i) {
        out[i] = static_cast<float>(scale * (in[i] - zero_point));
      }
    }
  }
}

[[gnu::cold]] Checked<PreparedNode> prepareDequantizeBy(const NodeView& node, KernelFunction run) {
  PRIMER_TRY(checkDequantize(node));
  const auto& input = node.input(0);
  const auto& quantization = input.quantization();
  DequantizeParams params;
  if (quantization.scales.size() == 1) {
    params.inner = inputElements(node);
  } else {
    const auto axis = static_cast<std::size_t>(quantization.dimension);
    for (std::size_t d = 0; d < axis; ++d) params.outer *= input.dim(d);
    for (std::size_t d = axis + 1; d < input.rank(); ++d) params.inner *= input.dim(d);
  }
  params.scales.assign(quantization.scales.begin(), quantization.scales.end());
  for (const auto zero_point : quantization.zero_points) {
    params.zero_points.push_back(static_cast<std::int32_t>(zero_point));
  }
  return makePreparedFor(run, std::move(params));
}

template <typename T>
[[gnu::cold]] Checked<PreparedNode> prepareDequantize(const NodeView& node) {
  return prepareDequantizeBy(node, kErased<runDequantize<T>, DequantizeParams>);
}

struct HalfParams {
  std::int64_t count = 0;
};

// IEEE half precision to single: exact.
float fromHalf(std::uint16_t half) {
  const std::uint32_t sign = static_cast<std::uint32_t>(half & 0x8000u) << 16;
  const std::uint32_t exponent = (half >> 10) & 0x1fu;
  const std::uint32_t fraction = half & 0x3ffu;
  if (exponent == 0) {
    const float tiny = std::ldexp(static_cast<float>(fraction), -24);
    return sign != 0 ? -tiny : tiny;
  }
  const std::uint32_t wide_exponent = exponent == 31 ? 255 : exponent + 127 - 15;
  return std::bit_cast<float>(sign | (wide_exponent << 23) | (fraction << 13));
}

void runFromHalf(const HalfParams& params, const KernelIo& io) noexcept {
  for (std::int64_t i = 0; i < params.count; ++i) {
    io.out<float>(0)[i] = fromHalf(io.in<std::uint16_t>(0)[i]);
  }
}

[[gnu::cold]] Checked<PreparedNode> prepareFromHalf(const NodeView& node) {
  PRIMER_TRY(checkDequantize(node));
  return makePrepared<runFromHalf>(HalfParams{inputElements(node)});
}

template <typename T>
constexpr KernelRow quantizeRow() {
  return {
      BuiltinOperator::QUANTIZE, ElementType::kFloat32, {}, kElementTypeOf<T>, prepareQuantize<T>};
}
template <typename From, typename To>
constexpr KernelRow requantizeRow() {
  return {BuiltinOperator::QUANTIZE,
          kElementTypeOf<From>,
          {},
          kElementTypeOf<To>,
          prepareRequantize<From, To>};
}
template <typename T>
constexpr KernelRow dequantizeRow() {
  return {BuiltinOperator::DEQUANTIZE,
          kElementTypeOf<T>,
          {},
          ElementType::kFloat32,
          prepareDequantize<T>};
}

using i8 = std::int8_t;
using u8 = std::uint8_t;
using i16 = std::int16_t;
using i32 = std::int32_t;
constexpr std::array kRows = {
    quantizeRow<i8>(),
    quantizeRow<u8>(),
    quantizeRow<i16>(),
    requantizeRow<i8, i8>(),
    requantizeRow<i8, u8>(),
    requantizeRow<u8, i8>(),
    requantizeRow<u8, u8>(),
    requantizeRow<i16, i8>(),
    requantizeRow<i8, i16>(),
    requantizeRow<i16, i16>(),
    requantizeRow<i16, i32>(),
    requantizeRow<i32, i16>(),
    requantizeRow<i32, i8>(),
    requantizeRow<i8, i32>(),
    dequantizeRow<i8>(),
    dequantizeRow<u8>(),
    dequantizeRow<i16>(),
    KernelRow{BuiltinOperator::DEQUANTIZE,
              ElementType::kFloat16,
              {},
              ElementType::kFloat32,
              prepareFromHalf},
};

}  // namespace

std::span<const KernelRow> quantizeRows() { return kRows; }

}  // namespace primer::inference::reference
