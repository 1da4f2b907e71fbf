#include "lines/junk_lines.h"

#include <cmath>
#include <utility>

#include "symbols/random_floats.h"
#include "symbols/synthesis.h"

namespace primer::handwriting::workshop {

namespace {

using toolkit::Random;

void addInk(const FlatInk& flat, float left, float top, float scale, Ink& ink) {
  for (std::size_t s = 0; s < flat.strokeCount(); ++s) {
    Stroke stroke;
    for (std::size_t i = flat.strokeBegin(s); i < flat.ends[s]; ++i) {
      stroke.push_back({left + scale * flat.points[i].x, top + scale * flat.points[i].y, 0, 1});
    }
    ink.strokes.push_back(std::move(stroke));
  }
}

Ink scribbles(Random& random) {
  Ink ink;
  FlatInk flat;
  const auto count = 1 + random.below(4);
  for (std::size_t k = 0; k < count; ++k) {
    Synthesis::makeScribble(random, flat);
    addInk(flat, 110 * static_cast<float>(k), uniform(random, -10, 10), 100, ink);
  }
  return ink;
}

// Houses, suns and faces of long curves, circles and rays.
Ink drawing(Random& random) {
  Ink ink;
  const auto parts = 4 + random.below(10);
  for (std::size_t k = 0; k < parts; ++k) {
    const float x = uniform(random, 0, 300);
    const float y = uniform(random, 0, 150);
    Stroke stroke;
    if (random.chance(0.5)) {  // an ellipse, open or closed
      const float rx = uniform(random, 8, 90);
      const float ry = uniform(random, 8, 70);
      const float turn = uniform(random, 2, 7);
      for (int i = 0; i <= 40; ++i) {
        const float a = turn * static_cast<float>(i) / 40;
        stroke.push_back({x + rx * std::cos(a), y + ry * std::sin(a), 0, 1});
      }
    } else {  // a house's walls
      float px = x;
      float py = y;
      const auto corners = 2 + random.below(5);
      for (std::size_t c = 0; c < corners; ++c) {
        const float nx = px + uniform(random, -110, 110);
        const float ny = py + uniform(random, -90, 90);
        for (int i = 0; i < 12; ++i) {
          const float u = static_cast<float>(i) / 12;
          stroke.push_back({px + u * (nx - px), py + u * (ny - py), 0, 1});
        }
        px = nx;
        py = ny;
      }
    }
    ink.strokes.push_back(std::move(stroke));
  }
  return ink;
}

Ink upsideDown(const LineComposer& composer, Random& random) {
  Ink ink;
  // Of one sign the wrong way up nobody can tell.
  do {
    ink = composer.make(random).ink;
  } while (ink.strokes.size() < 6);
  for (auto& stroke : ink.strokes) {
    for (auto& p : stroke) p = {-p.x, -p.y, p.t, p.pressure};
  }
  return ink;
}

// Characters of scripts that look like none of our symbols, side by side.
Ink foreign(const SampleStore& store, Random& random) {
  Ink ink;
  FlatInk flat;
  const auto count = 2 + random.below(5);
  for (std::size_t k = 0; k < count; ++k) {
    const auto& samples = store.samples();
    for (;;) {
      const auto& sample = samples[random.below(samples.size())];
      if (sample.symbol != kJunk || sample.source != Source::kOmniglot || !sample.development) {
        continue;
      }
      store.copyInk(sample, flat);
      break;
    }
    toUnitSquare(flat);
    addInk(flat, 115 * static_cast<float>(k), 0, 100, ink);
  }
  return ink;
}

// Two lines across each other.
Ink twoHands(const LineComposer& composer, Random& random) {
  const auto scaled = [&random, &composer] {
    Ink ink;
    do {
      ink = composer.make(random).ink;
    } while (ink.strokes.size() < 5);
    float low = 1e9f;
    float high = -1e9f;
    for (const auto& stroke : ink.strokes) {
      for (const auto& p : stroke) low = std::min(low, p.y), high = std::max(high, p.y);
    }
    for (auto& stroke : ink.strokes) {
      for (auto& p : stroke) p = {p.x * 100 / (high - low), (p.y - low) * 100 / (high - low), 0, 1};
    }
    return ink;
  };
  const Ink first = scaled();
  const Ink second = scaled();
  Ink both;
  const auto most = std::max(first.strokes.size(), second.strokes.size());
  for (std::size_t i = 0; i < most; ++i) {
    if (i < first.strokes.size()) both.strokes.push_back(first.strokes[i]);
    if (i >= second.strokes.size()) continue;
    auto stroke = second.strokes[i];
    for (auto& p : stroke) p.y += 35;
    both.strokes.push_back(std::move(stroke));
  }
  return both;
}

}  // namespace

std::array<std::pair<JunkLine, const char*>, 5> junkKinds() {
  return {{{JunkLine::kScribbles, "scribbles"},
           {JunkLine::kDrawing, "drawings"},
           {JunkLine::kUpsideDown, "upside_down"},
           {JunkLine::kForeign, "foreign_scripts"},
           {JunkLine::kTwoHands, "two_hands"}}};
}

Ink makeJunkLine(JunkLine kind, const SampleStore& store, const LineComposer& composer,
                 Random& random) {
  switch (kind) {
    case JunkLine::kScribbles:
      return scribbles(random);
    case JunkLine::kDrawing:
      return drawing(random);
    case JunkLine::kUpsideDown:
      return upsideDown(composer, random);
    case JunkLine::kForeign:
      return foreign(store, random);
    case JunkLine::kTwoHands:
      return twoHands(composer, random);
  }
  return {};
}

}  // namespace primer::handwriting::workshop
