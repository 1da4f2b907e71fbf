// ADD and SUB of quantised operands, with stretching of either.

#include <array>
#include <cmath>

#include "kernels/fixed_point.h"
#include "kernels/reference/broadcast_loop.h"
#include "kernels/reference/rows.h"
#include "ops/weights.h"

namespace primer::inference::reference {
namespace {

// Integer operands are brought to a common scale with this much room below the point.
constexpr int kLeftShift = 20;

struct AddParams {
  PairLoop loop;
  // What each byte of an operand stands for at the common scale: one table look-up for the shift,
  // the multiplication and its two roundings.
  std::array<std::int32_t, 256> a{};
  std::array<std::int32_t, 256> b{};
  DoubleRounding rounding;
  std::int32_t output_zero_point = 0;
  IntegerRange range;
};

// A result that is held to its range is the same byte, signed or not.
void addRow(const AddParams& params, const std::uint8_t* a, const std::uint8_t* b, std::uint8_t* to,
            std::int64_t count) {
  for (std::int64_t i = 0; i < count; ++i) {
    const std::int32_t sum = params.a[a[i]] + params.b[b[i]];
    const std::int32_t scaled = wrappingAdd(params.rounding(sum), params.output_zero_point);
    to[i] = static_cast<std::uint8_t>(std::clamp(scaled, params.range.low, params.range.high));
  }
}

void runAdd(const AddParams& params, const KernelIo& io) noexcept {
  runPairs(params.loop, kPairRow<addRow, AddParams, std::uint8_t, std::uint8_t>, &params, io);
}

std::array<std::int32_t, 256> operandTable(const Tensor& operand, double common_scale) {
  const auto multiplier =
      quantizeMultiplier(static_cast<double>(operand.quantization().scale()) / common_scale);
  const auto zero_point = static_cast<std::int32_t>(operand.quantization().zeroPoint());
  const bool is_signed = operand.info.type == ElementType::kInt8;
  std::array<std::int32_t, 256> table{};
  for (int byte = 0; byte < 256; ++byte) {
    const std::int32_t value = (is_signed ? static_cast<std::int8_t>(byte) : byte) - zero_point;
    table[byte] = multiplyTwoRoundings(value * (1 << kLeftShift), multiplier);
  }
  return table;
}

[[gnu::cold]] Checked<PreparedNode> prepareAdd(const NodeView& node) {
  PRIMER_ASSIGN(auto layer, binaryLayer(node));
  AddParams params;
  params.loop = {std::move(layer.broadcast), 1, 1};
  const float scale_a = node.input(0).quantization().scale();
  const float scale_b = node.input(1).quantization().scale();
  const double common = 2.0 * static_cast<double>(std::max(scale_a, scale_b));
  params.a = operandTable(node.input(0), common);
  params.b = operandTable(node.input(1), common);
  if (node.node().op == tflite::BuiltinOperator::SUB) {
    for (auto& value : params.b) value = -value;
  }
  const double output_scale = node.output(0).quantization().scale();
  params.rounding = DoubleRounding(quantizeMultiplier(common / ((1 << kLeftShift) * output_scale)));
  params.output_zero_point = static_cast<std::int32_t>(node.output(0).quantization().zeroPoint());
  params.range = activationRange(layer.activation, node.output(0));
  return inPlace(makePrepared<runAdd>(std::move(params)), kOverInput0Or1);
}

// int16 has too many values for tables and less room for its common scale.
constexpr int kWordLeftShift = 15;

struct WordAddParams {
  PairLoop loop;
  DoubleRounding a;
  DoubleRounding b;
  std::int32_t sign = 1;  // of operand b
  DoubleRounding rounding;
  IntegerRange range;
};

void wordAddRow(const WordAddParams& params, const std::int16_t* a, const std::int16_t* b,
                std::int16_t* to, std::int64_t count) {
  for (std::int64_t i = 0; i < count; ++i) {
    const std::int32_t left = params.a(a[i] * (1 << kWordLeftShift));
    const std::int32_t right = params.b(b[i] * (1 << kWordLeftShift));
    const std::int32_t scaled = params.rounding(wrappingAdd(left, params.sign * right));
    to[i] = static_cast<std::int16_t>(std::clamp(scaled, params.range.low, params.range.high));
  }
}

void runWordAdd(const WordAddParams& params, const KernelIo& io) noexcept {
  runPairs(params.loop, kPairRow<wordAddRow, WordAddParams, std::int16_t, std::int16_t>, &params,
           io);
}

// Scales that are powers of two: operands are shifted to the output's, and their sum is cut.
struct ShiftedAddParams {
  std::int64_t count = 0;
  int right_a = 0;
  int right_b = 0;
  std::int32_t sign = 1;  // of operand b
  IntegerRange range;
};

void runShiftedAdd(const ShiftedAddParams& params, const KernelIo& io) noexcept {
  const auto* a = io.in<std::int16_t>(0);
  const auto* b = io.in<std::int16_t>(1);
  auto* out = io.out<std::int16_t>(0);
  for (std::int64_t i = 0; i < params.count; ++i) {
    const std::int32_t sum = roundingDivideByPowerOfTwo(a[i], params.right_a) +
                             params.sign * roundingDivideByPowerOfTwo(b[i], params.right_b);
    out[i] = static_cast<std::int16_t>(std::clamp(sum, params.range.low, params.range.high));
  }
}

[[gnu::cold]] Checked<PreparedNode> prepareShiftedAdd(const NodeView& node,
                                                      const BinaryLayer& layer, int a, int b,
                                                      int out) {
  ShiftedAddParams params;
  params.count = static_cast<std::int64_t>(elementCount(layer.broadcast.output_shape));
  params.right_a = out - a;
  params.right_b = out - b;
  params.sign = node.node().op == tflite::BuiltinOperator::SUB ? -1 : 1;
  params.range = activationRange(layer.activation, node.output(0));
  constexpr int kMostShift = 15;
  if (std::min(params.right_a, params.right_b) != 0 ||
      std::max(params.right_a, params.right_b) > kMostShift) {
    return node.unsupported("power-of-two-scales",
                            "one operand has the output's scale, the other none above it");
  }
  if (node.input(0).shape != node.input(1).shape) {
    return node.unsupported("power-of-two-scales", "operands of one shape only");
  }
  return inPlace(makePrepared<runShiftedAdd>(params), kOverInput0Or1);
}

[[gnu::cold]] Checked<PreparedNode> prepareWordAdd(const NodeView& node) {
  PRIMER_ASSIGN(auto layer, binaryLayer(node));
  const auto& a = node.input(0).quantization();
  const auto& b = node.input(1).quantization();
  const auto& out = node.output(0).quantization();
  if (a.zeroPoint() != 0 || b.zeroPoint() != 0 || out.zeroPoint() != 0) {
    return node.damaged("word-zero-point", "int16 needs zero points of 0");
  }
  const auto* add = node.options<tflite::AddOptions>();
  const auto* sub = node.options<tflite::SubOptions>();
  const bool may_shift =
      add != nullptr ? add->pot_scale_int16() : sub == nullptr || sub->pot_scale_int16();
  const auto power_a = powerOfTwo(a.scale());
  const auto power_b = powerOfTwo(b.scale());
  const auto power_out = powerOfTwo(out.scale());
  if (may_shift && power_a && power_b && power_out) {
    return prepareShiftedAdd(node, layer, *power_a, *power_b, *power_out);
  }
  WordAddParams params;
  params.loop = {std::move(layer.broadcast), sizeof(std::int16_t), sizeof(std::int16_t)};
  const double common = 2.0 * static_cast<double>(std::max(a.scale(), b.scale()));
  params.a = DoubleRounding(quantizeMultiplier(static_cast<double>(a.scale()) / common));
  params.b = DoubleRounding(quantizeMultiplier(static_cast<double>(b.scale()) / common));
  params.sign = node.node().op == tflite::BuiltinOperator::SUB ? -1 : 1;
  params.rounding = DoubleRounding(
      quantizeMultiplier(common / ((1 << kWordLeftShift) * static_cast<double>(out.scale()))));
  params.range = activationRange(layer.activation, node.output(0));
  return inPlace(makePrepared<runWordAdd>(std::move(params)), kOverInput0Or1);
}

constexpr KernelRow row(tflite::BuiltinOperator op, ElementType type,
                        Checked<PreparedNode> (*prepare)(const NodeView&)) {
  return {op, type, type, type, prepare};
}
constexpr auto kAdd = tflite::BuiltinOperator::ADD;
constexpr auto kSub = tflite::BuiltinOperator::SUB;
constexpr std::array kRows = {
    row(kAdd, ElementType::kInt8, prepareAdd),      row(kAdd, ElementType::kUint8, prepareAdd),
    row(kAdd, ElementType::kInt16, prepareWordAdd), row(kSub, ElementType::kInt8, prepareAdd),
    row(kSub, ElementType::kUint8, prepareAdd),     row(kSub, ElementType::kInt16, prepareWordAdd),
};

}  // namespace

std::span<const KernelRow> addRows() { return kRows; }

}  // namespace primer::inference::reference
