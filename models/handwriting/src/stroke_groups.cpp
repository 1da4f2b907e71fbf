#include "src/stroke_groups.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

namespace primer::handwriting {

namespace {

constexpr std::size_t kShapePoints = 48;

// How far apart, in writing scales, two strokes may lie and still be one symbol: neighbours in
// time, strokes with at most two others between, and any two.
constexpr float kReachNext = 0.75f;
constexpr float kReachNear = 0.30f;
constexpr float kReachAny = 0.12f;
constexpr std::size_t kNear = 3;

// The work of a search over divisions is bounded by its states; numbers stay far below.
constexpr std::size_t kMostStates = 4096;

float gap(const StrokeBox& a, const StrokeBox& b) {
  const float dx = std::max({0.0f, a.left - b.right, b.left - a.right});
  const float dy = std::max({0.0f, a.top - b.bottom, b.top - a.bottom});
  return std::sqrt(dx * dx + dy * dy);
}

// The least distance of the ink of two strokes; stops caring above `limit`.
float inkDistance(const StrokeShape& a, const StrokeShape& b, float limit) {
  if (gap(a.box, b.box) > limit) return gap(a.box, b.box);
  float least = std::numeric_limits<float>::max();
  for (const auto& p : a.points) {
    for (const auto& q : b.points) {
      const float dx = p.x - q.x;
      const float dy = p.y - q.y;
      least = std::min(least, dx * dx + dy * dy);
    }
  }
  return std::sqrt(least);
}

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

void keepBest(std::vector<Partial>& partials, const Partial& partial, std::size_t count) {
  const auto at =
      std::upper_bound(partials.begin(), partials.end(), partial,
                       [](const Partial& a, const Partial& b) { return a.score > b.score; });
  if (at == partials.end() && partials.size() >= count) return;
  partials.insert(at, partial);
  if (partials.size() > count) partials.pop_back();
}

}  // namespace

void StrokeBox::include(const StrokeBox& other) {
  left = std::min(left, other.left);
  top = std::min(top, other.top);
  right = std::max(right, other.right);
  bottom = std::max(bottom, other.bottom);
}

StrokeShape shapeOf(const Stroke& stroke) {
  StrokeShape shape;
  shape.box = {stroke[0].x, stroke[0].y, stroke[0].x, stroke[0].y};
  float length = 0;
  for (std::size_t i = 0; i < stroke.size(); ++i) {
    shape.box.include({stroke[i].x, stroke[i].y, stroke[i].x, stroke[i].y});
    if (i > 0) length += std::hypot(stroke[i].x - stroke[i - 1].x, stroke[i].y - stroke[i - 1].y);
  }
  // Evenly along the ink, so that strokes that cross between two points are seen to touch.
  const float step = length / static_cast<float>(kShapePoints - 1);
  shape.points.push_back(stroke[0]);
  float until_next = step;
  for (std::size_t i = 1; i < stroke.size() && step > 0; ++i) {
    InkPoint at = stroke[i - 1];
    float piece = std::hypot(stroke[i].x - at.x, stroke[i].y - at.y);
    while (piece >= until_next && shape.points.size() < kShapePoints) {
      const float share = until_next / piece;
      at.x += share * (stroke[i].x - at.x);
      at.y += share * (stroke[i].y - at.y);
      shape.points.push_back(at);
      piece -= until_next;
      until_next = step;
    }
    until_next -= piece;
  }
  shape.points.push_back(stroke.back());
  return shape;
}

float writingScale(const std::vector<StrokeShape>& strokes) {
  std::vector<float> sides;
  float longest = 0;
  for (const auto& stroke : strokes) longest = std::max(longest, stroke.box.longest());
  for (const auto& stroke : strokes) {
    const bool dot = stroke.box.longest() < 0.15f * longest;
    const bool dash = stroke.box.height() < 0.25f * stroke.box.width();
    if (!dot && !dash) sides.push_back(stroke.box.longest());
  }
  if (sides.empty()) return longest;
  const auto middle = sides.begin() + static_cast<std::ptrdiff_t>(sides.size() / 2);
  std::nth_element(sides.begin(), middle, sides.end());
  return *middle;
}

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
