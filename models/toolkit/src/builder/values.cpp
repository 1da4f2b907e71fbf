// Layers that compute with each value, and those that move, cut and join values.

#include <algorithm>

#include "src/builder/graph_parts.h"

namespace primer::toolkit {

namespace {

using tflite::BuiltinOperator;

// Whether every dimension of `small` is that of `large`, or 1.
bool spreadsOver(const GraphShape& small, const GraphShape& large) {
  if (small.size() != large.size()) return false;
  for (std::size_t d = 0; d < small.size(); ++d) {
    if (small[d] != large[d] && small[d] != 1) return false;
  }
  return true;
}

}  // namespace

Node GraphBuilder::dense(Node x, const Dense& options) {
  const auto name = impl_->layerName(options.name, "dense");
  const auto in = impl_->shapeOf(x);
  if (in.size() != 1) return impl_->complain(name, "its input must be flat");
  if (options.units < 1) return impl_->complain(name, "units must be positive");
  auto inputs =
      impl_->addWeights(name, {options.units, in[0]}, in[0], options.units, options.activation);
  inputs.insert(inputs.begin(), x.tensor);
  tflite::FullyConnectedOptionsT o;
  o.fused_activation_function = fusedCode(options.activation);
  return impl_->addOperator(BuiltinOperator::FULLY_CONNECTED, 1, inputs, name,
                            GraphShape{options.units}, std::move(o));
}

template <typename Options>
Node GraphBuilder::Impl::combine(BuiltinOperator code, const char* kind, Node a, Node b,
                                 Activation activation) {
  const auto layer_name = layerName({}, kind);
  const auto shape = shapeOf(a);
  if (!known(a) || !spreadsOver(shapeOf(b), shape)) {
    return complain(layer_name, "its inputs differ in shape: " + shapeText(shape) + " and " +
                                    shapeText(shapeOf(b)));
  }
  Options o;
  o.fused_activation_function = fusedCode(activation);
  return addOperator(code, 1, {a.tensor, b.tensor}, layer_name, shape, std::move(o));
}

Node GraphBuilder::add(Node a, Node b, Activation activation) {
  return impl_->combine<tflite::AddOptionsT>(BuiltinOperator::ADD, "add", a, b, activation);
}
Node GraphBuilder::sub(Node a, Node b, Activation activation) {
  return impl_->combine<tflite::SubOptionsT>(BuiltinOperator::SUB, "sub", a, b, activation);
}
Node GraphBuilder::mul(Node a, Node b, Activation activation) {
  return impl_->combine<tflite::MulOptionsT>(BuiltinOperator::MUL, "mul", a, b, activation);
}

Node GraphBuilder::relu(Node x) { return impl_->addPlain(BuiltinOperator::RELU, x, "relu"); }
Node GraphBuilder::relu6(Node x) { return impl_->addPlain(BuiltinOperator::RELU6, x, "relu6"); }
Node GraphBuilder::tanh(Node x) { return impl_->addPlain(BuiltinOperator::TANH, x, "tanh"); }
Node GraphBuilder::logistic(Node x) {
  return impl_->addPlain(BuiltinOperator::LOGISTIC, x, "logistic");
}

Node GraphBuilder::softmax(Node x) {
  const auto name = impl_->layerName({}, "softmax");
  if (!impl_->known(x)) return impl_->complain(name, "its input is not a value of this graph");
  tflite::SoftmaxOptionsT o;
  o.beta = 1;
  return impl_->addOperator(BuiltinOperator::SOFTMAX, 1, {x.tensor}, name, impl_->shapeOf(x),
                            std::move(o));
}

Node GraphBuilder::pad(Node x, std::array<int, 4> margins) {
  const auto name = impl_->layerName({}, "pad");
  auto shape = impl_->shapeOf(x);
  if (shape.size() != 3) return impl_->complain(name, "its input must be an image");
  const auto [top, bottom, left, right] = margins;
  if (top < 0 || bottom < 0 || left < 0 || right < 0) {
    return impl_->complain(name, "margins must not be negative");
  }
  const int margins_tensor =
      impl_->addConstant(name + "/margins", {4, 2}, tflite::TensorType::INT32,
                         std::vector<std::int32_t>{0, 0, top, bottom, left, right, 0, 0});
  shape[0] += top + bottom;
  shape[1] += left + right;
  return impl_->addOperator(BuiltinOperator::PAD, 1, {x.tensor, margins_tensor}, name, shape,
                            tflite::PadOptionsT());
}

Node GraphBuilder::reshape(Node x, const GraphShape& shape) {
  const auto name = impl_->layerName({}, "reshape");
  const auto in = impl_->shapeOf(x);
  if (!impl_->known(x) || shape.empty() || elementCount(shape) != elementCount(in)) {
    return impl_->complain(name, shapeText(in) + " cannot become " + shapeText(shape));
  }
  GraphShape full = shape;
  full.insert(full.begin(), 1);
  tflite::ReshapeOptionsT o;
  o.new_shape = full;
  const int target = impl_->addNumbers(name + "/shape", full);
  return impl_->addOperator(BuiltinOperator::RESHAPE, 1, {x.tensor, target}, name, shape,
                            std::move(o));
}

Node GraphBuilder::flatten(Node x) {
  return reshape(x, {static_cast<std::int32_t>(elementCount(impl_->shapeOf(x)))});
}

Node GraphBuilder::concat(const std::vector<Node>& parts, int axis) {
  const auto name = impl_->layerName({}, "concat");
  if (parts.empty()) return impl_->complain(name, "it has no inputs");
  auto shape = impl_->shapeOf(parts[0]);
  const int rank = static_cast<int>(shape.size());
  const int at = axis < 0 ? axis + rank : axis;
  if (at < 0 || at >= rank) return impl_->complain(name, "there is no such axis");
  const auto along = static_cast<std::size_t>(at);
  std::vector<int> inputs;
  shape[along] = 0;
  for (const Node part : parts) {
    auto one = impl_->shapeOf(part);
    if (one.size() != shape.size()) return impl_->complain(name, "its inputs differ in rank");
    shape[along] += one[along];
    one[along] = shape[along];
    if (one != shape) return impl_->complain(name, "its inputs differ in another dimension");
    inputs.push_back(part.tensor);
  }
  tflite::ConcatenationOptionsT o;
  o.axis = at + 1;
  return impl_->addOperator(BuiltinOperator::CONCATENATION, 1, inputs, name, shape, std::move(o));
}

std::vector<Node> GraphBuilder::split(Node x, int parts, int axis) {
  const auto name = impl_->layerName({}, "split");
  auto shape = impl_->shapeOf(x);
  const int rank = static_cast<int>(shape.size());
  const int at = axis < 0 ? axis + rank : axis;
  const std::vector<Node> none(static_cast<std::size_t>(std::max(parts, 1)));
  if (at < 0 || at >= rank || parts < 1 || shape[static_cast<std::size_t>(at)] % parts != 0) {
    impl_->complain(name, shapeText(shape) + " has no " + std::to_string(parts) + " equal parts");
    return none;
  }
  shape[static_cast<std::size_t>(at)] /= parts;
  const int axis_tensor = impl_->addConstant(name + "/axis", {}, tflite::TensorType::INT32,
                                             std::vector<std::int32_t>{at + 1});
  tflite::SplitOptionsT o;
  o.num_splits = parts;
  return impl_->addOperator(BuiltinOperator::SPLIT, 1, {axis_tensor, x.tensor}, name,
                            std::vector<GraphShape>(static_cast<std::size_t>(parts), shape),
                            std::move(o));
}

Node GraphBuilder::slice(Node x, const GraphShape& begin, const GraphShape& size) {
  const auto name = impl_->layerName({}, "slice");
  const auto in = impl_->shapeOf(x);
  if (!impl_->known(x) || begin.size() != in.size() || size.size() != in.size()) {
    return impl_->complain(name, "its bounds have another rank than its input");
  }
  GraphShape shape(in.size()), from = {0}, length = {1};
  for (std::size_t d = 0; d < in.size(); ++d) {
    shape[d] = size[d] < 0 ? in[d] - begin[d] : size[d];
    if (begin[d] < 0 || shape[d] < 1 || begin[d] + shape[d] > in[d]) {
      return impl_->complain(name, "its bounds lie outside its input of " + shapeText(in));
    }
    from.push_back(begin[d]);
    length.push_back(shape[d]);
  }
  const int from_tensor = impl_->addNumbers(name + "/begin", from);
  const int length_tensor = impl_->addNumbers(name + "/size", length);
  return impl_->addOperator(BuiltinOperator::SLICE, 1, {x.tensor, from_tensor, length_tensor}, name,
                            shape, tflite::SliceOptionsT());
}

}  // namespace primer::toolkit
