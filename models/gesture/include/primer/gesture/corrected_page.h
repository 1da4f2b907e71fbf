#pragma once

// A page as it stands after the pen's own corrections: what was scratched out is gone, gestures are
// no ink. What remains is what the readers of lines and columns are given.

#include <cstddef>
#include <utility>
#include <vector>

#include "primer/base/ink.h"
#include "primer/gesture/gesture_reader.h"

namespace primer::gesture {

// Grows stroke by stroke; a stroke costs one run of the gesture model. Thread-compatible.
class CorrectedPage {
 public:
  explicit CorrectedPage(GestureReader reader) : reader_(std::move(reader)) {}

  // What the stroke was taken for. Writing is added to the page. A scratch-out takes away every
  // stroke that lies for the most part beneath it; where none does, it is ink like other ink.
  // Circles, carets and strikes are not added. A strike leaves what it crosses: whether it is void
  // or only lent a ten is for whoever reads the page (struck()).
  Gesture add(const Stroke& stroke);

  // What is on the page, in the order of writing.
  const Ink& ink() const { return ink_; }
  // For each stroke of ink(): the how-manieth it was of all that were added.
  const std::vector<std::size_t>& numbers() const { return numbers_; }
  // Strokes of ink() that a strike crossed; ascending.
  std::vector<std::size_t> struck() const;

  void clear();

 private:
  GestureReader reader_;
  Ink ink_;
  std::vector<std::size_t> numbers_;
  std::vector<bool> struck_;
  std::size_t added_ = 0;
};

}  // namespace primer::gesture
