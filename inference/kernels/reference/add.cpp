// ADD, with stretching of either operand.

#include <array>

#include "kernels/fixed_point.h"
#include "kernels/reference/broadcast_loop.h"
#include "kernels/reference/rows.h"
#include "ops/weights.h"

namespace primer::inference::reference {
namespace {

// Integer operands are brought to a common scale with this much room below the point.
constexpr int kLeftShift = 20;

struct AddParams {
  Broadcast broadcast;
  // What each byte of an operand stands for at the common scale: one table look-up for the shift,
  // the multiplication and its two roundings.
  std::array<std::int32_t, 256> a{};
  std::array<std::int32_t, 256> b{};
  DoubleRounding rounding;
  std::int32_t output_zero_point = 0;
  IntegerRange range;
};

template <typename T>
void runAdd(const AddParams& params, const KernelIo& io) noexcept {
  T* out = io.out<T>(0);
  broadcastRows(params.broadcast, 0, io.in<T>(0), io.in<T>(1), out,
                [&](const T* a, const T* b, T* to, std::int64_t count, std::int64_t step_a,
                    std::int64_t step_b) {
                  for (std::int64_t i = 0; i < count; ++i) {
                    const std::int32_t sum = params.a[static_cast<std::uint8_t>(a[i * step_a])] +
                                             params.b[static_cast<std::uint8_t>(b[i * step_b])];
                    const std::int32_t scaled =
                        wrappingAdd(params.rounding(sum), params.output_zero_point);
                    to[i] = static_cast<T>(std::clamp(scaled, params.range.low, params.range.high));
                  }
                });
}

template <typename T>
std::array<std::int32_t, 256> operandTable(const Tensor& operand, double common_scale) {
  const auto multiplier =
      quantizeMultiplier(static_cast<double>(operand.quantization().scale()) / common_scale);
  const auto zero_point = static_cast<std::int32_t>(operand.quantization().zeroPoint());
  std::array<std::int32_t, 256> table{};
  for (int byte = 0; byte < 256; ++byte) {
    const std::int32_t value = static_cast<T>(byte) - zero_point;
    table[byte] = multiplyTwoRoundings(value * (1 << kLeftShift), multiplier);
  }
  return table;
}

template <typename T>
Result<PreparedNode> prepareAdd(const NodeView& node) {
  PRIMER_ASSIGN(auto layer, binaryLayer(node));
  AddParams params;
  params.broadcast = std::move(layer.broadcast);
  const float scale_a = node.input(0).quantization().scale();
  const float scale_b = node.input(1).quantization().scale();
  const double common = 2.0 * static_cast<double>(std::max(scale_a, scale_b));
  params.a = operandTable<T>(node.input(0), common);
  params.b = operandTable<T>(node.input(1), common);
  const double output_scale = node.output(0).quantization().scale();
  params.rounding = DoubleRounding(quantizeMultiplier(common / ((1 << kLeftShift) * output_scale)));
  params.output_zero_point = static_cast<std::int32_t>(node.output(0).quantization().zeroPoint());
  params.range = activationRange(layer.activation, node.output(0));
  return makePrepared<runAdd<T>>(std::move(params));
}

struct FloatAddParams {
  Broadcast broadcast;
  FloatRange range;
};

void runFloatAdd(const FloatAddParams& params, const KernelIo& io) noexcept {
  float* out = io.out<float>(0);
  const auto [low, high] = params.range;
  broadcastRows(
      params.broadcast, 0, io.in<float>(0), io.in<float>(1), out,
      [low = low, high = high](const float* a, const float* b, float* to, std::int64_t count,
                               std::int64_t step_a, std::int64_t step_b) {
        for (std::int64_t i = 0; i < count; ++i) {
          to[i] = std::min(std::max(a[i * step_a] + b[i * step_b], low), high);
        }
      });
}

Result<PreparedNode> prepareFloatAdd(const NodeView& node) {
  PRIMER_ASSIGN(auto layer, binaryLayer(node));
  return makePrepared<runFloatAdd>(
      FloatAddParams{std::move(layer.broadcast), floatActivationRange(layer.activation)});
}

constexpr auto kOp = tflite::BuiltinOperator::ADD;
constexpr std::array kRows = {
    KernelRow{kOp, ElementType::kFloat32, ElementType::kFloat32, ElementType::kFloat32,
              prepareFloatAdd},
    KernelRow{kOp, ElementType::kInt8, ElementType::kInt8, ElementType::kInt8,
              prepareAdd<std::int8_t>},
    KernelRow{kOp, ElementType::kUint8, ElementType::kUint8, ElementType::kUint8,
              prepareAdd<std::uint8_t>},
};

}  // namespace

std::span<const KernelRow> addRows() { return kRows; }

}  // namespace primer::inference::reference
