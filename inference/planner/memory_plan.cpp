#include "planner/memory_plan.h"

#include <algorithm>
#include <utility>

#include "planner/arena.h"
#include "planner/layout.h"
#include "planner/lives.h"

namespace primer::inference {
namespace {

// Opening a model waits for the search: where greedy misses the bound by a kilobyte, 64 us. (The
// networks of bench/README.md take a fifth of that, or less.)
constexpr ArenaEffort kEffort{.of_byte = 64};

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

std::uint64_t bytesOf(const Tensor& tensor) {
  return layoutBytes(Layout::kPlain, tensor.info.bytes);
}

// Tensors that share memory, and the steps from the first to the last use of any of them.
struct Buffer {
  std::uint64_t bytes = 0;
  std::size_t first = 0;
  std::size_t last = 0;
  bool holds_input = false;
  std::size_t became = kNone;  // the buffer that it is part of now
};

class BufferPlanner {
 public:
  BufferPlanner(const Graph& graph, std::span<const NodeNeeds> needs, const MemoryOptions& options)
      : graph_(graph), parts_(runParts(graph)), needs_(needs), options_(options) {
    lives_ = findLives(graph, parts_.runs, parts_.placed);
    buffer_of_.assign(graph.tensors.size(), kNone);
    offset_in_buffer_.assign(graph.tensors.size(), 0);
    for (std::size_t t = 0; t < graph.tensors.size(); ++t) {
      if (lives_.of_tensor[t].used) join(t);
    }
    for (const int input : graph.entry().inputs) {
      if (buffer_of_[input] != kNone) buffers_[buffer_of_[input]].holds_input = true;
    }
  }

  std::uint64_t bound() const { return arenaLowerBound(requestsNow()); }

  MemoryPlan plan() {
    const auto apart = requestsNow();
    MemoryPlan plan;
    plan.greedy_bytes = greedyArena(apart).bytes;
    plan.bound_bytes = arenaLowerBound(apart);
    const auto buffer_of = buffer_of_;
    ArenaPlan best;
    const bool is_shared = options_.in_place && shareInPlace();
    if (is_shared) {
      best = planArena(requestsNow(), kEffort);
      for (auto& buffer : buffer_of_) buffer = current(buffer);
    }
    // Sharing ties two places together, which may cost more than it saves.
    if (!is_shared || best.bytes > plan.bound_bytes) {
      auto as_they_stand = planArena(apart, kEffort);
      if (!is_shared || as_they_stand.bytes < best.bytes) {
        best = std::move(as_they_stand);
        buffer_of_ = buffer_of;
      }
    }
    plan.bytes = best.bytes;
    plan.tensor_offset.assign(graph_.tensors.size(), MemoryPlan::kNowhere);
    for (std::size_t t = 0; t < graph_.tensors.size(); ++t) {
      if (buffer_of_[t] == kNone) continue;
      plan.tensor_offset[t] = best.offsets[buffer_of_[t]] + offset_in_buffer_[t];
    }
    plan.own_offset.assign(best.offsets.begin() + static_cast<std::ptrdiff_t>(buffers_.size()),
                           best.offsets.end());
    return plan;
  }

 private:
  // Puts a tensor into the buffer of the one whose bytes it has.
  void join(std::size_t tensor) {
    std::size_t root = tensor;
    std::uint64_t offset = 0;
    while (graph_.tensors[root].alias_of != kNoTensor) {
      offset += graph_.tensors[root].alias_offset;
      root = static_cast<std::size_t>(graph_.tensors[root].alias_of);
    }
    auto life = lives_.of_tensor[tensor];
    if (options_.keep_intermediates) life.last = lives_.end;
    if (buffer_of_[root] == kNone) {
      buffer_of_[root] = buffers_.size();
      buffers_.push_back({bytesOf(graph_.tensors[root]), life.first, life.last, false, kNone});
    }
    buffer_of_[tensor] = buffer_of_[root];
    offset_in_buffer_[tensor] = offset;
    auto& buffer = buffers_[buffer_of_[tensor]];
    buffer.first = std::min(buffer.first, life.first);
    buffer.last = std::max(buffer.last, life.last);
  }

