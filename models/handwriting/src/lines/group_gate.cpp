#include "primer/handwriting/lines/group_gate.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace primer::handwriting::lines {

namespace {

// Fitted by ink-lines --gate.
constexpr GateNet kGate = {
#include "src/lines/group_gate_net.inc"
};

}  // namespace

const GateNet& shippedGate() { return kGate; }

void dropUnlikely(const LineStrokes& line, std::vector<LineGroup>& groups) {
  std::vector<float> odds;
  odds.reserve(groups.size());
  for (const auto& group : groups) {
    odds.push_back(group.members.size() == 1 ? std::numeric_limits<float>::max()
                                             : kGate.odds(contextOf(line, group)));
  }
  float least = kGateOdds;
  if (groups.size() > kMostLineGroups) {
    auto sorted = odds;
    const auto last = sorted.begin() + static_cast<std::ptrdiff_t>(kMostLineGroups) - 1;
    std::nth_element(sorted.begin(), last, sorted.end(), std::greater<>());
    least = std::max(least, *last);
  }
  std::size_t kept = 0;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    if (odds[g] < least || kept == kMostLineGroups) continue;
    if (kept != g) groups[kept] = std::move(groups[g]);
    ++kept;
  }
  groups.resize(kept);
}

}  // namespace primer::handwriting::lines
