#pragma once

// Small graphs and a small task that the toolkit's tests share.

#include <cmath>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <vector>

#include "primer/toolkit/graph_builder.h"
#include "primer/toolkit/quantize.h"
#include "primer/toolkit/random.h"
#include "primer/toolkit/workshop.h"

namespace primer::toolkit::test {

inline std::vector<std::byte> finished(GraphBuilder& graph) {
  auto bytes = graph.finish();
  if (!bytes) throw std::runtime_error(bytes.error().message);
  return *bytes;
}

// Every layer that the builder knows, two inputs and three outputs.
inline std::vector<std::byte> everyLayer(std::uint64_t seed) {
  GraphBuilder graph("every-layer", seed);
  const auto image = graph.input("image", {12, 10, 3});
  const auto numbers = graph.input("numbers", {5});
  auto x = graph.conv2d(image, {.channels = 8, .stride = {2, 2}, .activation = Activation::kRelu});
  const auto branch = graph.depthwiseConv2d(x, {.multiplier = 1, .activation = Activation::kRelu6});
  x = graph.add(x, graph.conv2d(branch, {.channels = 8, .kernel = {1, 1}}), Activation::kRelu);
  x = graph.pad(x, {1, 0, 0, 2});
  x = graph.averagePool(x, {.stride = {1, 1}, .padding = Padding::kSame});
  const auto pooled = graph.maxPool(x, {.kernel = {3, 3}, .padding = Padding::kSame});
  auto line = graph.reshape(pooled, {1, 16, 8});
  line = graph.conv2d(line, {.channels = 6,
                             .kernel = {1, 5},
                             .stride = {1, 2},
                             .dilation = {1, 1},
                             .padding = Padding::kValid});
  line = graph.relu6(line);
  const auto joined = graph.concat({graph.flatten(line), graph.mean(x), numbers});
  auto y = graph.dense(joined, {.units = 12, .activation = Activation::kRelu});
  const auto scores = graph.dense(y, {.units = 4});
  graph.output(scores, "scores");
  graph.output(graph.softmax(scores), "chances");
  graph.output(graph.logistic(graph.relu(graph.dense(y, {.units = 2}))), "flags");
  return finished(graph);
}

// Samples with numbers of -1..1 for inputs of the given sizes.
inline CalibrationSet randomSamples(const std::vector<std::size_t>& sizes, std::size_t count,
                                    std::uint64_t seed) {
  Random random(seed);
  CalibrationSet set(count);
  for (auto& sample : set) {
    for (const auto size : sizes) {
      auto& values = sample.emplace_back(size);
      for (auto& value : values) value = static_cast<float>(random.uniform(-1, 1));
    }
  }
  return set;
}

inline const std::vector<std::size_t> kEveryLayerInputs = {12 * 10 * 3, 5};

// A graph with the shapes of its inputs.
struct LayerGraph {
  std::string name;
  std::vector<std::vector<std::int64_t>> shapes;  // without the batch
  std::vector<std::byte> bytes;

  std::vector<std::size_t> sizes() const {
    std::vector<std::size_t> sizes;
    for (const auto& shape : shapes) {
      std::size_t size = 1;
      for (const auto dimension : shape) size *= static_cast<std::size_t>(dimension);
      sizes.push_back(size);
    }
    return sizes;
  }
};

// Each layer, or family of layers, in a small graph of its own.
std::vector<LayerGraph> layerGraphs();

// What is wrong with the training data of a BarTask.
struct BarFlaw {
  std::size_t not_a_number = static_cast<std::size_t>(-1);  // training sample with a NaN
  std::size_t unlabelled = static_cast<std::size_t>(-1);    // training sample with label 7
};

// A task that is easy to learn: where the bright bar of a small picture lies, and in which of two
// kinds of numbers it came.
class BarTask final : public Task {
 public:
  explicit BarTask(BarFlaw flaw = {}) : flaw_(flaw) {
    info_.name = "bar";
    info_.inputs = {{"numbers", {3}}, {"picture", {6, 6, 1}}};
    OutputSpec place;
    place.name = "place";
    place.size = 4;
    place.labels = {"top", "bottom", "left", "right"};
    place.masked = true;
    info_.outputs = {place};
    info_.main_metric = "accuracy";
    info_.preprocessing = {{"picture", "0 to 1"}};
    info_.data = Json::array({{{"name", "drawn by the test"}, {"licence", "none needed"}}});
  }

  const TaskInfo& info() const override { return info_; }
  std::size_t size(Split split) const override { return split == Split::kTraining ? 400 : 200; }

  void fill(Split split, std::size_t index, Random* augment, SampleView& sample) const override {
    Random random(17, static_cast<std::uint64_t>(split), static_cast<std::uint64_t>(index));
    const auto place = static_cast<std::size_t>(label(split, index));
    auto picture = sample.inputs[1];
    for (auto& pixel : picture) pixel = static_cast<float>(random.uniform(0, 0.4));
    for (std::size_t i = 0; i < 6; ++i) {
      const std::size_t at[] = {i, 30 + i, 6 * i, 6 * i + 5};
      picture[at[place]] += 0.6f;
    }
    if (augment != nullptr) {
      for (auto& pixel : picture) pixel += static_cast<float>(augment->normal(0, 0.05));
    }
    for (auto& number : sample.inputs[0]) number = static_cast<float>(random.uniform());
    sample.targets[0][0] = static_cast<float>(place);
    if (split == Split::kTraining && index == flaw_.not_a_number) picture[3] = std::nanf("");
    if (split == Split::kTraining && index == flaw_.unlabelled) sample.targets[0][0] = 7;
  }

  Metrics measure(Split split, const std::vector<std::vector<float>>& outputs) const override {
    std::vector<int> labels;
    for (std::size_t i = 0; i < size(split); ++i) labels.push_back(label(split, i));
    return {{"accuracy", accuracyPercent(outputs[0], 4, labels)}};
  }

  static int label(Split split, std::size_t index) {
    return static_cast<int>((index * 7 + index / 4 + (split == Split::kTraining ? 0 : 1)) % 4);
  }

 private:
  TaskInfo info_;
  BarFlaw flaw_;
};

inline Result<std::vector<std::byte>> buildBarNet(const Json& options, const TaskInfo& task,
                                                  std::uint64_t seed) {
  Fields fields(options, "architecture");
  const auto channels = static_cast<int>(fields.integer("channels", 8));
  PRIMER_TRY(fields.finish());
  GraphBuilder graph("bar-net", seed);
  // In another order than the task's, on purpose.
  const auto picture = graph.input("picture", task.inputs[1].shape);
  const auto numbers = graph.input("numbers", task.inputs[0].shape);
  auto x = graph.conv2d(picture, {.channels = channels, .activation = Activation::kRelu});
  x = graph.maxPool(x, {});
  x = graph.concat({graph.flatten(x), numbers});
  x = graph.dense(x, {.units = 16, .activation = Activation::kRelu});
  graph.output(graph.dense(x, {.units = task.outputs[0].size}), "place");
  return graph.finish();
}

inline Workshop barWorkshop(BarFlaw flaw = {}) {
  Workshop workshop;
  workshop.addTask("bar", "where the bar is", [flaw](const TaskRequest& request) {
    return Fields(request.options, "data").finish().map([flaw]() -> std::unique_ptr<Task> {
      return std::make_unique<BarTask>(flaw);
    });
  });
  workshop.addArchitecture("bar-net", buildBarNet);
  return workshop;
}

}  // namespace primer::toolkit::test
