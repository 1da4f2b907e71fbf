// Operators on two operands, element by element: float and integer arithmetic, MAXIMUM and MINIMUM,
// comparisons, logic, SELECT. Quantised pairs are in add.cpp, multiply.cpp and byte_pairs.cpp.

#include <array>
#include <cmath>
#include <functional>
#include <type_traits>

#include "kernels/reference/broadcast_loop.h"
#include "kernels/reference/rows.h"
#include "kernels/reference/wrapping.h"
#include "ops/elementwise.h"
#include "ops/weights.h"

namespace primer::inference::reference {
namespace {

using tflite::BuiltinOperator;

// What differs from operation to operation and from type to type is a row alone; all else is there
// once.
struct BinaryParams {
  PairLoop loop;
  FloatRange range;
  PairRow row = nullptr;
};

template <typename Operation, typename T, typename Out>
void binaryRow(const BinaryParams& params, const T* a, const T* b, Out* out, std::int64_t count) {
  [[maybe_unused]] const FloatRange range = params.range;
  PRIMER_ELEMENTWISE
  for (std::int64_t i = 0; i < count; ++i) {
    const Out value = Operation()(a[i], b[i]);
    if constexpr (std::is_same_v<Out, float>) {
      out[i] = std::min(std::max(value, range.low), range.high);
    } else {
      out[i] = value;
    }
  }
}

void runBinary(const BinaryParams& params, const KernelIo& io) noexcept {
  runPairs(params.loop, params.row, &params, io);
}

struct Add {
  template <typename T>
  T operator()(T a, T b) const {
    return wrapping(a, b, [](auto x, auto y) { return x + y; });
  }
};
struct Subtract {
  template <typename T>
  T operator()(T a, T b) const {
    return wrapping(a, b, [](auto x, auto y) { return x - y; });
  }
};
struct Multiply {
  template <typename T>
  T operator()(T a, T b) const {
    return wrapping(a, b, [](auto x, auto y) { return x * y; });
  }
};
struct SquaredDifference {
  template <typename T>
  T operator()(T a, T b) const {
    const T difference = Subtract()(a, b);
    return Multiply()(difference, difference);
  }
};
struct Divide {
  float operator()(float a, float b) const { return a / b; }
};
struct FloorDivide {
  float operator()(float a, float b) const { return std::floor(a / b); }
};
// The remainder has the divisor's sign.
struct FloorRemainder {
  float operator()(float a, float b) const {
    const float remainder = std::fmod(a, b);
    return remainder != 0.0f && (b < 0.0f) != (remainder < 0.0f) ? remainder + b : remainder;
  }
};
struct Power {
  float operator()(float a, float b) const { return std::pow(a, b); }
};
struct Angle {
  float operator()(float a, float b) const { return std::atan2(a, b); }
};
// PRELU: the second operand is the slope below zero.
struct Leaky {
  float operator()(float x, float slope) const { return x >= 0.0f ? x : x * slope; }
};
struct Maximum {
  template <typename T>
  T operator()(T a, T b) const {
    return a > b ? a : b;
  }
};
struct Minimum {
  template <typename T>
  T operator()(T a, T b) const {
    return a < b ? a : b;
  }
};

[[gnu::cold]] Checked<PreparedNode> prepareRow(const NodeView& node, PairRow row) {
  PRIMER_ASSIGN(auto layer, binaryLayer(node));
  if (isQuantized(node.input(0).info.type)) {
    PRIMER_TRY(node.expectSameQuantization(node.input(0), node.input(1)));
    PRIMER_TRY(node.expectSameQuantization(node.input(0), node.output(0)));
  }
  const auto result = node.output(0).info.type;
  if (result != ElementType::kFloat32 && layer.activation != tflite::ActivationFunctionType::NONE) {
    return node.unsupported("fused-activation", "on integers without a scale");
  }
  const auto bytesOf = [](ElementType type) {
    return static_cast<std::int64_t>(elementBytes(type));
  };
  return inPlace(
      makePrepared<runBinary>(BinaryParams{
          {std::move(layer.broadcast), bytesOf(node.input(0).info.type), bytesOf(result)},
          floatActivationRange(layer.activation),
          row}),
      kOverInput0Or1);
}

template <typename Operation, typename T, typename Out = T>
[[gnu::cold]] Checked<PreparedNode> prepareBinary(const NodeView& node) {
  return prepareRow(node, kPairRow<binaryRow<Operation, T, Out>, BinaryParams, T, Out>);
}

template <typename Operation, typename T>
constexpr KernelRow arithmetic(BuiltinOperator op) {
  constexpr auto kType = kElementTypeOf<T>;
  return {op, kType, kType, kType, prepareBinary<Operation, T>};
}
template <typename Operation, typename T>
constexpr KernelRow comparison(BuiltinOperator op) {
  constexpr auto kType = kElementTypeOf<T>;
  return {op, kType, kType, ElementType::kBool, prepareBinary<Operation, T, bool>};
}

// Two booleans. What files and programs hand over as one may be any byte.
using Truth = std::uint8_t;
template <typename Operation>
constexpr KernelRow logic(BuiltinOperator op) {
  constexpr auto kType = ElementType::kBool;
  return {op, kType, kType, kType, prepareBinary<Operation, Truth, bool>};
}

struct EqualTruth {
  bool operator()(Truth a, Truth b) const { return (a != 0) == (b != 0); }
};
struct UnequalTruth {
  bool operator()(Truth a, Truth b) const { return (a != 0) != (b != 0); }
};

struct SelectParams {
  SelectLayer layer;
};

template <typename Word>
Word* selectLoops(const SelectLayer& layer, std::size_t loop, const Truth* condition,
                  const Word* yes, const Word* no, Word* out) {
  if (loop == layer.loops.size()) {
    *out = *condition != 0 ? *yes : *no;
    return out + 1;
  }
  const auto& here = layer.loops[loop];
  for (std::int64_t i = 0; i < here.count; ++i) {
    out = selectLoops(layer, loop + 1, condition + i * here.steps[0], yes + i * here.steps[1],
                      no + i * here.steps[2], out);
  }
  return out;
}

template <typename Word>
void runSelect(const SelectParams& params, const KernelIo& io) noexcept {
  selectLoops(params.layer, 0, io.in<Truth>(0), io.in<Word>(1), io.in<Word>(2), io.out<Word>(0));
}

template <typename Word>
[[gnu::cold]] Checked<PreparedNode> prepareSelect(const NodeView& node) {
  PRIMER_ASSIGN(auto layer, selectLayer(node));
  return makePrepared<runSelect<Word>>(SelectParams{std::move(layer)});
}

template <typename T, typename Word>
constexpr std::array kSelectRows = {
    KernelRow{BuiltinOperator::SELECT, ElementType::kBool, kElementTypeOf<T>, kElementTypeOf<T>,
              prepareSelect<Word>},
    KernelRow{BuiltinOperator::SELECT_V2, ElementType::kBool, kElementTypeOf<T>, kElementTypeOf<T>,
              prepareSelect<Word>},
};

template <typename T>
constexpr std::array kArithmeticRows = {
    arithmetic<Add, T>(BuiltinOperator::ADD),
    arithmetic<Subtract, T>(BuiltinOperator::SUB),
    arithmetic<Multiply, T>(BuiltinOperator::MUL),
    arithmetic<SquaredDifference, T>(BuiltinOperator::SQUARED_DIFFERENCE),
    comparison<std::equal_to<>, T>(BuiltinOperator::EQUAL),
    comparison<std::not_equal_to<>, T>(BuiltinOperator::NOT_EQUAL),
    comparison<std::less<>, T>(BuiltinOperator::LESS),
    comparison<std::less_equal<>, T>(BuiltinOperator::LESS_EQUAL),
    comparison<std::greater<>, T>(BuiltinOperator::GREATER),
    comparison<std::greater_equal<>, T>(BuiltinOperator::GREATER_EQUAL),
};

template <typename T>
constexpr std::array kExtremeRows = {
    arithmetic<Maximum, T>(BuiltinOperator::MAXIMUM),
    arithmetic<Minimum, T>(BuiltinOperator::MINIMUM),
};

constexpr std::array kOtherRows = {
    arithmetic<Divide, float>(BuiltinOperator::DIV),
    arithmetic<FloorDivide, float>(BuiltinOperator::FLOOR_DIV),
    arithmetic<FloorRemainder, float>(BuiltinOperator::FLOOR_MOD),
    arithmetic<Leaky, float>(BuiltinOperator::PRELU),
    arithmetic<Power, float>(BuiltinOperator::POW),
    arithmetic<Angle, float>(BuiltinOperator::ATAN2),
    logic<std::logical_and<>>(BuiltinOperator::LOGICAL_AND),
    logic<std::logical_or<>>(BuiltinOperator::LOGICAL_OR),
    logic<EqualTruth>(BuiltinOperator::EQUAL),
    logic<UnequalTruth>(BuiltinOperator::NOT_EQUAL),
};

constexpr auto kRows =
    joinedRows(kArithmeticRows<float>, kArithmeticRows<std::int32_t>, kArithmeticRows<std::int64_t>,
               kExtremeRows<float>, kExtremeRows<std::int8_t>, kExtremeRows<std::uint8_t>,
               kExtremeRows<std::int16_t>, kExtremeRows<std::int32_t>, kExtremeRows<std::int64_t>,
               kOtherRows, kSelectRows<float, std::uint32_t>,
               kSelectRows<std::int32_t, std::uint32_t>, kSelectRows<std::int64_t, std::uint64_t>,
               kSelectRows<bool, std::uint8_t>, kSelectRows<std::int8_t, std::uint8_t>,
               kSelectRows<std::uint8_t, std::uint8_t>, kSelectRows<std::int16_t, std::uint16_t>);

}  // namespace

std::span<const KernelRow> binaryRows() { return kRows; }

}  // namespace primer::inference::reference
