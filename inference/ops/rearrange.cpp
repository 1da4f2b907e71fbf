#include "ops/rearrange.h"

#include <fmt/format.h>

#include <limits>

#include "ops/operators.h"
#include "src/list_text.h"

namespace primer::inference {
namespace {

Verdict expectSameQuantizationIfAny(const NodeView& node, std::size_t input) {
  const auto type = node.input(input).info.type;
  if (type != ElementType::kInt8 && type != ElementType::kInt16) return {};
  PRIMER_TRY(node.expectPerTensor(node.input(input), "input"));
  PRIMER_TRY(node.expectPerTensor(node.output(0), "output"));
  return node.expectSameQuantization(node.input(input), node.output(0));
}

}  // namespace

Checked<PadLayer> padLayer(const NodeView& node) {
  const bool gives_value = node.node().op == tflite::BuiltinOperator::PADV2;
  PRIMER_TRY(node.expectCounts(gives_value ? 3 : 2, gives_value ? 3 : 2, 1));
  PRIMER_TRY(node.expectSameType(node.input(0), node.output(0), "input and output"));
  PRIMER_TRY(expectSameQuantizationIfAny(node, 0));
  if (gives_value) {
    PRIMER_TRY(node.expectSameType(node.input(0), node.input(2), "input and value"));
    if (elementCount(node.input(2).shape) != 1) {
      return node.damaged("pad-value", "{}", shapeText(node.input(2).shape));
    }
  }
  const auto& input = node.input(0);
  const auto& paddings = node.input(1);
  const auto rank = static_cast<std::int32_t>(input.rank());
  if (paddings.shape != Shape{rank, 2}) {
    return node.damaged("paddings", "{} for an input of rank {}", shapeText(paddings.shape), rank);
  }
  PRIMER_ASSIGN(const auto values, node.constantIntegers(1, "paddings"));
  PadLayer layer;
  for (std::size_t axis = 0; axis < input.rank(); ++axis) {
    const auto before = values[2 * axis];
    const auto after = values[2 * axis + 1];
    constexpr std::int64_t kMost = std::numeric_limits<std::int32_t>::max() / 4;
    if (before < 0 || after < 0 || before > kMost || after > kMost) {
      return node.damaged("paddings", "{} and {}", before, after);
    }
    const std::int64_t size = input.dim(axis) + before + after;
    if (size > std::numeric_limits<std::int32_t>::max()) {
      return node.damaged("paddings", "{} and {}", before, after);
    }
    layer.before.push_back(before);
    layer.after.push_back(after);
    layer.output_shape.push_back(static_cast<std::int32_t>(size));
  }
  return layer;
}

Checked<ConcatenationLayer> concatenationLayer(const NodeView& node) {
  PRIMER_TRY(node.expectCounts(1, node.inputCount(), 1));
  for (std::size_t i = 0; i < node.inputCount(); ++i) {
    if (node.optionalInput(i) == nullptr) {
      return node.damaged("input-missing", "input {} is left out", i);
    }
  }
  PRIMER_ASSIGN(const auto* options, node.requiredOptions<tflite::ConcatenationOptions>());
  if (options->fused_activation_function() != tflite::ActivationFunctionType::NONE) {
    return node.unsupported("fused-activation", "CONCATENATION with an activation");
  }
  const auto& first = node.input(0);
  const auto rank = static_cast<std::int64_t>(first.rank());
  std::int64_t axis = options->axis();
  if (axis < 0) axis += rank;
  if (axis < 0 || axis >= rank) {
    return node.damaged("axis", "{} in {}", options->axis(), shapeText(first.shape));
  }
  ConcatenationLayer layer;
  layer.output_shape = first.shape;
  std::int64_t along = 0;
  for (std::size_t i = 0; i < node.inputCount(); ++i) {
    const auto& input = node.input(i);
    PRIMER_TRY(node.expectSameType(input, node.output(0), "input and output"));
    PRIMER_TRY(expectSameQuantizationIfAny(node, i));
    bool fits = input.rank() == first.rank();
    for (std::int64_t d = 0; fits && d < rank; ++d)
      fits = d == axis || input.dim(d) == first.dim(d);
    if (!fits) {
      return node.damaged("concatenation-shapes", "{} and {} along axis {}", shapeText(first.shape),
                          shapeText(input.shape), axis);
    }
    std::int64_t count = 1;
    for (std::int64_t d = axis; d < rank; ++d) count *= input.dim(d);
    layer.counts.push_back(count);
    along += input.dim(axis);
  }
  if (along > std::numeric_limits<std::int32_t>::max()) {
    return node.damaged("concatenation-shapes", "{} along axis {}", along, axis);
  }
  layer.output_shape[axis] = static_cast<std::int32_t>(along);
  for (std::int64_t d = 0; d < axis; ++d) layer.outer *= first.dim(d);
  return layer;
}

Checked<MeanLayer> meanLayer(const NodeView& node) {
  PRIMER_TRY(node.expectCounts(2, 2, 1));
  PRIMER_TRY(node.expectSameType(node.input(0), node.output(0), "input and output"));
  PRIMER_TRY(node.expectPerTensor(node.input(0), "input"));
  PRIMER_TRY(node.expectPerTensor(node.output(0), "output"));
  const auto& input = node.input(0);
  PRIMER_ASSIGN(const auto axes, node.constantIntegers(1, "axis"));
  const auto rank = static_cast<std::int64_t>(input.rank());
  std::vector<bool> reduced(input.rank(), false);
  for (const auto axis : axes) {
    const auto normal = axis < 0 ? axis + rank : axis;
    if (normal < 0 || normal >= rank) {
      return node.damaged("axis", "{} in {}", axis, shapeText(input.shape));
    }
    reduced[normal] = true;
  }
  const auto* options = node.options<tflite::ReducerOptions>();
  const bool keep_dims = options != nullptr && options->keep_dims();
  MeanLayer layer;
  for (std::size_t axis = 0; axis < input.rank(); ++axis) {
    const std::int32_t size = input.dim(axis);
    if (!reduced[axis]) layer.output_shape.push_back(size);
    if (reduced[axis] && keep_dims) layer.output_shape.push_back(1);
    if (reduced[axis]) layer.reduced_count *= size;
    if (!layer.axes.empty() && layer.axes.back().reduced == reduced[axis]) {
      layer.axes.back().count *= size;
    } else {
      layer.axes.push_back({size, reduced[axis]});
    }
  }
  if (layer.reduced_count < 1) return node.damaged("mean-of-nothing", "{}", shapeText(input.shape));
  return layer;
}

Checked<std::vector<Shape>> checkPad(const NodeView& node) {
  PRIMER_ASSIGN(auto layer, padLayer(node));
  return oneShape(std::move(layer.output_shape));
}

Checked<std::vector<Shape>> checkConcatenation(const NodeView& node) {
  PRIMER_ASSIGN(auto layer, concatenationLayer(node));
  return oneShape(std::move(layer.output_shape));
}

Checked<std::vector<Shape>> checkMean(const NodeView& node) {
  PRIMER_ASSIGN(auto layer, meanLayer(node));
  return oneShape(std::move(layer.output_shape));
}

Checked<std::vector<Shape>> checkVariable(const NodeView& node) {
  PRIMER_TRY(node.expectCounts(1, 1, 1));
  PRIMER_TRY(node.expectSameType(node.input(0), node.output(0), "variable and value"));
  return oneShape(node.input(0).shape);
}

Checked<std::vector<Shape>> checkReshape(const NodeView& node) {
  PRIMER_TRY(node.expectCounts(1, 2, 1));
  PRIMER_TRY(node.expectSameType(node.input(0), node.output(0), "input and output"));
  const auto& input = node.input(0);
  std::vector<std::int64_t> wanted;
  const auto* options = node.options<tflite::ReshapeOptions>();
  if (node.optionalInput(1) != nullptr) {
    PRIMER_TRY(node.expectRank(node.input(1), "shape", 1, 1));
    PRIMER_ASSIGN(wanted, node.constantIntegers(1, "shape"));
  } else if (options != nullptr && options->new_shape() != nullptr) {
    wanted.assign(options->new_shape()->begin(), options->new_shape()->end());
    // Old writers say a scalar as [0].
    if (wanted.size() == 1 && wanted[0] == 0) wanted.clear();
  } else {
    return node.damaged("reshape-shape", "no shape is given");
  }
  if (wanted.size() > kMaxRank) {
    return node.damaged("shape-rank", "rank {} is above 8", wanted.size());
  }
  const auto elements = static_cast<std::int64_t>(elementCount(input.shape));
  std::int64_t known = 1;
  std::optional<std::size_t> open;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i] == -1 && !open) {
      open = i;
      continue;
    }
    if (wanted[i] < 0 || wanted[i] > std::numeric_limits<std::int32_t>::max()) {
      return node.damaged("reshape-shape", "dimension {}", wanted[i]);
    }
    known *= wanted[i];
    if (known > elements) break;
  }
  if (open && known > 0 && elements % known == 0) {
    wanted[*open] = elements / known;
    known = elements;
  }
  if (known != elements || (open && wanted[*open] < 0)) {
    return node.damaged("reshape-shape", "{} elements do not fill [{}]", elements,
                        listText(wanted));
  }
  return oneShape(Shape(wanted.begin(), wanted.end()));
}

}  // namespace primer::inference
