// Operators on one operand, element by element, other than LOGISTIC and the RELUs (activation.cpp).

#include <array>
#include <cmath>
#include <limits>

#include "kernels/fixed_point.h"
#include "kernels/reference/byte_table.h"
#include "kernels/reference/rows.h"
#include "kernels/reference/word_functions.h"
#include "ops/operators.h"
#include "ops/weights.h"

namespace primer::inference::reference {
namespace {

using tflite::BuiltinOperator;

struct UnaryParams {
  std::int64_t count = 0;
};

float absolute(float x) { return std::abs(x); }
float negative(float x) { return -x; }
float square(float x) { return x * x; }
float exponential(float x) { return std::exp(x); }
float logarithm(float x) { return std::log(x); }
float root(float x) { return std::sqrt(x); }
float inverseRoot(float x) { return 1.0f / std::sqrt(x); }
float sine(float x) { return std::sin(x); }
float cosine(float x) { return std::cos(x); }
float hyperbolicTangent(float x) { return std::tanh(x); }
float roundDown(float x) { return std::floor(x); }
float roundUp(float x) { return std::ceil(x); }
float roundToEven(float x) { return std::nearbyint(x); }
float exponentialBelowZero(float x) { return x < 0.0f ? std::expm1(x) : x; }
float sign(float x) { return x > 0.0f ? 1.0f : x < 0.0f ? -1.0f : x; }
float hardSwish(float x) { return x * std::min(std::max(x + 3.0f, 0.0f), 6.0f) * (1.0f / 6.0f); }

template <auto kFunction>
void runUnary(const UnaryParams& params, const KernelIo& io) noexcept {
  const float* in = io.in<float>(0);
  float* out = io.out<float>(0);
  for (std::int64_t i = 0; i < params.count; ++i) out[i] = kFunction(in[i]);
}

UnaryParams countOf(const NodeView& node) {
  return {static_cast<std::int64_t>(elementCount(node.input(0).shape))};
}

template <auto kFunction>
[[gnu::cold]] Checked<PreparedNode> prepareUnary(const NodeView& node) {
  PRIMER_TRY(checkActivation(node));
  return inPlace(makePrepared<runUnary<kFunction>>(countOf(node)));
}

template <auto kFunction, typename T>
[[gnu::cold]] Checked<PreparedNode> prepareTable(const NodeView& node) {
  PRIMER_TRY(checkActivation(node));
  return prepareByteTable(byteTableOfReal<T>(node, kFunction));
}

float erfGelu(float x) { return 0.5f * x * (1.0f + std::erf(x * 0.70710678118654752440f)); }
float tanhGelu(float x) {
  constexpr float kRootOfTwoOverPi = 0.7978845608028654f;
  return 0.5f * x * (1.0f + std::tanh(kRootOfTwoOverPi * (x + 0.044715f * x * x * x)));
}

[[gnu::cold]] Checked<PreparedNode> prepareGelu(const NodeView& node) {
  const auto* options = node.options<tflite::GeluOptions>();
  return options != nullptr && options->approximate() ? prepareUnary<tanhGelu>(node)
                                                      : prepareUnary<erfGelu>(node);
}

template <typename T>
[[gnu::cold]] Checked<PreparedNode> prepareByteGelu(const NodeView& node) {
  const auto* options = node.options<tflite::GeluOptions>();
  return options != nullptr && options->approximate() ? prepareTable<tanhGelu, T>(node)
                                                      : prepareTable<erfGelu, T>(node);
}

void runNot(const UnaryParams& params, const KernelIo& io) noexcept {
  // What files and programs hand over as a boolean may be any byte.
  for (std::int64_t i = 0; i < params.count; ++i) {
    io.out<bool>(0)[i] = io.in<std::uint8_t>(0)[i] == 0;
  }
}

[[gnu::cold]] Checked<PreparedNode> prepareNot(const NodeView& node) {
  PRIMER_TRY(checkActivation(node));
  return inPlace(makePrepared<runNot>(countOf(node)));
}

// RSQRT of bytes, in fixed point with twenty more bits on the way. Zero, and what is less, gives
// the most that there is.
[[gnu::cold]] Checked<PreparedNode> prepareByteInverseRoot(const NodeView& node) {
  PRIMER_TRY(checkActivation(node));
  constexpr int kMoreBits = 20;
  const auto& in = node.input(0).quantization();
  const auto& out = node.output(0).quantization();
  const auto scale =
      quantizeMultiplier(1.0 / static_cast<double>(std::sqrt(in.scale()) * out.scale()));
  return makePrepared<runByteTable>(byteTable<std::int8_t>(node, [&](std::int32_t q) {
    const std::int32_t value = q - static_cast<std::int32_t>(in.zeroPoint());
    if (value <= 0) return std::int32_t{std::numeric_limits<std::int8_t>::max()};
    const auto root = inverseRootMultiplier(value);
    const std::int32_t wide = multiplyTwoRoundings(1, {root.value, root.shift + kMoreBits});
    return wrappingAdd(multiplyTwoRoundings(wide, {scale.value, scale.shift - kMoreBits}),
                       static_cast<std::int32_t>(out.zeroPoint()));
  }));
}

// HARD_SWISH of bytes, in 16 bits throughout: x with seven more bits below the point, times a gate
// that goes from 0 to 1 as x goes from -3 to 3.
class WordHardSwish {
 public:
  static Checked<WordHardSwish> make(const NodeView& node) {
    const auto& in = node.input(0).quantization();
    const auto& out = node.output(0).quantization();
    constexpr float kFine = 1.0f / 128.0f;
    constexpr float kGateStep = 3.0f / 32768.0f;
    const float fine_scale = kFine * in.scale();
    WordHardSwish made;
    const auto output = quantizeMultiplier(static_cast<double>(fine_scale / out.scale()));
    const auto gate = quantizeMultiplier(static_cast<double>(fine_scale / kGateStep));
    constexpr int kMostShift = 15;
    if (output.shift > 0 || output.shift < -kMostShift || std::abs(gate.shift) > kMostShift) {
      return node.unsupported("output-scale", "too far from the input's");
    }
    made.output_ = narrow(output);
    made.output_shift_ = output.shift;
    made.gate_ = narrow(gate);
    made.gate_shift_ = gate.shift;
    made.input_zero_point_ = static_cast<std::int32_t>(in.zeroPoint());
    made.output_zero_point_ = static_cast<std::int32_t>(out.zeroPoint());
    return made;
  }

