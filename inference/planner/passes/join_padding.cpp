#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <optional>

#include "ops/rearrange.h"
#include "planner/graph_use.h"
#include "planner/passes/passes.h"

namespace primer::inference {
namespace {

using tflite::BuiltinOperator;

template <typename T>
double valueOf(const Tensor& tensor) {
  T value{};
  std::memcpy(&value, tensor.constant.data(), sizeof(value));
  return static_cast<double>(value);
}

// What a PAD fills with; nothing where that is not known yet.
std::optional<double> fillOf(const Graph& graph, const Node& pad) {
  const auto& output = graph.tensors[pad.outputs[0]];
  if (pad.op == BuiltinOperator::PAD) {
    return isQuantized(output.info.type) ? static_cast<double>(output.quantization().zeroPoint())
                                         : 0.0;
  }
  const auto& value = graph.tensors[pad.inputs[2]];
  if (!value.is_constant) return std::nullopt;
  switch (value.info.type) {
    case ElementType::kInt8:
      return valueOf<std::int8_t>(value);
    case ElementType::kUint8:
      return valueOf<std::uint8_t>(value);
    case ElementType::kFloat32:
      return valueOf<float>(value);
    default:
      return std::nullopt;
  }
}

double leastOf(ElementType type) {
  switch (type) {
    case ElementType::kInt8:
      return std::numeric_limits<std::int8_t>::min();
    case ElementType::kUint8:
      return 0;
    default:
      return std::numeric_limits<float>::lowest();
  }
}

// Zero times a weight must be zero.
bool allFinite(const Tensor& weights) {
  if (!weights.is_constant) return false;
  std::vector<float> values(weights.constant.size() / sizeof(float));
  if (values.empty()) return false;
  std::memcpy(values.data(), weights.constant.data(), values.size() * sizeof(float));
  return std::all_of(values.begin(), values.end(), [](float w) { return std::isfinite(w); });
}

// Whether the reader of a padded image sees the same where nothing is as where `fill` is.
bool ignores(const Graph& graph, const Node& reader, double fill) {
  const auto& image = graph.tensors[reader.inputs[0]];
  const auto type = image.info.type;
  switch (reader.op) {
    case BuiltinOperator::CONV_2D:
    case BuiltinOperator::DEPTHWISE_CONV_2D: {
      const auto& weights = graph.tensors[reader.inputs[1]];
      if (type == ElementType::kFloat32) {
        return weights.info.type == type && fill == 0.0 && !std::signbit(fill) &&
               allFinite(weights);
      }
      return isQuantized(type) && fill == static_cast<double>(image.quantization().zeroPoint());
    }
    case BuiltinOperator::MAX_POOL_2D:
      return type != ElementType::kInt16 && fill == leastOf(type);
    default:
      return false;
  }
}

// Of rows and columns alone.
std::optional<JoinedPadding> paddingOf(const PadLayer& layer) {
  constexpr std::int64_t kMost = 1 << 20;  // sums with an image's size stay in range
  if (layer.before.size() != 4) return std::nullopt;
  for (const std::size_t axis : {std::size_t{0}, std::size_t{3}}) {
    if (layer.before[axis] != 0 || layer.after[axis] != 0) return std::nullopt;
  }
  for (const std::size_t axis : {std::size_t{1}, std::size_t{2}}) {
    if (layer.before[axis] > kMost || layer.after[axis] > kMost) return std::nullopt;
  }
  JoinedPadding padding;
  padding.top = static_cast<std::int32_t>(layer.before[1]);
  padding.bottom = static_cast<std::int32_t>(layer.after[1]);
  padding.left = static_cast<std::int32_t>(layer.before[2]);
  padding.right = static_cast<std::int32_t>(layer.after[2]);
  return padding;
}

bool sameScale(const Tensor& a, const Tensor& b) {
  return a.quantization().scale() == b.quantization().scale() &&
         a.quantization().zeroPoint() == b.quantization().zeroPoint();
}

}  // namespace

void joinPadding(Graph& graph) {
  const GraphUse use(graph);
  for (const auto* pad : runningNodes(graph)) {
    if (pad->op != BuiltinOperator::PAD && pad->op != BuiltinOperator::PADV2) continue;
    const int image = pad->inputs[0];
    const int padded = pad->outputs[0];
    // Joined only where nobody is left who needs the padded image itself.
    if (use.is_fixed[image] || use.is_fixed[padded] || use.is_result[padded] ||
        !sameScale(graph.tensors[image], graph.tensors[padded])) {
      continue;
    }
    const auto layer = padLayer(NodeView(graph, *pad));
    const auto fill = fillOf(graph, *pad);
    const auto padding = layer ? paddingOf(*layer) : std::nullopt;
    if (!fill || !padding) continue;
    const auto readers = use.readersOf(padded);
    const bool all_join =
        !readers.empty() && std::all_of(readers.begin(), readers.end(), [&](std::size_t index) {
          const auto& reader = graph.nodes[index];
          return use.block_of[index] == use.block_of[pad->index] && reader.blocks.empty() &&
                 reader.inputs[0] == padded &&
                 std::count(reader.inputs.begin(), reader.inputs.end(), padded) == 1 &&
                 reader.joined.padding == JoinedPadding{} && ignores(graph, reader, *fill);
        });
    if (!all_join) continue;
    for (const auto index : readers) {
      graph.nodes[index].joined.padding = *padding;
      graph.nodes[index].inputs[0] = image;
    }
  }
}

}  // namespace primer::inference
