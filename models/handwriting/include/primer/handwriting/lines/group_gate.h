#pragma once

// Which groups of several strokes are worth the symbol model's time: most that lie near one another
// are plainly two symbols, and their surroundings alone say so.

#include <vector>

#include "primer/handwriting/lines/group_context.h"
#include "primer/handwriting/lines/line_strokes.h"
#include "primer/handwriting/lines/small_net.h"

namespace primer::handwriting::lines {

using GateNet = SmallNet<kContextCount, 8>;

// Fitted on training lines and columns (ink-lines --gate).
const GateNet& shippedGate();

// Below these odds (nats) a group is not looked at. At this, one true symbol of several strokes in
// a thousand is lost.
inline constexpr float kGateOdds = -7;

// Takes out the groups of several strokes below the gate, and where more than kMostLineGroups are
// left the unlikeliest of them.
void dropUnlikely(const LineStrokes& line, std::vector<LineGroup>& groups);

}  // namespace primer::handwriting::lines
