#include "ops/slice.h"
#include "src/list_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace primer::inference {
namespace {

using tflite::BuiltinOperator;
using Copies = std::vector<StridedCopy>;

Checked<Copies> slice(const NodeView& node) {
  PRIMER_TRY(node.expectCounts(3, 3, 1));
  const auto& shape = node.input(0).shape;
  PRIMER_ASSIGN(const auto begin, node.constantIntegers(1, "begin"));
  PRIMER_ASSIGN(const auto size, node.constantIntegers(2, "size"));
  if (begin.size() != shape.size() || size.size() != shape.size()) {
    return node.damaged("slice-rank", "{} and {} for {}", begin.size(), size.size(),
                        shapeText(shape));
  }
  const auto steps = axisSteps(shape);
  StridedCopy copy;
  for (std::size_t axis = 0; axis < shape.size(); ++axis) {
    const bool begins = begin[axis] >= 0 && begin[axis] <= shape[axis];
    const std::int64_t left = begins ? shape[axis] - begin[axis] : 0;
    const std::int64_t count = size[axis] == -1 ? left : size[axis];
    if (!begins || count < 0 || count > left) {
      return node.damaged("slice-bounds", "{} from {} on along axis {} of {}", size[axis],
                          begin[axis], axis, shapeText(shape));
    }
    copy.offset += begin[axis] * steps[axis];
    copy.output_shape.push_back(static_cast<std::int32_t>(count));
    copy.loops.push_back({count, steps[axis]});
  }
  return Copies{std::move(copy)};
}

// One axis of a strided slice: where it begins and how many elements it takes.
struct Range {
  std::int64_t begin = 0;
  std::int64_t count = 0;
};

Range rangeOf(std::int64_t size, std::int64_t begin, std::int64_t end, std::int64_t stride,
              bool whole_begin, bool whole_end) {
  const std::int64_t low = stride > 0 ? 0 : -1;
  const std::int64_t high = stride > 0 ? size : size - 1;
  const auto place = [&](std::int64_t index) {
    return std::clamp(index < 0 ? index + size : index, low, high);
  };
  Range range;
  range.begin = whole_begin ? (stride > 0 ? low : high) : place(begin);
  const std::int64_t last = whole_end ? (stride > 0 ? high : low) : place(end);
  const std::int64_t way = stride > 0 ? last - range.begin : range.begin - last;
  const std::int64_t length = stride > 0 ? stride : -stride;
  range.count = way <= 0 ? 0 : (way + length - 1) / length;
  return range;
}

bool bit(std::int32_t mask, std::size_t i) { return ((mask >> i) & 1) != 0; }

Checked<Copies> stridedSlice(const NodeView& node) {
  PRIMER_TRY(node.expectCounts(4, 4, 1));
  PRIMER_ASSIGN(const auto* options, node.requiredOptions<tflite::StridedSliceOptions>());
  const auto& shape = node.input(0).shape;
  PRIMER_ASSIGN(const auto begins, node.constantIntegers(1, "begin"));
  PRIMER_ASSIGN(const auto ends, node.constantIntegers(2, "end"));
  PRIMER_ASSIGN(const auto strides, node.constantIntegers(3, "strides"));
  const std::size_t given = begins.size();
  if (ends.size() != given || strides.size() != given || given > 2 * kMaxRank) {
    return node.damaged("slice-rank", "{}, {} and {} values", given, ends.size(), strides.size());
  }
  std::size_t taken = 0;  // axes of the input that the values speak of
  std::size_t ellipses = 0;
  for (std::size_t i = 0; i < given; ++i) {
    const bool ellipsis = bit(options->ellipsis_mask(), i);
    ellipses += ellipsis ? 1 : 0;
    taken += ellipsis || bit(options->new_axis_mask(), i) ? 0 : 1;
  }
  if (taken > shape.size() || ellipses > 1) {
    return node.damaged("slice-rank", "{} axes of {}", taken, shapeText(shape));
  }
  const auto steps = axisSteps(shape);
  StridedCopy copy;
  std::size_t axis = 0;
  const auto keepWhole = [&](std::size_t count) {
    for (; count > 0; --count, ++axis) {
      copy.output_shape.push_back(shape[axis]);
      copy.loops.push_back({shape[axis], steps[axis]});
    }
  };
  for (std::size_t i = 0; i < given; ++i) {
    if (bit(options->ellipsis_mask(), i)) {
      keepWhole(shape.size() - taken);
      continue;
    }
    if (bit(options->new_axis_mask(), i)) {
      copy.output_shape.push_back(1);
      continue;
    }
    constexpr std::int64_t kFar = std::numeric_limits<std::int32_t>::max();
    const std::int64_t stride = strides[i];
    const std::int64_t begin = std::clamp(begins[i], -kFar, kFar);
    const std::int64_t end = std::clamp(ends[i], -kFar, kFar) + (options->offset() ? begin : 0);
    if (stride == 0 || stride > kFar || stride < -kFar) {
      return node.damaged("slice-stride", "stride {}", stride);
    }
    if (bit(options->shrink_axis_mask(), i)) {
      const std::int64_t wish = bit(options->begin_mask(), i) ? 0 : begin;
      const std::int64_t index = wish < 0 ? wish + shape[axis] : wish;
      if (index < 0 || index >= shape[axis]) {
        return node.damaged("slice-bounds", "index {} along axis {} of {}", wish, axis,
                            shapeText(shape));
      }
      copy.offset += index * steps[axis];
    } else {
      const auto range = rangeOf(shape[axis], begin, end, stride, bit(options->begin_mask(), i),
                                 bit(options->end_mask(), i));
      copy.offset += range.begin * steps[axis];
      copy.output_shape.push_back(static_cast<std::int32_t>(range.count));
      copy.loops.push_back({range.count, stride * steps[axis]});
    }
    ++axis;
  }
  keepWhole(shape.size() - axis);
  if (copy.output_shape.size() > kMaxRank) {
    return node.damaged("shape-rank", "rank {} is above 8", copy.output_shape.size());
  }
  return Copies{std::move(copy)};
}

// Parts of `sizes` one after another along an axis.
Checked<Copies> partsAlong(const NodeView& node, std::size_t input, std::size_t axis,
                           const std::vector<std::int64_t>& sizes) {
  const auto& shape = node.input(input).shape;
  const auto steps = axisSteps(shape);
  Copies copies;
  std::int64_t begin = 0;
  for (const auto size : sizes) {
    StridedCopy copy;
    copy.input = input;
    copy.offset = begin * steps[axis];
    copy.output_shape = shape;
    copy.output_shape[axis] = static_cast<std::int32_t>(size);
    for (std::size_t d = 0; d < shape.size(); ++d) {
      copy.loops.push_back({copy.output_shape[d], steps[d]});
    }
    begin += size;
    copies.push_back(std::move(copy));
  }
  return copies;
}

Checked<std::size_t> axisInput(const NodeView& node, std::size_t input, std::size_t rank) {
  PRIMER_ASSIGN(const auto axes, node.constantIntegers(input, "axis"));
  if (axes.size() != 1) return node.damaged("axis", "{} values", axes.size());
  return normalAxis(node, axes[0], rank);
}

Checked<Copies> split(const NodeView& node) {
  const std::size_t parts = node.outputCount();
  PRIMER_TRY(node.expectCounts(2, 2, parts));
  const auto& shape = node.input(1).shape;
  PRIMER_ASSIGN(const auto axis, axisInput(node, 0, shape.size()));
  if (parts == 0 || static_cast<std::size_t>(shape[axis]) % parts != 0) {
    return node.damaged("split-parts", "{} along axis {} in {} parts", shapeText(shape), axis,
                        parts);
  }
  const auto size = static_cast<std::int64_t>(static_cast<std::size_t>(shape[axis]) / parts);
  return partsAlong(node, 1, axis, std::vector<std::int64_t>(parts, size));
}

Checked<Copies> splitBySizes(const NodeView& node) {
  const std::size_t parts = node.outputCount();
  PRIMER_TRY(node.expectCounts(3, 3, parts));
  const auto& shape = node.input(0).shape;
  PRIMER_ASSIGN(auto sizes, node.constantIntegers(1, "sizes"));
  PRIMER_ASSIGN(const auto axis, axisInput(node, 2, shape.size()));
  const auto refused = [&] {
    return node.damaged("split-parts", "{} along axis {} in [{}]", shapeText(shape), axis,
                        listText(sizes));
  };
  if (sizes.size() != parts) return refused();
  std::int64_t left = shape[axis];
  std::int64_t* open = nullptr;
  for (auto& size : sizes) {
    if (size == -1 && open == nullptr) {
      open = &size;
      continue;
    }
    if (size < 0 || size > left) return refused();
    left -= size;
  }
  if (open != nullptr) {
    *open = left;
  } else if (left != 0) {
    return refused();
  }
  return partsAlong(node, 0, axis, sizes);
}

Checked<Copies> unpack(const NodeView& node) {
  const std::size_t parts = node.outputCount();
  PRIMER_TRY(node.expectCounts(1, 1, parts));
  PRIMER_ASSIGN(const auto* options, node.requiredOptions<tflite::UnpackOptions>());
  const auto& shape = node.input(0).shape;
  PRIMER_ASSIGN(const auto axis, normalAxis(node, options->axis(), shape.size()));
  if (static_cast<std::size_t>(shape[axis]) != parts) {
    return node.damaged("split-parts", "{} along axis {} in {} parts", shapeText(shape), axis,
                        parts);
  }
  PRIMER_ASSIGN(auto copies, partsAlong(node, 0, axis, std::vector<std::int64_t>(parts, 1)));
  for (auto& copy : copies) {
    copy.output_shape.erase(copy.output_shape.begin() + static_cast<std::ptrdiff_t>(axis));
  }
  return copies;
}

}  // namespace

Checked<std::vector<StridedCopy>> sliceCopies(const NodeView& node) {
  switch (node.node().op) {
    case BuiltinOperator::SLICE:
      return slice(node);
    case BuiltinOperator::STRIDED_SLICE:
      return stridedSlice(node);
    case BuiltinOperator::SPLIT:
      return split(node);
    case BuiltinOperator::SPLIT_V:
      return splitBySizes(node);
    default:
      return unpack(node);
  }
}

}  // namespace primer::inference
