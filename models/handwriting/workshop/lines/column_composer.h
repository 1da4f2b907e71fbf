#pragma once

// Ink of column arithmetic in one hand: sums, differences, products and divisions as
// primer/handwriting/drawn_columns.h lays them out, in one writer's glyphs, with the freedoms that
// hands take.

#include <optional>
#include <vector>

#include "lines/line_composer.h"
#include "primer/handwriting/column_text.h"
#include "primer/handwriting/drawn_columns.h"

namespace primer::handwriting::workshop {

struct MadeColumns {
  Ink ink;
  std::vector<MadeSymbol> symbols;  // replaced ones too
  std::vector<std::size_t> rules;   // strokes that are lines, walls, strikes
  ColumnText text;
  float unit = 1;  // of the ink, in lengths of the plan
};

// A problem and its work at random: one in four with a wrong digit, one in six not finished.
ColumnText makeColumnText(toolkit::Random& random);

class ColumnComposer {
 public:
  // As LineComposer, of whole pages.
  ColumnComposer(const SampleStore& store, bool development, const ComposerOptions& options = {});

  MadeColumns make(toolkit::Random& random) const;
  // This plan in one hand; nothing where the hand has not all of its signs.
  std::optional<MadeColumns> set(const ColumnText& text, const ColumnPlan& plan,
                                 toolkit::Random& random) const;

 private:
  Glyphs glyphs_;
  ComposerOptions options_;
};

// What the networks are trained on: all ink but rules, as lines are.
MadeNotation withoutRules(const MadeColumns& made);

}  // namespace primer::handwriting::workshop
