#include "src/builder/graph_parts.h"

namespace primer::toolkit {

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

std::string shapeText(const GraphShape& shape) {
  std::string text;
  for (const auto dimension : shape) text += (text.empty() ? "" : "x") + std::to_string(dimension);
  return text;
}

Node GraphBuilder::Impl::complain(const std::string& layer_name, const std::string& what) {
  if (!problem) problem = "graph '" + name + "', " + layer_name + ": " + what;
  return {};
}

std::string GraphBuilder::Impl::layerName(const std::string& given, const std::string& kind) {
  ++layer;
  std::string chosen = given.empty() ? kind + "_" + std::to_string(++counts[kind]) : given;
  if (!names.insert(chosen).second) complain(chosen, "the name is taken");
  return chosen;
}

GraphShape GraphBuilder::Impl::shapeOf(Node x) const {
  if (!known(x)) return {};
  const auto& shape = graph->tensors[static_cast<std::size_t>(x.tensor)]->shape;
  return {shape.begin() + 1, shape.end()};
}

int GraphBuilder::Impl::addTensor(const std::string& tensor_name, GraphShape shape,
                                  tflite::TensorType type, std::uint32_t buffer) {
  auto tensor = std::make_unique<tflite::TensorT>();
  tensor->name = tensor_name;
  tensor->shape = std::move(shape);
  tensor->type = type;
  tensor->buffer = buffer;
  tensor->has_rank = true;
  graph->tensors.push_back(std::move(tensor));
  return static_cast<int>(graph->tensors.size() - 1);
}

int GraphBuilder::Impl::addComputed(const std::string& tensor_name, GraphShape shape) {
  shape.insert(shape.begin(), 1);
  return addTensor(tensor_name, std::move(shape), tflite::TensorType::FLOAT32, 0);
}

int GraphBuilder::Impl::addRandom(Random& random, const std::string& tensor_name,
                                  const GraphShape& shape, double deviation) {
  std::vector<float> values(elementCount(shape));
  for (auto& value : values) value = static_cast<float>(random.normal(0, deviation));
  return addConstant(tensor_name, shape, tflite::TensorType::FLOAT32, values);
}

int GraphBuilder::Impl::addBias(const std::string& tensor_name, int units, float value) {
  return addConstant(tensor_name, {units}, tflite::TensorType::FLOAT32,
                     std::vector<float>(static_cast<std::size_t>(units), value));
}

std::vector<int> GraphBuilder::Impl::addWeights(const std::string& layer_name,
                                                const GraphShape& shape, int fan_in, int units,
                                                Activation activation) {
  Random random(seed, layer);
  const double deviation = std::sqrt((activation == Activation::kNone ? 1.0 : 2.0) / fan_in);
  const int weights = addRandom(random, layer_name + "/weights", shape, deviation);
  return {weights, addBias(layer_name + "/bias", units, 0.0f)};
}

tflite::OperatorT& GraphBuilder::Impl::appendOperator(tflite::BuiltinOperator code, int version,
                                                      std::vector<int> inputs) {
  auto op = std::make_unique<tflite::OperatorT>();
  op->opcode_index = internOperatorCode(model, code, version);
  op->inputs.assign(inputs.begin(), inputs.end());
  graph->operators.push_back(std::move(op));
  return *graph->operators.back();
}

Node GraphBuilder::Impl::addPlain(tflite::BuiltinOperator code, Node x, const std::string& kind) {
  const auto layer_name = layerName({}, kind);
  if (!known(x)) return complain(layer_name, "its input is not a value of this graph");
  auto& op = appendOperator(code, 1, {x.tensor});
  const Node node{addComputed(layer_name, shapeOf(x))};
  op.outputs = {node.tensor};
  return node;
}

}  // namespace primer::toolkit
