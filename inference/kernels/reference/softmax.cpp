// SOFTMAX over the last dimension.

#include <array>
#include <cmath>

#include "kernels/reference/exponential.h"
#include "kernels/reference/rows.h"
#include "ops/operators.h"

namespace primer::inference::reference {
namespace {

constexpr int kDifferenceBits = 5;  // integer bits of a scaled difference
constexpr int kSumBits = 12;        // integer bits of the sum of exponentials

struct SoftmaxParams {
  std::int64_t rows = 0;
  std::int64_t depth = 0;
  float beta = 1.0f;
  Multiplier scaling;                 // from a difference of bytes to Q(5)
  std::int32_t least_difference = 0;  // below it, exp is 0
  // exp in Q(0) of every difference from the largest byte: exponentials[-difference].
  std::array<std::int32_t, 256> exponentials{};
};

template <typename T, typename Out>
void runSoftmax(const SoftmaxParams& params, const KernelIo& io) noexcept {
  const T* in = io.in<T>(0);
  Out* out = io.out<Out>(0);
  constexpr int kOutputBits = 8 * sizeof(Out);
  const std::int64_t depth = params.depth;
  for (std::int64_t row = 0; row < params.rows; ++row, in += depth, out += depth) {
    const T largest = *std::max_element(in, in + depth);
    std::int32_t sum = 0;
    for (std::int64_t i = 0; i < depth; ++i) {
      const std::int32_t difference = in[i] - largest;
      if (difference < params.least_difference) continue;
      sum =
          wrappingAdd(sum, roundingDivideByPowerOfTwo(params.exponentials[-difference], kSumBits));
    }
    const auto [scale, bits_over_one] = reciprocal(sum);
    const int shift = std::min(bits_over_one + 31 - kOutputBits, 31);
    for (std::int64_t i = 0; i < depth; ++i) {
      const std::int32_t difference = in[i] - largest;
      std::int32_t value = 0;
      if (difference >= params.least_difference) {
        value = roundingDivideByPowerOfTwo(
            roundingDoublingHighMul(scale, params.exponentials[-difference]), shift);
      }
      out[i] = saturate<Out>(value + std::numeric_limits<Out>::min());
    }
  }
}

SoftmaxParams softmaxParams(const NodeView& node) {
  const auto& shape = node.input(0).shape;
  SoftmaxParams params;
  params.depth = shape.back();
  params.rows =
      params.depth == 0 ? 0 : static_cast<std::int64_t>(elementCount(shape)) / params.depth;
  params.beta = node.options<tflite::SoftmaxOptions>()->beta();
  return params;
}

[[gnu::cold]] Checked<PreparedNode> prepareSoftmaxBy(const NodeView& node, KernelFunction run) {
  PRIMER_TRY(checkSoftmax(node));
  auto params = softmaxParams(node);
  // The sum of exponentials has 12 bits above the point.
  if (params.depth >= (1 << kSumBits)) {
    return node.unsupported("softmax-depth", "more than 4095 classes");
  }
  const double wish = static_cast<double>(params.beta) *
                      static_cast<double>(node.input(0).quantization().scale()) *
                      (1 << (31 - kDifferenceBits));
  if (!(wish > 1.0)) {
    return node.unsupported("softmax-scale", "beta times the input's scale is too small");
  }
  constexpr double kMost = (std::int64_t{1} << 31) - 1.0;
  params.scaling = quantizeMultiplier(std::min(wish, kMost));
  const int left = params.scaling.shift;
  const double radius = ((1 << kDifferenceBits) - 1) *
                        static_cast<double>(std::int64_t{1} << (31 - kDifferenceBits)) /
                        static_cast<double>(std::int64_t{1} << left);
  params.least_difference = -static_cast<std::int32_t>(std::min(std::floor(radius), 255.0));
  for (std::int32_t d = 0; d <= -params.least_difference; ++d) {
    const std::int32_t scaled =
        roundingDoublingHighMul(wrappingShiftLeft(-d, left), params.scaling.value);
    params.exponentials[d] = expOfNegative(scaled);
  }
  return inPlace(makePreparedFor(run, std::move(params)));
}

template <typename T, typename Out = T>
[[gnu::cold]] Checked<PreparedNode> prepareSoftmax(const NodeView& node) {
  return prepareSoftmaxBy(node, kErased<runSoftmax<T, Out>, SoftmaxParams>);
}

void runFloatSoftmax(const SoftmaxParams& params, const KernelIo& io) noexcept {
  const float* in = io.in<float>(0);
  float* out = io.out<float>(0);
  const std::int64_t depth = params.depth;
  for (std::int64_t row = 0; row < params.rows; ++row, in += depth, out += depth) {
    const float largest = *std::max_element(in, in + depth);
    float sum = 0.0f;
    for (std::int64_t i = 0; i < depth; ++i) {
      out[i] = std::exp((in[i] - largest) * params.beta);
      sum += out[i];
    }
    for (std::int64_t i = 0; i < depth; ++i) out[i] /= sum;
  }
}

[[gnu::cold]] Checked<PreparedNode> prepareFloatSoftmax(const NodeView& node) {
  PRIMER_TRY(checkSoftmax(node));
  return inPlace(makePrepared<runFloatSoftmax>(softmaxParams(node)));
}

constexpr auto kOp = tflite::BuiltinOperator::SOFTMAX;
constexpr std::array kRows = {
    KernelRow{kOp, ElementType::kFloat32, {}, ElementType::kFloat32, prepareFloatSoftmax},
    KernelRow{kOp, ElementType::kInt8, {}, ElementType::kInt8, prepareSoftmax<std::int8_t>},
    KernelRow{kOp,
              ElementType::kInt8,
              {},
              ElementType::kInt16,
              prepareSoftmax<std::int8_t, std::int16_t>},
    KernelRow{kOp, ElementType::kUint8, {}, ElementType::kUint8, prepareSoftmax<std::uint8_t>},
};

}  // namespace

std::span<const KernelRow> softmaxRows() { return kRows; }

}  // namespace primer::inference::reference
