#pragma once

// Fits the weights by which doubts become a confidence (primer/handwriting/lines/confidence.h).

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "lines/tune_weights.h"
#include "primer/handwriting/lines/confidence.h"

namespace primer::handwriting::workshop {

struct JudgedLine {
  lines::Doubts doubts{};
  bool right = false;
  std::uint32_t writer = 0;
};

// Nothing where the line gives no reading at all.
std::optional<JudgedLine> judgeLine(const ScoredLine& line, std::uint32_t writer);

// The net that explains `lines` best (fit_net.h).
lines::DoubtNet fitDoubts(const std::vector<JudgedLine>& lines, std::uint64_t seed);

// Weights of a logistic regression, for doubts whose last number is 1.
std::vector<float> fitLogistic(const std::vector<std::pair<std::vector<float>, bool>>& cases);

// Mean loss in nats, and per cent unsure where `sure_wrong` per cent of all are sure and wrong.
struct ConfidenceFigures {
  double loss = 0;
  double unsure = 0;
  double threshold = 0;
};
ConfidenceFigures measureConfidence(const std::vector<JudgedLine>& lines,
                                    const lines::DoubtNet& net, double sure_wrong);

}  // namespace primer::handwriting::workshop
