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
// Shapes are given without the batch dimension, which is 1 in the file:
//   image      {height, width, channels}
//   sequence   {1, steps, channels}: an image of height 1, so that every layer for images takes it
//   vector     {numbers}
// The *1d layers and the recurrent ones want a sequence, dense() a vector; flatten(), mean() and
// attentionPool() make vectors. Batch norm is no layer here: training puts it in and folds it into
// the weights that it writes (training/torch_graph.h). Weights start at random (He et al. 2015), by
// the seed and the layer's place: the same calls give the same bytes. A mistake (a shape that does
// not fit, ...) is kept and returned by finish(), naming the layer.
//
// Every layer runs on the engine in float and, once quantised, in int8, and can be trained in both
// (training/, tests/toolkit/qat_test.cpp).

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "primer/base/result.h"

namespace primer::toolkit {

// kCausal: zeros before the first step of a sequence only, so that no output hangs on what comes
// later (1-D layers; Oord et al. 2016).
enum class Padding : std::uint8_t { kSame, kValid, kCausal };
enum class Activation : std::uint8_t { kNone, kRelu, kRelu6 };

// A value in the graph; belongs to the builder that made it.
struct Node {
  int tensor = -1;
};

// `name` of a layer: empty for its kind and number ("conv_3").
struct Conv2d {
  int channels = 0;
  std::array<int, 2> kernel = {3, 3};  // height, width
  std::array<int, 2> stride = {1, 1};
  std::array<int, 2> dilation = {1, 1};
  Padding padding = Padding::kSame;
  Activation activation = Activation::kNone;
  std::string name = {};
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

// Over the steps of a sequence.
struct Conv1d {
  int channels = 0;
  int kernel = 3;
  int stride = 1;
  int dilation = 1;
  Padding padding = Padding::kSame;
  Activation activation = Activation::kNone;
  std::string name = {};
};

struct DepthwiseConv1d {
  int multiplier = 1;
  int kernel = 3;
  int stride = 1;
  int dilation = 1;
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

struct Recurrent {
  int units = 0;
  std::string name = {};
};

struct Attention {
  int units = 16;  // of the layer that looks at each step
  std::string name = {};
};

// What a recurrent layer gives.
struct Recurrence {
  Node sequence;  // {1, steps, units}: the state after every step
  Node last;      // {units}: after the last one
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
  Node conv1d(Node x, const Conv1d& options);
  Node depthwiseConv1d(Node x, const DepthwiseConv1d& options);
  Node dense(Node x, const Dense& options);  // over the last dimension of a flat input
  Node maxPool(Node x, const Pool& options);
  Node averagePool(Node x, const Pool& options);
  Node mean(Node x);           // over height and width: an image becomes a vector of its channels
  Node globalMaxPool(Node x);  // likewise, the greatest

  // Gated recurrent units (Cho et al. 2014; the reset gate after the product, one bias), unrolled
  // over the steps of x: plain operators with the same weights in every step, so that every value
  // inside is quantised, and trained, as one that the engine computes. All states have one scale in
  // int8: the `last` of one run can be given as `state` ({units}) to the next, byte for byte, which
  // is how a streaming net uses it, a few steps at a time. Without `state` it begins with zeros.
  // Costs ten operators a step: for long sequences take lstm().
  Recurrence gru(Node x, const Recurrent& options, Node state = {});

  // Long short-term memory (Hochreiter and Schmidhuber 1997) as one operator,
  // UNIDIRECTIONAL_SEQUENCE_LSTM: a cell of 16 bits, gates in fixed point. The state is a variable
  // of the session: the next run goes on where this one ended, until Session::reset(), whatever the
  // number of steps (Model::resized()).
  Recurrence lstm(Node x, const Recurrent& options);

  // The mean of a sequence's steps, weighted by what a small net makes of each (Lin et al. 2017),
  // divided by their number: {1, steps, channels} becomes {channels}.
  Node attentionPool(Node x, const Attention& options);

  // Of one shape, or b of a shape that fits a where it has 1 ({1, steps, 1} and {1, steps, 8}).
  Node add(Node a, Node b, Activation activation = Activation::kNone);
  Node sub(Node a, Node b, Activation activation = Activation::kNone);
  Node mul(Node a, Node b, Activation activation = Activation::kNone);
  // Zeros around an image: {top, bottom, left, right}.
  Node pad(Node x, std::array<int, 4> margins);
  Node reshape(Node x, const std::vector<std::int32_t>& shape);
  Node flatten(Node x);
  Node concat(const std::vector<Node>& parts, int axis = -1);  // axis without the batch dimension
  // `parts` equal pieces along an axis.
  std::vector<Node> split(Node x, int parts, int axis = -1);
  // What begins at `begin` and is `size` long; -1: to the end.
  Node slice(Node x, const std::vector<std::int32_t>& begin, const std::vector<std::int32_t>& size);
  Node relu(Node x);
  Node relu6(Node x);
  Node softmax(Node x);
  Node logistic(Node x);
  Node tanh(Node x);

  void output(Node x, std::string name);

  // An entry of the file's metadata; a later one of the same name replaces it.
  void metadata(std::string name, std::string_view bytes);

  // Shape of a value, without the batch dimension.
  std::vector<std::int32_t> shape(Node x) const;

  // The bytes of the file, with a signature "serving_default" over all inputs and outputs.
  Result<std::vector<std::byte>> finish();

 private:
  struct Impl;
  Node pool(Node x, const Pool& options, bool average);
  Node beforeWindow(Node x, Padding padding, int kernel, int dilation, const std::string& kind);
  std::unique_ptr<Impl> impl_;
};

}  // namespace primer::toolkit
