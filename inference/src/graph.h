#pragma once

// A subgraph of a model and all that it calls, in the engine's own words: every index is in range,
// every shape and quantisation sound, every constant as long as its shape says. What reads a Graph
// need not check again.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "primer/base/result.h"
#include "primer/inference/tensor.h"
#include "primer/inference/tflite_schema.h"

namespace primer::inference {

struct CustomOperator;

inline constexpr int kNoTensor = -1;  // an optional input that is left out
inline constexpr std::size_t kMaxRank = 8;

struct Tensor {
  TensorInfo info;  // its spans look into the members below
  Shape shape;
  // Where they are not the file's.
  std::vector<std::int64_t> zero_points;
  std::vector<float> scales;
  // A constant's bytes where they are not the file's: unpacked, computed, or at odd addresses
  // there. Copies of a graph share them.
  std::shared_ptr<std::vector<std::byte>> own_bytes;
  std::span<const std::byte> constant;
  bool is_constant = false;
  bool is_variable = false;  // keeps its bytes from run to run; zeros at first
  std::string variable;      // of a resource variable: its container and name
  bool shape_known =
      true;  // false where the file leaves the shape open until its operator is checked
  // What the planner lets it share: the bytes of another tensor, from an offset on. No operator
  // writes it then, or the operator writes it where it belongs in the other.
  int alias_of = kNoTensor;
  std::uint64_t alias_offset = 0;

  std::size_t rank() const { return shape.size(); }
  std::int32_t dim(std::size_t axis) const { return shape[axis]; }
  const Quantization& quantization() const { return info.quantization; }
};

// Rows and columns that a PAD before a node would have added to its image.
struct JoinedPadding {
  std::int32_t top = 0, bottom = 0, left = 0, right = 0;

  bool operator==(const JoinedPadding&) const = default;
};

// A function of single bytes: the result for each of the 256, as they lie in memory.
struct ByteMap {
  std::vector<std::byte> results;
  std::size_t result_bytes = 1;

  bool isIdentity() const;
};

// What the planner has joined to a node from its neighbours. Its operator's rules and kernel heed
// it beside, or in the place of, what the file's options say.
struct Joined {
  JoinedPadding padding;
  std::optional<tflite::ActivationFunctionType> activation;
  std::shared_ptr<const ByteMap> map;  // the whole of what the node does
};

struct Node {
  std::size_t index = 0;     // in Graph::nodes
  std::size_t subgraph = 0;  // of the file, and ...
  std::size_t position = 0;  // ... its place there
  tflite::BuiltinOperator op = tflite::BuiltinOperator::ADD;
  std::string_view name;
  int version = 1;
  std::vector<int> inputs;  // kNoTensor where left out
  std::vector<int> outputs;
  std::vector<int> intermediates;  // known by their quantisation only; no memory
  const tflite::Operator* source = nullptr;
  const CustomOperator* custom = nullptr;  // of a CUSTOM node: what the program brought for it
  std::span<const std::byte> custom_options;
  bool once = false;                // runs when a session is made: what CALL_ONCE calls
  std::vector<std::size_t> blocks;  // IF: then, else. WHILE: condition, body. Others: none.
  Joined joined;
};

// Nodes that run together: the entry of a graph, or a subgraph that IF or WHILE calls.
//
// A called block's inputs are tensors of its caller: those of the node's inputs in IF, and in WHILE
// the node's outputs, which hold the loop's state from turn to turn. What a loop hands through
// unchanged is the node's input itself, so that constants stay constants. A block's outputs are
// copied to the node's outputs when the block has run.
struct Block {
  std::vector<std::size_t> nodes;  // as in the file
  std::vector<std::size_t> order;  // in which they run: each after those that feed it
  std::vector<int> inputs;
  std::vector<int> outputs;
  std::uint64_t work = 0;  // of one pass, loops at one turn; known once the operators are checked
};

struct Graph {
  std::vector<Tensor> tensors;
  std::uint64_t held_bytes = 0;  // of the tensors' own copies: Limits::max_model_bytes counts them
  std::vector<Node> nodes;
  std::vector<Block> blocks;  // [0] is the entry; each after the block that calls it

  const Block& entry() const { return blocks[0]; }
  Block& entry() { return blocks[0]; }
};

// Every node of the entry and of what it calls, a caller right before what it calls.
std::vector<std::size_t> programOrder(const Graph& graph);

// "operator 3 ADD", "subgraph 2 operator 0 LESS".
std::string nodeText(const Node& node);

// Bytes of a tensor; refuses what is above the limit. Dimensions of 0 count as 1 towards it: a
// product over any of the dimensions is then a number that 64 bits hold.
Result<std::uint64_t> tensorBytes(std::span<const std::int32_t> shape, ElementType type,
                                  std::uint64_t most);

// Product of the dimensions; 1 for a scalar.
std::size_t elementCount(std::span<const std::int32_t> shape);

// "1x28x28x1", "scalar".
std::string shapeText(std::span<const std::int32_t> shape);

// Size of one element in bytes; 0 for types that the engine does not hold (strings, packed types).
std::size_t elementBytes(ElementType type);

// A name from a file, fit to be shown: one line of at most 80 characters, nothing that a terminal
// would obey.
std::string printable(std::string_view name);

// "tensor 4 'conv/kernel'".
std::string tensorText(std::size_t index, const Tensor& tensor);

}  // namespace primer::inference
