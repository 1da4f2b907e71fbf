#include "primer/handwriting/lines/line_strokes.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <set>

#include "primer/handwriting/ink_features.h"
#include "primer/handwriting/lines/group_gate.h"

namespace primer::handwriting::lines {

namespace {

constexpr std::size_t kMostStrokePoints = 512;
constexpr std::size_t kMostTogether = 4;
constexpr std::size_t kMostNear = 2 * kMostLineGroups;

// In writing scales: how far apart two strokes may lie and still be one symbol. Neighbours in time;
// strokes with at most two others between; any two; a hook and the flat bar that begins at it.
constexpr float kReachNext = 0.75f;
constexpr float kReachNear = 0.30f;
constexpr float kReachAny = 0.12f;
constexpr float kReachBar = 0.35f;
constexpr float kReachTwin = 0.6f;  // the two bars of an equals sign, whenever they were drawn
constexpr std::size_t kNear = 3;
// Beyond this ink distances are not measured exactly; the context asks no farther.
constexpr float kExactWithin = 1.0f;

bool isUsable(const InkPoint& p) {
  return std::abs(p.x) <= kMaxCoordinate && std::abs(p.y) <= kMaxCoordinate;
}

std::uint64_t fingerprint(const Stroke& stroke) {
  std::uint64_t h = 0xcbf29ce484222325u;
  for (const auto& p : stroke) {
    for (const float value : {p.x, p.y}) {
      std::uint32_t bits = 0;
      std::memcpy(&bits, &value, sizeof bits);
      h = (h ^ bits) * 0x100000001b3u;
      h ^= h >> 31;
    }
  }
  return h;
}

// A flat stroke that begins near the right end of `hook`, as the bar of a root does.
bool isBarOf(const LineStrokes& line, std::size_t bar, std::size_t hook) {
  const auto& b = line.shapes[bar].box;
  const auto& h = line.shapes[hook].box;
  return line.isFlat(bar) && !line.isFlat(hook) && b.width() > 0.6f * line.scale &&
         std::abs(b.left - h.right) < 0.5f * line.scale && b.centreY() < h.centreY();
}

// Two flat strokes above one another, about equally long.
bool areTwins(const LineStrokes& line, std::size_t one, std::size_t other) {
  if (!line.isFlat(one) || !line.isFlat(other)) return false;
  const auto& a = line.shapes[one].box;
  const auto& b = line.shapes[other].box;
  const float shared = std::min(a.right, b.right) - std::max(a.left, b.left);
  return shared > 0.6f * std::max(a.width(), b.width());
}

bool mayJoin(const LineStrokes& line, std::size_t a, std::size_t b) {
  const std::size_t apart = b - a;
  float reach = apart == 1 ? kReachNext : apart <= kNear ? kReachNear : kReachAny;
  if (isBarOf(line, a, b) || isBarOf(line, b, a)) reach = std::max(reach, kReachBar);
  if (areTwins(line, a, b)) reach = std::max(reach, kReachTwin);
  return line.distance(a, b) <= reach * line.scale;
}

}  // namespace

LineStrokes takeStrokes(const Ink& ink) {
  LineStrokes line;
  for (std::size_t i = 0; i < ink.strokes.size(); ++i) {
    const auto& stroke = ink.strokes[i];
    const std::size_t keep_every = stroke.size() / kMostStrokePoints + 1;
    Stroke kept;
    for (std::size_t k = 0; k < stroke.size(); k += keep_every) {
      if (isUsable(stroke[k])) kept.push_back(stroke[k]);
    }
    if (kept.empty()) continue;
    if (line.count() == kMostLineStrokes) return {};
    line.prints.push_back(fingerprint(kept));
    line.shapes.push_back(shapeOf(kept));
    line.strokes.push_back(std::move(kept));
    line.indices.push_back(i);
  }
  if (line.strokes.empty()) return {};
  line.scale = writingScale(line.shapes);
  if (!(line.scale > 0)) return {};
  const std::size_t count = line.count();
  line.distances.assign(count * count, 0);
  for (std::size_t a = 0; a < count; ++a) {
    for (std::size_t b = a + 1; b < count; ++b) {
      const float d = inkDistance(line.shapes[a], line.shapes[b], kExactWithin * line.scale);
      line.distances[a * count + b] = d;
      line.distances[b * count + a] = d;
    }
  }
  return line;
}

std::vector<LineGroup> nearGroups(const LineStrokes& line) {
  const std::size_t count = line.count();
  std::vector<std::vector<std::size_t>> joins(count);
  for (std::size_t a = 0; a < count; ++a) {
    for (std::size_t b = a + 1; b < count; ++b) {
      if (!mayJoin(line, a, b)) continue;
      joins[a].push_back(b);
      joins[b].push_back(a);
    }
  }
  std::vector<LineGroup> groups;
  std::set<StrokeSet> seen;
  for (std::size_t s = 0; s < count; ++s) {
    groups.push_back({StrokeSet::only(s), {s}, line.shapes[s].box});
    seen.insert(groups.back().strokes);
  }
  // Breadth first, so that where the limit cuts it cuts the largest groups.
  for (std::size_t g = 0; g < groups.size() && groups.size() < kMostNear; ++g) {
    const LineGroup grown = groups[g];
    if (grown.members.size() >= kMostTogether) continue;
    for (const std::size_t member : grown.members) {
      for (const std::size_t s : joins[member]) {
        if (grown.strokes.contains(s) || groups.size() >= kMostNear) continue;
        LineGroup larger = grown;
        larger.strokes.add(s);
        if (!seen.insert(larger.strokes).second) continue;
        larger.members.insert(std::upper_bound(larger.members.begin(), larger.members.end(), s), s);
        larger.box.include(line.shapes[s].box);
        groups.push_back(std::move(larger));
      }
    }
  }
  return groups;
}

std::vector<LineGroup> proposeLineGroups(const LineStrokes& line) {
  auto groups = nearGroups(line);
  dropUnlikely(line, groups);
  return groups;
}

}  // namespace primer::handwriting::lines
