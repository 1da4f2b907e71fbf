#include "src/scoring.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace primer::handwriting {

void toLogProbabilities(std::span<float> scores, float temperature) {
  const float top = *std::max_element(scores.begin(), scores.end());
  float sum = 0;
  for (auto& score : scores) {
    score = (score - top) / temperature;
    sum += std::exp(score);
  }
  const float log_sum = std::log(sum);
  for (auto& score : scores) score -= log_sum;
}

std::vector<Candidate> rankCandidates(std::span<const float> log_probabilities,
                                      const SymbolSet& allowed) {
  std::array<std::size_t, kSymbolCount> order;
  std::size_t count = 0;
  for (std::size_t i = 0; i < kSymbolCount; ++i) {
    if (allowed.contains(i)) order[count++] = i;
  }
  const auto likelier = [&](std::size_t a, std::size_t b) {
    return log_probabilities[a] > log_probabilities[b] ||
           (log_probabilities[a] == log_probabilities[b] && a < b);
  };
  const auto shown = std::min(count, kMostCandidates);
  std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(shown),
                    order.begin() + static_cast<std::ptrdiff_t>(count), likelier);
  const float top = log_probabilities[order[0]];
  float sum = 0;
  for (std::size_t k = 0; k < count; ++k) sum += std::exp(log_probabilities[order[k]] - top);
  std::vector<Candidate> candidates;
  for (std::size_t k = 0; k < shown; ++k) {
    const float probability = std::exp(log_probabilities[order[k]] - top) / sum;
    if (k >= kFewestCandidates && probability < kNegligible) break;
    candidates.push_back({std::string(symbolText(order[k])), probability});
  }
  return candidates;
}

}  // namespace primer::handwriting
