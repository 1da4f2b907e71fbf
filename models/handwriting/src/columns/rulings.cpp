#include "src/columns/rulings.h"

#include <algorithm>
#include <cmath>

namespace primer::handwriting::columns {

namespace {

// In writing scales.
constexpr float kLeastRule = 1.15f;    // shorter ones may be minus signs
constexpr float kLeastWall = 1.1f;     // of a house
constexpr float kLeastCorner = 1.35f;  // a wall beside a number is taller than a 1
constexpr float kMeet = 0.45f;         // how far wall and bar may miss each other
constexpr float kDoubleRule = 0.4f;    // two rules nearer than this are one

struct Found {
  std::size_t stroke = 0;
  Rule rule;
};

Rule ruleOf(const StrokeShape& shape) {
  const auto [left, right] =
      std::minmax_element(shape.points.begin(), shape.points.end(),
                          [](const InkPoint& a, const InkPoint& b) { return a.x < b.x; });
  return {shape.box, left->y, right->y};
}

bool isTwinOf(const StrokeBox& a, const StrokeBox& b, float scale) {
  const float shared = std::min(a.right, b.right) - std::max(a.left, b.left);
  const float gap = std::abs(a.centreY() - b.centreY());
  return gap < 0.5f * scale && shared > 0.6f * std::max(a.width(), b.width());
}

// A wall and its bar in one stroke: what lies at the left is tall, the rest level.
std::optional<Wall> wallInOne(const StrokeShape& shape, float scale) {
  const auto& box = shape.box;
  if (box.width() < 1.3f * scale || box.height() < 0.9f * scale) return std::nullopt;
  const float split = box.left + std::min(0.4f * scale, 0.3f * box.width());
  StrokeBox tall{1e30f, 1e30f, -1e30f, -1e30f};
  StrokeBox level = tall;
  std::vector<InkPoint> bar;
  for (const auto& p : shape.points) {
    (p.x < split ? tall : level).include({p.x, p.y, p.x, p.y});
    if (p.x >= split) bar.push_back(p);
  }
  if (bar.size() < 4 || tall.height() < 0.9f * scale || level.width() < 0.9f * scale ||
      level.height() > std::max(0.35f * scale, 0.25f * level.width())) {
    return std::nullopt;
  }
  Wall wall;
  wall.box = tall;
  wall.bar = ruleOf({level, bar});
  wall.is_house = wall.bar.left_y < tall.top + 0.3f * tall.height();
  if (!wall.is_house && tall.height() < kLeastCorner * scale) return std::nullopt;
  return wall;
}

// Whether `rule` begins at the wall, and how.
std::optional<Wall> wallOf(const StrokeShape& shape, const Rule& rule, float scale) {
  const auto& box = shape.box;
  if (box.height() < kLeastWall * scale || box.width() > 0.5f * box.height()) return std::nullopt;
  if (std::abs(rule.box.left - box.centreX()) > (kMeet + 0.1f) * scale) return std::nullopt;
  const float down = rule.left_y - box.top;
  if (std::abs(down) < kMeet * scale) return Wall{box, rule, true};
  const bool beside = down > 0.4f * box.height() && rule.left_y < box.bottom + 0.3f * scale;
  if (beside && box.height() > kLeastCorner * scale) return Wall{box, rule, false};
  return std::nullopt;
}

}  // namespace

float Rule::heightAt(float x) const {
  const float u = box.width() > 0 ? (x - box.left) / box.width() : 0.0f;
  return left_y + std::clamp(u, -0.3f, 1.3f) * (right_y - left_y);
}

Rulings findRulings(const lines::LineStrokes& line) {
  Rulings found;
  std::vector<Found> rules;
  for (std::size_t s = 0; s < line.count(); ++s) {
    const auto& box = line.shapes[s].box;
    if (!line.isFlat(s) || box.width() < kLeastRule * line.scale) continue;
    rules.push_back({s, ruleOf(line.shapes[s])});
  }
  // The bars of a wide equals sign.
  std::erase_if(rules, [&](const Found& one) {
    if (one.rule.box.width() > 1.6f * line.scale) return false;
    for (std::size_t s = 0; s < line.count(); ++s) {
      if (s != one.stroke && line.isFlat(s) &&
          isTwinOf(line.shapes[s].box, one.rule.box, line.scale)) {
        return true;
      }
    }
    return false;
  });
  for (std::size_t s = 0; s < line.count() && !found.wall; ++s) {
    found.wall = wallInOne(line.shapes[s], line.scale);
    if (found.wall) found.strokes.push_back(s);
  }
  for (std::size_t s = 0; s < line.count() && !found.wall; ++s) {
    for (auto it = rules.begin(); it != rules.end(); ++it) {
      if (it->stroke == s) continue;
      found.wall = wallOf(line.shapes[s], it->rule, line.scale);
      if (!found.wall) continue;
      found.strokes.push_back(s);
      found.strokes.push_back(it->stroke);
      rules.erase(it);
      break;
    }
  }
  std::sort(rules.begin(), rules.end(), [](const Found& a, const Found& b) {
    return a.rule.box.centreY() < b.rule.box.centreY();
  });
  for (const auto& one : rules) {
    found.strokes.push_back(one.stroke);
    if (!found.rules.empty()) {
      auto& last = found.rules.back();
      if (isTwinOf(last.box, one.rule.box, 0.8f * line.scale) &&
          std::abs(last.box.centreY() - one.rule.box.centreY()) < kDoubleRule * line.scale) {
        continue;
      }
    }
    found.rules.push_back(one.rule);
  }
  std::sort(found.strokes.begin(), found.strokes.end());
  return found;
}

}  // namespace primer::handwriting::columns
