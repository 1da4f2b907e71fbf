// Operators that gather axes up: SUM, REDUCE_MAX, REDUCE_MIN, REDUCE_PROD; ARG_MAX and ARG_MIN;
// L2_NORMALIZATION and LOG_SOFTMAX over the last axis.

#include "ops/reduce.h"

#include <array>
#include <cmath>
#include <limits>

#include "kernels/reference/rows.h"
#include "ops/operators.h"

namespace primer::inference::reference {
namespace {

using tflite::BuiltinOperator;

struct ReduceParams {
  MeanLayer layer;
  std::int64_t output_count = 0;
};

template <typename Operation>
const float* foldBlock(const MeanLayer& layer, std::size_t axis, const float* input, float* results,
                       std::int64_t results_in_block) {
  if (axis == layer.axes.size()) {
    *results = Operation::fold(*results, *input);
    return input + 1;
  }
  const auto& here = layer.axes[axis];
  const std::int64_t step = here.reduced ? 0 : results_in_block / here.count;
  const std::int64_t inner = here.reduced ? results_in_block : step;
  for (std::int64_t i = 0; i < here.count; ++i) {
    input = foldBlock<Operation>(layer, axis + 1, input, results + i * step, inner);
  }
  return input;
}

template <typename Operation>
void runReduce(const ReduceParams& params, const KernelIo& io) noexcept {
  float* out = io.out<float>(0);
  std::fill_n(out, params.output_count, Operation::kStart);
  if (params.output_count == 0) return;
  foldBlock<Operation>(params.layer, 0, io.in<float>(0), out, params.output_count);
}

struct Sum {
  static constexpr float kStart = 0.0f;
  static float fold(float a, float b) { return a + b; }
};
struct Product {
  static constexpr float kStart = 1.0f;
  static float fold(float a, float b) { return a * b; }
};
struct Largest {
  static constexpr float kStart = std::numeric_limits<float>::lowest();
  static float fold(float a, float b) { return b > a ? b : a; }
};
struct Smallest {
  static constexpr float kStart = std::numeric_limits<float>::max();
  static float fold(float a, float b) { return b < a ? b : a; }
};

template <typename Operation>
Result<PreparedNode> prepareReduce(const NodeView& node) {
  PRIMER_TRY(checkMean(node));
  ReduceParams params;
  PRIMER_ASSIGN(params.layer, meanLayer(node));
  params.output_count = static_cast<std::int64_t>(elementCount(params.layer.output_shape));
  return makePrepared<runReduce<Operation>>(std::move(params));
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
Result<PreparedNode> prepareArg(const NodeView& node) {
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
Result<PreparedNode> prepareRows(const NodeView& node) {
  PRIMER_TRY(checkRows(node));
  const auto& shape = node.input(0).shape;
  RowParams params;
  params.depth = shape.back();
  params.rows =
      params.depth == 0 ? 0 : static_cast<std::int64_t>(elementCount(shape)) / params.depth;
  return inPlace(makePrepared<kRun>(params));
}

constexpr KernelRow real(BuiltinOperator op, Result<PreparedNode> (*prepare)(const NodeView&)) {
  return {op, ElementType::kFloat32, {}, ElementType::kFloat32, prepare};
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
      real(BuiltinOperator::SUM, prepareReduce<Sum>),
      real(BuiltinOperator::REDUCE_PROD, prepareReduce<Product>),
      real(BuiltinOperator::REDUCE_MAX, prepareReduce<Largest>),
      real(BuiltinOperator::REDUCE_MIN, prepareReduce<Smallest>),
      real(BuiltinOperator::L2_NORMALIZATION, prepareRows<runNormalize>),
      real(BuiltinOperator::LOG_SOFTMAX, prepareRows<runLogSoftmax>),
  };
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
