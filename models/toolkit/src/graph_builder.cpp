#include "primer/toolkit/graph_builder.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>

#include "primer/base/file_system.h"
#include "primer/toolkit/random.h"
#include "src/model_file.h"

namespace primer::toolkit {

namespace {

using tflite::BuiltinOperator;
using Shape = std::vector<std::int32_t>;

tflite::ActivationFunctionType fusedCode(Activation activation) {
  switch (activation) {
    case Activation::kRelu:
      return tflite::ActivationFunctionType::RELU;
    case Activation::kRelu6:
      return tflite::ActivationFunctionType::RELU6;
    case Activation::kNone:
      break;
  }
  return tflite::ActivationFunctionType::NONE;
}

tflite::Padding paddingCode(Padding padding) {
  return padding == Padding::kSame ? tflite::Padding::SAME : tflite::Padding::VALID;
}

// Length after a window has moved over `length`; 0 or less where it does not fit.
int windowed(int length, int kernel, int stride, int dilation, Padding padding) {
  const int reach = (kernel - 1) * dilation + 1;
  return padding == Padding::kSame ? (length + stride - 1) / stride
                                   : (length - reach + stride) / stride;
}

std::string shapeText(const Shape& shape) {
  std::string text;
  for (const auto dimension : shape) text += (text.empty() ? "" : "x") + std::to_string(dimension);
  return text;
}

}  // namespace

struct GraphBuilder::Impl {
  tflite::ModelT model;
  tflite::SubGraphT* graph = nullptr;
  std::string name;
  std::uint64_t seed = 0;
  std::uint64_t layer = 0;
  std::optional<std::string> problem;
  std::map<std::string, int> counts;
  std::set<std::string> names;
  std::vector<std::pair<std::string, int>> named_inputs;
  std::vector<std::pair<std::string, int>> named_outputs;

  Node complain(const std::string& layer_name, const std::string& what) {
    if (!problem) problem = "graph '" + name + "', " + layer_name + ": " + what;
    return {};
  }

  std::string layerName(const std::string& given, const std::string& kind) {
    ++layer;
    std::string chosen = given.empty() ? kind + "_" + std::to_string(++counts[kind]) : given;
    if (!names.insert(chosen).second) complain(chosen, "the name is taken");
    return chosen;
  }

  bool known(Node x) const {
    return x.tensor >= 0 && static_cast<std::size_t>(x.tensor) < graph->tensors.size();
  }

  // Without the batch dimension.
  Shape shapeOf(Node x) const {
    if (!known(x)) return {};
    const auto& shape = graph->tensors[static_cast<std::size_t>(x.tensor)]->shape;
    return {shape.begin() + 1, shape.end()};
  }

  int addTensor(const std::string& tensor_name, Shape shape, tflite::TensorType type,
                std::uint32_t buffer) {
    auto tensor = std::make_unique<tflite::TensorT>();
    tensor->name = tensor_name;
    tensor->shape = std::move(shape);
    tensor->type = type;
    tensor->buffer = buffer;
    tensor->has_rank = true;
    graph->tensors.push_back(std::move(tensor));
    return static_cast<int>(graph->tensors.size() - 1);
  }

  int addComputed(const std::string& tensor_name, Shape shape) {
    shape.insert(shape.begin(), 1);
    return addTensor(tensor_name, std::move(shape), tflite::TensorType::FLOAT32, 0);
  }

  template <typename T>
  int addConstant(const std::string& tensor_name, Shape shape, tflite::TensorType type,
                  const std::vector<T>& values) {
    const auto buffer = addBuffer(model, std::as_bytes(std::span(values)));
    return addTensor(tensor_name, std::move(shape), type, buffer);
  }

  // Random weights for `fan_in` inputs a unit, and a bias of zeros.
  std::vector<int> addWeights(const std::string& layer_name, const Shape& shape, int fan_in,
                              int units, Activation activation) {
    Random random(seed, layer);
    const double deviation = std::sqrt((activation == Activation::kNone ? 1.0 : 2.0) / fan_in);
    std::vector<float> weights(elementCount(shape));
    for (auto& weight : weights) weight = static_cast<float>(random.normal(0, deviation));
    const std::vector<float> bias(static_cast<std::size_t>(units), 0.0f);
    return {addConstant(layer_name + "/weights", shape, tflite::TensorType::FLOAT32, weights),
            addConstant(layer_name + "/bias", {units}, tflite::TensorType::FLOAT32, bias)};
  }

  template <typename Options>
  Node addOperator(BuiltinOperator code, int version, std::vector<int> inputs,
                   const std::string& layer_name, Shape shape, Options options) {
    auto op = std::make_unique<tflite::OperatorT>();
    op->opcode_index = internOperatorCode(model, code, version);
    op->inputs.assign(inputs.begin(), inputs.end());
    const Node node{addComputed(layer_name, std::move(shape))};
    op->outputs = {node.tensor};
    op->builtin_options.Set(std::move(options));
    graph->operators.push_back(std::move(op));
    return node;
  }

