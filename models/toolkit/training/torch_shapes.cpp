// Operators that move, cut and join values.

#include <ATen/ATen.h>

#include <algorithm>

#include "training/torch_layer.h"

namespace primer::toolkit {

namespace {

using torch::Tensor;

std::int64_t dimensionOf(const Tensor& x, std::int64_t axis) {
  return axis < 0 ? axis + x.dim() : axis;
}

// The numbers of input `position`; none where it is no constant.
const std::vector<std::int64_t>& numbersOf(const TorchLayer& layer, std::size_t position) {
  static const std::vector<std::int64_t> kNone;
  return position < layer.numbers.size() ? layer.numbers[position] : kNone;
}

}  // namespace

std::string whyNotPad(const TorchLayer& layer) {
  const auto& margins = numbersOf(layer, 1);
  if (margins.empty()) return "has margins that are not a constant";
  return margins[0] != 0 || margins[1] != 0 ? "pads the batch" : "";
}

Tensors runPad(const TorchLayer& layer, const Tensors& inputs) {
  const auto& numbers = layer.numbers[1];
  std::vector<std::int64_t> margins;  // libtorch counts from the last dimension
  for (std::size_t d = numbers.size() / 2; d-- > 0;) {
    margins.push_back(numbers[2 * d]);
    margins.push_back(numbers[2 * d + 1]);
  }
  return {at::constant_pad_nd(inputs[0], margins, 0)};
}

std::string whyNotReshape(const TorchLayer& layer) {
  const auto& shape = layer.output_shape;
  return shape.empty() || shape[0] != 1 ? "changes the batch dimension" : "";
}

Tensors runReshape(const TorchLayer& layer, const Tensors& inputs) {
  auto shape = layer.output_shape;
  shape[0] = inputs[0].size(0);
  return {inputs[0].reshape(shape)};
}

std::string whyNotConcatenation(const TorchLayer& layer) {
  const auto* options = layer.op->builtin_options.AsConcatenationOptions();
  if (options == nullptr) return "has no options";
  const auto rank = static_cast<int>(layer.output_shape.size());
  return options->axis == 0 || options->axis == -rank ? "joins along the batch" : "";
}

Tensors runConcatenation(const TorchLayer& layer, const Tensors& inputs) {
  return {at::cat(inputs, layer.op->builtin_options.AsConcatenationOptions()->axis)};
}

std::string whyNotSplit(const TorchLayer& layer) {
  const auto& axis = numbersOf(layer, 0);
  if (axis.size() != 1) return "has an axis that is not a constant";
  const auto rank = static_cast<std::int64_t>(layer.output_shape.size());
  return axis[0] == 0 || axis[0] == -rank ? "splits the batch" : "";
}

Tensors runSplit(const TorchLayer& layer, const Tensors& inputs) {
  const auto axis = dimensionOf(inputs[1], layer.numbers[0][0]);
  const auto parts = static_cast<std::int64_t>(layer.op->outputs.size());
  return at::split(inputs[1], inputs[1].size(axis) / parts, axis);
}

std::string whyNotSlice(const TorchLayer& layer) {
  const auto& begin = numbersOf(layer, 1);
  const auto& size = numbersOf(layer, 2);
  if (begin.empty() || size.size() != begin.size()) return "has bounds that are not constants";
  return begin[0] != 0 || (size[0] != 1 && size[0] != -1) ? "cuts the batch" : "";
}

Tensors runSlice(const TorchLayer& layer, const Tensors& inputs) {
  auto x = inputs[0];
  for (std::int64_t d = 1; d < x.dim(); ++d) {
    const auto at = static_cast<std::size_t>(d);
    const auto begin = layer.numbers[1][at];
    const auto size = layer.numbers[2][at];
    x = x.narrow(d, begin, size < 0 ? x.size(d) - begin : size);
  }
  return {x};
}

std::string whyNotStridedSlice(const TorchLayer& layer) {
  const auto* options = layer.op->builtin_options.AsStridedSliceOptions();
  if (options == nullptr) return "has no options";
  if (options->ellipsis_mask != 0 || options->new_axis_mask != 0 || options->offset) {
    return "has an ellipsis, a new axis or an offset";
  }
  const auto& begin = numbersOf(layer, 1);
  const auto& end = numbersOf(layer, 2);
  const auto& strides = numbersOf(layer, 3);
  if (begin.empty() || end.size() != begin.size() || strides.size() != begin.size()) {
    return "has bounds that are not constants";
  }
  if (std::any_of(strides.begin(), strides.end(), [](auto s) { return s < 1; })) {
    return "has a stride below 1";
  }
  const bool whole_batch = ((options->begin_mask & 1) != 0 || begin[0] == 0) && strides[0] == 1 &&
                           ((options->end_mask & 1) != 0 || end[0] >= 1);
  return !whole_batch || (options->shrink_axis_mask & 1) != 0 ? "cuts the batch" : "";
}

Tensors runStridedSlice(const TorchLayer& layer, const Tensors& inputs) {
  const auto& o = *layer.op->builtin_options.AsStridedSliceOptions();
  auto x = inputs[0];
  // From the last dimension on, so that those that vanish do not move the others.
  for (std::size_t d = layer.numbers[1].size(); d-- > 1;) {
    const auto axis = static_cast<std::int64_t>(d);
    const auto length = x.size(axis);
    const auto bound = [&](std::int64_t at) {
      return std::clamp<std::int64_t>(at < 0 ? at + length : at, 0, length);
    };
    const auto has = [&](std::int32_t mask) { return ((mask >> d) & 1) != 0; };
    const auto begin = has(o.begin_mask) ? 0 : bound(layer.numbers[1][d]);
    if (has(o.shrink_axis_mask)) {
      x = x.select(axis, begin);
      continue;
    }
    const auto end = has(o.end_mask) ? length : bound(layer.numbers[2][d]);
    x = at::slice(x, axis, begin, end, layer.numbers[3][d]);
  }
  return {x};
}

std::string whyNotTranspose(const TorchLayer& layer) {
  const auto& order = numbersOf(layer, 1);
  if (order.empty()) return "has an order that is not a constant";
  return order[0] != 0 ? "moves the batch dimension" : "";
}

Tensors runTranspose(const TorchLayer& layer, const Tensors& inputs) {
  return {inputs[0].permute(layer.numbers[1])};
}

std::string whyNotPack(const TorchLayer& layer) {
  const auto* options = layer.op->builtin_options.AsPackOptions();
  if (options == nullptr) return "has no options";
  const auto rank = static_cast<int>(layer.output_shape.size());
  return options->axis == 0 || options->axis == -rank ? "joins along the batch" : "";
}

Tensors runPack(const TorchLayer& layer, const Tensors& inputs) {
  return {at::stack(inputs, layer.op->builtin_options.AsPackOptions()->axis)};
}

}  // namespace primer::toolkit
