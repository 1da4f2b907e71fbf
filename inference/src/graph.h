#pragma once

// The main subgraph of a model in the engine's own words: every index is in range, every shape and
// quantisation sound, every constant as long as its shape says. What reads a Graph need not check
// again.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "primer/inference/tensor.h"
#include "primer/inference/tflite_schema.h"

namespace primer::inference {

struct CustomOperator;

inline constexpr int kNoTensor = -1;  // an optional input that is left out
inline constexpr std::size_t kMaxRank = 8;

struct Tensor {
  TensorInfo info;  // its spans look into the members below
  Shape shape;
  std::vector<std::int64_t> zero_points;
  std::vector<std::byte> aligned_copy;  // of a constant that is not aligned in the file
  std::span<const std::byte> constant;
  bool is_constant = false;
  bool is_variable = false;  // keeps its bytes from run to run; zeros at first
  bool shape_known =
      true;  // false where the file leaves the shape open until its operator is checked

  std::size_t rank() const { return shape.size(); }
  std::int32_t dim(std::size_t axis) const { return shape[axis]; }
  const Quantization& quantization() const { return info.quantization; }
};

struct Node {
  std::size_t index = 0;  // in the file
  tflite::BuiltinOperator op = tflite::BuiltinOperator::ADD;
  std::string_view name;
  int version = 1;
  std::vector<int> inputs;  // kNoTensor where left out
  std::vector<int> outputs;
  const tflite::Operator* source = nullptr;
  const CustomOperator* custom = nullptr;  // of a CUSTOM node: what the program brought for it
  std::span<const std::byte> custom_options;
  bool once = false;  // runs when a session is made: what CALL_ONCE calls
};

struct Graph {
  std::vector<Tensor> tensors;
  std::vector<Node> nodes;         // as in the file
  std::vector<std::size_t> order;  // in which the nodes run: each after those that feed it
  std::vector<int> inputs;
  std::vector<int> outputs;
};

// Product of the dimensions; 1 for a scalar.
std::size_t elementCount(std::span<const std::int32_t> shape);

// "1x28x28x1", "scalar".
std::string shapeText(std::span<const std::int32_t> shape);

// Size of one element in bytes; 0 for types that the engine does not hold (strings, packed types).
std::size_t elementBytes(ElementType type);

// "tensor 4 'conv/kernel'".
std::string tensorText(std::size_t index, const Tensor& tensor);

}  // namespace primer::inference
