#pragma once

// Weights of a convolution or dense layer, arranged for a level's inner loops, with all that comes
// after the sums: bias and zero point folded in, factors ready. Made once when a model is planned.

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "kernels/packed/level.h"
#include "ops/weights.h"
#include "src/aligned_block.h"

namespace primer::inference::packed {

// What a row of the input is: runs of so many bytes each, in the order of the weights.
struct RowRuns {
  std::vector<std::int64_t> offsets;
  std::int32_t bytes = 0;
  // Whether up to three bytes behind a run may be read. Else there is one run, or its bytes are
  // whole steps.
  bool may_read_on = false;
};

struct ProductSource {
  const std::int8_t* weights = nullptr;  // [channels][runs][bytes]
  std::int32_t channels = 0;
  RowRuns runs;
  std::vector<std::int32_t> bias;
  std::vector<double> factors;
  bool is_dense = false;  // rounded once, in double
  std::int32_t input_zero_point = 0;
  std::int32_t output_zero_point = 0;
  IntegerRange range;
};

class PackedProduct {
 public:
  // Nothing where the numbers are beyond what the inner loops hold: sums or factors too large.
  static std::optional<PackedProduct> make(const ProductSource& source, int lanes);

  const Product& product() const { return product_; }
  std::size_t bytes() const { return memory_.size(); }

 private:
  PackedProduct() = default;

  AlignedBlock memory_;
  Product product_;  // looks into memory_
};

// The rest of a source, of a node whose weights are int8 without a zero point.
ProductSource sourceOf(const NodeView& node, std::int32_t channels,
                       tflite::ActivationFunctionType activation);

// Whether the node is what packed kernels are for: int8 weights without a zero point.
bool hasPlainWeights(const NodeView& node);

}  // namespace primer::inference::packed
