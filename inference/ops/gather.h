#pragma once

// Operators that choose by number, and those that lay inputs side by side along a new axis: GATHER,
// GATHER_ND, EMBEDDING_LOOKUP, PACK, CAST.

#include "ops/rearrange.h"

namespace primer::inference {

// Numbers that are constants are checked here. Others are known at run time only: a run cannot
// fail, so a number outside the range is taken as the nearest inside it.
struct GatherLayer {
  Shape output_shape;
  std::size_t data = 0;             // which input is read
  std::size_t indices = 1;          // which input says what is read
  std::int64_t outer = 1;           // GATHER: the data as [outer][sizes[0]][slice]
  std::int64_t count = 1;           // numbers, each of sizes.size() parts
  std::int64_t slice = 1;           // elements that a number stands for
  std::vector<std::int64_t> sizes;  // of the axes that the parts count along
};
Checked<GatherLayer> gatherLayer(const NodeView& node);

Checked<ConcatenationLayer> packLayer(const NodeView& node);

}  // namespace primer::inference
