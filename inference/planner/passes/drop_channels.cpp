#include <algorithm>
#include <cstring>
#include <numeric>
#include <optional>
#include <span>

#include "ops/window.h"
#include "planner/graph_use.h"
#include "planner/passes/passes.h"

namespace primer::inference {
namespace {

using tflite::BuiltinOperator;
using Kept = std::vector<std::size_t>;  // channels, in order

constexpr int kWeights = 1;
constexpr int kBias = 2;
constexpr std::size_t kChannelAxis = 3;  // of images, and of depthwise weights
// Kernels take channels by sixteens: others would be filled up.
constexpr std::size_t kWhole = 16;

// CONV_2D without groups, or DEPTHWISE_CONV_2D with an output for each channel: on int8, by
// constant weights that are zero where they say 0.
bool isPlain(const Graph& graph, const Node& node, BuiltinOperator op) {
  if (node.op != op || node.once || node.inputs.size() <= kWeights || node.outputs.size() != 1) {
    return false;
  }
  const NodeView view(graph, node);
  const auto& weights = view.input(kWeights);
  if (view.input(0).info.type != ElementType::kInt8 || !weights.is_constant ||
      weights.info.type != ElementType::kInt8 || weights.quantization().zeroPoint() != 0) {
    return false;
  }
  if (op == BuiltinOperator::CONV_2D) {
    const auto window = conv2dWindow(view);
    return window && window->groups == 1;
  }
  const auto window = depthwiseWindow(view);
  return window && window->in_channels == window->out_channels;
}

// Joins bits, eight bytes at a time: every weight of a model passes here while it is opened.
void joinBits(std::span<const std::byte> more, std::byte* bits) {
  std::size_t i = 0;
  for (; i + sizeof(std::uint64_t) <= more.size(); i += sizeof(std::uint64_t)) {
    std::uint64_t now = 0;
    std::uint64_t other = 0;
    std::memcpy(&now, bits + i, sizeof(now));
    std::memcpy(&other, more.data() + i, sizeof(other));
    now |= other;
    std::memcpy(bits + i, &now, sizeof(now));
  }
  for (; i < more.size(); ++i) bits[i] |= more[i];
}

// Images that pass from a convolution through depthwise ones, channel by channel, to convolutions
// alone.
struct Passage {
  Node* from = nullptr;
  std::vector<Node*> depthwise;
  std::vector<int> images;  // the output of each of them
  std::vector<Node*> readers;
};

class ChannelDropper {
 public:
  explicit ChannelDropper(Graph& graph)
      : graph_(graph), use_(graph), file_tensors_(static_cast<int>(graph.tensors.size())) {}

  void run() {
    // The last first: what a reader no longer computes, it no longer reads for.
    auto nodes = runningNodes(graph_);
    std::reverse(nodes.begin(), nodes.end());
    for (auto* node : nodes) {
      if (!isPlain(graph_, *node, BuiltinOperator::CONV_2D)) continue;
      if (const auto passage = passageFrom(*node)) narrow(*passage);
    }
  }

 private:
  std::optional<Passage> passageFrom(Node& from) {
    Passage passage;
    passage.from = &from;
    passage.images = {from.outputs[0]};
    while (use_.isLink(passage.images.back())) {
      auto& next = graph_.nodes[use_.readersOf(passage.images.back())[0]];
      if (!isPlain(graph_, next, BuiltinOperator::DEPTHWISE_CONV_2D)) break;
      passage.depthwise.push_back(&next);
      passage.images.push_back(next.outputs[0]);
    }
    const int last = passage.images.back();
    if (use_.is_input[last] || use_.is_result[last] || use_.is_fixed[last]) return std::nullopt;
    for (const auto index : use_.readersOf(last)) {
      auto& reader = graph_.nodes[index];
      if (use_.block_of[index] != use_.block_of[from.index] || reader.inputs[0] != last ||
          !isPlain(graph_, reader, BuiltinOperator::CONV_2D)) {
        return std::nullopt;
      }
      passage.readers.push_back(&reader);
    }
    return passage.readers.empty() ? std::nullopt : std::optional(passage);
  }

