#pragma once

// From divisions of a line to readings: which classes, which structure.

#include <cstddef>
#include <string>
#include <vector>

#include "primer/handwriting/lines/division_search.h"
#include "primer/handwriting/lines/group_scorer.h"
#include "primer/handwriting/lines/layout.h"
#include "primer/handwriting/symbol_set.h"

namespace primer::handwriting::lines {

// How much each voice counts. Chosen on development lines (ink-lines --tune).
struct ReadingWeights {
  float one = 0.35f;          // that a group is one symbol, of its log odds
  float classes = 0.6f;       // its class
  float layout = 1;           // decisions of structure
  float plausibility = 0.6f;  // what is usual
  float token = 0.2f;         // for each symbol: many are not worse than few
  float alike = 1.5f;         // that signs of a line that look alike are of one class
  float forbidden = 3;        // nats against a symbol that the exercise cannot contain
};

struct FoundReading {
  std::vector<std::size_t> groups;       // of the division, in the order of writing
  std::vector<std::size_t> overwritten;  // groups that were written over: not read
  std::vector<std::size_t> labels;       // of each group
  Row row;                               // its symbols are indices into `groups`
  std::string latex;
  float score = 0;
  float layout = 0;         // the structure's part in it, in nats
  std::size_t covered = 0;  // of the division
};

// From the networks' scores of all candidate groups to readings: the best divisions, then
// searchReadings(). Empty where the groups cannot cover the strokes.
std::vector<FoundReading> findReadings(const LineStrokes& line,
                                       const std::vector<LineGroup>& groups,
                                       const std::vector<GroupScores>& scores,
                                       const SymbolSet& allowed, const ReadingWeights& weights);

// Different readings (by LaTeX), best first. Best-first search from the likeliest classes of each
// division, one class or one decision of structure changed at a time, within a bounded number of
// trials.
std::vector<FoundReading> searchReadings(const std::vector<LineGroup>& groups,
                                         const std::vector<GroupScores>& scores,
                                         const std::vector<LineDivision>& divisions,
                                         const SymbolSet& allowed, const ReadingWeights& weights);

}  // namespace primer::handwriting::lines
