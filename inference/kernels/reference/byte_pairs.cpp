// Operators on two operands of bytes that have scales of their own: comparisons,
// SQUARED_DIFFERENCE, PRELU. Sums are in add.cpp, products in multiply.cpp.

#include <array>
#include <cmath>
#include <functional>

#include "kernels/fixed_point.h"
#include "kernels/reference/broadcast_loop.h"
#include "kernels/reference/rows.h"
#include "ops/weights.h"

namespace primer::inference::reference {
namespace {

using tflite::BuiltinOperator;

// What each byte of an operand stands for on a scale that both share.
using ByteValues = std::array<std::int32_t, 256>;

ByteValues valuesOf(const Tensor& operand, double factor, int left_shift) {
  const auto multiplier = quantizeMultiplier(factor);
  const auto zero_point = static_cast<std::int32_t>(operand.quantization().zeroPoint());
  const bool is_signed = operand.info.type == ElementType::kInt8;
  ByteValues values{};
  for (int byte = 0; byte < 256; ++byte) {
    const std::int32_t value = (is_signed ? static_cast<std::int8_t>(byte) : byte) - zero_point;
    values[byte] = multiplyTwoRoundings(value * (1 << left_shift), multiplier);
  }
  return values;
}

struct ComparisonParams {
  PairLoop loop;
  PairRow row = nullptr;
  ByteValues a{};
  ByteValues b{};
};

template <typename Operation>
void compareRow(const ComparisonParams& params, const std::uint8_t* a, const std::uint8_t* b,
                bool* to, std::int64_t count) {
  for (std::int64_t i = 0; i < count; ++i) to[i] = Operation()(params.a[a[i]], params.b[b[i]]);
}

void runComparison(const ComparisonParams& params, const KernelIo& io) noexcept {
  runPairs(params.loop, params.row, &params, io);
}

[[gnu::cold]] Checked<PreparedNode> prepareRow(const NodeView& node, PairRow row) {
  PRIMER_ASSIGN(auto layer, binaryLayer(node));
  constexpr int kLeftShift = 8;
  ComparisonParams params;
  params.loop = {std::move(layer.broadcast), 1, 1};
  params.row = row;
  const auto values = [&](std::size_t input) -> Checked<ByteValues> {
    const float scale = node.input(input).quantization().scale();
    // The specification has no multipliers of 1 and more here.
    if (!(scale < 1.0f)) {
      return node.unsupported("input-scale", "operands of comparisons have scales below 1");
    }
    return valuesOf(node.input(input), scale, kLeftShift);
  };
  PRIMER_ASSIGN(params.a, values(0));
  PRIMER_ASSIGN(params.b, values(1));
  return inPlace(makePrepared<runComparison>(std::move(params)), kOverInput0Or1);
}

template <typename Operation>
[[gnu::cold]] Checked<PreparedNode> prepareComparison(const NodeView& node) {
  return prepareRow(node, kPairRow<compareRow<Operation>, ComparisonParams, std::uint8_t, bool>);
}

struct DifferenceParams {
  PairLoop loop;
  ByteValues a{};
  ByteValues b{};
  DoubleRounding rounding;
  std::int32_t output_zero_point = 0;
};

void differenceRow(const DifferenceParams& params, const std::uint8_t* a, const std::uint8_t* b,
                   std::int8_t* to, std::int64_t count) {
  for (std::int64_t i = 0; i < count; ++i) {
    const std::int32_t difference = params.a[a[i]] - params.b[b[i]];
    to[i] = saturate<std::int8_t>(
        wrappingAdd(params.rounding(difference * difference), params.output_zero_point));
  }
}

void runDifference(const DifferenceParams& params, const KernelIo& io) noexcept {
  runPairs(params.loop, kPairRow<differenceRow, DifferenceParams, std::uint8_t, std::int8_t>,
           &params, io);
}

[[gnu::cold]] Checked<PreparedNode> prepareDifference(const NodeView& node) {
  PRIMER_ASSIGN(auto layer, binaryLayer(node));
  constexpr int kLeftShift = 7;
  DifferenceParams params;
  params.loop = {std::move(layer.broadcast), 1, 1};
  const float scale_a = node.input(0).quantization().scale();
  const float scale_b = node.input(1).quantization().scale();
  const auto& output = node.output(0).quantization();
  const double common = 2.0 * static_cast<double>(std::max(scale_a, scale_b));
  params.a = valuesOf(node.input(0), scale_a / common, kLeftShift);
  params.b = valuesOf(node.input(1), scale_b / common, kLeftShift);
  params.rounding = DoubleRounding(quantizeMultiplier(
      common * common / ((1 << (2 * kLeftShift)) * static_cast<double>(output.scale()))));
  params.output_zero_point = static_cast<std::int32_t>(output.zeroPoint());
  return inPlace(makePrepared<runDifference>(std::move(params)), kOverInput0Or1);
}

struct PreluParams {
  PairLoop loop;
  std::int32_t input_zero_point = 0;
  std::int32_t slope_zero_point = 0;
  std::int32_t output_zero_point = 0;
  DoubleRounding identity;
  DoubleRounding sloped;
};

template <typename T>
void preluRow(const PreluParams& params, const T* x, const T* slope, T* to, std::int64_t count) {
  for (std::int64_t i = 0; i < count; ++i) {
    const std::int32_t value = x[i] - params.input_zero_point;
    const std::int32_t scaled = value >= 0
                                    ? params.identity(value)
                                    : params.sloped(value * (slope[i] - params.slope_zero_point));
    to[i] = saturate<T>(wrappingAdd(scaled, params.output_zero_point));
  }
}

template <typename T>
void runPrelu(const PreluParams& params, const KernelIo& io) noexcept {
  runPairs(params.loop, kPairRow<preluRow<T>, PreluParams, T, T>, &params, io);
}

template <typename T>
[[gnu::cold]] Checked<PreparedNode> preparePrelu(const NodeView& node) {
  PRIMER_ASSIGN(auto layer, binaryLayer(node));
  const auto& in = node.input(0).quantization();
  const auto& slope = node.input(1).quantization();
  const auto& out = node.output(0).quantization();
  PreluParams params;
  params.loop = {std::move(layer.broadcast), 1, 1};
  params.input_zero_point = static_cast<std::int32_t>(in.zeroPoint());
  params.slope_zero_point = static_cast<std::int32_t>(slope.zeroPoint());
  params.output_zero_point = static_cast<std::int32_t>(out.zeroPoint());
  // In float, as the specification takes them.
  params.identity =
      DoubleRounding(quantizeMultiplier(static_cast<double>(in.scale() / out.scale())));
  params.sloped = DoubleRounding(
      quantizeMultiplier(static_cast<double>(in.scale() * slope.scale() / out.scale())));
  return inPlace(makePrepared<runPrelu<T>>(std::move(params)), kOverInput0Or1);
}

template <typename T>
void addRows(std::vector<KernelRow>& rows) {
  constexpr auto kType = kElementTypeOf<T>;
  const auto comparison = [&](BuiltinOperator op,
                              Checked<PreparedNode> (*prepare)(const NodeView&)) {
    rows.push_back({op, kType, kType, ElementType::kBool, prepare});
  };
  comparison(BuiltinOperator::EQUAL, prepareComparison<std::equal_to<>>);
  comparison(BuiltinOperator::NOT_EQUAL, prepareComparison<std::not_equal_to<>>);
  comparison(BuiltinOperator::LESS, prepareComparison<std::less<>>);
  comparison(BuiltinOperator::LESS_EQUAL, prepareComparison<std::less_equal<>>);
  comparison(BuiltinOperator::GREATER, prepareComparison<std::greater<>>);
  comparison(BuiltinOperator::GREATER_EQUAL, prepareComparison<std::greater_equal<>>);
  rows.push_back({BuiltinOperator::PRELU, kType, kType, kType, preparePrelu<T>});
}

std::vector<KernelRow> makeRows() {
  std::vector<KernelRow> rows;
  addRows<std::int8_t>(rows);
  addRows<std::uint8_t>(rows);
  rows.push_back({BuiltinOperator::SQUARED_DIFFERENCE, ElementType::kInt8, ElementType::kInt8,
                  ElementType::kInt8, prepareDifference});
  return rows;
}

}  // namespace

std::span<const KernelRow> bytePairRows() {
  static const std::vector<KernelRow> rows = makeRows();
  return rows;
}

}  // namespace primer::inference::reference