  // Of buffers first, then of nodes. A buffer that became part of another asks for nothing.
  std::vector<ArenaRequest> requestsNow() const {
    std::vector<ArenaRequest> requests;
    requests.reserve(buffers_.size() + graph_.nodes.size());
    for (const auto& buffer : buffers_) {
      requests.push_back({buffer.bytes, buffer.first, buffer.last, buffer.last == lives_.end});
    }
    for (const auto& node : graph_.nodes) {
      const auto step = lives_.last_of[node.index];
      requests.push_back(
          {parts_.runs[node.index] ? needs_[node.index].own_bytes : 0, step, step, false});
    }
    return requests;
  }

  bool shareInPlace() {
    bool shared = false;
    for (const auto index : programOrder(graph_)) {
      if (!parts_.runs[index] || needs_[index].in_place == 0) continue;
      const auto& node = graph_.nodes[index];
      for (std::size_t i = 0; i < node.inputs.size() && i < 32; ++i) {
        if ((needs_[index].in_place >> i & 1u) != 0 && tryInPlace(node, i)) {
          shared = true;
          break;
        }
      }
    }
    return shared;
  }

  std::size_t current(std::size_t buffer) const {
    while (buffer != kNone && buffers_[buffer].became != kNone) buffer = buffers_[buffer].became;
    return buffer;
  }

  // Whether a tensor takes all of its buffer.
  bool fillsBuffer(int tensor) const {
    return offset_in_buffer_[tensor] == 0 &&
           bytesOf(graph_.tensors[tensor]) == buffers_[current(buffer_of_[tensor])].bytes;
  }

  bool tryInPlace(const Node& node, std::size_t input_index) {
    const int input = node.inputs[input_index];
    const int output = node.outputs[0];
    if (input == kNoTensor || buffer_of_[input] == kNone || buffer_of_[output] == kNone)
      return false;
    const auto from = current(buffer_of_[output]);
    const auto to = current(buffer_of_[input]);
    const auto step = lives_.first_of[node.index];
    const bool same_place = fillsBuffer(input) && fillsBuffer(output) &&
                            buffers_[from].bytes == buffers_[to].bytes && buffers_[to].bytes > 0;
    // Nobody needs the input any more, and nothing of the output was there before.
    if (!same_place || from == to || buffers_[to].last != step || buffers_[from].first != step) {
      return false;
    }
    // Outputs keep their bytes while the next inputs are written.
    if (buffers_[to].holds_input && buffers_[from].last == lives_.end) return false;
    for (std::size_t i = 0; i < node.inputs.size(); ++i) {
      const int other = node.inputs[i];
      if (other == kNoTensor || current(buffer_of_[other]) != to) continue;
      const bool may_share = i < 32 && (needs_[node.index].in_place >> i & 1u) != 0;
      if (!may_share || !fillsBuffer(other)) return false;
    }
    for (std::size_t i = 1; i < node.outputs.size(); ++i) {
      if (current(buffer_of_[node.outputs[i]]) == from) return false;
    }
    buffers_[from].became = to;
    buffers_[to].last = buffers_[from].last;
    buffers_[from].bytes = 0;
    return true;
  }

  const Graph& graph_;
  RunParts parts_;
  std::span<const NodeNeeds> needs_;
  MemoryOptions options_;
  Lives lives_;
  std::vector<Buffer> buffers_;
  std::vector<std::size_t> buffer_of_;           // of each tensor, kNone where it has none
  std::vector<std::uint64_t> offset_in_buffer_;  // of each tensor
};

}  // namespace

RunParts runParts(const Graph& graph) {
  RunParts parts{std::vector<bool>(graph.nodes.size(), false),
                 std::vector<bool>(graph.tensors.size(), false)};
  for (std::size_t t = 0; t < graph.tensors.size(); ++t) {
    parts.placed[t] = graph.tensors[t].is_constant || graph.tensors[t].is_variable;
  }
  for (const auto index : programOrder(graph)) {
    const auto& node = graph.nodes[index];
    parts.runs[index] = !node.once;
    if (!node.once) continue;
    for (const int output : node.outputs) parts.placed[output] = true;
  }
  return parts;
}

std::uint64_t liveBound(const Graph& graph, std::span<const NodeNeeds> needs) {
  return BufferPlanner(graph, needs, {}).bound();
}

MemoryPlan planMemory(const Graph& graph, std::span<const NodeNeeds> needs,
                      const MemoryOptions& options) {
  return BufferPlanner(graph, needs, options).plan();
}

}  // namespace primer::inference
