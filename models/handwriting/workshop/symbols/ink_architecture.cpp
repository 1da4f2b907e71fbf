#include "symbols/ink_architecture.h"

#include "primer/toolkit/graph_builder.h"

namespace primer::handwriting::workshop {

Result<std::vector<std::byte>> buildInkMapsPoints(const toolkit::Json& options,
                                                  const toolkit::TaskInfo& task,
                                                  std::uint64_t seed) {
  using toolkit::Activation;
  toolkit::Fields fields(options, "architecture");
  const auto width = static_cast<int>(fields.integer("width", 100));
  fields.require(width >= 10 && width <= 400, "width", "must be between 10 and 400");
  PRIMER_TRY(fields.finish());
  const auto channels = [width](int count) { return std::max(4, count * width / 100); };

  toolkit::GraphBuilder graph("ink-symbols", seed);
  std::vector<toolkit::Node> inputs;
  for (const auto& input : task.inputs) inputs.push_back(graph.input(input.name, input.shape));

  const auto square = [&](toolkit::Node x, int count, int stride) {
    return graph.conv2d(x, {.channels = channels(count),
                            .kernel = {3, 3},
                            .stride = {stride, stride},
                            .activation = Activation::kRelu});
  };
  auto maps = square(inputs[0], 24, 2);
  maps = square(maps, 40, 1);
  maps = square(maps, 56, 2);
  maps = graph.dense(graph.flatten(maps), {.units = channels(64), .activation = Activation::kRelu});

  const auto along = [&](toolkit::Node x, int count, int kernel, int stride) {
    return graph.conv2d(x, {.channels = channels(count),
                            .kernel = {1, kernel},
                            .stride = {1, stride},
                            .activation = Activation::kRelu});
  };
  auto points = along(inputs[1], 32, 5, 2);
  points = along(points, 48, 5, 1);
  points = along(points, 64, 3, 2);
  points = along(points, 80, 3, 1);
  points = along(points, 80, 3, 2);
  points =
      graph.dense(graph.flatten(points), {.units = channels(64), .activation = Activation::kRelu});

  const auto features = graph.concat({maps, points});
  const auto all = graph.concat({features, inputs[2]});
  for (const auto& output : task.outputs) {
    graph.output(graph.dense(all, {.units = output.size}), output.name);
  }
  graph.output(features, "features");
  return graph.finish();
}

}  // namespace primer::handwriting::workshop
