#pragma once

// Fits the weights by which doubts become a confidence (primer/handwriting/lines/confidence.h).

#include <vector>

#include "lines/tune_weights.h"
#include "primer/handwriting/lines/confidence.h"

namespace primer::handwriting::workshop {

struct JudgedLine {
  lines::Doubts doubts{};
  bool right = false;
};

// Nothing where the line gives no reading at all.
std::optional<JudgedLine> judgeLine(const ScoredLine& line);

// Logistic regression by gradient descent.
lines::Doubts fitDoubts(const std::vector<JudgedLine>& lines);

}  // namespace primer::handwriting::workshop
