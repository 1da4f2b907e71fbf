// SCATTER_ND, DYNAMIC_UPDATE_SLICE and TOPK_V2.

#include "ops/scatter.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "kernels/reference/rows.h"
#include "ops/strided_copy.h"

namespace primer::inference::reference {
namespace {

using tflite::BuiltinOperator;

std::int64_t indexAt(const std::byte* indices, bool wide, std::int64_t i) {
  return wide ? reinterpret_cast<const std::int64_t*>(indices)[i]
              : reinterpret_cast<const std::int32_t*>(indices)[i];
}

struct ScatterParams {
  ScatterLayer layer;
  std::int64_t elements = 0;
  bool wide = false;
};

template <typename T>
T sumOf(T a, T b) {
  if constexpr (std::is_same_v<T, bool>) {
    return a || b;
  } else if constexpr (std::is_floating_point_v<T>) {
    return a + b;
  } else {
    using Unsigned = std::make_unsigned_t<T>;
    return static_cast<T>(static_cast<Unsigned>(a) + static_cast<Unsigned>(b));
  }
}

// What an index of the run puts outside is left out.
template <typename T>
void runScatter(const ScatterParams& params, const KernelIo& io) noexcept {
  const auto& layer = params.layer;
  T* out = io.out<T>(0);
  std::fill_n(out, params.elements, T{});
  const auto parts = static_cast<std::int64_t>(layer.sizes.size());
  for (std::int64_t i = 0; i < layer.count; ++i) {
    std::int64_t at = 0;
    bool inside = true;
    for (std::int64_t p = 0; p < parts; ++p) {
      const std::int64_t size = layer.sizes[static_cast<std::size_t>(p)];
      const std::int64_t index = indexAt(io.inputs[0], params.wide, i * parts + p);
      inside = inside && index >= 0 && index < size;
      at = at * size + (inside ? index : 0);
    }
    if (!inside) continue;
    const T* from = io.in<T>(1) + i * layer.slice;
    T* to = out + at * layer.slice;
    for (std::int64_t k = 0; k < layer.slice; ++k) to[k] = sumOf(to[k], from[k]);
  }
}

template <typename T>
[[gnu::cold]] Checked<PreparedNode> prepareScatter(const NodeView& node) {
  ScatterParams params;
  PRIMER_ASSIGN(params.layer, scatterLayer(node));
  params.elements = static_cast<std::int64_t>(elementCount(params.layer.output_shape));
  params.wide = node.input(0).info.type == ElementType::kInt64;
  return makePrepared<runScatter<T>>(std::move(params));
}

struct UpdateParams {
  UpdateSliceLayer layer;
  std::vector<std::int64_t> steps;
  std::size_t element = 0;
  std::size_t bytes = 0;  // of the operand
  bool wide = false;
};

const std::byte* putAxis(const UpdateParams& params, std::size_t axis, const std::int64_t* begin,
                         const std::byte* from, std::byte* to) {
  const std::size_t rank = params.layer.shape.size();
  if (axis == rank) {
    std::memcpy(to, from, params.element);
    return from + params.element;
  }
  const auto step = static_cast<std::size_t>(params.steps[axis]) * params.element;
  to += static_cast<std::size_t>(begin[axis]) * step;
  const auto count = static_cast<std::size_t>(params.layer.update[axis]);
  if (axis + 1 == rank) {
    std::memcpy(to, from, count * params.element);
    return from + count * params.element;
  }
  for (std::size_t i = 0; i < count; ++i) {
    from = putAxis(params, axis + 1, begin, from, to + i * step);
  }
  return from;
}

void runUpdate(const UpdateParams& params, const KernelIo& io) noexcept {
  if (params.bytes == 0) return;
  std::memcpy(io.outputs[0], io.inputs[0], params.bytes);
  std::int64_t begin[kMaxRank] = {};
  for (std::size_t axis = 0; axis < params.layer.shape.size(); ++axis) {
    if (params.layer.update[axis] == 0) return;
    begin[axis] = std::clamp<std::int64_t>(
        indexAt(io.inputs[2], params.wide, static_cast<std::int64_t>(axis)), 0,
        params.layer.shape[axis] - params.layer.update[axis]);
  }
  putAxis(params, 0, begin, io.inputs[1], io.outputs[0]);
}

[[gnu::cold]] Checked<PreparedNode> prepareUpdate(const NodeView& node) {
  UpdateParams params;
  PRIMER_ASSIGN(params.layer, updateSliceLayer(node));
  params.steps = axisSteps(params.layer.shape);
  params.element = elementBytes(node.input(0).info.type);
  params.bytes = node.input(0).info.bytes;
  params.wide = node.input(2).info.type == ElementType::kInt64;
  return makePrepared<runUpdate>(std::move(params));
}

// What is not a number counts as less than all numbers, so that the order is
// one.
template <typename T>
bool isLarger(T a, T b) {
  if constexpr (std::is_floating_point_v<T>) {
    if (std::isnan(a) || std::isnan(b)) return !std::isnan(a) && std::isnan(b);
  }
  return a > b;
}

// Of several that are as large, the first. The places of a row lie in scratch
// while it is sorted.
template <typename T>
void runTop(const TopLayer& layer, const KernelIo& io) noexcept {
  auto* places = io.scratchAs<std::int32_t>();
  T* values = io.out<T>(0);
  auto* indices = io.out<std::int32_t>(1);
  for (std::int64_t row = 0; row < layer.rows; ++row) {
    const T* in = io.in<T>(0) + row * layer.depth;
    for (std::int64_t i = 0; i < layer.depth; ++i) places[i] = static_cast<std::int32_t>(i);
    std::partial_sort(places, places + layer.count, places + layer.depth,
                      [in](std::int32_t a, std::int32_t b) {
                        if (isLarger(in[a], in[b])) return true;
                        return !isLarger(in[b], in[a]) && a < b;
                      });
    for (std::int64_t i = 0; i < layer.count; ++i) {
      *indices++ = places[i];
      *values++ = in[places[i]];
    }
  }
}

template <typename T>
[[gnu::cold]] Checked<PreparedNode> prepareTop(const NodeView& node) {
  PRIMER_ASSIGN(auto layer, topLayer(node));
  const auto scratch = static_cast<std::size_t>(layer.depth) * sizeof(std::int32_t);
  return costing(makePrepared<runTop<T>>(std::move(layer)), scratch, 0);
}

template <typename T>
void addRows(std::vector<KernelRow>& rows) {
  constexpr auto kType = kElementTypeOf<T>;
  for (const auto index : {ElementType::kInt32, ElementType::kInt64}) {
    rows.push_back({BuiltinOperator::SCATTER_ND, index, kType, kType, prepareScatter<T>});
  }
  rows.push_back({BuiltinOperator::DYNAMIC_UPDATE_SLICE, kType, kType, kType, prepareUpdate});
  if constexpr (!std::is_same_v<T, bool>) {
    rows.push_back({BuiltinOperator::TOPK_V2, kType, {}, kType, prepareTop<T>});
  }
}

std::vector<KernelRow> makeRows() {
  std::vector<KernelRow> rows;
  addRows<float>(rows);
  addRows<std::int8_t>(rows);
  addRows<std::uint8_t>(rows);
  addRows<std::int16_t>(rows);
  addRows<std::int32_t>(rows);
  addRows<std::int64_t>(rows);
  addRows<bool>(rows);
  return rows;
}

}  // namespace

std::span<const KernelRow> scatterRows() {
  static const std::vector<KernelRow> rows = makeRows();
  return rows;
}

}  // namespace primer::inference::reference