  // The channels that some reader has a weight for, and as many others as make them whole.
  Kept keptOf(const Passage& passage) const {
    const auto count =
        static_cast<std::size_t>(graph_.tensors[passage.images.back()].dim(kChannelAxis));
    std::vector<std::byte> read(count);
    const auto allAreRead = [&] { return std::memchr(read.data(), 0, count) == nullptr; };
    for (const auto* reader : passage.readers) {
      const auto weights = graph_.tensors[reader->inputs[kWeights]].constant;
      // Weights of a model that is not pruned tell all in their first rows.
      for (std::size_t row = 0; row + count <= weights.size() && !allAreRead(); row += count) {
        joinBits(weights.subspan(row, count), read.data());
      }
    }
    std::size_t kept =
        count - static_cast<std::size_t>(std::count(read.begin(), read.end(), std::byte{0}));
    const std::size_t whole = std::max(kWhole, (kept + kWhole - 1) / kWhole * kWhole);
    Kept channels;
    channels.reserve(count);
    for (std::size_t c = 0; c < count; ++c) {
      const bool is_read = read[c] != std::byte{0};
      if (!is_read && kept >= whole) continue;
      if (!is_read) ++kept;
      channels.push_back(c);
    }
    return channels;
  }

  void narrow(const Passage& passage) {
    const Kept kept = keptOf(passage);
    const auto& last = graph_.tensors[passage.images.back()];
    if (kept.size() >= static_cast<std::size_t>(last.dim(kChannelAxis))) return;
    take(*passage.from, kWeights, 0, kept);
    take(*passage.from, kBias, 0, kept);
    for (auto* node : passage.depthwise) {
      take(*node, kWeights, kChannelAxis, kept);
      take(*node, kBias, 0, kept);
    }
    for (auto* reader : passage.readers) take(*reader, kWeights, kChannelAxis, kept);
    for (const int image : passage.images) {
      auto& tensor = graph_.tensors[image];
      tensor.shape[kChannelAxis] = static_cast<std::int32_t>(kept.size());
      tensor.info.shape = tensor.shape;
      tensor.info.bytes = elementCount(tensor.shape);
    }
  }

  // A node's constant becomes one of those of its entries along an axis that are kept.
  void take(Node& node, std::size_t input, std::size_t axis, const Kept& kept) {
    if (node.inputs.size() <= input || node.inputs[input] == kNoTensor) return;
    const auto& from = graph_.tensors[node.inputs[input]];
    Tensor to = from;
    to.shape[axis] = static_cast<std::int32_t>(kept.size());
    const auto product = [&](auto begin, auto end) {
      return std::accumulate(begin, end, std::size_t{1},
                             [](std::size_t n, std::int32_t dim) { return n * std::size_t(dim); });
    };
    const auto at = from.shape.begin() + static_cast<std::ptrdiff_t>(axis);
    const std::size_t outer = product(from.shape.begin(), at);
    const std::size_t entry = product(at + 1, from.shape.end()) * elementBytes(from.info.type);
    const auto entries = static_cast<std::size_t>(*at);
    to.own_bytes = std::make_shared<std::vector<std::byte>>(outer * kept.size() * entry);
    std::byte* byte = to.own_bytes->data();
    for (std::size_t o = 0; o < outer; ++o) {
      const auto* row = from.constant.data() + o * entries * entry;
      for (const auto c : kept) {
        if (entry == 1) {
          *byte = row[c];
        } else {
          std::memcpy(byte, row + c * entry, entry);
        }
        byte += entry;
      }
    }
    to.constant = *to.own_bytes;
    to.info.bytes = to.constant.size();
    to.info.shape = to.shape;
    const auto& scales = from.quantization().scales;
    const auto& zero_points = from.quantization().zero_points;
    if (scales.size() == entries && from.quantization().dimension == static_cast<int>(axis)) {
      to.scales.clear();
      to.zero_points.clear();
      for (const auto c : kept) {
        to.scales.push_back(scales[c]);
        to.zero_points.push_back(zero_points[c]);
      }
    } else {
      to.scales.assign(scales.begin(), scales.end());
      to.zero_points.assign(zero_points.begin(), zero_points.end());
    }
    to.info.quantization.scales = to.scales;
    to.info.quantization.zero_points = to.zero_points;
    graph_.held_bytes += to.info.bytes;
    if (auto& last = graph_.tensors[node.inputs[input]]; node.inputs[input] >= file_tensors_) {
      graph_.held_bytes -= last.info.bytes;  // made here for this node, for another axis
      last.own_bytes.reset();
      last.constant = {};
    }
    node.inputs[input] = static_cast<int>(graph_.tensors.size());
    graph_.tensors.push_back(std::move(to));
  }

  Graph& graph_;
  GraphUse use_;
  int file_tensors_;
};

}  // namespace

void dropChannels(Graph& graph) { ChannelDropper(graph).run(); }

}  // namespace primer::inference
