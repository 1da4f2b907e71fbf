#pragma once

// Operators that take parts of an input: SLICE, STRIDED_SLICE, SPLIT, SPLIT_V, UNPACK.

#include "ops/strided_copy.h"

namespace primer::inference {

Checked<std::vector<StridedCopy>> sliceCopies(const NodeView& node);

}  // namespace primer::inference
