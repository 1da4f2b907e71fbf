// GATHER, GATHER_ND, EMBEDDING_LOOKUP and CAST.

#include "ops/gather.h"

#include <cmath>
#include <cstring>
#include <limits>

#include "kernels/reference/rows.h"
#include "ops/operators.h"

namespace primer::inference::reference {
namespace {

using tflite::BuiltinOperator;

struct GatherParams {
  GatherLayer layer;
  std::size_t slice_bytes = 0;
};

template <typename Index>
void runGather(const GatherParams& params, const KernelIo& io) noexcept {
  const auto& layer = params.layer;
  std::int64_t rows = 1;  // of the data, for each outer turn
  for (const auto size : layer.sizes) rows *= size;
  const std::byte* data = io.inputs[layer.data];
  std::byte* out = io.outputs[0];
  if (params.slice_bytes == 0) return;
  for (std::int64_t turn = 0; turn < layer.outer; ++turn) {
    const Index* index = io.in<Index>(layer.indices);
    for (std::int64_t i = 0; i < layer.count; ++i) {
      std::int64_t row = 0;
      for (const auto size : layer.sizes) {
        row = row * size + std::clamp<std::int64_t>(*index++, 0, size - 1);
      }
      std::memcpy(out, data + static_cast<std::size_t>(turn * rows + row) * params.slice_bytes,
                  params.slice_bytes);
      out += params.slice_bytes;
    }
  }
}

[[gnu::cold]] Checked<PreparedNode> prepareGather(const NodeView& node) {
  GatherParams params;
  PRIMER_ASSIGN(params.layer, gatherLayer(node));
  params.slice_bytes =
      static_cast<std::size_t>(params.layer.slice) * elementBytes(node.output(0).info.type);
  const bool wide = node.input(params.layer.indices).info.type == ElementType::kInt64;
  return wide ? makePrepared<runGather<std::int64_t>>(std::move(params))
              : makePrepared<runGather<std::int32_t>>(std::move(params));
}

using CastRow = void (*)(const std::byte* from, std::byte* to, std::int64_t count);

struct CastParams {
  std::int64_t count = 0;
  CastRow row = nullptr;
};

// Integers are cut to their width; a real number loses its fraction and is held to the range.
template <typename From, typename To>
To castTo(From value) {
  if constexpr (std::is_same_v<To, bool>) {
    return value != From{0};
  } else if constexpr (std::is_floating_point_v<From> && std::is_integral_v<To>) {
    constexpr auto kLow = static_cast<double>(std::numeric_limits<To>::min());
    constexpr auto kHigh = static_cast<double>(std::numeric_limits<To>::max());
    const auto wide = static_cast<double>(value);
    if (std::isnan(wide)) return To{0};
    if (wide <= kLow) return std::numeric_limits<To>::min();
    return wide >= kHigh ? std::numeric_limits<To>::max() : static_cast<To>(wide);
  } else {
    return static_cast<To>(value);
  }
}

template <typename From, typename To>
void castRow(const std::byte* from, std::byte* to, std::int64_t count) {
  auto* out = reinterpret_cast<To*>(to);
  for (std::int64_t i = 0; i < count; ++i) {
    if constexpr (std::is_same_v<From, bool>) {
      // What files and programs hand over as a boolean may be any byte.
      out[i] = castTo<From, To>(from[i] != std::byte{0});
    } else {
      out[i] = castTo<From, To>(reinterpret_cast<const From*>(from)[i]);
    }
  }
}

void runCast(const CastParams& params, const KernelIo& io) noexcept {
  params.row(io.inputs[0], io.outputs[0], params.count);
}

[[gnu::cold]] Checked<PreparedNode> prepareRow(const NodeView& node, CastRow row) {
  PRIMER_TRY(checkCast(node));
  return makePrepared<runCast>(
      CastParams{static_cast<std::int64_t>(elementCount(node.input(0).shape)), row});
}

template <typename From, typename To>
[[gnu::cold]] Checked<PreparedNode> prepareCast(const NodeView& node) {
  return prepareRow(node, castRow<From, To>);
}

template <typename From, typename... To>
void addCasts(std::vector<KernelRow>& rows) {
  (rows.push_back({BuiltinOperator::CAST,
                   kElementTypeOf<From>,
                   {},
                   kElementTypeOf<To>,
                   prepareCast<From, To>}),
   ...);
}

template <typename... From>
void addAllCasts(std::vector<KernelRow>& rows) {
  (addCasts<From, float, std::int8_t, std::uint8_t, std::int16_t, std::int32_t, std::int64_t, bool>(
       rows),
   ...);
}

std::vector<KernelRow> makeRows() {
  std::vector<KernelRow> rows;
  for (const auto type :
       {ElementType::kFloat32, ElementType::kInt8, ElementType::kUint8, ElementType::kInt16,
        ElementType::kInt32, ElementType::kInt64, ElementType::kBool}) {
    rows.push_back({BuiltinOperator::GATHER, type, {}, type, prepareGather});
    rows.push_back({BuiltinOperator::GATHER_ND, type, {}, type, prepareGather});
    rows.push_back(
        {BuiltinOperator::EMBEDDING_LOOKUP, ElementType::kInt32, type, type, prepareGather});
  }
  addAllCasts<float, std::int8_t, std::uint8_t, std::int16_t, std::int32_t, std::int64_t, bool>(
      rows);
  return rows;
}

}  // namespace

std::span<const KernelRow> gatherRows() {
  static const std::vector<KernelRow> rows = makeRows();
  return rows;
}

}  // namespace primer::inference::reference
