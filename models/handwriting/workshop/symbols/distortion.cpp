#include "symbols/distortion.h"
#include "symbols/random_floats.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace primer::handwriting::workshop {

namespace {

using toolkit::Random;

constexpr double kPi = 3.14159265358979323846;

// Strokes `stroke` and the next change places in time.
void swapWithNext(FlatInk& ink, std::size_t stroke) {
  const auto at = [&](std::size_t i) {
    return ink.points.begin() + static_cast<std::ptrdiff_t>(i);
  };
  const auto begin = ink.strokeBegin(stroke);
  const auto next_size = ink.ends[stroke + 1] - ink.ends[stroke];
  std::rotate(at(begin), at(ink.ends[stroke]), at(ink.ends[stroke + 1]));
  ink.ends[stroke] = static_cast<std::uint32_t>(begin + next_size);
}

void changeStrokes(const DistortionOptions& options, Random& random, FlatInk& ink) {
  for (std::size_t s = 0; s < ink.strokeCount(); ++s) {
    if (random.chance(options.reversed)) {
      std::reverse(ink.points.begin() + static_cast<std::ptrdiff_t>(ink.strokeBegin(s)),
                   ink.points.begin() + static_cast<std::ptrdiff_t>(ink.ends[s]));
    }
  }
  if (ink.strokeCount() > 1 && random.chance(options.shuffled)) {
    swapWithNext(ink, random.below(ink.strokeCount() - 1));
  }
  if (ink.strokeCount() > 1 && random.chance(options.joined)) {
    ink.ends.erase(ink.ends.begin() +
                   static_cast<std::ptrdiff_t>(random.below(ink.strokeCount() - 1)));
  }
  if (ink.strokeCount() < kMaxSymbolStrokes && random.chance(options.broken)) {
    const auto s = random.below(ink.strokeCount());
    const auto begin = ink.strokeBegin(s);
    const auto count = ink.ends[s] - begin;
    if (count > 6) {
      const auto cut = begin + count / 4 + random.below(count / 2);
      ink.ends.insert(ink.ends.begin() + static_cast<std::ptrdiff_t>(s),
                      static_cast<std::uint32_t>(cut));
    }
  }
}

// Cuts up to a tenth of the points off the ends of strokes.
void trim(Random& random, FlatInk& ink) {
  for (std::size_t s = 0; s < ink.strokeCount(); ++s) {
    const auto begin = ink.strokeBegin(s);
    const auto count = ink.ends[s] - begin;
    if (count < 12) continue;
    const auto front = random.below(count / 10 + 1);
    const auto back = random.below(count / 10 + 1);
    const auto at = [&](std::size_t i) {
      return ink.points.begin() + static_cast<std::ptrdiff_t>(i);
    };
    ink.points.erase(at(ink.ends[s] - back), at(ink.ends[s]));
    ink.points.erase(at(begin), at(begin + front));
    for (std::size_t later = s; later < ink.strokeCount(); ++later) {
      ink.ends[later] -= static_cast<std::uint32_t>(front + back);
    }
  }
}

// As a slow tablet samples: ends stay.
void dropPoints(Random& random, FlatInk& ink) {
  const double share = random.uniform(0.3, 0.75);
  std::size_t kept = 0;
  std::size_t begin = 0;
  for (auto& end : ink.ends) {
    for (std::size_t i = begin; i < end; ++i) {
      const bool stays = i == begin || i + 1 == end || !random.chance(share);
      if (stays) ink.points[kept++] = ink.points[i];
    }
    begin = end;
    end = static_cast<std::uint32_t>(kept);
  }
  ink.points.resize(kept);
}

// Each stroke a little off its place and size.
void moveStrokes(const DistortionOptions& options, Random& random, FlatInk& ink) {
  if (ink.strokeCount() < 2) return;
  for (std::size_t s = 0; s < ink.strokeCount(); ++s) {
    const auto begin = ink.strokeBegin(s);
    const PlanePoint anchor = ink.points[begin];
    const float dx = normal(random, options.stroke_shift);
    const float dy = normal(random, options.stroke_shift);
    const float scale = 1 + normal(random, options.stroke_scale);
    for (std::size_t i = begin; i < ink.ends[s]; ++i) {
      ink.points[i].x = anchor.x + dx + scale * (ink.points[i].x - anchor.x);
      ink.points[i].y = anchor.y + dy + scale * (ink.points[i].y - anchor.y);
    }
  }
}

// A smooth field: one wave across and one along for each axis.
struct Wave {
  float amplitude, fx, fy, phase;
  float at(PlanePoint p) const { return amplitude * std::sin(fx * p.x + fy * p.y + phase); }
};

Wave randomWave(Random& random, double elastic) {
  return {uniform(random, 0, elastic), uniform(random, -7, 7), uniform(random, -7, 7),
          uniform(random, 0, 2 * kPi)};
}

void bend(const DistortionOptions& options, Random& random, FlatInk& ink) {
  const float angle = normal(random, options.rotation * kPi / 180);
  const float cosine = std::cos(angle);
  const float sine = std::sin(angle);
  const float shear = normal(random, options.shear);
  const float stretch = std::exp(normal(random, options.aspect) / 2);
  const float tilt_x = normal(random, options.perspective / 2);
  const float tilt_y = normal(random, options.perspective / 2);
  const std::array<Wave, 4> waves = {
      randomWave(random, options.elastic), randomWave(random, options.elastic),
      randomWave(random, options.elastic), randomWave(random, options.elastic)};
  const float jitter = static_cast<float>(options.jitter) * uniform(random, 0, 3);
  for (auto& p : ink.points) {
    const float scale = 1 + 2 * std::clamp(tilt_x * p.x + tilt_y * p.y, -0.3f, 0.3f);
    PlanePoint q{scale * stretch * (p.x + shear * p.y), scale * p.y / stretch};
    q = {q.x + waves[0].at(p) + waves[1].at(p), q.y + waves[2].at(p) + waves[3].at(p)};
    p = {cosine * q.x - sine * q.y + uniform(random, -jitter, jitter),
         sine * q.x + cosine * q.y + uniform(random, -jitter, jitter)};
  }
}

}  // namespace