  std::int32_t operator()(std::int32_t q) const {
    const auto fine = static_cast<std::int16_t>((q - input_zero_point_) * 128);
    std::int16_t gate = fine;
    if (gate_shift_ > 0) gate = wordShiftLeft(gate, gate_shift_ - 1);
    gate = wordHighMul(gate, gate_);
    if (gate_shift_ > 0) gate = wordShiftLeft(gate, 1);
    if (gate_shift_ < 0) gate = wordShiftRight(gate, -gate_shift_);
    gate = static_cast<std::int16_t>((gate + (1 << 15)) >> 1);  // from [-1, 1] to [0, 1]
    // Cut, not rounded: against the bias of the product before.
    const std::int32_t product = gate * wordHighMul(fine, output_) / (1 << 15);
    return wordShiftRight(static_cast<std::int16_t>(product), -output_shift_) + output_zero_point_;
  }

 private:
  static std::int16_t narrow(Multiplier m) {
    return static_cast<std::int16_t>(m.value < 0x7fff8000 - 1 ? (m.value + (1 << 15)) >> 16
                                                              : 0x7fff);
  }

  std::int32_t input_zero_point_ = 0;
  std::int32_t output_zero_point_ = 0;
  std::int16_t output_ = 0;
  std::int16_t gate_ = 0;
  int output_shift_ = 0;
  int gate_shift_ = 0;
};

template <typename T>
[[gnu::cold]] Checked<PreparedNode> prepareByteHardSwish(const NodeView& node) {
  PRIMER_TRY(checkActivation(node));
  PRIMER_ASSIGN(const auto function, WordHardSwish::make(node));
  return prepareByteTable(byteTable<T>(node, function));
}

// LEAKY_RELU: one factor above zero, another below.
struct LeakyParams {
  std::int64_t count = 0;
  float alpha = 0.0f;
  std::int32_t input_zero_point = 0;
  std::int32_t output_zero_point = 0;
  Multiplier identity;
  Multiplier slope;

