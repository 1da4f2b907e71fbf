// Writing that stands on or around other ink: bars, strokes across, ticks, strokes traced again.

#include <cmath>

#include "gesture_shapes.h"
#include "page_ink.h"
#include "pages.h"

namespace primer::gesture::workshop {

namespace {

using handwriting::extentOf;
using handwriting::FlatInk;
using handwriting::PlanePoint;
using toolkit::Random;

constexpr float kPi = 3.14159265f;

}  // namespace

// Bars of fractions, rules under sums, roots drawn out over what stands there, the bar of an equals
// sign under its first, brackets and boxes of ink that is there.
void PageMaker::writeBar(Random& random, Page& page) const {
  const auto line = makeLine(1 + random.below(4), random);
  const auto box = extentOf(line.ink);
  appendStrokes(line.ink, 0, line.ink.strokeCount(), page.beneath);
  const float over = uniform(random, -0.1, 0.35);
  const float tilt = uniform(random, -0.06, 0.06) * (box.width() + 0.3f);
  const auto bar = [&](float y) {
    addLine(page.stroke, {box.left - over, y + tilt}, {box.right + over, y - tilt});
  };
  const auto kind = random.below(5);
  if (kind <= 1) {  // under it; with kind 1 the denominator stands there as well
    bar(box.bottom + uniform(random, 0.08, 0.4));
    if (kind == 1) {
      auto below = makeLine(1 + random.below(3), random);
      const auto b = extentOf(below.ink);
      move(below.ink, (box.left + box.right - b.left - b.right) / 2,
           box.bottom + uniform(random, 0.45, 0.8) - b.top);
      appendStrokes(below.ink, 0, below.ink.strokeCount(), page.beneath);
    }
  } else if (kind == 2) {  // above it: a fraction from below, or a mean
    bar(box.top - uniform(random, 0.08, 0.4));
  } else if (kind == 3) {  // a root in one stroke
    const float top = box.top - uniform(random, 0.05, 0.3);
    const float foot = box.bottom + uniform(random, -0.1, 0.15);
    const float left = box.left - uniform(random, 0.15, 0.35);
    addLine(page.stroke, {left - 0.45f, (top + foot) / 2}, {left - 0.25f, foot});
    addLine(page.stroke, page.stroke.points.back(), {left, top});
    addLine(page.stroke, page.stroke.points.back(), {box.right + over, top - tilt});
  } else {  // a bracket before or behind it, taller than it
    const bool before = random.chance(0.5);
    const float sense = before ? 1.0f : -1.0f;
    const float x =
        before ? box.left - uniform(random, 0.1, 0.4) : box.right + uniform(random, 0.1, 0.4);
    const float bulge = uniform(random, 0.05, 0.3);
    for (int i = 0; i <= 16; ++i) {
      const float u = static_cast<float>(i) / 8 - 1;
      const float y = (box.top + box.bottom) / 2 + u * (box.height() / 2 + 0.12f);
      page.stroke.points.push_back({x - sense * bulge * (1 - u * u), y});
    }
    page.stroke.ends.assign(1, static_cast<std::uint32_t>(page.stroke.points.size()));
  }
  shake(random, 1, page.stroke);
}

// Strokes that cross what is there and belong to it: the slash of ≠, the bar of 7, z and t, the
// stroke of ø and of a euro, the second bar of +.
void PageMaker::writeOver(Random& random, Page& page) const {
  auto line = makeLine(2 + random.below(4), random);
  const auto g = random.below(line.glyphs.size());
  // The glyph gives way to a sign of which the last stroke is still to come.
  const auto old = line.glyphs[g].box;
  FlatInk sign;
  const float cx = (old.left + old.right) / 2;
  const float cy = -0.45f;
  const auto kind = random.below(3);
  if (kind == 0) {  // ≠
    const float half = uniform(random, 0.2, 0.4);
    const float apart = uniform(random, 0.1, 0.2);
    FlatInk bar;
    for (const float y : {cy - apart, cy + apart}) {
      bar.clear();
      addLine(bar, {cx - half, y}, {cx + half, y + uniform(random, -0.04, 0.04)});
      shake(random, 0.6f, bar);
      appendStrokes(bar, 0, 1, sign);
    }
    const float lean = uniform(random, 0.05, 0.3);
    const float tall = uniform(random, 0.22, 0.5);
    addLine(page.stroke, {cx + lean, cy - tall}, {cx - lean, cy + tall});
  } else if (kind == 1) {  // + and t: one bar lies there
    const float half = uniform(random, 0.2, 0.4);
    const bool level_first = random.chance(0.6);
    const float off = uniform(random, -0.12, 0.12);
    addLine(sign, level_first ? PlanePoint{cx - half, cy} : PlanePoint{cx, cy - half},
            level_first ? PlanePoint{cx + half, cy} : PlanePoint{cx, cy + half});
    const float other = half * uniform(random, 0.7, 1.3);
    addLine(page.stroke,
            level_first ? PlanePoint{cx + off, cy - other} : PlanePoint{cx - other, cy + off},
            level_first ? PlanePoint{cx + off, cy + other} : PlanePoint{cx + other, cy + off});
  } else {  // the short bar of a 7 or a z, within the symbol
    const float wide = uniform(random, 0.25, 0.4);
    const float tall = uniform(random, 0.45, 0.55);
    addLine(sign, {cx - wide, cy - tall}, {cx + wide, cy - tall});
    addLine(sign, sign.points.back(), {cx - 0.3f * wide, cy + tall});
    const float half = wide * uniform(random, 0.4, 0.8);
    const float y = cy + uniform(random, -0.1, 0.15);
    addLine(page.stroke, {cx - half, y}, {cx + half, y + uniform(random, -0.06, 0.06)});
  }
  if (sign.strokeCount() == 1) shake(random, 0.8f, sign);
  shake(random, 0.8f, page.stroke);
  for (std::size_t k = 0; k < g; ++k) {
    appendStrokes(line.ink, line.glyphs[k].first_stroke, line.glyphs[k].last_stroke, page.beneath);
  }
  appendStrokes(sign, 0, sign.strokeCount(), page.beneath);
}

// A stroke traced once more.
void PageMaker::writeRetouch(Random& random, Page& page) const {
  const auto line = makeLine(1 + random.below(5), random);
  const auto s = random.below(line.ink.strokeCount());
  take(line.ink, s, page.stroke);
  shake(random, 0.8f, page.stroke);
  move(page.stroke, uniform(random, -0.06, 0.06), uniform(random, -0.06, 0.06));
  appendStrokes(line.ink, 0, line.ink.strokeCount(), page.beneath);
}

// Ticks behind and beside ink, small marks of carrying above it, dots.
void PageMaker::writeTick(Random& random, Page& page) const {
  const auto line = makeLine(1 + random.below(5), random);
  const auto box = extentOf(line.ink);
  appendStrokes(line.ink, 0, line.ink.strokeCount(), page.beneath);
  const auto kind = random.below(3);
  if (kind == 0) {
    const float x = box.right + uniform(random, 0.2, 0.8);
    const float y = uniform(random, -0.3, 0.1);
    const float size = uniform(random, 0.4, 1);
    addLine(page.stroke, {x, y - 0.3f * size}, {x + 0.25f * size, y});
    addLine(page.stroke, page.stroke.points.back(), {x + 0.8f * size, y - size});
  } else if (kind == 1) {  // a carried one
    const float x = uniform(random, box.left, box.right);
    const float tall = uniform(random, 0.2, 0.4);
    const float y = box.top - uniform(random, 0.05, 0.3);
    addLine(page.stroke, {x - 0.3f * tall, y - 0.7f * tall}, {x, y - tall});
    addLine(page.stroke, page.stroke.points.back(), {x + uniform(random, -0.05, 0.05), y});
  } else {  // a ring as degrees and small zeros have it
    const float radius = uniform(random, 0.08, 0.3);
    const float x = box.right + radius + uniform(random, 0.02, 0.4);
    const float y = box.top + uniform(random, 0, 0.8);
    const float start = uniform(random, 0, 2 * kPi);
    for (int i = 0; i <= 20; ++i) {
      const float a = start + 2.05f * kPi * static_cast<float>(i) / 20;
      page.stroke.points.push_back({x + radius * std::cos(a), y + radius * std::sin(a)});
    }
    page.stroke.ends.assign(1, static_cast<std::uint32_t>(page.stroke.points.size()));
  }
  shake(random, 0.6f, page.stroke);
}

}  // namespace primer::gesture::workshop
