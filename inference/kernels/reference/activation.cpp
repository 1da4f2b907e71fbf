// LOGISTIC and the RELUs. On bytes each is a table of 256 results.

#include <array>
#include <cmath>

#include "kernels/fixed_point.h"
#include "kernels/reference/byte_table.h"
#include "kernels/reference/rows.h"
#include "ops/operators.h"
#include "ops/weights.h"

namespace primer::inference::reference {
namespace {

using tflite::BuiltinOperator;

float logistic(float x) {
  // Beyond these the float result no longer changes, or exp would leave the range of float.
  constexpr float kUpper = 16.619047164916992188f;
  constexpr float kLower = -9.0f;
  if (x > kUpper) return 1.0f;
  if (x < kLower) return std::exp(x);
  return 1.0f / (1.0f + std::exp(-x));
}

template <typename T>
[[gnu::cold]] Checked<PreparedNode> prepareLogistic(const NodeView& node) {
  PRIMER_TRY(checkActivation(node));
  return prepareByteTable(
      byteTableOfReal<T>(node, [](float x) { return 1.0f / (1.0f + std::exp(-x)); }));
}

tflite::ActivationFunctionType activationOf(const NodeView& node) {
  switch (node.node().op) {
    case BuiltinOperator::RELU6:
      return tflite::ActivationFunctionType::RELU6;
    case BuiltinOperator::RELU_N1_TO_1:
      return tflite::ActivationFunctionType::RELU_N1_TO_1;
    default:
      return tflite::ActivationFunctionType::RELU;
  }
}

FloatRange floatRange(const NodeView& node) {
  // RELU_0_TO_1 has no fused form.
  return node.node().op == BuiltinOperator::RELU_0_TO_1 ? FloatRange{0.0f, 1.0f}
                                                        : floatActivationRange(activationOf(node));
}

template <typename T>
[[gnu::cold]] Checked<PreparedNode> prepareRelu(const NodeView& node) {
  PRIMER_TRY(checkActivation(node));
  const auto& in = node.input(0).quantization();
  const auto& out = node.output(0).quantization();
  const auto multiplier = quantizeMultiplier(static_cast<double>(in.scale() / out.scale()));
  const auto range = activationRange(activationOf(node), node.output(0));
  return prepareByteTable(byteTable<T>(node, [&](std::int32_t q) {
    const std::int32_t scaled =
        multiplyTwoRoundings(q - static_cast<std::int32_t>(in.zeroPoint()), multiplier);
    return std::clamp(wrappingAdd(scaled, static_cast<std::int32_t>(out.zeroPoint())), range.low,
                      range.high);
  }));
}

struct FloatParams {
  std::int64_t count = 0;
  FloatRange range;
};

void runFloatLogistic(const FloatParams& params, const KernelIo& io) noexcept {
  for (std::int64_t i = 0; i < params.count; ++i)
    io.out<float>(0)[i] = logistic(io.in<float>(0)[i]);
}

void runFloatRelu(const FloatParams& params, const KernelIo& io) noexcept {
  const float* in = io.in<float>(0);
  float* out = io.out<float>(0);
  const auto [low, high] = params.range;
  for (std::int64_t i = 0; i < params.count; ++i) out[i] = std::min(std::max(in[i], low), high);
}

template <auto kRun>
[[gnu::cold]] Checked<PreparedNode> prepareFloat(const NodeView& node) {
  PRIMER_TRY(checkActivation(node));
  return inPlace(makePrepared<kRun>(
      FloatParams{static_cast<std::int64_t>(elementCount(node.input(0).shape)), floatRange(node)}));
}

constexpr KernelRow row(BuiltinOperator op, ElementType type,
                        Checked<PreparedNode> (*prepare)(const NodeView&)) {
  return {op, type, {}, type, prepare};
}

constexpr std::array kRows = {
    row(BuiltinOperator::LOGISTIC, ElementType::kFloat32, prepareFloat<runFloatLogistic>),
    row(BuiltinOperator::LOGISTIC, ElementType::kInt8, prepareLogistic<std::int8_t>),
    row(BuiltinOperator::LOGISTIC, ElementType::kUint8, prepareLogistic<std::uint8_t>),
    row(BuiltinOperator::RELU_0_TO_1, ElementType::kFloat32, prepareFloat<runFloatRelu>),
    row(BuiltinOperator::RELU_N1_TO_1, ElementType::kFloat32, prepareFloat<runFloatRelu>),
    row(BuiltinOperator::RELU, ElementType::kFloat32, prepareFloat<runFloatRelu>),
    row(BuiltinOperator::RELU, ElementType::kInt8, prepareRelu<std::int8_t>),
    row(BuiltinOperator::RELU, ElementType::kUint8, prepareRelu<std::uint8_t>),
    row(BuiltinOperator::RELU6, ElementType::kFloat32, prepareFloat<runFloatRelu>),
    row(BuiltinOperator::RELU6, ElementType::kInt8, prepareRelu<std::int8_t>),
    row(BuiltinOperator::RELU6, ElementType::kUint8, prepareRelu<std::uint8_t>),
};

}  // namespace

std::span<const KernelRow> activationRows() { return kRows; }

}  // namespace primer::inference::reference
