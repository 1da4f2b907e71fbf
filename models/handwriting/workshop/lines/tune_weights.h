#pragma once

// Which weights of the reading search read development lines best.

#include <cstddef>
#include <vector>

#include "lines/line_composer.h"
#include "primer/handwriting/lines/group_scorer.h"
#include "primer/handwriting/lines/reading_search.h"

namespace primer::handwriting::workshop {

// A line with what the networks say of it, so that a search can be tried on it again and again.
struct ScoredLine {
  lines::LineStrokes strokes;
  std::vector<lines::LineGroup> groups;
  std::vector<lines::GroupScores> scores;
  std::string latex;
};

ScoredLine scoreLine(const MadeNotation& made, lines::GroupScorer& scorer);

// Per cent of the lines exactly right, plus a quarter of those within three.
double worthOf(const std::vector<ScoredLine>& lines, const lines::ReadingWeights& weights);

// One weight after another, a step up or down as long as it helps; says on standard error what
// each step gave.
lines::ReadingWeights tuneWeights(const std::vector<ScoredLine>& lines,
                                  lines::ReadingWeights weights, int rounds);

}  // namespace primer::handwriting::workshop
