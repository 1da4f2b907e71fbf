// Operators on two operands, element by element: float and integer arithmetic, MAXIMUM and MINIMUM,
// comparisons, logic, SELECT. Quantised pairs are in add.cpp, multiply.cpp and byte_pairs.cpp.

#include <cmath>
#include <cstring>
#include <type_traits>

#include "kernels/reference/rows.h"
#include "kernels/reference/wrapping.h"
#include "ops/elementwise.h"
#include "ops/weights.h"

namespace primer::inference::reference {
namespace {

using tflite::BuiltinOperator;

struct BinaryParams;

// An innermost loop: so many results. Operands step by 0 or 1. What differs from operation to
// operation and from type to type is this alone; all else is there once.
using RowFunction = void (*)(const BinaryParams& params, const std::byte* a, const std::byte* b,
                             std::byte* out, std::int64_t count, std::int64_t step_a,
                             std::int64_t step_b);

struct BinaryParams {
  Broadcast broadcast;
  FloatRange range;
  RowFunction row = nullptr;
  std::int64_t operand_bytes = 0;  // of an element
  std::int64_t result_bytes = 0;
};

template <typename Operation, typename T, typename Out>
void binaryRow(const BinaryParams& params, const std::byte* a_bytes, const std::byte* b_bytes,
               std::byte* out_bytes, std::int64_t count, std::int64_t step_a, std::int64_t step_b) {
  const auto* a = reinterpret_cast<const T*>(a_bytes);
  const auto* b = reinterpret_cast<const T*>(b_bytes);
  auto* out = reinterpret_cast<Out*>(out_bytes);
  [[maybe_unused]] const FloatRange range = params.range;
  const auto result = [&](T x, T y) {
    const Out value = Operation()(x, y);
    if constexpr (std::is_same_v<Out, float>) {
      return std::min(std::max(value, range.low), range.high);
    } else {
      return value;
    }
  };
  if (step_b == 0) {
    const T y = *b;
    for (std::int64_t i = 0; i < count; ++i) out[i] = result(a[i * step_a], y);
  } else if (step_a == 0) {
    const T x = *a;
    for (std::int64_t i = 0; i < count; ++i) out[i] = result(x, b[i]);
  } else {
    for (std::int64_t i = 0; i < count; ++i) out[i] = result(a[i], b[i]);
  }
}

void binaryLoop(const BinaryParams& params, std::size_t loop, const std::byte* a,
                const std::byte* b, std::byte*& out) {
  const auto& here = params.broadcast.loops[loop];
  if (loop + 1 == params.broadcast.loops.size()) {
    if (here.count > 0) params.row(params, a, b, out, here.count, here.step_a, here.step_b);
    out += here.count * params.result_bytes;
    return;
  }
  for (std::int64_t i = 0; i < here.count; ++i) {
    binaryLoop(params, loop + 1, a + i * here.step_a * params.operand_bytes,
               b + i * here.step_b * params.operand_bytes, out);
  }
}

void runBinary(const BinaryParams& params, const KernelIo& io) noexcept {
  std::byte* out = io.outputs[0];
  binaryLoop(params, 0, io.inputs[0], io.inputs[1], out);
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

[[gnu::cold]] Result<PreparedNode> prepareRow(const NodeView& node, RowFunction row) {
  PRIMER_ASSIGN(auto layer, binaryLayer(node));
  if (isQuantized(node.input(0).info.type)) {
    PRIMER_TRY(node.expectSameQuantization(node.input(0), node.input(1)));
    PRIMER_TRY(node.expectSameQuantization(node.input(0), node.output(0)));
  }
  const auto result = node.output(0).info.type;
  if (result != ElementType::kFloat32 && layer.activation != tflite::ActivationFunctionType::NONE) {
    return NodeView::unsupported("fused-activation", "on integers without a scale");
  }
  const auto bytesOf = [](ElementType type) {
    return static_cast<std::int64_t>(elementBytes(type));
  };
  return inPlace(makePrepared<runBinary>(BinaryParams{
                     std::move(layer.broadcast), floatActivationRange(layer.activation), row,
                     bytesOf(node.input(0).info.type), bytesOf(result)}),
                 kOverInput0Or1);
}

template <typename Operation, typename T, typename Out = T>
[[gnu::cold]] Result<PreparedNode> prepareBinary(const NodeView& node) {
  return prepareRow(node, binaryRow<Operation, T, Out>);
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
[[gnu::cold]] Result<PreparedNode> prepareSelect(const NodeView& node) {
  PRIMER_ASSIGN(auto layer, selectLayer(node));
  return makePrepared<runSelect<Word>>(SelectParams{std::move(layer)});
}

template <typename T, typename Word>
void addSelectRows(std::vector<KernelRow>& rows) {
  for (const auto op : {BuiltinOperator::SELECT, BuiltinOperator::SELECT_V2}) {
    rows.push_back(
        {op, ElementType::kBool, kElementTypeOf<T>, kElementTypeOf<T>, prepareSelect<Word>});
  }
}

template <typename T>
void addArithmeticRows(std::vector<KernelRow>& rows) {
  rows.push_back(arithmetic<Add, T>(BuiltinOperator::ADD));
  rows.push_back(arithmetic<Subtract, T>(BuiltinOperator::SUB));
  rows.push_back(arithmetic<Multiply, T>(BuiltinOperator::MUL));
  rows.push_back(arithmetic<SquaredDifference, T>(BuiltinOperator::SQUARED_DIFFERENCE));
  rows.push_back(comparison<std::equal_to<>, T>(BuiltinOperator::EQUAL));
  rows.push_back(comparison<std::not_equal_to<>, T>(BuiltinOperator::NOT_EQUAL));
  rows.push_back(comparison<std::less<>, T>(BuiltinOperator::LESS));
  rows.push_back(comparison<std::less_equal<>, T>(BuiltinOperator::LESS_EQUAL));
  rows.push_back(comparison<std::greater<>, T>(BuiltinOperator::GREATER));
  rows.push_back(comparison<std::greater_equal<>, T>(BuiltinOperator::GREATER_EQUAL));
}

template <typename T>
void addExtremeRows(std::vector<KernelRow>& rows) {
  rows.push_back(arithmetic<Maximum, T>(BuiltinOperator::MAXIMUM));
  rows.push_back(arithmetic<Minimum, T>(BuiltinOperator::MINIMUM));
}

std::vector<KernelRow> makeRows() {
  std::vector<KernelRow> rows;
  addArithmeticRows<float>(rows);
  addArithmeticRows<std::int32_t>(rows);
  addArithmeticRows<std::int64_t>(rows);
  addExtremeRows<float>(rows);
  addExtremeRows<std::int8_t>(rows);
  addExtremeRows<std::uint8_t>(rows);
  addExtremeRows<std::int16_t>(rows);
  addExtremeRows<std::int32_t>(rows);
  addExtremeRows<std::int64_t>(rows);
  rows.push_back(arithmetic<Divide, float>(BuiltinOperator::DIV));
  rows.push_back(arithmetic<FloorDivide, float>(BuiltinOperator::FLOOR_DIV));
  rows.push_back(arithmetic<FloorRemainder, float>(BuiltinOperator::FLOOR_MOD));
  rows.push_back(arithmetic<Leaky, float>(BuiltinOperator::PRELU));
  rows.push_back(arithmetic<Power, float>(BuiltinOperator::POW));
  rows.push_back(arithmetic<Angle, float>(BuiltinOperator::ATAN2));
  rows.push_back(logic<std::logical_and<>>(BuiltinOperator::LOGICAL_AND));
  rows.push_back(logic<std::logical_or<>>(BuiltinOperator::LOGICAL_OR));
  rows.push_back(logic<EqualTruth>(BuiltinOperator::EQUAL));
  rows.push_back(logic<UnequalTruth>(BuiltinOperator::NOT_EQUAL));
  addSelectRows<float, std::uint32_t>(rows);
  addSelectRows<std::int32_t, std::uint32_t>(rows);
  addSelectRows<std::int64_t, std::uint64_t>(rows);
  addSelectRows<bool, std::uint8_t>(rows);
  addSelectRows<std::int8_t, std::uint8_t>(rows);
  addSelectRows<std::uint8_t, std::uint8_t>(rows);
  addSelectRows<std::int16_t, std::uint16_t>(rows);
  return rows;
}

}  // namespace

std::span<const KernelRow> binaryRows() {
  static const std::vector<KernelRow> rows = makeRows();
  return rows;
}

}  // namespace primer::inference::reference
