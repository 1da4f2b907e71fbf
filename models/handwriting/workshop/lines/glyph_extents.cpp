#include "lines/glyph_extents.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "primer/handwriting/lines/notation.h"
#include "primer/handwriting/symbol_set.h"
#include "symbols/random_floats.h"

namespace primer::handwriting::workshop {

namespace {

using toolkit::Random;

// Heights above the base line; `wide`: the width is given, and the height follows.
struct Standing {
  float top = 1;
  float bottom = 0;
  float width = 0;   // above 0: a sign that is as wide as this
  bool low = false;  // its top is the hand's height of low letters
};

Standing standingOf(std::size_t label) {
  static const std::array<Standing, kSymbolCount> kTable = [] {
    std::array<Standing, kSymbolCount> table;
    const auto put = [&table](std::string_view symbols, Standing standing) {
      const auto set = SymbolSet::of(symbols).value_or(SymbolSet{});
      for (std::size_t i = 0; i < kJunk; ++i) {
        if (set.contains(i)) table[i] = standing;
      }
    };
    put("acemnorsuvwxzπ", {1, 0, 0, true});
    put("gjpqy", {1, -0.42f, 0, true});
    put("t", {0.88f, 0});
    put("f", {1.05f, -0.12f});
    put("+", {0.72f, 0.14f});
    put("×*", {0.68f, 0.18f});
    put("÷", {0.75f, 0.12f});
    put("-~", {0.42f, 0.42f, 0.55f});
    put("=", {0.42f, 0.42f, 0.6f});
    put("≠", {0.85f, 0});
    put("<>", {0.78f, 0.10f});
    put("≤≥", {0.90f, -0.05f});
    put("()[]{}|", {1.12f, -0.18f});
    put("/\\", {1.1f, -0.15f});
    put(".", {0.07f, 0.0f});
    put(",", {0.12f, -0.2f});
    put(":", {0.55f, 0.05f});
    put("°", {1.1f, 0.78f});
    return table;
  }();
  return kTable[label];
}

float factor(Random& random, float deviation) {
  return std::exp(static_cast<float>(random.normal(0, deviation)));
}
// A writer's median character is about this many digits high.
constexpr float kMedianHeight = 0.85f;

}  // namespace

void placeGlyph(FlatInk& ink, std::size_t label, float relative_size, float scale,
                const HandStyle& style, Random& random) {
  const Standing standing = standingOf(label);
  const Extent e = extentOf(ink);
  const float width = std::max(e.width(), 1e-3f);
  const float height = std::max(e.height(), 1e-3f);
  float top = standing.low ? style.low_height : standing.top;
  float grow = 1;
  float middle = 0;
  if (standing.width > 0) {
    grow = standing.width * factor(random, 0.22f) / width;
    middle = standing.top + static_cast<float>(random.normal(0, 0.05));
    top = middle + grow * height / 2;
  } else {
    const float wanted = top - standing.bottom;
    // Flat ink of a class that is high (a 1 laid down, a wide w) is not blown up.
    grow = wanted / std::max(height, width / 1.7f);
    if (relative_size > 0 && (lines::isDigit(label) || lines::isLetter(label))) {
      const float own = kMedianHeight * relative_size;  // the longest side is 1 here
      grow *= std::pow(std::clamp(own / grow, 0.5f, 1.8f), style.own_size);
    }
    grow *= factor(random, style.size_jitter);
    middle = (top + standing.bottom) / 2 + static_cast<float>(random.normal(0, 0.02));
    const bool on_foot = standing.bottom == 0;
    top = on_foot ? grow * height : middle + grow * height / 2;
  }
  grow *= scale;
  for (auto& p : ink.points) {
    p = {(p.x - e.left) * grow, (p.y - e.top) * grow - top * scale};
  }
}

void stretchBar(FlatInk& ink, float width, float y, Random& random) {
  const Extent e = extentOf(ink);
  const float across = width / std::max(e.width(), 1e-3f);
  const float along = std::min(across, 0.5f * factor(random, 0.3f));
  for (auto& p : ink.points) {
    p = {(p.x - e.left) * across, (p.y - (e.top + e.bottom) / 2) * along + y};
  }
}

void stretchRoot(FlatInk& ink, const Extent& room, float hook) {
  const Extent e = extentOf(ink);
  const auto top = std::min_element(
      ink.points.begin(), ink.points.end(),
      [&e](const auto& a, const auto& b) { return a.y + 0.2f * a.x < b.y + 0.2f * b.x; });
  const float pivot = std::clamp(top->x, e.left + 0.15f * e.width(), e.left + 0.8f * e.width());
  const float left = std::max(pivot - e.left, 1e-3f);
  const float right = std::max(e.right - pivot, 1e-3f);
  const float tall = room.height() / std::max(e.height(), 1e-3f);
  for (auto& p : ink.points) {
    const float x = p.x <= pivot ? room.left + hook * (p.x - e.left) / left
                                 : room.left + hook + (room.width() - hook) * (p.x - pivot) / right;
    p = {x, room.top + tall * (p.y - e.top)};
  }
}

FlatInk drawRoot(const Extent& room, float hook, bool parted, Random& random) {
  FlatInk ink;
  const float h = room.height();
  const auto line = [&ink](PlanePoint a, PlanePoint b, float bow) {
    const float length = std::hypot(b.x - a.x, b.y - a.y);
    const int steps = 10;
    for (int i = ink.points.empty() ? 0 : 1; i <= steps; ++i) {
      const float u = static_cast<float>(i) / steps;
      const float off = bow * length * u * (1 - u);
      ink.points.push_back({a.x + u * (b.x - a.x), a.y + u * (b.y - a.y) + off});
    }
  };
  const PlanePoint foot{room.left + hook * uniform(random, 0.35, 0.6), room.bottom};
  const PlanePoint start{room.left + hook * uniform(random, 0.0, 0.15),
                         room.bottom - h * uniform(random, 0.25, 0.55)};
  const PlanePoint peak{room.left + hook, room.top + h * uniform(random, -0.03, 0.05)};
  const PlanePoint end{room.right, room.top + h * uniform(random, -0.08, 0.1)};
  if (random.chance(0.6)) {
    line({start.x - hook * uniform(random, 0.05, 0.25), start.y + hook * uniform(random, 0, 0.2)},
         start, 0);
  }
  line(start, foot, uniform(random, -0.1, 0.1));
  line(foot, peak, uniform(random, -0.1, 0.1));
  if (parted) {
    ink.ends.push_back(static_cast<std::uint32_t>(ink.points.size()));
    ink.points.push_back({peak.x + hook * uniform(random, -0.15, 0.2), peak.y});
  }
  line(peak, end, uniform(random, -0.08, 0.08));
  if (random.chance(0.2)) line(end, {end.x, end.y + h * uniform(random, 0.08, 0.2)}, 0);
  ink.ends.push_back(static_cast<std::uint32_t>(ink.points.size()));
  return ink;
}

}  // namespace primer::handwriting::workshop
