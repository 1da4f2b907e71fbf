// ADD and SUB of int8 tensors of one shape.
//
// The reference brings both operands to a common scale, rounding each twice, adds, and rounds twice
// again. Written out it is round(a ra + b rb + c) but for sums within a hair of a middle. That is
// what runs, in 32 bits; a vector with a sum so near a middle is done as the reference does it.

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include "kernels/packed/rescale.h"
#include "kernels/packed/rows.h"
#include "ops/elementwise.h"
#include "ops/weights.h"

namespace primer::inference::packed {
namespace {

constexpr int kLeftShift = 20;  // the reference's room below the point of the common scale

struct AddParams {
  std::int64_t count = 0;
  Addition addition;  // the tables are those below
  std::array<std::int32_t, 256> a{};
  std::array<std::int32_t, 256> b{};
  decltype(LevelKernels::add) add = nullptr;
};

void runAdd(const AddParams& params, const KernelIo& io) noexcept {
  Addition addition = params.addition;
  addition.table_a = params.a.data();
  addition.table_b = params.b.data();
  params.add(addition, io.in<std::int8_t>(0), io.in<std::int8_t>(1), io.out<std::int8_t>(0),
             params.count);
}

std::array<std::int32_t, 256> operandTable(const Tensor& operand, double common_scale,
                                           std::int32_t sign) {
  const auto multiplier =
      quantizeMultiplier(static_cast<double>(operand.quantization().scale()) / common_scale);
  const auto zero_point = static_cast<std::int32_t>(operand.quantization().zeroPoint());
  std::array<std::int32_t, 256> table{};
  for (int byte = 0; byte < 256; ++byte) {
    const std::int32_t value = static_cast<std::int8_t>(byte) - zero_point;
    table[static_cast<std::size_t>(byte)] =
        sign * multiplyTwoRoundings(value * (1 << kLeftShift), multiplier);
  }
  return table;
}

// The approximation, where it is near enough to be of use.
bool approximate(const NodeView& node, double common, double out_factor, std::int32_t sign,
                 Addition& addition) {
  const double out_scale = node.output(0).quantization().scale();
  const double ratio_a = static_cast<double>(node.input(0).quantization().scale()) / out_scale;
  const double ratio_b = static_cast<double>(node.input(1).quantization().scale()) / out_scale;
  // Sums are below 2^31: of two bytes less their zero points, the output's, and a half.
  const double most = 255 * (ratio_a + ratio_b) + 130;
  if (!(most < (1 << 20)) || !(common > 0)) return false;
  addition.shift = std::min(22, 30 - static_cast<int>(std::ceil(std::log2(most))));
  const double one = static_cast<double>(std::int64_t{1} << addition.shift);
  addition.factor_a = static_cast<std::int32_t>(std::lround(ratio_a * one));
  addition.factor_b = sign * static_cast<std::int32_t>(std::lround(ratio_b * one));
  // How far it may be from what the reference rounds. There: 1 an operand at the common scale, and
  // for the last two roundings one half of 2^-e, which is below out_factor; and the multipliers'
  // own 31 bits. Here: a half of a factor's last place a byte.
  const double far = 4 * out_factor * one + 256 + most * one / (1 << 28) + 4;
  const auto doubt = std::bit_ceil(static_cast<std::uint32_t>(std::ceil(far)));
  constexpr std::uint32_t kWorthwhile = 64;  // a sum in so many is in doubt
  const auto whole = std::uint32_t{1} << addition.shift;
  if (2 * doubt * kWorthwhile > whole) return false;
  addition.doubt = static_cast<std::int32_t>((whole - 1) & ~(2 * doubt - 1));
  const auto zeroPoint = [](const Tensor& tensor) {
    return static_cast<std::uint32_t>(tensor.quantization().zeroPoint());
  };
  const std::uint32_t offset =
      whole / 2 + doubt + zeroPoint(node.output(0)) * whole -
      zeroPoint(node.input(0)) * static_cast<std::uint32_t>(addition.factor_a) -
      zeroPoint(node.input(1)) * static_cast<std::uint32_t>(addition.factor_b);
  addition.offset = static_cast<std::int32_t>(offset);
  return true;
}

}  // namespace

[[gnu::cold]] Checked<PreparedNode> prepareAdd(const NodeView& node, const LevelKernels& kernels) {
  PRIMER_ASSIGN(const auto layer, binaryLayer(node));
  if (node.input(0).shape != node.input(1).shape) return prepareReference(node);
  const float scale_a = node.input(0).quantization().scale();
  const float scale_b = node.input(1).quantization().scale();
  const double common = 2.0 * static_cast<double>(std::max(scale_a, scale_b));
  const double out_factor =
      common / ((1 << kLeftShift) * static_cast<double>(node.output(0).quantization().scale()));
  const auto zero_point = static_cast<std::int32_t>(node.output(0).quantization().zeroPoint());
  const auto exact = HighHalf::make(quantizeMultiplier(out_factor), zero_point);
  const std::int32_t sign = node.node().op == tflite::BuiltinOperator::SUB ? -1 : 1;
  AddParams params;
  auto& addition = params.addition;
  if (!exact || !approximate(node, common, out_factor, sign, addition)) {
    return prepareReference(node);
  }
  params.count = static_cast<std::int64_t>(elementCount(node.output(0).shape));
  params.add = kernels.add;
  params.a = operandTable(node.input(0), common, 1);
  params.b = operandTable(node.input(1), common, sign);
  addition.multiplier = exact->multiplier;
  addition.addend = exact->addend;
  addition.exact_shift = exact->shift;
  addition.sign = exact->sign;
  const auto range = activationRange(layer.activation, node.output(0));
  addition.low = static_cast<std::int8_t>(range.low);
  addition.high = static_cast<std::int8_t>(range.high);
  return inPlace(makePrepared<runAdd>(std::move(params)), kOverInput0Or1);
}

}  // namespace primer::inference::packed
