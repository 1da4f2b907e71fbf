#include "graphs.h"

namespace primer::toolkit::test {

namespace {

// Collects graphs; each begins with inputs of the given shapes and a place for the result.
class Graphs {
 public:
  template <typename Build>
  void add(const std::string& name, const std::vector<std::vector<std::int32_t>>& shapes,
           const Build& build) {
    GraphBuilder graph(name, 40 + graphs_.size());
    std::vector<Node> inputs;
    LayerGraph made;
    made.name = name;
    for (const auto& shape : shapes) {
      inputs.push_back(graph.input("in_" + std::to_string(inputs.size()), shape));
      made.shapes.emplace_back(shape.begin(), shape.end());
    }
    int outputs = 0;
    for (const auto output : build(graph, inputs)) {
      graph.output(output, "out_" + std::to_string(outputs++));
    }
    made.bytes = finished(graph);
    graphs_.push_back(std::move(made));
  }
  std::vector<LayerGraph> take() { return std::move(graphs_); }

 private:
  std::vector<LayerGraph> graphs_;
};

using Nodes = std::vector<Node>;

void addWindows(Graphs& graphs) {
  graphs.add("conv2d", {{9, 8, 3}}, [](GraphBuilder& g, const Nodes& in) -> Nodes {
    const auto x =
        g.conv2d(in[0], {.channels = 6, .stride = {2, 1}, .activation = Activation::kRelu});
    return {g.conv2d(x, {.channels = 5, .kernel = {2, 3}, .dilation = {2, 1}})};
  });
  graphs.add("depthwise2d", {{9, 8, 4}}, [](GraphBuilder& g, const Nodes& in) -> Nodes {
    const auto x = g.depthwiseConv2d(in[0], {.multiplier = 2, .activation = Activation::kRelu6});
    return {g.depthwiseConv2d(x, {.stride = {2, 2}, .padding = Padding::kValid})};
  });
  graphs.add("conv1d", {{1, 20, 4}}, [](GraphBuilder& g, const Nodes& in) -> Nodes {
    auto x = g.conv1d(in[0], {.channels = 6, .kernel = 5, .activation = Activation::kRelu});
    x = g.conv1d(x, {.channels = 6, .padding = Padding::kCausal, .activation = Activation::kRelu});
    x = g.conv1d(x, {.channels = 7, .dilation = 4, .padding = Padding::kCausal});
    return {g.conv1d(x, {.channels = 3, .stride = 2, .padding = Padding::kValid})};
  });
  graphs.add("depthwise1d", {{1, 20, 4}}, [](GraphBuilder& g, const Nodes& in) -> Nodes {
    const auto x = g.depthwiseConv1d(in[0], {.kernel = 5, .activation = Activation::kRelu});
    return {g.depthwiseConv1d(x, {.multiplier = 2, .dilation = 2, .padding = Padding::kCausal})};
  });
  graphs.add("pools", {{9, 8, 3}}, [](GraphBuilder& g, const Nodes& in) -> Nodes {
    const auto x = g.conv2d(in[0], {.channels = 4, .activation = Activation::kRelu});
    const auto most = g.maxPool(x, {.kernel = {3, 3}, .padding = Padding::kSame});
    const auto average = g.averagePool(x, {.kernel = {3, 2}, .padding = Padding::kSame});
    return {g.globalMaxPool(most), g.mean(average), g.averagePool(x, {.kernel = {9, 8}})};
  });
}

void addValues(Graphs& graphs) {
  graphs.add("dense", {{12}, {5}}, [](GraphBuilder& g, const Nodes& in) -> Nodes {
    const auto x = g.dense(in[0], {.units = 9, .activation = Activation::kRelu});
    const auto y = g.dense(g.concat({x, in[1]}), {.units = 4});
    return {y, g.softmax(y), g.logistic(y), g.tanh(y)};
  });
  graphs.add("arithmetic", {{1, 6, 4}, {1, 6, 1}}, [](GraphBuilder& g, const Nodes& in) -> Nodes {
    const auto x = g.conv1d(in[0], {.channels = 4});
    const auto product = g.mul(x, in[1]);
    const auto difference = g.sub(product, in[0], Activation::kRelu);
    return {g.add(difference, x), g.relu6(product)};
  });
  graphs.add("residual", {{6, 6, 4}}, [](GraphBuilder& g, const Nodes& in) -> Nodes {
    auto x = g.conv2d(in[0], {.channels = 4, .activation = Activation::kRelu});
    const auto branch =
        g.conv2d(g.conv2d(x, {.channels = 4, .activation = Activation::kRelu}), {.channels = 4});
    x = g.add(x, branch, Activation::kRelu);
    return {g.dense(g.mean(x), {.units = 3})};
  });
  graphs.add("pieces", {{1, 8, 6}}, [](GraphBuilder& g, const Nodes& in) -> Nodes {
    const auto x = g.conv1d(in[0], {.channels = 6});
    const auto parts = g.split(x, 3);
    const auto middle = g.slice(parts[1], {0, 2, 0}, {1, 4, -1});
    const auto wide = g.pad(middle, {0, 0, 3, 1});
    return {g.concat({parts[2], wide, parts[0]}), g.reshape(middle, {4, 2})};
  });
}

void addSequences(Graphs& graphs) {
  graphs.add("gru", {{1, 6, 4}}, [](GraphBuilder& g, const Nodes& in) -> Nodes {
    const auto x = g.gru(in[0], {.units = 5});
    return {x.sequence, g.dense(x.last, {.units = 3})};
  });
  graphs.add("streaming-gru", {{1, 2, 4}, {5}}, [](GraphBuilder& g, const Nodes& in) -> Nodes {
    const auto x = g.gru(in[0], {.units = 5}, in[1]);
    return {x.sequence, x.last};
  });
  graphs.add("lstm", {{1, 7, 4}}, [](GraphBuilder& g, const Nodes& in) -> Nodes {
    const auto x =
        g.lstm(g.conv1d(in[0], {.channels = 6, .activation = Activation::kRelu}), {.units = 5});
    return {x.sequence, g.dense(x.last, {.units = 3})};
  });
  graphs.add("attention", {{1, 8, 4}}, [](GraphBuilder& g, const Nodes& in) -> Nodes {
    const auto x = g.conv1d(in[0], {.channels = 6, .activation = Activation::kRelu});
    return {g.dense(g.attentionPool(x, {.units = 5}), {.units = 3})};
  });
}

}  // namespace

std::vector<LayerGraph> layerGraphs() {
  Graphs graphs;
  addWindows(graphs);
  addValues(graphs);
  addSequences(graphs);
  return graphs.take();
}

}  // namespace primer::toolkit::test
