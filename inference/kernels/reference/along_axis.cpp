// CUMSUM and ONE_HOT.

#include <cstring>

#include "kernels/reference/rows.h"
#include "kernels/reference/wrapping.h"
#include "ops/reduce.h"

namespace primer::inference::reference {
namespace {

using tflite::BuiltinOperator;

struct CumulativeParams {
  ArgLayer layer;
  bool exclusive = false;  // each sum is of those before it
  bool reverse = false;
};

template <typename T>
void runCumulative(const CumulativeParams& params, const KernelIo& io) noexcept {
  const auto& layer = params.layer;
  const T* in = io.in<T>(0);
  T* out = io.out<T>(0);
  const std::int64_t step = params.reverse ? -layer.inner : layer.inner;
  const std::int64_t first = params.reverse ? (layer.size - 1) * layer.inner : 0;
  for (std::int64_t turn = 0; turn < layer.outer; ++turn) {
    for (std::int64_t i = 0; i < layer.inner; ++i) {
      std::int64_t at = turn * layer.size * layer.inner + first + i;
      T sum{0};
      for (std::int64_t k = 0; k < layer.size; ++k, at += step) {
        const T before = sum;
        sum = wrapping(sum, in[at], [](auto x, auto y) { return x + y; });
        out[at] = params.exclusive ? before : sum;
      }
    }
  }
}

template <typename T>
[[gnu::cold]] Checked<PreparedNode> prepareCumulative(const NodeView& node) {
  CumulativeParams params;
  PRIMER_ASSIGN(params.layer, cumulativeLayer(node));
  if (const auto* options = node.options<tflite::CumsumOptions>(); options != nullptr) {
    params.exclusive = options->exclusive();
    params.reverse = options->reverse();
  }
  return inPlace(makePrepared<runCumulative<T>>(std::move(params)));
}

// An index outside the depth lights nothing.
template <typename Index, typename Word>
void runOneHot(const ArgLayer& layer, const KernelIo& io) noexcept {
  const auto* indices = io.in<Index>(0);
  const Word on = *io.in<Word>(2);
  const Word off = *io.in<Word>(3);
  auto* out = io.out<Word>(0);
  for (std::int64_t turn = 0; turn < layer.outer; ++turn, indices += layer.inner) {
    for (std::int64_t k = 0; k < layer.size; ++k) {
      for (std::int64_t i = 0; i < layer.inner; ++i) *out++ = indices[i] == k ? on : off;
    }
  }
}

template <typename Index>
[[gnu::cold]] Checked<PreparedNode> prepareOneHot(const NodeView& node) {
  PRIMER_ASSIGN(auto layer, oneHotLayer(node));
  switch (elementBytes(node.output(0).info.type)) {
    case 1:
      return makePrepared<runOneHot<Index, std::uint8_t>>(std::move(layer));
    case 2:
      return makePrepared<runOneHot<Index, std::uint16_t>>(std::move(layer));
    case 4:
      return makePrepared<runOneHot<Index, std::uint32_t>>(std::move(layer));
    default:
      return makePrepared<runOneHot<Index, std::uint64_t>>(std::move(layer));
  }
}

template <typename T>
constexpr KernelRow cumulative() {
  return {BuiltinOperator::CUMSUM, kElementTypeOf<T>, {}, kElementTypeOf<T>, prepareCumulative<T>};
}

std::vector<KernelRow> makeRows() {
  std::vector<KernelRow> rows = {cumulative<float>(), cumulative<std::int32_t>(),
                                 cumulative<std::int64_t>()};
  for (const auto type :
       {ElementType::kFloat32, ElementType::kInt8, ElementType::kUint8, ElementType::kInt16,
        ElementType::kInt32, ElementType::kInt64, ElementType::kBool}) {
    rows.push_back(
        {BuiltinOperator::ONE_HOT, ElementType::kInt32, {}, type, prepareOneHot<std::int32_t>});
    rows.push_back(
        {BuiltinOperator::ONE_HOT, ElementType::kInt64, {}, type, prepareOneHot<std::int64_t>});
  }
  return rows;
}

}  // namespace

std::span<const KernelRow> alongAxisRows() {
  static const std::vector<KernelRow> rows = makeRows();
  return rows;
}

}  // namespace primer::inference::reference
