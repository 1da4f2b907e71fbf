#pragma once

// Builds a float .tflite file layer by layer.
//
//   GraphBuilder graph("digits", seed);
//   auto x = graph.input("image", {28, 28, 1});
//   x = graph.conv2d(x, {.channels = 16, .kernel = {3, 3}, .activation = Activation::kRelu});
//   x = graph.maxPool(x, {.kernel = {2, 2}, .stride = {2, 2}});
//   x = graph.dense(graph.flatten(x), {.units = 10});
//   graph.output(x, "scores");
//   PRIMER_ASSIGN(auto bytes, graph.finish());
//
// Shapes are given without the batch dimension, which is 1 in the file. Images are height, width,
// channels; a sequence is an image of height 1 and is convolved with kernels 1xk. Weights start at
// random (He et al. 2015), by the seed and the layer's place: the same calls give the same bytes. A
// mistake (a shape that does not fit, ...) is kept and returned by finish(), naming the layer.

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "primer/base/result.h"

namespace primer::toolkit {

enum class Padding : std::uint8_t { kSame, kValid };
enum class Activation : std::uint8_t { kNone, kRelu, kRelu6 };

// A value in the graph; belongs to the builder that made it.
struct Node {
  int tensor = -1;
};

struct Conv2d {
  int channels = 0;
  std::array<int, 2> kernel = {3, 3};  // height, width
  std::array<int, 2> stride = {1, 1};
  std::array<int, 2> dilation = {1, 1};
  Padding padding = Padding::kSame;
  Activation activation = Activation::kNone;
  std::string name = {};  // of the layer; default: its kind and number
};

struct DepthwiseConv2d {
  int multiplier = 1;  // output channels per input channel
  std::array<int, 2> kernel = {3, 3};
  std::array<int, 2> stride = {1, 1};
  std::array<int, 2> dilation = {1, 1};
  Padding padding = Padding::kSame;
  Activation activation = Activation::kNone;
  std::string name = {};
};

struct Dense {
  int units = 0;
  Activation activation = Activation::kNone;
  std::string name = {};
};

struct Pool {
  std::array<int, 2> kernel = {2, 2};
  std::array<int, 2> stride = {2, 2};
  Padding padding = Padding::kValid;
  Activation activation = Activation::kNone;
  std::string name = {};
};

class GraphBuilder {
 public:
  GraphBuilder(std::string name, std::uint64_t seed);
  ~GraphBuilder();
  GraphBuilder(const GraphBuilder&) = delete;
  GraphBuilder& operator=(const GraphBuilder&) = delete;

  Node input(std::string name, const std::vector<std::int32_t>& shape);

  Node conv2d(Node x, const Conv2d& options);
  Node depthwiseConv2d(Node x, const DepthwiseConv2d& options);
  Node dense(Node x, const Dense& options);  // over the last dimension of a flat input
  Node maxPool(Node x, const Pool& options);
  Node averagePool(Node x, const Pool& options);
  Node mean(Node x);  // over height and width: an image becomes a vector of its channels
  Node add(Node a, Node b, Activation activation = Activation::kNone);
  // Zeros around an image: {top, bottom, left, right}.
  Node pad(Node x, std::array<int, 4> margins);
  Node reshape(Node x, const std::vector<std::int32_t>& shape);
  Node flatten(Node x);
  Node concat(const std::vector<Node>& parts, int axis = -1);  // axis without the batch dimension
  Node relu(Node x);
  Node relu6(Node x);
  Node softmax(Node x);
  Node logistic(Node x);

  void output(Node x, std::string name);

  // An entry of the file's metadata; a later one of the same name replaces it.
  void metadata(std::string name, std::string_view bytes);

  // Shape of a value, without the batch dimension.
  std::vector<std::int32_t> shape(Node x) const;

  // The bytes of the file, with a signature "serving_default" over all inputs and outputs.
  Result<std::vector<std::byte>> finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace primer::toolkit
