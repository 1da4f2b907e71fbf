#include "ops/space_batch.h"

#include <fmt/format.h>

#include <limits>

#include "ops/operators.h"

namespace primer::inference {
namespace {

constexpr std::int64_t kMostBlock = 1 << 12;
constexpr std::int64_t kMostPadding = std::numeric_limits<std::int32_t>::max() / 4;

Checked<std::int32_t> dimension(const NodeView& node, std::int64_t size) {
  if (size < 0 || size > std::numeric_limits<std::int32_t>::max()) {
    return node.damaged("shape-dimension", "dimension {}", size);
  }
  return static_cast<std::int32_t>(size);
}

}  // namespace

Checked<SpaceBatchLayer> spaceBatchLayer(const NodeView& node) {
  PRIMER_TRY(node.expectCounts(3, 3, 1));
  PRIMER_TRY(node.expectSameType(node.input(0), node.output(0), "input and output"));
  const auto& input = node.input(0);
  PRIMER_TRY(node.expectRank(input, "input", 3, 4));
  PRIMER_ASSIGN(auto block, node.constantIntegers(1, "block"));
  PRIMER_ASSIGN(auto pads, node.constantIntegers(2, "paddings"));
  const std::size_t axes = input.rank() - 2;
  if (block.size() != axes || pads.size() != 2 * axes) {
    return node.damaged("block-size", "{} blocks and {} paddings for {}", block.size(), pads.size(),
                        shapeText(input.shape));
  }
  for (const auto size : block) {
    if (size < 1 || size > kMostBlock) {
      return node.damaged("block-size", "{}", size);
    }
  }
  for (const auto pad : pads) {
    if (pad < 0 || pad > kMostPadding) {
      return node.damaged("paddings", "{}", pad);
    }
  }
  std::vector<std::int64_t> space(input.shape.begin() + 1, input.shape.end() - 1);
  if (axes == 1) {
    block.push_back(1);
    pads.insert(pads.end(), {0, 0});
    space.push_back(1);
  }
  SpaceBatchLayer layer;
  layer.to_batch = node.node().op == tflite::BuiltinOperator::SPACE_TO_BATCH_ND;
  layer.block_height = block[0];
  layer.block_width = block[1];
  layer.top = pads[0];
  layer.left = pads[2];
  layer.depth = input.shape.back();
  const std::int64_t blocks = block[0] * block[1];
  std::vector<std::int64_t> made(2);
  std::int64_t batch = input.dim(0);
  for (std::size_t axis = 0; axis < 2; ++axis) {
    const std::int64_t padding = pads[2 * axis] + pads[2 * axis + 1];
    if (layer.to_batch) {
      const std::int64_t size = space[axis] + padding;
      if (size % block[axis] != 0) {
        return node.damaged("block-size", "{} in {}", block[axis], size);
      }
      made[axis] = size / block[axis];
    } else {
      made[axis] = space[axis] * block[axis] - padding;
      if (made[axis] < 0) return node.damaged("paddings", "crops all and more");
    }
  }
  if (!layer.to_batch && batch % blocks != 0) {
    return node.damaged("block-size", "{} in a batch of {}", blocks, batch);
  }
  layer.batch = layer.to_batch ? batch : batch / blocks;
  const auto& large = layer.to_batch ? space : made;
  const auto& small = layer.to_batch ? made : space;
  layer.large_height = large[0];
  layer.large_width = large[1];
  layer.small_height = small[0];
  layer.small_width = small[1];
  batch = layer.to_batch ? batch * blocks : layer.batch;
  PRIMER_ASSIGN(const auto images, dimension(node, batch));
  layer.output_shape = {images};
  for (std::size_t axis = 0; axis < axes; ++axis) {
    PRIMER_ASSIGN(const auto size, dimension(node, made[axis]));
    layer.output_shape.push_back(size);
  }
  layer.output_shape.push_back(input.shape.back());
  return layer;
}

Checked<MirrorPadLayer> mirrorPadLayer(const NodeView& node) {
  PRIMER_TRY(node.expectCounts(2, 2, 1));
  PRIMER_TRY(node.expectSameType(node.input(0), node.output(0), "input and output"));
  PRIMER_ASSIGN(const auto* options, node.requiredOptions<tflite::MirrorPadOptions>());
  const auto mode = options->mode();
  if (mode != tflite::MirrorPadMode::REFLECT && mode != tflite::MirrorPadMode::SYMMETRIC) {
    return node.damaged("mirror-mode", "{}", static_cast<int>(mode));
  }
  // REFLECT does not repeat the edge.
  const std::int64_t edge = mode == tflite::MirrorPadMode::REFLECT ? 1 : 0;
  const auto& input = node.input(0);
  PRIMER_ASSIGN(const auto pads, node.constantIntegers(1, "paddings"));
  if (pads.size() != 2 * input.rank()) {
    return node.damaged("paddings", "{} for {}", pads.size(), shapeText(input.shape));
  }
  MirrorPadLayer layer;
  for (std::size_t axis = 0; axis < input.rank(); ++axis) {
    const std::int64_t size = input.dim(axis);
    const std::int64_t before = pads[2 * axis];
    const std::int64_t after = pads[2 * axis + 1];
    // At most once over: what is beyond the mirror image does not exist.
    if (before < 0 || after < 0 ||
        std::max(before, after) > std::max<std::int64_t>(size - edge, 0)) {
      return node.damaged("paddings", "{} and {} along {}", before, after, size);
    }
    auto& indices = layer.axes.emplace_back();
    for (std::int64_t i = before; i > 0; --i) indices.push_back(i - 1 + edge);
    for (std::int64_t i = 0; i < size; ++i) indices.push_back(i);
    for (std::int64_t i = 0; i < after; ++i) indices.push_back(size - 1 - edge - i);
    PRIMER_ASSIGN(const auto dim, dimension(node, static_cast<std::int64_t>(indices.size())));
    layer.output_shape.push_back(dim);
  }
  return layer;
}

Checked<std::vector<Shape>> checkSpaceBatch(const NodeView& node) {
  PRIMER_ASSIGN(auto layer, spaceBatchLayer(node));
  return oneShape(std::move(layer.output_shape));
}

Checked<std::vector<Shape>> checkMirrorPad(const NodeView& node) {
  PRIMER_ASSIGN(auto layer, mirrorPadLayer(node));
  return oneShape(std::move(layer.output_shape));
}

}  // namespace primer::inference
