#pragma once

// What a GraphBuilder holds, and the steps that all its layers are made of.

#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "primer/toolkit/graph_builder.h"
#include "primer/toolkit/random.h"
#include "src/model_file.h"

namespace primer::toolkit {

using GraphShape = std::vector<std::int32_t>;

tflite::ActivationFunctionType fusedCode(Activation activation);
std::string shapeText(const GraphShape& shape);

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

  Node complain(const std::string& layer_name, const std::string& what);

  // The name of the next layer, which is counted.
  std::string layerName(const std::string& given, const std::string& kind);

  bool known(Node x) const {
    return x.tensor >= 0 && static_cast<std::size_t>(x.tensor) < graph->tensors.size();
  }
  // Without the batch dimension; empty for what is not known.
  GraphShape shapeOf(Node x) const;

  int addTensor(const std::string& tensor_name, GraphShape shape, tflite::TensorType type,
                std::uint32_t buffer);
  int addComputed(const std::string& tensor_name, GraphShape shape);

  template <typename T>
  int addConstant(const std::string& tensor_name, GraphShape shape, tflite::TensorType type,
                  const std::vector<T>& values) {
    const auto buffer = addBuffer(model, std::as_bytes(std::span(values)));
    return addTensor(tensor_name, std::move(shape), type, buffer);
  }
  int addNumbers(const std::string& tensor_name, const GraphShape& values) {
    return addConstant(tensor_name, {static_cast<std::int32_t>(values.size())},
                       tflite::TensorType::INT32, values);
  }

  // Random numbers of a deviation, and a bias of one value.
  int addRandom(Random& random, const std::string& tensor_name, const GraphShape& shape,
                double deviation);
  int addBias(const std::string& tensor_name, int units, float value);

  // Weights for `fan_in` inputs a unit, and a bias of zeros.
  std::vector<int> addWeights(const std::string& layer_name, const GraphShape& shape, int fan_in,
                              int units, Activation activation);

  // Appends an operator with outputs of these shapes.
  template <typename Options>
  std::vector<Node> addOperator(tflite::BuiltinOperator code, int version, std::vector<int> inputs,
                                const std::string& layer_name,
                                const std::vector<GraphShape>& shapes, Options options) {
    std::vector<Node> nodes;
    auto& op = appendOperator(code, version, std::move(inputs));
    for (std::size_t k = 0; k < shapes.size(); ++k) {
      const auto suffix = shapes.size() == 1 ? std::string() : "/" + std::to_string(k);
      nodes.push_back({addComputed(layer_name + suffix, shapes[k])});
      op.outputs.push_back(nodes.back().tensor);
    }
    op.builtin_options.Set(std::move(options));
    return nodes;
  }
  template <typename Options>
  Node addOperator(tflite::BuiltinOperator code, int version, std::vector<int> inputs,
                   const std::string& layer_name, GraphShape shape, Options options) {
    return addOperator(code, version, std::move(inputs), layer_name,
                       std::vector<GraphShape>{std::move(shape)}, std::move(options))[0];
  }

  // An operator of one input without options.
  Node addPlain(tflite::BuiltinOperator code, Node x, const std::string& kind);

  // An operator of two values, the second spread over the first.
  template <typename Options>
  Node combine(tflite::BuiltinOperator code, const char* kind, Node a, Node b,
               Activation activation);

  tflite::OperatorT& appendOperator(tflite::BuiltinOperator code, int version,
                                    std::vector<int> inputs);
};

}  // namespace primer::toolkit
