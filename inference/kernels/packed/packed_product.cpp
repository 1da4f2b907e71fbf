#include "kernels/packed/packed_product.h"

#include <algorithm>
#include <cstring>

#include "kernels/packed/sparse_rule.h"

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

// Four channels lie beside each other in lanes (laneChannel): 16 bytes of each are a square of
// steps, which is turned over as a whole.
#include "kernels/vectors/square.inl"

// A run of four channels' bytes into their lanes.
void packRun(const std::int8_t* const (&from)[4], std::int32_t bytes, std::int8_t* to,
             std::int64_t pitch) {
  constexpr int kSquare = sizeof(Square);
  std::int32_t at = 0;
  for (; at + kSquare <= bytes; at += kSquare, to += kSquare / kStepBytes * pitch) {
    turnSquare(from, at, to, pitch, Square{});
  }
  for (; at < bytes; at += kStepBytes, to += pitch) {
    const auto count = static_cast<std::size_t>(std::min(kStepBytes, bytes - at));
    for (int i = 0; i < 4; ++i) std::memcpy(to + i * kStepBytes, from[i] + at, count);
  }
}

// Weights of one panel, from [channel][run][byte]; gives where the next panel's begin.
std::int8_t* packPanel(const LayerSource& source, const RowRuns& runs, const PanelShape& panel,
                       std::int8_t* to) {
  constexpr int kGroup = 4;  // of lanes
  const auto run_count = static_cast<std::int64_t>(runs.offsets.size());
  const std::int64_t depth = run_count * runs.bytes;
  const std::int64_t steps = (runs.bytes + kStepBytes - 1) / kStepBytes;
  const std::int64_t pitch = std::int64_t{panel.width} * kStepBytes;
  // Lanes that no channel is left for stay zero.
  const std::vector<std::int8_t> none(static_cast<std::size_t>(runs.bytes), 0);
  for (int group = 0; group < panel.width / kGroup; ++group) {
    const int lane = group * kGroup;
    std::int32_t channels[kGroup];
    for (int i = 0; i < kGroup; ++i) {
      channels[i] = panel.channel(lane / panel.lanes, lane % panel.lanes + i);
    }
    for (std::int64_t run = 0; run < run_count; ++run) {
      const std::int8_t* from[kGroup];
      for (int i = 0; i < kGroup; ++i) {
        const std::int32_t c = channels[i];
        from[i] = c < source.channels ? source.weights + c * depth + run * runs.bytes : none.data();
      }
      packRun(from, runs.bytes, to + run * steps * pitch + std::int64_t{lane} * kStepBytes, pitch);
    }
  }
  return to + run_count * steps * pitch;
}

// The steps of a panel's runs two by two, so that eight bytes of a lane lie beside each other.
void pairSteps(const Product& product, const PanelShape& panel, std::int8_t* weights) {
  const std::int64_t step = std::int64_t{panel.width} * kStepBytes;
  std::vector<std::int8_t> pair(static_cast<std::size_t>(2 * step));
  for (std::int32_t run = 0; run < product.runs; ++run) {
    std::int32_t left = product.steps;
    for (; left >= 2; left -= 2, weights += 2 * step) {
      std::int8_t* to = pair.data();
      for (std::int64_t lane = 0; lane < step; lane += kStepBytes, to += 2 * kStepBytes) {
        std::memcpy(to, weights + lane, kStepBytes);
        std::memcpy(to + kStepBytes, weights + step + lane, kStepBytes);
      }
      std::memcpy(weights, pair.data(), pair.size());
    }
    weights += left * step;
  }
}

std::int32_t wordAt(const std::int8_t* from, std::size_t bytes) {
  std::int32_t word = 0;
  std::memcpy(&word, from, bytes);
  return word;
}

// Calls each(block) for a channel's steps that are not all zero.
template <typename Each>
void forEachBlock(const std::int8_t* weights, const RowRuns& runs, Each each) {
  std::int32_t step = 0;
  const auto give = [&](std::int32_t word) {
    SparseBlock block{step++, {}};
    std::memcpy(block.weights, &word, sizeof(word));
    if (word != 0) each(block);
  };
  for (std::size_t run = 0; run < runs.offsets.size(); ++run) {
    std::int32_t left = runs.bytes;
    for (; left >= kStepBytes; left -= kStepBytes, weights += kStepBytes) {
      give(wordAt(weights, kStepBytes));
    }
    if (left > 0) give(wordAt(weights, static_cast<std::size_t>(left)));
    weights += left;
  }
}

