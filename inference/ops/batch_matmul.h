#pragma once

#include "ops/node_view.h"

namespace primer::inference {

// BATCH_MATMUL: for each batch, out[rows][columns] = a[rows][depth] * b[depth][columns]. `loops`
// are the batch axes, outermost first, with the steps of each operand in elements; 0 repeats it.
struct BatchMatMulLayer {
  Shape output_shape;
  std::int64_t rows = 0, depth = 0, columns = 0;
  bool transposed_a = false;  // a is stored as [depth][rows]
  bool transposed_b = false;
  struct Loop {
    std::int64_t count = 1;
    std::int64_t step_a = 0;
    std::int64_t step_b = 0;
  };
  std::vector<Loop> loops;
};
Checked<BatchMatMulLayer> batchMatMulLayer(const NodeView& node);

}  // namespace primer::inference
