#pragma once

// What the gesture model sees of a stroke and of the ink beneath it. Training and reading run this
// same code.
//
// Invariant under moving and scaling of stroke and ink together (up to the rounding of floats),
// indifferent to the sampling rate, deterministic. Time and pressure are not used.
//
// Two inputs, float, each in about [-1, 1]:
// - maps, 16 x 16 x 6 (y, x, channel), framed by the stroke: its ink by direction (4, without a
//   sense, shared linearly between the two nearest), its first and last point, the ink beneath.
// - scalars, 22: how large the stroke is beside the ink beneath, how straight, closed, curled and
//   zigzag, what of the ink beneath it goes round, across or over: gesture_features.cpp lists them.

#include <array>
#include <cstddef>
#include <vector>

#include "primer/handwriting/ink_features.h"

namespace primer::gesture {

// Context that is looked at: the ink nearest to the stroke.
inline constexpr std::size_t kMostContextStrokes = 64;
inline constexpr std::size_t kStrokePoints = 64;   // of the stroke, at equal steps
inline constexpr std::size_t kContextPoints = 16;  // of each stroke beneath

struct GestureFeatures {
  static constexpr std::size_t kMapSide = 16;
  static constexpr std::size_t kMapChannels = 6;
  static constexpr std::size_t kScalarCount = 22;

  std::array<float, kMapSide * kMapSide * kMapChannels> maps;
  std::array<float, kScalarCount> scalars;
};

// `stroke` holds one stroke with at least one point (all points are taken, as one stroke),
// `beneath` what was on the page before it; both finite, in one unit. Takes bounded time: of
// `beneath` the kMostContextStrokes strokes nearest to the stroke's box count. Not for two threads
// at once.
class GestureFeatureMaker {
 public:
  void make(const handwriting::FlatInk& stroke, const handwriting::FlatInk& beneath,
            GestureFeatures& features);

 private:
  using Points = std::vector<handwriting::PlanePoint>;
  struct ContextStroke {
    Points points;
    handwriting::Extent box;
    float distance = 0;  // of its box from the stroke's
  };
  void gather(const handwriting::Extent& box, const handwriting::FlatInk& beneath);
  void fillMaps(const handwriting::Extent& box, float longest, GestureFeatures& features) const;
  void fillScalars(const handwriting::Extent& box, float longest, GestureFeatures& features) const;

  Points even_;                         // the stroke at equal steps
  std::vector<ContextStroke> context_;  // nearest first
  float scale_ = 0;                     // median longest side of context_; 0 without any
};

}  // namespace primer::gesture