  // An operator without options.
  Node addPlain(BuiltinOperator code, Node x, const std::string& kind) {
    const auto layer_name = layerName({}, kind);
    if (!known(x)) return complain(layer_name, "its input is not a value of this graph");
    auto op = std::make_unique<tflite::OperatorT>();
    op->opcode_index = internOperatorCode(model, code, 1);
    op->inputs = {x.tensor};
    const Node node{addComputed(layer_name, shapeOf(x))};
    op->outputs = {node.tensor};
    graph->operators.push_back(std::move(op));
    return node;
  }

  Node pool(BuiltinOperator code, Node x, const Pool& options, const std::string& kind) {
    const auto layer_name = layerName(options.name, kind);
    const auto in = shapeOf(x);
    if (in.size() != 3) return complain(layer_name, "its input must be an image");
    if (!positive(options.kernel) || !positive(options.stride)) {
      return complain(layer_name, "kernel and stride must be positive");
    }
    const Shape out = {windowed(in[0], options.kernel[0], options.stride[0], 1, options.padding),
                       windowed(in[1], options.kernel[1], options.stride[1], 1, options.padding),
                       in[2]};
    if (out[0] < 1 || out[1] < 1) return tooSmall(layer_name, in);
    tflite::Pool2DOptionsT o;
    o.padding = paddingCode(options.padding);
    o.stride_h = options.stride[0];
    o.stride_w = options.stride[1];
    o.filter_height = options.kernel[0];
    o.filter_width = options.kernel[1];
    o.fused_activation_function = fusedCode(options.activation);
    return addOperator(code, 1, {x.tensor}, layer_name, out, std::move(o));
  }

  static bool positive(const std::array<int, 2>& pair) { return pair[0] > 0 && pair[1] > 0; }

  Node tooSmall(const std::string& layer_name, const Shape& in) {
    return complain(layer_name, "the kernel does not fit its input of " + shapeText(in));
  }
};

GraphBuilder::GraphBuilder(std::string name, std::uint64_t seed) : impl_(std::make_unique<Impl>()) {
  auto graph = std::make_unique<tflite::SubGraphT>();
  graph->name = "main";
  impl_->graph = graph.get();
  impl_->model.version = 3;
  impl_->model.description = name;
  impl_->model.subgraphs.push_back(std::move(graph));
  impl_->model.buffers.push_back(std::make_unique<tflite::BufferT>());
  impl_->name = std::move(name);
  impl_->seed = seed;
}

GraphBuilder::~GraphBuilder() = default;

Node GraphBuilder::input(std::string name, const Shape& shape) {
  if (shape.empty() || std::any_of(shape.begin(), shape.end(), [](auto d) { return d < 1; })) {
    return impl_->complain("input " + name, "every dimension must be at least 1");
  }
  if (!impl_->names.insert(name).second) return impl_->complain(name, "the name is taken");
  const Node node{impl_->addComputed(name, shape)};
  impl_->graph->inputs.push_back(node.tensor);
  impl_->named_inputs.emplace_back(std::move(name), node.tensor);
  return node;
}

Node GraphBuilder::conv2d(Node x, const Conv2d& options) {
  const auto name = impl_->layerName(options.name, "conv");
  const auto in = impl_->shapeOf(x);
  if (in.size() != 3) return impl_->complain(name, "its input must be an image");
  if (options.channels < 1 || !Impl::positive(options.kernel) || !Impl::positive(options.stride) ||
      !Impl::positive(options.dilation)) {
    return impl_->complain(name, "channels, kernel, stride and dilation must be positive");
  }
  const auto length = [&](std::size_t i) {
    return windowed(in[i], options.kernel[i], options.stride[i], options.dilation[i],
                    options.padding);
  };
  const Shape out = {length(0), length(1), options.channels};
  if (out[0] < 1 || out[1] < 1) return impl_->tooSmall(name, in);
  auto inputs = impl_->addWeights(
      name, {options.channels, options.kernel[0], options.kernel[1], in[2]},
      options.kernel[0] * options.kernel[1] * in[2], options.channels, options.activation);
  inputs.insert(inputs.begin(), x.tensor);
  tflite::Conv2DOptionsT o;
  o.padding = paddingCode(options.padding);
  o.stride_h = options.stride[0];
  o.stride_w = options.stride[1];
  o.dilation_h_factor = options.dilation[0];
  o.dilation_w_factor = options.dilation[1];
  o.fused_activation_function = fusedCode(options.activation);
  return impl_->addOperator(BuiltinOperator::CONV_2D, 1, inputs, name, out, std::move(o));
}

Node GraphBuilder::depthwiseConv2d(Node x, const DepthwiseConv2d& options) {
  const auto name = impl_->layerName(options.name, "depthwise");
  const auto in = impl_->shapeOf(x);
  if (in.size() != 3) return impl_->complain(name, "its input must be an image");
  if (options.multiplier < 1 || !Impl::positive(options.kernel) ||
      !Impl::positive(options.stride) || !Impl::positive(options.dilation)) {
    return impl_->complain(name, "multiplier, kernel, stride and dilation must be positive");
  }
  const auto length = [&](std::size_t i) {
    return windowed(in[i], options.kernel[i], options.stride[i], options.dilation[i],
                    options.padding);
  };
  const int channels = in[2] * options.multiplier;
  const Shape out = {length(0), length(1), channels};
  if (out[0] < 1 || out[1] < 1) return impl_->tooSmall(name, in);
  auto inputs =
      impl_->addWeights(name, {1, options.kernel[0], options.kernel[1], channels},
                        options.kernel[0] * options.kernel[1], channels, options.activation);
  inputs.insert(inputs.begin(), x.tensor);
  tflite::DepthwiseConv2DOptionsT o;
  o.padding = paddingCode(options.padding);
  o.stride_h = options.stride[0];
  o.stride_w = options.stride[1];
  o.dilation_h_factor = options.dilation[0];
  o.dilation_w_factor = options.dilation[1];
  o.depth_multiplier = options.multiplier;
  o.fused_activation_function = fusedCode(options.activation);
  return impl_->addOperator(BuiltinOperator::DEPTHWISE_CONV_2D, 1, inputs, name, out, std::move(o));
}

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
  return impl_->addOperator(BuiltinOperator::FULLY_CONNECTED, 1, inputs, name, {options.units},
                            std::move(o));
}

