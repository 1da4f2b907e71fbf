#pragma once

// From a network's scores to candidates with probabilities.

#include <cstddef>
#include <span>

#include "primer/handwriting/symbol_reader.h"
#include "primer/handwriting/symbol_set.h"

namespace primer::handwriting {

inline constexpr std::size_t kMostCandidates = 10;
inline constexpr std::size_t kFewestCandidates = 3;
// Candidates less likely than this are not shown once there are kFewestCandidates.
inline constexpr float kNegligible = 0.001f;

// The candidates of `allowed`, best first, from log probabilities over all symbols: those of the
// set share a probability of one. `log_probabilities` has kSymbolCount elements.
std::vector<Candidate> rankCandidates(std::span<const float> log_probabilities,
                                      const SymbolSet& allowed);

// In place: scores divided by `temperature` become natural logarithms of probabilities.
void toLogProbabilities(std::span<float> scores, float temperature);

}  // namespace primer::handwriting
