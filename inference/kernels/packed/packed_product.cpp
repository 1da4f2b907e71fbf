#include "kernels/packed/packed_product.h"

#include <algorithm>
#include <cstring>

namespace primer::inference::packed {
namespace {

// One panel of a product.
struct PanelShape {
  std::int32_t first = 0;  // channel
  int width = 0;
  int vectors = 0;
  int lanes = 0;  // of a vector
  int level_lanes = 0;

  std::int32_t channel(int vector, int lane) const {
    return first + laneChannel(width, level_lanes, vector, lane);
  }
};

std::vector<PanelShape> panelsOf(std::int32_t channels, int lanes) {
  std::vector<PanelShape> panels;
  for (std::int32_t first = 0; first < channels;) {
    const int width = panelWidth(channels - first, lanes);
    const int vectors = std::max(1, width / lanes);
    panels.push_back({first, width, vectors, width / vectors, lanes});
    first += width;
  }
  return panels;
}

// Weights of one panel, from [channel][run][byte]; gives where the next panel's begin.
std::int8_t* packPanel(const LayerSource& source, const RowRuns& runs, const PanelShape& panel,
                       std::int8_t* to) {
  const auto run_count = static_cast<std::int64_t>(runs.offsets.size());
  const std::int64_t depth = run_count * runs.bytes;
  // Where each lane's channel begins; null where the panel has more lanes than channels are left.
  std::vector<const std::int8_t*> from;
  for (int v = 0; v < panel.vectors; ++v) {
    for (int lane = 0; lane < panel.lanes; ++lane) {
      const std::int32_t c = panel.channel(v, lane);
      from.push_back(c < source.channels ? source.weights + c * depth : nullptr);
    }
  }
  const std::int32_t whole = runs.bytes / kStepBytes * kStepBytes;
  const auto spare = static_cast<std::size_t>(runs.bytes - whole);
  for (std::int64_t run = 0; run < run_count; ++run) {
    const std::int64_t begin = run * runs.bytes;
    for (std::int64_t at = begin; at < begin + whole; at += kStepBytes) {
      for (const auto* weights : from) {
        if (weights != nullptr) std::memcpy(to, weights + at, kStepBytes);
        to += kStepBytes;
      }
    }
    if (spare == 0) continue;
    for (const auto* weights : from) {
      if (weights != nullptr) std::memcpy(to, weights + begin + whole, spare);
      to += kStepBytes;
    }
  }
  return to;
}

}  // namespace

std::optional<PackedProduct> PackedProduct::make(const LayerSource& source, const RowRuns& runs,
                                                 int lanes) {
  const auto run_count = static_cast<std::int32_t>(runs.offsets.size());
  const std::int32_t depth = run_count * runs.bytes;
  std::vector<Channel> channels;
  channels.reserve(static_cast<std::size_t>(source.channels));
  for (std::int32_t c = 0; c < source.channels; ++c) {
    const auto* weights = source.weights + static_cast<std::ptrdiff_t>(c) * depth;
    const auto channel = channelOf(source, c, weights, depth, 1);
    if (!channel) return std::nullopt;
    channels.push_back(*channel);
  }

  PackedProduct packed;
  auto& product = packed.product_;
  product.channels = source.channels;
  product.runs = run_count;
  const std::int32_t spare = runs.bytes % kStepBytes;
  product.steps = runs.bytes / kStepBytes + (runs.may_read_on && spare > 0 ? 1 : 0);
  product.tail = runs.may_read_on ? 0 : spare;

  const auto panels = panelsOf(source.channels, lanes);
  LaneNeeds needs;
  for (const auto& panel : panels) needs.lanes += static_cast<std::size_t>(panel.width);
  const std::size_t steps =
      static_cast<std::size_t>(run_count) * product.steps + (product.tail > 0 ? 1 : 0);
  needs.weight_bytes = steps * needs.lanes * kStepBytes;
  needs.offsets = runs.offsets.size();
  needs.is_dense = source.is_dense;
  needs.is_signed = source.needsSign();
  packed.memory_ = LaneMemory(needs);
  auto& memory = packed.memory_;
  if (!memory.ok()) return std::nullopt;

  std::copy(runs.offsets.begin(), runs.offsets.end(), memory.offsets());
  std::int8_t* weights = memory.weights();
  std::size_t at = 0;
  for (const auto& panel : panels) {
    weights = packPanel(source, runs, panel, weights);
    for (int v = 0; v < panel.vectors; ++v) {
      for (int lane = 0; lane < panel.lanes; ++lane, ++at) {
        const std::int32_t c = panel.channel(v, lane);
        if (c < source.channels) memory.set(at, channels[static_cast<std::size_t>(c)]);
      }
    }
  }
  product.weights = memory.weights();
  product.bias = memory.bias();
  product.run_offsets = memory.offsets();
  product.rescale = memory.rescale(source);
  return packed;
}

}  // namespace primer::inference::packed