  std::int32_t of(std::int32_t q) const {
    const std::int32_t x = q - input_zero_point;
    return wrappingAdd(multiplyTwoRoundings(x, x >= 0 ? identity : slope), output_zero_point);
  }
};

void runFloatLeaky(const LeakyParams& params, const KernelIo& io) noexcept {
  for (std::int64_t i = 0; i < params.count; ++i) {
    const float x = io.in<float>(0)[i];
    io.out<float>(0)[i] = x > 0.0f ? x : x * params.alpha;
  }
}

void runWordLeaky(const LeakyParams& params, const KernelIo& io) noexcept {
  for (std::int64_t i = 0; i < params.count; ++i) {
    io.out<std::int16_t>(0)[i] = saturate<std::int16_t>(params.of(io.in<std::int16_t>(0)[i]));
  }
}

Checked<LeakyParams> leakyParams(const NodeView& node) {
  PRIMER_TRY(checkActivation(node));
  PRIMER_ASSIGN(const auto* options, node.requiredOptions<tflite::LeakyReluOptions>());
  LeakyParams params;
  params.count = countOf(node).count;
  params.alpha = options->alpha();
  if (!isQuantized(node.input(0).info.type)) return params;
  const auto& in = node.input(0).quantization();
  const auto& out = node.output(0).quantization();
  params.input_zero_point = static_cast<std::int32_t>(in.zeroPoint());
  params.output_zero_point = static_cast<std::int32_t>(out.zeroPoint());
  params.identity = quantizeMultiplier(static_cast<double>(in.scale() / out.scale()));
  const double slope = static_cast<double>(in.scale() * params.alpha / out.scale());
  params.slope = quantizeMultiplier(std::abs(slope));
  if (slope < 0.0) params.slope.value = -params.slope.value;
  return params;
}

template <auto kRun>
[[gnu::cold]] Checked<PreparedNode> prepareLeaky(const NodeView& node) {
  PRIMER_ASSIGN(const auto params, leakyParams(node));
  return inPlace(makePrepared<kRun>(params));
}

template <typename T>
[[gnu::cold]] Checked<PreparedNode> prepareByteLeaky(const NodeView& node) {
  PRIMER_ASSIGN(const auto params, leakyParams(node));
  return prepareByteTable(byteTable<T>(node, [&](std::int32_t q) { return params.of(q); }));
}

template <auto kFunction>
constexpr KernelRow real(BuiltinOperator op) {
  return {op, ElementType::kFloat32, {}, ElementType::kFloat32, prepareUnary<kFunction>};
}
template <auto kFunction, typename T>
constexpr KernelRow table(BuiltinOperator op) {
  return {op, kElementTypeOf<T>, {}, kElementTypeOf<T>, prepareTable<kFunction, T>};
}
constexpr KernelRow row(BuiltinOperator op, ElementType type,
                        Checked<PreparedNode> (*prepare)(const NodeView&)) {
  return {op, type, {}, type, prepare};
}

constexpr std::array kRows = {
    real<absolute>(BuiltinOperator::ABS),
    real<negative>(BuiltinOperator::NEG),
    real<square>(BuiltinOperator::SQUARE),
    real<exponential>(BuiltinOperator::EXP),
    real<logarithm>(BuiltinOperator::LOG),
    real<root>(BuiltinOperator::SQRT),
    real<inverseRoot>(BuiltinOperator::RSQRT),
    real<sine>(BuiltinOperator::SIN),
    real<cosine>(BuiltinOperator::COS),
    real<roundDown>(BuiltinOperator::FLOOR),
    real<sign>(BuiltinOperator::SIGN),
    real<roundUp>(BuiltinOperator::CEIL),
    real<roundToEven>(BuiltinOperator::ROUND),
    real<exponentialBelowZero>(BuiltinOperator::ELU),
    table<exponentialBelowZero, std::int8_t>(BuiltinOperator::ELU),
    real<hardSwish>(BuiltinOperator::HARD_SWISH),
    real<hyperbolicTangent>(BuiltinOperator::TANH),
    table<hyperbolicTangent, std::int8_t>(BuiltinOperator::TANH),
    table<hyperbolicTangent, std::uint8_t>(BuiltinOperator::TANH),
    row(BuiltinOperator::RSQRT, ElementType::kInt8, prepareByteInverseRoot),
    row(BuiltinOperator::GELU, ElementType::kFloat32, prepareGelu),
    row(BuiltinOperator::GELU, ElementType::kInt8, prepareByteGelu<std::int8_t>),
    row(BuiltinOperator::GELU, ElementType::kUint8, prepareByteGelu<std::uint8_t>),
    row(BuiltinOperator::HARD_SWISH, ElementType::kInt8, prepareByteHardSwish<std::int8_t>),
    row(BuiltinOperator::HARD_SWISH, ElementType::kUint8, prepareByteHardSwish<std::uint8_t>),
    row(BuiltinOperator::LOGICAL_NOT, ElementType::kBool, prepareNot),
    row(BuiltinOperator::LEAKY_RELU, ElementType::kFloat32, prepareLeaky<runFloatLeaky>),
    row(BuiltinOperator::LEAKY_RELU, ElementType::kInt8, prepareByteLeaky<std::int8_t>),
    row(BuiltinOperator::LEAKY_RELU, ElementType::kUint8, prepareByteLeaky<std::uint8_t>),
    row(BuiltinOperator::LEAKY_RELU, ElementType::kInt16, prepareLeaky<runWordLeaky>),
};

}  // namespace

std::span<const KernelRow> unaryRows() { return kRows; }

}  // namespace primer::inference::reference
