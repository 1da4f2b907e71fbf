#pragma once

// Runs a function over pairs of operands that are stretched to one shape.

#include "ops/elementwise.h"

namespace primer::inference::reference {

// Calls row(a, b, out, count, step_a, step_b) for each innermost loop; steps are 0 or 1.
template <typename T, typename Out, typename Row>
void broadcastRows(const Broadcast& broadcast, std::size_t loop, const T* a, const T* b, Out*& out,
                   const Row& row) {
  const auto& here = broadcast.loops[loop];
  if (loop + 1 == broadcast.loops.size()) {
    row(a, b, out, here.count, here.step_a, here.step_b);
    out += here.count;
    return;
  }
  for (std::int64_t i = 0; i < here.count; ++i) {
    broadcastRows(broadcast, loop + 1, a + i * here.step_a, b + i * here.step_b, out, row);
  }
}

}  // namespace primer::inference::reference
