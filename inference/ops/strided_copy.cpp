#include "ops/strided_copy.h"

#include <fmt/format.h>

#include <limits>

#include "ops/operators.h"
#include "ops/slice.h"

namespace primer::inference {
namespace {

using tflite::BuiltinOperator;
using Copies = std::vector<StridedCopy>;

// The whole of the input, in its own order.
StridedCopy wholeInput(const Tensor& input, Shape shape) {
  StridedCopy copy;
  copy.output_shape = std::move(shape);
  copy.loops = {{static_cast<std::int64_t>(elementCount(input.shape)), 1}};
  return copy;
}

Checked<Copies> transpose(const NodeView& node) {
  PRIMER_TRY(node.expectCounts(2, 2, 1));
  const auto& shape = node.input(0).shape;
  PRIMER_ASSIGN(const auto order, node.constantIntegers(1, "permutation"));
  if (order.size() != shape.size()) {
    return node.damaged("permutation", "{} axes for {}", order.size(), shapeText(shape));
  }
  const auto steps = axisSteps(shape);
  std::vector<bool> seen(shape.size(), false);
  StridedCopy copy;
  for (const auto wish : order) {
    PRIMER_ASSIGN(const auto axis, normalAxis(node, wish, shape.size()));
    if (seen[axis]) return node.damaged("permutation", "axis {} twice", axis);
    seen[axis] = true;
    copy.output_shape.push_back(shape[axis]);
    copy.loops.push_back({shape[axis], steps[axis]});
  }
  return Copies{std::move(copy)};
}

// SPACE_TO_DEPTH and DEPTH_TO_SPACE: blocks of pixels against channels.
Checked<Copies> exchangeSpace(const NodeView& node) {
  PRIMER_TRY(node.expectCounts(1, 1, 1));
  const auto& input = node.input(0);
  PRIMER_TRY(node.expectRank(input, "input", 4, 4));
  const bool to_depth = node.node().op == BuiltinOperator::SPACE_TO_DEPTH;
  std::int32_t block = 0;
  if (to_depth) {
    PRIMER_ASSIGN(const auto* options, node.requiredOptions<tflite::SpaceToDepthOptions>());
    block = options->block_size();
  } else {
    PRIMER_ASSIGN(const auto* options, node.requiredOptions<tflite::DepthToSpaceOptions>());
    block = options->block_size();
  }
  const std::int32_t batch = input.dim(0);
  const std::int32_t height = input.dim(1);
  const std::int32_t width = input.dim(2);
  const std::int32_t depth = input.dim(3);
  constexpr std::int32_t kMaxBlock = 1 << 12;  // its square is an int32
  const auto refused = node.damaged("block-size", "{} on {}", block, shapeText(input.shape));
  if (block < 1 || block > kMaxBlock) return refused;
  StridedCopy copy;
  const std::int64_t row = static_cast<std::int64_t>(width) * depth;
  if (to_depth) {
    if (height % block != 0 || width % block != 0) return refused;
    const std::int64_t channels = static_cast<std::int64_t>(depth) * block * block;
    if (channels > std::numeric_limits<std::int32_t>::max()) return refused;
    copy.output_shape = {batch, height / block, width / block, static_cast<std::int32_t>(channels)};
    copy.loops = {{batch, height * row},
                  {height / block, block * row},
                  {width / block, static_cast<std::int64_t>(block) * depth},
                  {block, row},
                  {block, depth},
                  {depth, 1}};
    return Copies{std::move(copy)};
  }
  if (depth % (block * block) != 0) return refused;
  const std::int32_t channels = depth / (block * block);
  const std::int64_t high = static_cast<std::int64_t>(height) * block;
  const std::int64_t wide = static_cast<std::int64_t>(width) * block;
  if (std::max(high, wide) > std::numeric_limits<std::int32_t>::max()) return refused;
  copy.output_shape = {batch, static_cast<std::int32_t>(high), static_cast<std::int32_t>(wide),
                       channels};
  copy.loops = {{batch, height * row},
                {height, row},
                {block, static_cast<std::int64_t>(block) * channels},
                {width, depth},
                {block, channels},
                {channels, 1}};
  return Copies{std::move(copy)};
}

Checked<Copies> broadcastTo(const NodeView& node) {
  PRIMER_TRY(node.expectCounts(2, 2, 1));
  const auto& shape = node.input(0).shape;
  PRIMER_ASSIGN(const auto wanted, node.constantIntegers(1, "shape"));
  if (wanted.size() < shape.size() || wanted.size() > kMaxRank) {
    return node.damaged("broadcast", "rank {} to {}", shape.size(), wanted.size());
  }
  const auto steps = axisSteps(shape);
  const std::size_t added = wanted.size() - shape.size();
  StridedCopy copy;
  for (std::size_t axis = 0; axis < wanted.size(); ++axis) {
    const std::int32_t size = axis < added ? 1 : shape[axis - added];
    if (wanted[axis] < 0 || wanted[axis] > std::numeric_limits<std::int32_t>::max() ||
        (size != 1 && size != wanted[axis])) {
      return node.damaged("broadcast", "{} to {} along axis {}", shapeText(shape), wanted[axis],
                          axis);
    }
    copy.output_shape.push_back(static_cast<std::int32_t>(wanted[axis]));
    copy.loops.push_back({wanted[axis], size == 1 ? 0 : steps[axis - added]});
  }
  return Copies{std::move(copy)};
}

Checked<Copies> tile(const NodeView& node) {
  PRIMER_TRY(node.expectCounts(2, 2, 1));
  const auto& shape = node.input(0).shape;
  PRIMER_ASSIGN(const auto times, node.constantIntegers(1, "multiples"));
  if (times.size() != shape.size()) {
    return node.damaged("multiples", "{} for {}", times.size(), shapeText(shape));
  }
  const auto steps = axisSteps(shape);
  StridedCopy copy;
  for (std::size_t axis = 0; axis < shape.size(); ++axis) {
    constexpr std::int64_t kMost = std::numeric_limits<std::int32_t>::max();
    if (times[axis] < 0 || times[axis] > kMost || times[axis] * shape[axis] > kMost) {
      return node.damaged("multiples", "{} of axis {}", times[axis], axis);
    }
    copy.output_shape.push_back(static_cast<std::int32_t>(times[axis] * shape[axis]));
    copy.loops.push_back({times[axis], 0});
    copy.loops.push_back({shape[axis], steps[axis]});
  }
  return Copies{std::move(copy)};
}

Checked<Copies> reverse(const NodeView& node) {
  PRIMER_TRY(node.expectCounts(2, 2, 1));
  const auto& shape = node.input(0).shape;
  PRIMER_ASSIGN(const auto axes, node.constantIntegers(1, "axes"));
  const auto steps = axisSteps(shape);
  StridedCopy copy;
  copy.output_shape = shape;
  for (std::size_t axis = 0; axis < shape.size(); ++axis) {
    copy.loops.push_back({shape[axis], steps[axis]});
  }
  for (const auto wish : axes) {
    PRIMER_ASSIGN(const auto axis, normalAxis(node, wish, shape.size()));
    auto& loop = copy.loops[axis];
    if (loop.step < 0) return node.damaged("axis", "{} twice", wish);
    copy.offset += (loop.count - 1) * loop.step;
    loop.step = -loop.step;
  }
  return Copies{std::move(copy)};
}

Checked<Copies> expandDims(const NodeView& node) {
  PRIMER_TRY(node.expectCounts(2, 2, 1));
  auto shape = node.input(0).shape;
  PRIMER_ASSIGN(const auto axes, node.constantIntegers(1, "axis"));
  if (axes.size() != 1 || shape.size() >= kMaxRank) {
    return node.damaged("axis", "{} axes for {}", axes.size(), shapeText(shape));
  }
  PRIMER_ASSIGN(const auto axis, normalAxis(node, axes[0], shape.size() + 1));
  shape.insert(shape.begin() + static_cast<std::ptrdiff_t>(axis), 1);
  return Copies{wholeInput(node.input(0), std::move(shape))};
}

Checked<Copies> squeeze(const NodeView& node) {
  PRIMER_TRY(node.expectCounts(1, 1, 1));
  const auto& shape = node.input(0).shape;
  const auto* options = node.options<tflite::SqueezeOptions>();
  const auto* axes = options == nullptr ? nullptr : options->squeeze_dims();
  const bool all = axes == nullptr || axes->size() == 0;
  std::vector<bool> drop(shape.size(), false);
  for (std::size_t axis = 0; axis < shape.size(); ++axis) drop[axis] = all && shape[axis] == 1;
  for (std::uint32_t i = 0; !all && i < axes->size(); ++i) {
    PRIMER_ASSIGN(const auto axis, normalAxis(node, axes->Get(i), shape.size()));
    if (shape[axis] != 1) {
      return node.damaged("squeeze", "axis {} of {}", axis, shapeText(shape));
    }
    drop[axis] = true;
  }
  Shape left;
  for (std::size_t axis = 0; axis < shape.size(); ++axis) {
    if (!drop[axis]) left.push_back(shape[axis]);
  }
  return Copies{wholeInput(node.input(0), std::move(left))};
}

Checked<Copies> copiesOf(const NodeView& node) {
  switch (node.node().op) {
    case BuiltinOperator::TRANSPOSE:
      return transpose(node);
    case BuiltinOperator::SPACE_TO_DEPTH:
    case BuiltinOperator::DEPTH_TO_SPACE:
      return exchangeSpace(node);
    case BuiltinOperator::BROADCAST_TO:
      return broadcastTo(node);
    case BuiltinOperator::TILE:
      return tile(node);
    case BuiltinOperator::REVERSE_V2:
      return reverse(node);
    case BuiltinOperator::EXPAND_DIMS:
      return expandDims(node);
    case BuiltinOperator::SQUEEZE:
      return squeeze(node);
    default:
      return sliceCopies(node);
  }
}

}  // namespace

Checked<std::size_t> normalAxis(const NodeView& node, std::int64_t axis, std::size_t rank) {
  const auto normal = axis < 0 ? axis + static_cast<std::int64_t>(rank) : axis;
  if (normal < 0 || normal >= static_cast<std::int64_t>(rank)) {
    return node.damaged("axis", "{} of {}", axis, rank);
  }
  return static_cast<std::size_t>(normal);
}

std::vector<std::int64_t> axisSteps(const Shape& shape) {
  std::vector<std::int64_t> steps(shape.size());
  std::int64_t step = 1;
  for (std::size_t axis = shape.size(); axis-- > 0;) {
    steps[axis] = step;
    step *= shape[axis];
  }
  return steps;
}

std::vector<StridedCopy::Loop> mergedLoops(const std::vector<StridedCopy::Loop>& loops) {
  std::vector<StridedCopy::Loop> merged;
  for (const auto& loop : loops) {
    if (loop.count == 1) continue;
    if (!merged.empty() && merged.back().step == loop.step * loop.count) {
      merged.back() = {merged.back().count * loop.count, loop.step};
    } else {
      merged.push_back(loop);
    }
  }
  if (merged.empty()) merged.push_back({1, 1});
  return merged;
}

Checked<std::vector<StridedCopy>> stridedCopies(const NodeView& node) {
  PRIMER_ASSIGN(auto copies, copiesOf(node));
  for (std::size_t i = 0; i < copies.size(); ++i) {
    PRIMER_TRY(
        node.expectSameType(node.input(copies[i].input), node.output(i), "input and output"));
  }
  return copies;
}

Checked<std::vector<Shape>> checkStridedCopy(const NodeView& node) {
  PRIMER_ASSIGN(const auto copies, stridedCopies(node));
  std::vector<Shape> shapes;
  for (const auto& copy : copies) shapes.push_back(copy.output_shape);
  return shapes;
}

}  // namespace primer::inference
