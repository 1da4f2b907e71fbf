// Operators that read an input in another order (ops/strided_copy.h).

#include "ops/strided_copy.h"

#include <cstring>

#include "kernels/reference/rows.h"

namespace primer::inference::reference {
namespace {

using tflite::BuiltinOperator;

struct CopyParams {
  std::vector<StridedCopy> copies;  // of each output
};

// Planes of `count` elements, `step` apart, to pixels that have one of each: images that come with
// their channels outermost.
template <typename Word, int kPlanes>
Word* interleavePlanes(const Word* __restrict in, std::int64_t count, std::int64_t step,
                       Word* __restrict out) {
  for (std::int64_t i = 0; i < count; ++i, out += kPlanes) {
    for (int p = 0; p < kPlanes; ++p) out[p] = in[p * step + i];
  }
  return out;
}

template <typename Word>
Word* copyLoops(const StridedCopy& copy, std::size_t loop, const Word* in, Word* out) {
  const auto here = copy.loops[loop];
  if (loop + 2 == copy.loops.size() && here.step == 1) {
    const auto inner = copy.loops[loop + 1];
    if (inner.count == 3) return interleavePlanes<Word, 3>(in, here.count, inner.step, out);
    if (inner.count == 4) return interleavePlanes<Word, 4>(in, here.count, inner.step, out);
  }
  if (loop + 1 < copy.loops.size()) {
    for (std::int64_t i = 0; i < here.count; ++i) {
      out = copyLoops(copy, loop + 1, in + i * here.step, out);
    }
    return out;
  }
  if (here.step == 1) return std::copy_n(in, here.count, out);
  for (std::int64_t i = 0; i < here.count; ++i) out[i] = in[i * here.step];
  return out + here.count;
}

template <typename Word>
void runCopies(const CopyParams& params, const KernelIo& io) noexcept {
  for (std::size_t i = 0; i < params.copies.size(); ++i) {
    const auto& copy = params.copies[i];
    if (elementCount(copy.output_shape) == 0) continue;
    copyLoops(copy, 0, io.in<Word>(copy.input) + copy.offset, io.out<Word>(i));
  }
}

[[gnu::cold]] Checked<PreparedNode> prepareCopies(const NodeView& node) {
  CopyParams params;
  PRIMER_ASSIGN(params.copies, stridedCopies(node));
  for (auto& copy : params.copies) copy.loops = mergedLoops(copy.loops);
  switch (elementBytes(node.output(0).info.type)) {
    case 1:
      return makePrepared<runCopies<std::uint8_t>>(std::move(params));
    case 2:
      return makePrepared<runCopies<std::uint16_t>>(std::move(params));
    case 4:
      return makePrepared<runCopies<std::uint32_t>>(std::move(params));
    default:
      return makePrepared<runCopies<std::uint64_t>>(std::move(params));
  }
}

std::vector<KernelRow> makeRows() {
  static constexpr ElementType kTypes[] = {
      ElementType::kFloat32, ElementType::kInt8,  ElementType::kUint8, ElementType::kInt16,
      ElementType::kInt32,   ElementType::kInt64, ElementType::kBool};
  static constexpr BuiltinOperator kOperators[] = {
      BuiltinOperator::BROADCAST_TO,  BuiltinOperator::DEPTH_TO_SPACE,
      BuiltinOperator::EXPAND_DIMS,   BuiltinOperator::REVERSE_V2,
      BuiltinOperator::SLICE,         BuiltinOperator::SPACE_TO_DEPTH,
      BuiltinOperator::SPLIT_V,       BuiltinOperator::SQUEEZE,
      BuiltinOperator::STRIDED_SLICE, BuiltinOperator::TILE,
      BuiltinOperator::TRANSPOSE,     BuiltinOperator::UNPACK};
  std::vector<KernelRow> rows;
  for (const auto op : kOperators) {
    for (const auto type : kTypes) rows.push_back({op, type, {}, type, prepareCopies});
  }
  for (const auto type : kTypes) {
    rows.push_back({BuiltinOperator::SPLIT, ElementType::kInt32, type, type, prepareCopies});
  }
  return rows;
}

}  // namespace

std::span<const KernelRow> stridedCopyRows() {
  static const std::vector<KernelRow> rows = makeRows();
  return rows;
}

}  // namespace primer::inference::reference