Node GraphBuilder::maxPool(Node x, const Pool& options) {
  return impl_->pool(BuiltinOperator::MAX_POOL_2D, x, options, "max_pool");
}

Node GraphBuilder::averagePool(Node x, const Pool& options) {
  return impl_->pool(BuiltinOperator::AVERAGE_POOL_2D, x, options, "average_pool");
}

Node GraphBuilder::mean(Node x) {
  const auto name = impl_->layerName({}, "mean");
  const auto in = impl_->shapeOf(x);
  if (in.size() != 3) return impl_->complain(name, "its input must be an image");
  const int axes = impl_->addConstant(name + "/axes", {2}, tflite::TensorType::INT32,
                                      std::vector<std::int32_t>{1, 2});
  return impl_->addOperator(BuiltinOperator::MEAN, 1, {x.tensor, axes}, name, {in[2]},
                            tflite::ReducerOptionsT());
}

Node GraphBuilder::add(Node a, Node b, Activation activation) {
  const auto name = impl_->layerName({}, "add");
  if (!impl_->known(a) || impl_->shapeOf(a) != impl_->shapeOf(b)) {
    return impl_->complain(name, "its inputs differ in shape: " + shapeText(impl_->shapeOf(a)) +
                                     " and " + shapeText(impl_->shapeOf(b)));
  }
  tflite::AddOptionsT o;
  o.fused_activation_function = fusedCode(activation);
  return impl_->addOperator(BuiltinOperator::ADD, 1, {a.tensor, b.tensor}, name, impl_->shapeOf(a),
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

Node GraphBuilder::reshape(Node x, const Shape& shape) {
  const auto name = impl_->layerName({}, "reshape");
  const auto in = impl_->shapeOf(x);
  if (!impl_->known(x) || shape.empty() || elementCount(shape) != elementCount(in)) {
    return impl_->complain(name, shapeText(in) + " cannot become " + shapeText(shape));
  }
  Shape full = shape;
  full.insert(full.begin(), 1);
  tflite::ReshapeOptionsT o;
  o.new_shape = full;
  const int target = impl_->addConstant(name + "/shape", {static_cast<std::int32_t>(full.size())},
                                        tflite::TensorType::INT32, full);
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

Node GraphBuilder::relu(Node x) { return impl_->addPlain(BuiltinOperator::RELU, x, "relu"); }
Node GraphBuilder::relu6(Node x) { return impl_->addPlain(BuiltinOperator::RELU6, x, "relu6"); }
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

void GraphBuilder::output(Node x, std::string name) {
  if (!impl_->known(x)) {
    impl_->complain("output " + name, "it is not a value of this graph");
    return;
  }
  impl_->graph->outputs.push_back(x.tensor);
  impl_->named_outputs.emplace_back(std::move(name), x.tensor);
}

void GraphBuilder::metadata(std::string name, std::string_view bytes) {
  setMetadata(impl_->model, name, asBytes(bytes));
}

Shape GraphBuilder::shape(Node x) const { return impl_->shapeOf(x); }

Result<std::vector<std::byte>> GraphBuilder::finish() {
  if (!impl_->problem && impl_->graph->outputs.empty()) impl_->complain("end", "it has no output");
  if (impl_->problem) return fail(ErrorCode::kInvalidArgument, *impl_->problem);
  auto signature = std::make_unique<tflite::SignatureDefT>();
  signature->signature_key = "serving_default";
  const auto name_tensors = [](const auto& named, auto& map) {
    for (const auto& entry : named) {
      auto one = std::make_unique<tflite::TensorMapT>();
      one->name = entry.first;
      one->tensor_index = static_cast<std::uint32_t>(entry.second);
      map.push_back(std::move(one));
    }
  };
  name_tensors(impl_->named_inputs, signature->inputs);
  name_tensors(impl_->named_outputs, signature->outputs);
  impl_->model.signature_defs.clear();
  impl_->model.signature_defs.push_back(std::move(signature));
  return serialiseModel(impl_->model);
}

}  // namespace primer::toolkit
