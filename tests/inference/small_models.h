#pragma once

// Small models that several tests break, run or watch.

#include <cstdint>
#include <vector>

#include "inference/model_builder.h"

namespace primer::inference::testing {

// int8: image 1x6x6x2 -> CONV_2D 3x3 (3 channels) -> MAX_POOL_2D 2x2 -> RESHAPE -> FULLY_CONNECTED
// (4) -> SOFTMAX, with metadata "labels". Tensor and operator indices as named below.
struct SmallNet {
  ModelBuilder builder;
  int image = 0, conv_weights = 0, conv_bias = 0, conv = 0, pool = 0, shape = 0, flat = 0;
  int dense_weights = 0, dense_bias = 0, dense = 0, softmax = 0;

  SmallNet();
};

// int8: image 1 x size x size x depth -> CONV_2D 1x1. Weights are [channels][depth].
ModelBuilder pointwiseNet(int size, int depth, int channels,
                          const std::vector<std::int8_t>& weights);

enum SmallNetNode { kConvNode, kPoolNode, kReshapeNode, kDenseNode, kSoftmaxNode };

}  // namespace primer::inference::testing
