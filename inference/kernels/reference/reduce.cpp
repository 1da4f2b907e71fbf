// Operators that gather axes up: SUM, REDUCE_MAX, REDUCE_MIN, REDUCE_PROD, REDUCE_ANY, REDUCE_ALL;
// ARG_MAX and ARG_MIN; L2_NORMALIZATION and LOG_SOFTMAX over the last axis.

#include "ops/reduce.h"

#include <array>
#include <cmath>
#include <cstring>
#include <limits>

#include "kernels/reference/rows.h"
#include "kernels/reference/wrapping.h"
#include "ops/operators.h"

namespace primer::inference::reference {
namespace {

using tflite::BuiltinOperator;

// Folds an innermost axis: results `step` elements apart. What differs from operation to operation
// and from type to type is this alone, and what a result begins with.
using FoldRow = void (*)(const std::byte* input, std::byte* results, std::int64_t count,
                         std::int64_t step);

struct Fold {
  FoldRow row = nullptr;
  std::size_t bytes = 0;  // of an element
  std::array<std::byte, sizeof(std::int64_t)> start{};
};

struct ReduceParams {
  MeanLayer layer;
  std::int64_t output_count = 0;
  Fold fold;
};

const std::byte* foldBlock(const ReduceParams& params, std::size_t axis, const std::byte* input,
                           std::byte* results, std::int64_t results_in_block) {
  const auto& here = params.layer.axes[axis];
  const auto bytes = static_cast<std::int64_t>(params.fold.bytes);
  const std::int64_t step = here.reduced ? 0 : results_in_block / here.count;
  if (axis + 1 == params.layer.axes.size()) {
    params.fold.row(input, results, here.count, step);
    return input + here.count * bytes;
  }
  const std::int64_t inner = here.reduced ? results_in_block : step;
  for (std::int64_t i = 0; i < here.count; ++i) {
    input = foldBlock(params, axis + 1, input, results + i * step * bytes, inner);
  }
  return input;
}

void runReduce(const ReduceParams& params, const KernelIo& io) noexcept {
  std::byte* out = io.outputs[0];
  const auto& fold = params.fold;
  for (std::int64_t i = 0; i < params.output_count; ++i) {
    std::memcpy(out + static_cast<std::size_t>(i) * fold.bytes, fold.start.data(), fold.bytes);
  }
  if (params.output_count == 0) return;
  if (params.layer.axes.empty()) {
    fold.row(io.inputs[0], out, 1, 0);
  } else {
    foldBlock(params, 0, io.inputs[0], out, params.output_count);
  }
}

// Integers wrap, as in two's complement.
struct Sum {
  template <typename T>
  static T start() {
    return T{0};
  }
  template <typename T>
  static T fold(T a, T b) {
    return wrapping(a, b, [](auto x, auto y) { return x + y; });
  }
};
struct Product {
  template <typename T>
  static T start() {
    return T{1};
  }
  template <typename T>
  static T fold(T a, T b) {
    return wrapping(a, b, [](auto x, auto y) { return x * y; });
  }
};
struct Largest {
  template <typename T>
  static T start() {
    return std::numeric_limits<T>::lowest();
  }
  template <typename T>
  static T fold(T a, T b) {
    return b > a ? b : a;
  }
};
struct Smallest {
  template <typename T>
  static T start() {
    return std::numeric_limits<T>::max();
  }
  template <typename T>
  static T fold(T a, T b) {
    return b < a ? b : a;
  }
};
// Of booleans. What files and programs hand over as one may be any byte.
struct Any {
  template <typename T>
  static T start() {
    return 0;
  }
  template <typename T>
  static T fold(T a, T b) {
    return a != 0 || b != 0 ? 1 : 0;
  }
};
struct All {
  template <typename T>
  static T start() {
    return 1;
  }
  template <typename T>
  static T fold(T a, T b) {
    return a != 0 && b != 0 ? 1 : 0;
  }
};

template <typename Operation, typename T>
void foldRow(const std::byte* input, std::byte* results, std::int64_t count, std::int64_t step) {
  const auto* in = reinterpret_cast<const T*>(input);
  auto* out = reinterpret_cast<T*>(results);
  if (step == 0) {
    T result = *out;
    for (std::int64_t i = 0; i < count; ++i) result = Operation::fold(result, in[i]);
    *out = result;
    return;
  }
  for (std::int64_t i = 0; i < count; ++i) out[i] = Operation::fold(out[i], in[i]);
}

[[gnu::cold]] Checked<PreparedNode> prepareFold(const NodeView& node, const Fold& fold) {
  PRIMER_TRY(checkMean(node));
  if (isQuantized(node.input(0).info.type)) {
    PRIMER_TRY(node.expectSameQuantization(node.input(0), node.output(0)));
  }
  ReduceParams params;
  PRIMER_ASSIGN(params.layer, meanLayer(node));
  params.output_count = static_cast<std::int64_t>(elementCount(params.layer.output_shape));
  params.fold = fold;
  return makePrepared<runReduce>(std::move(params));
}

template <typename Operation, typename T>
[[gnu::cold]] Checked<PreparedNode> prepareReduce(const NodeView& node) {
  Fold fold{foldRow<Operation, T>, sizeof(T), {}};
  const T start = Operation::template start<T>();
  std::memcpy(fold.start.data(), &start, sizeof(start));
  return prepareFold(node, fold);
}

// Of several that are as good, the first.
template <typename T, typename Index, bool kLargest>
void runArg(const ArgLayer& layer, const KernelIo& io) noexcept {
  const T* in = io.in<T>(0);
  Index* out = io.out<Index>(0);
  for (std::int64_t turn = 0; turn < layer.outer; ++turn, in += layer.size * layer.inner) {
    for (std::int64_t i = 0; i < layer.inner; ++i) {
      std::int64_t best = 0;
      for (std::int64_t k = 1; k < layer.size; ++k) {
        const T value = in[k * layer.inner + i];
        const T so_far = in[best * layer.inner + i];
        if (kLargest ? value > so_far : value < so_far) best = k;
      }
      *out++ = static_cast<Index>(best);
    }
  }
}

template <typename T, typename Index>
[[gnu::cold]] Checked<PreparedNode> prepareArg(const NodeView& node) {
  PRIMER_ASSIGN(const auto layer, argLayer(node));
  return node.node().op == BuiltinOperator::ARG_MAX ? makePrepared<runArg<T, Index, true>>(layer)
                                                    : makePrepared<runArg<T, Index, false>>(layer);
}

struct RowParams {
  std::int64_t rows = 0;
  std::int64_t depth = 0;
};

void runNormalize(const RowParams& params, const KernelIo& io) noexcept {
  constexpr float kLeast = 1e-6f;
  const float* in = io.in<float>(0);
  float* out = io.out<float>(0);
  for (std::int64_t row = 0; row < params.rows; ++row, in += params.depth, out += params.depth) {
    float squares = 0.0f;
    for (std::int64_t i = 0; i < params.depth; ++i) squares += in[i] * in[i];
    const float length = std::max(std::sqrt(squares), kLeast);
    for (std::int64_t i = 0; i < params.depth; ++i) out[i] = in[i] / length;
  }
}

void runLogSoftmax(const RowParams& params, const KernelIo& io) noexcept {
  const float* in = io.in<float>(0);
  float* out = io.out<float>(0);
  for (std::int64_t row = 0; row < params.rows; ++row, in += params.depth, out += params.depth) {
    const float largest = *std::max_element(in, in + params.depth);
    float sum = 0.0f;
    for (std::int64_t i = 0; i < params.depth; ++i) sum += std::exp(in[i] - largest);
    const float logarithm = std::log(sum);
    for (std::int64_t i = 0; i < params.depth; ++i) out[i] = in[i] - largest - logarithm;
  }
}

template <auto kRun>
[[gnu::cold]] Checked<PreparedNode> prepareRows(const NodeView& node) {
  PRIMER_TRY(checkRows(node));
  const auto& shape = node.input(0).shape;
  RowParams params;
  params.depth = shape.back();
  params.rows =
      params.depth == 0 ? 0 : static_cast<std::int64_t>(elementCount(shape)) / params.depth;
  return inPlace(makePrepared<kRun>(params));
}

constexpr KernelRow real(BuiltinOperator op, Checked<PreparedNode> (*prepare)(const NodeView&)) {
  return {op, ElementType::kFloat32, {}, ElementType::kFloat32, prepare};
}
template <typename Operation, typename T>
constexpr KernelRow fold(BuiltinOperator op) {
  return {op, kElementTypeOf<T>, {}, kElementTypeOf<T>, prepareReduce<Operation, T>};
}
template <typename T>
void addFoldRows(std::vector<KernelRow>& rows) {
  rows.push_back(fold<Largest, T>(BuiltinOperator::REDUCE_MAX));
  rows.push_back(fold<Smallest, T>(BuiltinOperator::REDUCE_MIN));
  // Sums of quantised tensors are brought to the output's scale: mean.cpp.
  if constexpr (sizeof(T) >= sizeof(float)) {
    rows.push_back(fold<Sum, T>(BuiltinOperator::SUM));
    rows.push_back(fold<Product, T>(BuiltinOperator::REDUCE_PROD));
  }
}
template <typename T, typename Index>
constexpr KernelRow arg(BuiltinOperator op) {
  return {op, kElementTypeOf<T>, {}, kElementTypeOf<Index>, prepareArg<T, Index>};
}
template <typename T>
void addArgRows(std::vector<KernelRow>& rows) {
  for (const auto op : {BuiltinOperator::ARG_MAX, BuiltinOperator::ARG_MIN}) {
    rows.push_back(arg<T, std::int32_t>(op));
    rows.push_back(arg<T, std::int64_t>(op));
  }
}

std::vector<KernelRow> makeRows() {
  std::vector<KernelRow> rows = {
      {BuiltinOperator::REDUCE_ANY,
       ElementType::kBool,
       {},
       ElementType::kBool,
       prepareReduce<Any, std::uint8_t>},
      {BuiltinOperator::REDUCE_ALL,
       ElementType::kBool,
       {},
       ElementType::kBool,
       prepareReduce<All, std::uint8_t>},
      real(BuiltinOperator::L2_NORMALIZATION, prepareRows<runNormalize>),
      real(BuiltinOperator::LOG_SOFTMAX, prepareRows<runLogSoftmax>),
  };
  addFoldRows<float>(rows);
  addFoldRows<std::int8_t>(rows);
  addFoldRows<std::uint8_t>(rows);
  addFoldRows<std::int16_t>(rows);
  addFoldRows<std::int32_t>(rows);
  addFoldRows<std::int64_t>(rows);
  addArgRows<float>(rows);
  addArgRows<std::int8_t>(rows);
  addArgRows<std::uint8_t>(rows);
  addArgRows<std::int32_t>(rows);
  return rows;
}

}  // namespace

std::span<const KernelRow> reduceRows() {
  static const std::vector<KernelRow> rows = makeRows();
  return rows;
}

}  // namespace primer::inference::reference
