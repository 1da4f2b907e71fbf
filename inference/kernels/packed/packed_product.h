#pragma once

// Weights of a convolution or dense layer, arranged for a level's inner loops, with all that comes
// after the sums: bias and zero point folded in, factors ready. Made once when a model is planned.

#include <cstdint>
#include <optional>
#include <vector>

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

class PackedProduct {
 public:
  // Weights are [channels][runs][bytes]. Nothing where a channel is beyond what the inner loops
  // hold (channelOf, LevelKernels::least_weight), or memory could not be had.
  static std::optional<PackedProduct> make(const LayerSource& source, const RowRuns& runs,
                                           const LevelKernels& kernels);

  const Product& product() const { return product_; }
  std::size_t bytes() const { return memory_.bytes(); }

 private:
  PackedProduct() = default;

  LaneMemory memory_;
  Product product_;  // looks into memory_
};

}  // namespace primer::inference::packed
