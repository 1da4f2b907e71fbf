#pragma once

// A sheet of working as a pupil writes it: strokes go in one after another, and what stands there
// comes out as lines for the checker of working and as columns for the checker of columns.
//
// What was scratched out is gone, what was written over is not read, and the pupil's own hand is
// leaned on. Nothing is judged here, and nothing that is unsure may be.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "primer/base/ink.h"
#include "primer/base/result.h"
#include "primer/gesture/corrected_page.h"
#include "primer/handwriting/personal_templates.h"
#include "primer/handwriting/work_reader.h"
#include "primer/maths/column_work.h"

namespace primer::app {

// One line, or one piece of column work.
struct WrittenPiece {
  // Which strokes, counted as they were added.
  std::vector<std::size_t> strokes;
  handwriting::Box box;
  std::string text;   // of a line, as the checker of working takes it; empty: cannot be read
  std::string latex;  // the same, for show
  std::optional<maths::ColumnWork> columns;
  float confidence = 0;
  // Would be asked about, never graded as it stands. So is what a strike goes through, except for
  // a difference's upper number, where it says that a ten was lent.
  bool unsure = true;
};

// Used from one thread (the tutor's worker). A missing model is an Error, and the tutor goes on
// without working lines.
class WrittenWork {
 public:
  static Result<WrittenWork> openShipped();

  // What the stroke was taken for: writing, or a gesture (gesture_reader.h).
  gesture::Gesture add(const Stroke& stroke);

  // The pupil's own hand; of another model it is not looked at.
  void useHand(std::optional<handwriting::PersonalTemplates> hand) { hand_ = std::move(hand); }
  // PersonalTemplates are of this space.
  std::uint64_t featureSpace() const { return reader_.featureSpace(); }

  // What stands there now, from top to bottom. A stroke more costs the pieces that it belongs to.
  // `lines`: of ruled paper. `expected`: what the exercise can contain.
  std::vector<WrittenPiece> read(
      const std::vector<handwriting::LineContext::Ruled>& lines = {},
      const std::optional<handwriting::SymbolSet>& expected = std::nullopt);

  // The ink that stands there, without what was scratched out.
  const Ink& ink() const { return page_.ink(); }

  // A new sheet.
  void clear() { page_.clear(); }

 private:
  WrittenWork(gesture::CorrectedPage page, handwriting::WorkReader reader)
      : page_(std::move(page)), reader_(std::move(reader)) {}

  gesture::CorrectedPage page_;
  handwriting::WorkReader reader_;
  std::optional<handwriting::PersonalTemplates> hand_;
};

}  // namespace primer::app
