#pragma once

// Weights of a convolution or dense layer, arranged for a level's inner loops, with all that comes
// after the sums: bias and zero point folded in, factors ready. When a model is planned the memory
// is taken and as much is read as decides what the product is; weights are arranged by pack(), in
// the model's first run.

#include <cstdint>
#include <optional>
#include <vector>

#include "kernels/kernel.h"
#include "kernels/packed/lanes.h"

namespace primer::inference::packed {

// What a row of the input is: runs of so many bytes each, in the order of the weights.
struct RowRuns {
  std::vector<std::int64_t> offsets;
  std::int32_t bytes = 0;
  // Whether up to three bytes behind a run may be read. Else there is one run, or its bytes are
  // whole steps.
  bool may_read_on = false;
};

// Whether weights that are zero are skipped.
enum class Skipping { kWhereItWins, kNever, kAlways };

class PackedProduct {
 public:
  // Weights are [channels][runs][bytes]. Nothing where a channel is beyond what the inner loops
  // hold (channelOf, LevelKernels::least_weight), or memory could not be had.
  // `rows` of input are multiplied at once; what wins is in sparse_rule.h. The arrays that `source`
  // points to must be there until pack() was called.
  static std::optional<PackedProduct> make(const LayerSource& source, const RowRuns& runs,
                                           const LevelKernels& kernels, std::int64_t rows,
                                           Skipping skipping = Skipping::kWhereItWins);

  // Called once, before the product is used. Takes no memory.
  void pack() noexcept;

  // Of so many threads each does some of the channels, of all rows, rather than some of the rows:
  // where weights are more than inputs, so that none of the threads reads all of them.
  bool isCutByChannels(std::int64_t rows, std::int64_t threads) const;
  // Those of a share, in whole panels; none where `channels` is 0. `first` is the first of them.
  Product channelsOf(Share share, std::int32_t& first) const;

  const Product& product() const { return product_; }
  std::size_t bytes() const { return memory_.bytes(); }
  std::size_t scratchBytes() const { return scratch_bytes_; }  // of ProductRows

 private:
  PackedProduct(const LayerSource& source, const RowRuns& runs, const LevelKernels& kernels);

  // Memory for so many blocks that are not zero, else for panels; false where there is none.
  bool reserve(std::optional<std::size_t> blocks);
  void packBlocks() noexcept;
  void packPanels() noexcept;
  const std::int8_t* weightsOf(std::int32_t channel) const;
  Channel channel(std::int32_t c) const;

  LayerSource source_;
  RowRuns runs_;
  const LevelKernels* kernels_;
  LaneMemory memory_;
  Product product_;  // looks into memory_ and runs_
  std::size_t scratch_bytes_ = 0;
};

}  // namespace primer::inference::packed
