#include "kernels/packed/packed_product.h"

#include <algorithm>
#include <array>
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

// The panel that begins at a channel.
PanelShape panelAt(std::int32_t first, std::int32_t channels, int lanes) {
  const int width = panelWidth(channels - first, lanes);
  const int vectors = std::max(1, width / lanes);
  return {first, width, vectors, width / vectors, lanes};
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
std::int8_t* packPanel(const LayerSource& source, std::int32_t run_count, std::int32_t run_bytes,
                       const PanelShape& panel, std::int8_t* to) {
  constexpr int kGroup = 4;  // of lanes
  const std::int64_t depth = std::int64_t{run_count} * run_bytes;
  const std::int64_t steps = (run_bytes + kStepBytes - 1) / kStepBytes;
  const std::int64_t pitch = std::int64_t{panel.width} * kStepBytes;
  for (int group = 0; group < panel.width / kGroup; ++group) {
    const int lane = group * kGroup;
    const std::int8_t* from[kGroup];
    for (int i = 0; i < kGroup; ++i) {
      // What lanes hold that no channel is left for does not matter: nobody stores their sums.
      const std::int32_t c = panel.channel(lane / panel.lanes, lane % panel.lanes + i);
      from[i] = source.weights + std::min(c, source.channels - 1) * depth;
    }
    for (std::int64_t run = 0; run < run_count; ++run) {
      packRun(from, run_bytes, to + run * steps * pitch + std::int64_t{lane} * kStepBytes, pitch);
      for (const auto*& channel : from) channel += run_bytes;
    }
  }
  return to + run_count * steps * pitch;
}

// The steps of a panel's runs two by two, so that eight bytes of a lane lie beside each other.
void pairSteps(const Product& product, const PanelShape& panel, std::int8_t* weights) {
  constexpr int kMostLanes = 64;
  const std::int64_t step = std::int64_t{panel.width} * kStepBytes;
  std::array<std::int8_t, std::size_t{2} * kMostLanes * kStepBytes> pair;
  for (std::int32_t run = 0; run < product.runs; ++run) {
    std::int32_t left = product.steps;
    for (; left >= 2; left -= 2, weights += 2 * step) {
      std::int8_t* to = pair.data();
      for (std::int64_t lane = 0; lane < step; lane += kStepBytes, to += 2 * kStepBytes) {
        std::memcpy(to, weights + lane, kStepBytes);
        std::memcpy(to + kStepBytes, weights + step + lane, kStepBytes);
      }
      std::memcpy(weights, pair.data(), static_cast<std::size_t>(2 * step));
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
void forEachBlock(const std::int8_t* weights, std::int32_t runs, std::int32_t run_bytes,
                  Each each) {
  std::int32_t step = 0;
  const auto give = [&](std::int32_t word) {
    SparseBlock block{step++, {}};
    std::memcpy(block.weights, &word, sizeof(word));
    if (word != 0) each(block);
  };
  for (std::int32_t run = 0; run < runs; ++run) {
    std::int32_t left = run_bytes;
    for (; left >= kStepBytes; left -= kStepBytes, weights += kStepBytes) {
      give(wordAt(weights, kStepBytes));
    }
    if (left > 0) give(wordAt(weights, static_cast<std::size_t>(left)));
    weights += left;
  }
}

// Of so many runs that follow each other, steps that are not all zero.
std::size_t blocksOf(const std::int8_t* weights, std::size_t runs, std::int32_t run_bytes) {
  const std::int32_t whole = run_bytes / kStepBytes;
  const auto spare = static_cast<std::size_t>(run_bytes % kStepBytes);
  std::size_t blocks = 0;
  for (std::size_t run = 0; run < runs; ++run, weights += run_bytes) {
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
std::size_t stepsOf(std::int32_t run_bytes) {
  return static_cast<std::size_t>((run_bytes + kStepBytes - 1) / kStepBytes);
}

// Whether some of a layer's weights, here and there, have hardly a step that is all zero: then it
// is not read whole to see that. Most layers are so.
bool looksFull(const LayerSource& source, std::size_t runs, std::int32_t run_bytes) {
  constexpr std::int32_t kPlaces = 8;
  constexpr std::int32_t kMostBytes = 512;
  constexpr double kFull = 0.9;
  if (source.channels == 0) return true;
  const std::int32_t some = std::min(run_bytes, kMostBytes);
  const auto depth = static_cast<std::ptrdiff_t>(runs) * run_bytes;
  std::size_t left = 0;
  for (std::int32_t place = 0; place < kPlaces; ++place) {
    const std::ptrdiff_t channel = std::int64_t{source.channels} * place / kPlaces;
    left += blocksOf(source.weights + channel * depth, 1, some);
  }
  return static_cast<double>(left) > kFull * kPlaces * static_cast<double>(stepsOf(some));
}

}  // namespace

PackedProduct::PackedProduct(const LayerSource& source, const RowRuns& runs,
                             const LevelKernels& kernels)
    : source_(source), runs_(runs), kernels_(&kernels) {
  product_.channels = source.channels;
  product_.runs = static_cast<std::int32_t>(runs.offsets.size());
  const std::int32_t spare = runs.bytes % kStepBytes;
  product_.steps = runs.bytes / kStepBytes + (runs.may_read_on && spare > 0 ? 1 : 0);
  product_.tail = runs.may_read_on ? 0 : spare;
}

std::optional<PackedProduct> PackedProduct::make(const LayerSource& source, const RowRuns& runs,
                                                 const LevelKernels& kernels, std::int64_t rows,
                                                 Skipping skipping) {
  const auto depth = static_cast<std::int32_t>(runs.offsets.size()) * runs.bytes;
  const bool holds_any_byte = kernels.least_weight == -128;
  if (!holds_any_byte || !holdsAnyWeights(source, depth)) {
    for (std::int32_t c = 0; c < source.channels; ++c) {
      const auto totals = totalsOf(source.weights + std::int64_t{c} * depth, depth);
      if (!channelOf(source, c, totals) || totals.least < kernels.least_weight) return std::nullopt;
    }
  }

  PackedProduct packed(source, runs, kernels);
  std::optional<std::size_t> blocks;
  if (skipping == Skipping::kAlways ||
      (skipping == Skipping::kWhereItWins && kernels.skipping.block > 0 &&
       !looksFull(source, runs.offsets.size(), runs.bytes))) {
    const std::size_t all_runs = static_cast<std::size_t>(source.channels) * runs.offsets.size();
    const std::size_t left = blocksOf(source.weights, all_runs, runs.bytes);
    const std::size_t steps = all_runs * stepsOf(runs.bytes);
    if (skipping == Skipping::kAlways ||
        skippingWins(kernels, rows, source.channels, steps, left)) {
      blocks = left;
    }
  }
  if (!packed.reserve(blocks)) return std::nullopt;
  return packed;
}

bool PackedProduct::reserve(std::optional<std::size_t> blocks) {
  const std::size_t steps = runs_.offsets.size() * stepsOf(runs_.bytes);
  const auto channels = static_cast<std::size_t>(source_.channels);
  LaneNeeds needs;
  if (blocks) {
    needs.lanes = needs.block_ends = channels;
    needs.weight_bytes = *blocks * sizeof(SparseBlock);
    scratch_bytes_ =
        steps * kStepBytes * static_cast<std::size_t>(kSparseVectors * kernels_->lanes);
  } else {
    while (needs.lanes < channels) {
      const auto first = static_cast<std::int32_t>(needs.lanes);
      needs.lanes +=
          static_cast<std::size_t>(panelWidth(source_.channels - first, kernels_->lanes));
    }
    needs.weight_bytes = steps * needs.lanes * kStepBytes;
    // What comes after the sums may be read in whole vectors where half of one is left.
    const auto lanes = static_cast<std::size_t>(kernels_->lanes);
    needs.lanes = (needs.lanes + lanes - 1) / lanes * lanes;
  }
  needs.is_dense = source_.is_dense;
  needs.is_signed = source_.needsSign();
  memory_ = LaneMemory(needs);
  if (!memory_.ok()) return false;
  if (blocks) {
    product_.blocks = memory_.blocks();
    product_.block_ends = memory_.blockEnds();
  } else {
    product_.weights = memory_.weights();
  }
  product_.bias = memory_.bias();
  product_.run_offsets = runs_.offsets.data();
  product_.rescale = memory_.rescale(source_);
  return true;
}

void PackedProduct::pack() noexcept {
  if (product_.weights == nullptr) {
    packBlocks();
  } else {
    packPanels();
  }
}

bool PackedProduct::isCutByChannels(std::int64_t rows, std::int64_t threads) const {
  if (product_.weights == nullptr) return false;
  const std::int64_t whole = std::int64_t{kPanelVectors} * kernels_->lanes;
  const std::int64_t panels = (product_.channels + whole - 1) / whole;
  if (rows < threads) return panels > 1;
  // Half a panel too many for one thread is what the others wait for.
  constexpr double kLeastBusy = 0.85;
  const auto turns = static_cast<double>((panels + threads - 1) / threads * threads);
  return product_.channels > rows && static_cast<double>(panels) >= kLeastBusy * turns;
}

Product PackedProduct::channelsOf(Share share, std::int32_t& first) const {
  // Panels before the last few channels are whole: they lie where they would in the part as well.
  const Part part(product_.channels, std::int64_t{kPanelVectors} * kernels_->lanes, share);
  first = static_cast<std::int32_t>(part.begin);
  Product some = product_;
  some.channels = static_cast<std::int32_t>(part.end - part.begin);
  const auto steps = static_cast<std::int64_t>(runs_.offsets.size() * stepsOf(runs_.bytes));
  some.weights += part.begin * steps * kStepBytes;
  some.bias += part.begin;
  auto& rescale = some.rescale;
  if (rescale.factor != nullptr) {
    rescale.factor += part.begin;
  } else {
    rescale.multiplier += part.begin;
    rescale.addend += part.begin;
    rescale.shift += part.begin;
    if (rescale.sign != nullptr) rescale.sign += part.begin;
  }
  return some;
}

const std::int8_t* PackedProduct::weightsOf(std::int32_t channel) const {
  return source_.weights + std::int64_t{channel} * product_.runs * runs_.bytes;
}

// make() has seen that there is one for each.
Channel PackedProduct::channel(std::int32_t c) const {
  return *channelOf(source_, c, totalsOf(weightsOf(c), product_.runs * runs_.bytes));
}

void PackedProduct::packPanels() noexcept {
  // All weights are written but the rest of a run's last step.
  memory_.clear(runs_.bytes % kStepBytes == 0 ? LaneMemory::Clear::kAllButWeights
                                              : LaneMemory::Clear::kAll);
  std::int8_t* weights = memory_.weights();
  std::size_t at = 0;
  PanelShape panel;
  for (; panel.first < source_.channels; panel.first += panel.width) {
    panel = panelAt(panel.first, source_.channels, kernels_->lanes);
    std::int8_t* const first = weights;
    weights = packPanel(source_, product_.runs, runs_.bytes, panel, weights);
    if (kernels_->pairs_steps) pairSteps(product_, panel, first);
    for (int v = 0; v < panel.vectors; ++v) {
      for (int lane = 0; lane < panel.lanes; ++lane, ++at) {
        const std::int32_t c = panel.channel(v, lane);
        if (c < source_.channels) memory_.set(at, channel(c));
      }
    }
  }
}

void PackedProduct::packBlocks() noexcept {
  memory_.clear(LaneMemory::Clear::kAllButWeights);
  auto* block = memory_.blocks();
  for (std::int32_t c = 0; c < source_.channels; ++c) {
    const auto at = static_cast<std::size_t>(c);
    forEachBlock(weightsOf(c), product_.runs, runs_.bytes,
                 [&](const SparseBlock& b) { *block++ = b; });
    memory_.blockEnds()[at] = static_cast<std::int32_t>(block - memory_.blocks());
    memory_.set(at, channel(c));
  }
}

}  // namespace primer::inference::packed
