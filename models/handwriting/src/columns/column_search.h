#pragma once

// From the networks' scores of candidate groups to column work: the best divisions, each laid out
// in rows and columns.

#include <array>
#include <cstddef>
#include <vector>

#include "primer/handwriting/lines/group_scorer.h"
#include "primer/handwriting/lines/line_strokes.h"
#include "src/columns/column_layout.h"

namespace primer::handwriting::columns {

// What a group is worth as a digit and as a sign of column work; nats.
struct SignScores {
  std::array<float, 10> digits{};
  char sign = 0;
  float sign_score = 0;

  std::size_t bestDigit() const;
};
SignScores signScoresOf(const lines::GroupScores& scores);

struct FoundColumns {
  std::vector<std::size_t> groups;  // in the order of writing
  std::vector<std::size_t> overwritten;
  std::vector<PaperSign> signs;  // of each group
  ColumnLayout layout;
  float score = 0;
  std::size_t covered = 0;  // as lines::LineDivision
};

// Different texts, best first.
std::vector<FoundColumns> findColumns(const lines::LineStrokes& line,
                                      const std::vector<lines::LineGroup>& groups,
                                      const std::vector<lines::GroupScores>& scores,
                                      const Rulings& rulings);

// What the confidence is made of; each number about 0 where all is well, below 0 where it is not;
// and 1.
inline constexpr std::size_t kColumnDoubts = 11;
using ColumnDoubts = std::array<float, kColumnDoubts>;
ColumnDoubts columnDoubtsOf(const std::vector<FoundColumns>& found,
                            const std::vector<lines::GroupScores>& scores);
// Weights fitted on development pages (ink-columns --calibrate).
float columnChanceOf(const ColumnDoubts& doubts);

}  // namespace primer::handwriting::columns
