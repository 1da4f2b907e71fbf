#pragma once

// Fits the gate of candidate groups (primer/handwriting/lines/group_gate.h).

#include <cstddef>
#include <cstdint>
#include <vector>

#include "lines/column_composer.h"
#include "lines/fit_net.h"
#include "lines/line_composer.h"
#include "primer/handwriting/lines/group_gate.h"

namespace primer::handwriting::workshop {

using GateCase = FitCase<lines::kContextCount>;

// The groups of several strokes of `count` lines and pages of columns (one in seven), and whether
// each is one whole symbol. `lost`: true symbols that are not among the groups at all.
struct GateCases {
  std::vector<GateCase> cases;
  std::size_t lost = 0;
};
GateCases gateCases(const LineComposer& composer, const ColumnComposer& columns, std::size_t count,
                    std::uint64_t seed);

// What a gate at these odds does: per cent of the groups that it takes out, and of the symbols of
// several strokes that it loses.
struct GateFigures {
  double dropped = 0;
  double lost = 0;
};
GateFigures measureGate(const std::vector<GateCase>& cases, const lines::GateNet& gate, float odds);

}  // namespace primer::handwriting::workshop
