#pragma once

// What the symbol model sees of a piece of ink. Training and reading run this same code.
//
// Invariant under moving and scaling of the ink (up to the rounding of floats), indifferent to its
// sampling rate, deterministic. Time and pressure are not used.
//
// Three inputs, float, each in about [-1, 1]:
// - maps, 16 x 16 x 10 (y, x, channel): ink length by place and writing direction (8 directions of
//   45 degrees, shared linearly between the two nearest; splat bilinearly; pixels of ink, clipped
//   at 1.5), stroke starts, stroke ends. Aspect kept, margin of one pixel. After Bai and Huo, "A
//   study on the use of 8-directional features for online handwritten Chinese character
//   recognition", 2005.
// - points, 64 x 7: points at equal ink length over all strokes in writing order: x, y, cosine and
//   sine of the direction, of the turning, and 1 where the pen came down anew since the point
//   before.
// - scalars, 13: width, height; one of 1/2/3/4+ strokes; ink length; first point; last point;
//   relative size and whether it is known.

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "primer/base/ink.h"

namespace primer::handwriting {

struct PlanePoint {
  float x = 0;
  float y = 0;
};

// Ink without times, all strokes in one row of points: the form in which samples are kept,
// distorted and read.
struct FlatInk {
  std::vector<PlanePoint> points;
  std::vector<std::uint32_t> ends;  // of each stroke, one past its last point; strictly increasing

  std::size_t strokeCount() const { return ends.size(); }
  std::size_t strokeBegin(std::size_t stroke) const { return stroke == 0 ? 0 : ends[stroke - 1]; }
  void clear() {
    points.clear();
    ends.clear();
  }
};

// The smallest upright box around all points. Without a point: nothing, left above right.
struct Extent {
  float left = std::numeric_limits<float>::max();
  float top = std::numeric_limits<float>::max();
  float right = std::numeric_limits<float>::lowest();
  float bottom = std::numeric_limits<float>::lowest();

  float width() const { return right - left; }
  float height() const { return bottom - top; }
};
Extent extentOf(const FlatInk& ink);

// Copies what can be used of `ink`: points that are finite and within ±kMaxCoordinate, strokes that
// still have a point. Stops after kMaxPoints points or kMaxSymbolStrokes strokes; returns false
// where it had to stop, because that much ink is not one symbol.
inline constexpr float kMaxCoordinate = 1e7f;
inline constexpr std::size_t kMaxPoints = 8192;
inline constexpr std::size_t kMaxSymbolStrokes = 12;
bool flatten(const Ink& ink, FlatInk& flat);

struct InkFeatures {
  static constexpr std::size_t kMapSide = 16;
  static constexpr std::size_t kMapChannels = 10;
  static constexpr std::size_t kPointCount = 64;
  static constexpr std::size_t kPointChannels = 7;
  static constexpr std::size_t kScalarCount = 13;

  std::array<float, kMapSide * kMapSide * kMapChannels> maps;
  std::array<float, kPointCount * kPointChannels> points;
  std::array<float, kScalarCount> scalars;
};

// Computes features; keeps its working memory between calls, so that it does not allocate once
// warm. Not for two threads at once.
class FeatureMaker {
 public:
  // `ink` has at least one point. Where it has none the features are all zero.
  void make(const FlatInk& ink, std::optional<float> relative_size, InkFeatures& features);

 private:
  void resample(const FlatInk& ink, float step);
  void fillMaps(float centre_x, float centre_y, float longest, InkFeatures& features) const;
  void fillPoints(const FlatInk& ink, float centre_x, float centre_y, float longest,
                  InkFeatures& features);

  FlatInk even_;                // the ink at equal steps
  std::vector<float> lengths_;  // of each stroke
};

}  // namespace primer::handwriting