Result<DistortionOptions> DistortionOptions::parse(const toolkit::Json& json) {
  DistortionOptions o;
  toolkit::Fields fields(json, "augmentation");
  const auto read = [&fields](const char* key, double& value) {
    value = fields.number(key, value);
    fields.require(value >= 0 && value <= 90, key, "must be between 0 and 90");
  };
  read("rotation", o.rotation);
  read("shear", o.shear);
  read("aspect", o.aspect);
  read("elastic", o.elastic);
  read("perspective", o.perspective);
  read("stroke_shift", o.stroke_shift);
  read("stroke_scale", o.stroke_scale);
  read("reversed", o.reversed);
  read("shuffled", o.shuffled);
  read("joined", o.joined);
  read("broken", o.broken);
  read("trimmed", o.trimmed);
  read("coarse", o.coarse);
  read("jitter", o.jitter);
  read("hide_size", o.hide_size);
  PRIMER_TRY(fields.finish());
  return o;
}

void toUnitSquare(FlatInk& ink) {
  const auto extent = extentOf(ink);
  const float longest = std::max(extent.width(), extent.height());
  const float scale = longest > 0 ? 1 / longest : 1.0f;
  const float x = (extent.left + extent.right) / 2, y = (extent.top + extent.bottom) / 2;
  for (auto& p : ink.points) p = {(p.x - x) * scale, (p.y - y) * scale};
}

void distort(const DistortionOptions& options, Random& random, FlatInk& ink) {
  toUnitSquare(ink);
  changeStrokes(options, random, ink);
  if (random.chance(options.trimmed)) trim(random, ink);
  if (random.chance(options.coarse)) dropPoints(random, ink);
  moveStrokes(options, random, ink);
  bend(options, random, ink);
}

}  // namespace primer::handwriting::workshop
