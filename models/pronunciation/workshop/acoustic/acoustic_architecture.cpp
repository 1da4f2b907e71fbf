// The acoustic net: a strided convolution, residual blocks of growing dilation, a score a unit.

#include "acoustic/acoustic_task.h"
#include "primer/base/file_system.h"
#include "primer/pronunciation/phones.h"
#include "primer/toolkit/graph_builder.h"

namespace primer::pronunciation::workshop {

Result<std::vector<std::byte>> buildPhonesConv(const toolkit::Json& options,
                                               const toolkit::TaskInfo& task, std::uint64_t seed) {
  using toolkit::Activation;
  toolkit::Fields fields(options, "architecture");
  const auto channels = static_cast<int>(fields.integer("channels", 128));
  const auto dilations = fields.integers("dilations", {1, 1, 2, 2, 4, 4, 8}, 1, 64);
  const auto begin = fields.text("begin", "");
  fields.require(channels >= 1 && channels <= 1024, "channels", "must be 1 to 1024");
  PRIMER_TRY(fields.finish());
  // A trained file to go on from. Its batch norm lies in its weights: the recipe has none then.
  if (!begin.empty()) return realFileSystem().read(begin, 64u << 20);

  toolkit::GraphBuilder graph("phones-conv", seed);
  auto x = graph.input("frames", task.inputs[0].shape);
  x = graph.conv1d(
      x, {.channels = channels, .kernel = 5, .stride = 2, .activation = Activation::kRelu});
  for (const auto dilation : dilations) {
    const auto more = graph.conv1d(x, {.channels = channels,
                                       .kernel = 3,
                                       .dilation = static_cast<int>(dilation),
                                       .activation = Activation::kRelu});
    x = graph.add(x, more);
  }
  graph.output(graph.conv1d(x, {.channels = static_cast<int>(kUnits), .kernel = 1}), "phones");
  return graph.finish();
}

}  // namespace primer::pronunciation::workshop
