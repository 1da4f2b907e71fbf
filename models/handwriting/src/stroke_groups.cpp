#include "src/stroke_groups.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "src/keep_best.h"

namespace primer::handwriting {

namespace {

// How far apart, in writing scales, two strokes may lie and still be one symbol: neighbours in
// time, strokes with at most two others between, and any two.
constexpr float kReachNext = 0.75f;
constexpr float kReachNear = 0.30f;
constexpr float kReachAny = 0.12f;
constexpr std::size_t kNear = 3;

// The work of a search over divisions is bounded by its states; numbers stay far below.
constexpr std::size_t kMostStates = 4096;

struct Partial {
  float score = 0;
  int previous_state = -1;
  int previous_rank = 0;
  std::size_t group = 0;
};

struct State {
  StrokeMask covered = 0;
  std::vector<Partial> partials;  // best first
};

}  // namespace

std::vector<StrokeGroup> proposeGroups(const std::vector<StrokeShape>& strokes,
                                       const GroupingLimits& limits) {
  const std::size_t count = strokes.size();
  const float scale = writingScale(strokes);
  std::vector<StrokeMask> joins(count, 0);  // with which others each may stand in a group
  for (std::size_t a = 0; a < count; ++a) {
    for (std::size_t b = a + 1; b < count; ++b) {
      const float reach = scale * (b - a == 1       ? kReachNext
                                   : b - a <= kNear ? kReachNear
                                                    : kReachAny);
      if (inkDistance(strokes[a], strokes[b], reach) > reach) continue;
      joins[a] |= StrokeMask{1} << b;
      joins[b] |= StrokeMask{1} << a;
    }
  }
  std::vector<StrokeGroup> groups;
  std::set<StrokeMask> seen;
  for (std::size_t s = 0; s < count; ++s) {
    groups.push_back({StrokeMask{1} << s, strokes[s].box});
    seen.insert(groups.back().strokes);
  }
  // Breadth first, so that where the limit cuts it cuts the largest groups.
  for (std::size_t g = 0; g < groups.size(); ++g) {
    const StrokeGroup grown = groups[g];
    if (static_cast<std::size_t>(grown.strokeCount()) >= limits.most_strokes_together) continue;
    for (std::size_t s = 0; s < count && groups.size() < limits.most_groups; ++s) {
      const StrokeMask bit = StrokeMask{1} << s;
      if ((grown.strokes & bit) != 0 || (joins[s] & grown.strokes) == 0) continue;
      if (!seen.insert(grown.strokes | bit).second) continue;
      StrokeGroup larger{grown.strokes | bit, grown.box};
      larger.box.include(strokes[s].box);
      groups.push_back(larger);
    }
  }
  return groups;
}

std::vector<Division> bestDivisions(const std::vector<StrokeGroup>& groups,
                                    const std::vector<float>& scores, std::size_t stroke_count,
                                    std::size_t count) {
  const StrokeMask all =
      stroke_count >= kMostStrokes ? ~StrokeMask{0} : (StrokeMask{1} << stroke_count) - 1;
  // A state is the set of strokes already in a group; from each, only groups with its first free
  // stroke go on, so that every division is met once. Sets only grow, so going through them in the
  // order of their numbers meets each after all that lead to it.
  std::map<StrokeMask, int> index = {{0, 0}};
  std::vector<State> states = {{0, {{}}}};
  for (auto at = index.begin(); at != index.end(); ++at) {
    const auto from = static_cast<std::size_t>(at->second);
    const StrokeMask covered = at->first;
    if (covered == all) break;
    const StrokeMask first_free = ~covered & (covered + 1);
    for (std::size_t g = 0; g < groups.size(); ++g) {
      if ((groups[g].strokes & first_free) == 0 || (groups[g].strokes & covered) != 0) continue;
      const StrokeMask next = covered | groups[g].strokes;
      auto found = index.find(next);
      if (found == index.end()) {
        if (states.size() >= kMostStates) continue;
        found = index.emplace(next, static_cast<int>(states.size())).first;
        states.push_back({next, {}});
      }
      auto& into = states[static_cast<std::size_t>(found->second)].partials;
      const auto& partials = states[from].partials;
      for (std::size_t rank = 0; rank < partials.size(); ++rank) {
        keepBest(
            into,
            {partials[rank].score + scores[g], static_cast<int>(from), static_cast<int>(rank), g},
            count);
      }
    }
  }
  std::vector<Division> divisions;
  const auto end = index.find(all);
  if (end == index.end()) return divisions;
  for (const auto& last : states[static_cast<std::size_t>(end->second)].partials) {
    Division division;
    division.score = last.score;
    for (const Partial* p = &last; p->previous_state >= 0;) {
      division.groups.push_back(p->group);
      p = &states[static_cast<std::size_t>(p->previous_state)]
               .partials[static_cast<std::size_t>(p->previous_rank)];
    }
    divisions.push_back(std::move(division));
  }
  return divisions;
}

}  // namespace primer::handwriting
