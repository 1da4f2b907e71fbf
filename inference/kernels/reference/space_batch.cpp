// SPACE_TO_BATCH_ND, BATCH_TO_SPACE_ND and MIRROR_PAD: pixels that move.

#include "ops/space_batch.h"

#include <cstring>

#include "kernels/reference/rows.h"
#include "ops/strided_copy.h"

namespace primer::inference::reference {
namespace {

using tflite::BuiltinOperator;

struct SpaceBatchParams {
  SpaceBatchLayer layer;
  std::size_t pixel_bytes = 0;
  std::int32_t padding = 0;  // the byte that padding consists of: zeros, or a byte's zero point
};

// Where a pixel of the small images lies in the large ones; negative where that
// is padding.
std::int64_t largePixel(const SpaceBatchLayer& layer, std::int64_t image, std::int64_t y,
                        std::int64_t x) {
  const std::int64_t part = image / layer.batch;
  const std::int64_t row = y * layer.block_height + part / layer.block_width - layer.top;
  const std::int64_t column = x * layer.block_width + part % layer.block_width - layer.left;
  const bool inside =
      row >= 0 && row < layer.large_height && column >= 0 && column < layer.large_width;
  if (!inside) return -1;
  return (image % layer.batch * layer.large_height + row) * layer.large_width + column;
}

void runSpaceBatch(const SpaceBatchParams& params, const KernelIo& io) noexcept {
  const auto& layer = params.layer;
  if (params.pixel_bytes == 0) return;
  const std::int64_t images = layer.batch * layer.block_height * layer.block_width;
  std::int64_t small = 0;
  for (std::int64_t image = 0; image < images; ++image) {
    for (std::int64_t y = 0; y < layer.small_height; ++y) {
      for (std::int64_t x = 0; x < layer.small_width; ++x, ++small) {
        const std::int64_t large = largePixel(layer, image, y, x);
        const auto at_small = static_cast<std::size_t>(small) * params.pixel_bytes;
        const auto at_large = static_cast<std::size_t>(large) * params.pixel_bytes;
        if (!layer.to_batch && large >= 0) {
          std::memcpy(io.outputs[0] + at_large, io.inputs[0] + at_small, params.pixel_bytes);
        } else if (layer.to_batch && large >= 0) {
          std::memcpy(io.outputs[0] + at_small, io.inputs[0] + at_large, params.pixel_bytes);
        } else if (layer.to_batch) {
          std::memset(io.outputs[0] + at_small, params.padding, params.pixel_bytes);
        }
      }
    }
  }
}

[[gnu::cold]] Checked<PreparedNode> prepareSpaceBatch(const NodeView& node) {
  SpaceBatchParams params;
  PRIMER_ASSIGN(params.layer, spaceBatchLayer(node));
  const auto type = node.input(0).info.type;
  params.pixel_bytes = static_cast<std::size_t>(params.layer.depth) * elementBytes(type);
  if (elementBytes(type) == 1) {
    params.padding = static_cast<std::int32_t>(node.output(0).quantization().zeroPoint());
  } else if (type == ElementType::kInt16 && node.output(0).quantization().zeroPoint() != 0) {
    return node.damaged("word-zero-point", "int16 needs zero points of 0");
  }
  return makePrepared<runSpaceBatch>(std::move(params));
}

struct MirrorPadParams {
  std::vector<std::vector<std::int64_t>> axes;
  std::vector<std::int64_t> steps;
};

template <typename Word>
Word* mirrorAxis(const MirrorPadParams& params, std::size_t axis, const Word* in, Word* out) {
  if (axis == params.axes.size()) {
    *out = *in;
    return out + 1;
  }
  for (const auto index : params.axes[axis]) {
    out = mirrorAxis(params, axis + 1, in + index * params.steps[axis], out);
  }
  return out;
}

template <typename Word>
void runMirrorPad(const MirrorPadParams& params, const KernelIo& io) noexcept {
  mirrorAxis(params, 0, io.in<Word>(0), io.out<Word>(0));
}

[[gnu::cold]] Checked<PreparedNode> prepareMirrorPad(const NodeView& node) {
  PRIMER_ASSIGN(auto layer, mirrorPadLayer(node));
  MirrorPadParams params{std::move(layer.axes), axisSteps(node.input(0).shape)};
  switch (elementBytes(node.input(0).info.type)) {
    case 1:
      return makePrepared<runMirrorPad<std::uint8_t>>(std::move(params));
    case 2:
      return makePrepared<runMirrorPad<std::uint16_t>>(std::move(params));
    case 4:
      return makePrepared<runMirrorPad<std::uint32_t>>(std::move(params));
    default:
      return makePrepared<runMirrorPad<std::uint64_t>>(std::move(params));
  }
}

std::vector<KernelRow> makeRows() {
  std::vector<KernelRow> rows;
  for (const auto type : {ElementType::kFloat32, ElementType::kInt8, ElementType::kUint8,
                          ElementType::kInt16, ElementType::kInt32, ElementType::kInt64}) {
    rows.push_back({BuiltinOperator::SPACE_TO_BATCH_ND, type, {}, type, prepareSpaceBatch});
    rows.push_back({BuiltinOperator::BATCH_TO_SPACE_ND, type, {}, type, prepareSpaceBatch});
    rows.push_back({BuiltinOperator::MIRROR_PAD, type, {}, type, prepareMirrorPad});
  }
  return rows;
}

}  // namespace

std::span<const KernelRow> spaceBatchRows() {
  static const std::vector<KernelRow> rows = makeRows();
  return rows;
}

}  // namespace primer::inference::reference