// How many there are in all channels. Every model's weights pass through here.
std::size_t blocksOf(const LayerSource& source, const RowRuns& runs) {
  const std::int32_t whole = runs.bytes / kStepBytes;
  const auto spare = static_cast<std::size_t>(runs.bytes % kStepBytes);
  const std::size_t all_runs = static_cast<std::size_t>(source.channels) * runs.offsets.size();
  const std::int8_t* weights = source.weights;
  std::size_t blocks = 0;
  for (std::size_t run = 0; run < all_runs; ++run, weights += runs.bytes) {
    std::int32_t some = 0;
    for (std::int32_t step = 0; step < whole; ++step) {
      some += wordAt(weights + step * kStepBytes, kStepBytes) != 0 ? 1 : 0;
    }
    if (spare > 0) some += wordAt(weights + whole * kStepBytes, spare) != 0 ? 1 : 0;
    blocks += static_cast<std::size_t>(some);
  }
  return blocks;
}

// Of a run, whether the last one is whole or not.
std::size_t stepsOf(const RowRuns& runs) {
  return static_cast<std::size_t>((runs.bytes + kStepBytes - 1) / kStepBytes);
}

}  // namespace

std::optional<PackedProduct> PackedProduct::make(const LayerSource& source, const RowRuns& runs,
                                                 const LevelKernels& kernels, std::int64_t rows,
                                                 Skipping skipping) {
  const auto run_count = static_cast<std::int32_t>(runs.offsets.size());
  const std::int32_t depth = run_count * runs.bytes;
  std::vector<Channel> channels;
  channels.reserve(static_cast<std::size_t>(source.channels));
  for (std::int32_t c = 0; c < source.channels; ++c) {
    const auto* weights = source.weights + static_cast<std::ptrdiff_t>(c) * depth;
    const auto totals = totalsOf(weights, depth);
    const auto channel = channelOf(source, c, totals);
    if (!channel || totals.least < kernels.least_weight) return std::nullopt;
    channels.push_back(*channel);
  }

  PackedProduct packed;
  auto& product = packed.product_;
  product.channels = source.channels;
  product.runs = run_count;
  const std::int32_t spare = runs.bytes % kStepBytes;
  product.steps = runs.bytes / kStepBytes + (runs.may_read_on && spare > 0 ? 1 : 0);
  product.tail = runs.may_read_on ? 0 : spare;

  const auto panels = panelsOf(source.channels, kernels.lanes);
  LaneNeeds needs;
  for (const auto& panel : panels) needs.lanes += static_cast<std::size_t>(panel.width);
  const std::size_t steps = runs.offsets.size() * stepsOf(runs);
  if (skipping != Skipping::kNever) {
    const std::size_t blocks = blocksOf(source, runs);
    if ((skipping == Skipping::kAlways ||
         skippingWins(kernels, rows, source.channels, steps * channels.size(), blocks)) &&
        packed.packBlocks(source, runs, kernels, channels, blocks)) {
      return packed;
    }
  }
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
    std::int8_t* const first = weights;
    weights = packPanel(source, runs, panel, weights);
    if (kernels.pairs_steps) pairSteps(product, panel, first);
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

bool PackedProduct::packBlocks(const LayerSource& source, const RowRuns& runs,
                               const LevelKernels& kernels, const std::vector<Channel>& channels,
                               std::size_t blocks) {
  LaneNeeds needs;
  needs.lanes = channels.size();
  needs.weight_bytes = blocks * sizeof(SparseBlock);
  needs.offsets = runs.offsets.size();
  needs.block_ends = channels.size();
  needs.is_dense = source.is_dense;
  needs.is_signed = source.needsSign();
  memory_ = LaneMemory(needs);
  if (!memory_.ok()) return false;
  std::copy(runs.offsets.begin(), runs.offsets.end(), memory_.offsets());
  const auto depth = static_cast<std::ptrdiff_t>(product_.runs) * runs.bytes;
  auto* block = memory_.blocks();
  for (std::int32_t c = 0; c < source.channels; ++c) {
    const auto at = static_cast<std::size_t>(c);
    forEachBlock(source.weights + c * depth, runs, [&](const SparseBlock& b) { *block++ = b; });
    memory_.blockEnds()[at] = static_cast<std::int32_t>(block - memory_.blocks());
    memory_.set(at, channels[at]);
  }
  product_.blocks = memory_.blocks();
  product_.block_ends = memory_.blockEnds();
  product_.bias = memory_.bias();
  product_.run_offsets = memory_.offsets();
  product_.rescale = memory_.rescale(source);
  scratch_bytes_ = runs.offsets.size() * stepsOf(runs) * kStepBytes *
                   static_cast<std::size_t>(kSparseVectors * kernels.lanes);
  return true;
}

}  // namespace primer::inference::packed
