#include "src/choosing.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "src/passage_graph.h"

namespace primer::pronunciation {

namespace {

constexpr float kNot = -1e5f;
// How far a walk's score, in nats, speaks for a choice: steps are not independent of one another.
constexpr double kPerNat = 0.35;
// Any speech at all, for each of its steps under the likeliest phone.
constexpr float kForeign = -1.45f;
constexpr double kSure = 0.7;

double scoreOf(const std::vector<TextWord>& text, const Posteriors& posteriors) {
  AlignmentOptions options;
  options.omission = options.repetition = kNot;
  options.insertion = -12;  // "um, seven"
  options.foreign = -2.5f;
  const auto graph = passageGraph(text, options);
  std::vector<float> scores(kPassageUnits);
  const auto walk = bestPath(graph.path, posteriors.steps(), [&](std::size_t step) {
    passageScores(posteriors.at(step), options, scores);
    return std::span<const float>(scores);
  });
  return walk.nodes.empty() ? -std::numeric_limits<double>::infinity() : walk.score;
}

// Speech of any kind with pauses wherever they fit.
double scoreOfAnything(const Posteriors& posteriors) {
  AlignmentOptions options;
  options.foreign = kForeign;
  std::vector<float> scores(kPassageUnits);
  double sum = 0;
  for (std::size_t step = 0; step < posteriors.steps(); ++step) {
    passageScores(posteriors.at(step), options, scores);
    sum += std::max(scores[kAnyPhoneUnit], scores[kPauseUnit]);
  }
  return sum;
}

}  // namespace

ChoiceResult chooseAmong(const std::vector<std::vector<TextWord>>& texts,
                         const Posteriors& posteriors) {
  std::vector<double> scores;
  for (const auto& text : texts) scores.push_back(scoreOf(text, posteriors));
  const double none = scoreOfAnything(posteriors);
  const double most = std::max(none, *std::max_element(scores.begin(), scores.end()));
  double sum = std::exp(kPerNat * (none - most));
  for (const double score : scores) sum += std::exp(kPerNat * (score - most));

  ChoiceResult result;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    result.candidates.push_back({i, std::exp(kPerNat * (scores[i] - most)) / sum});
  }
  std::stable_sort(result.candidates.begin(), result.candidates.end(),
                   [](const auto& a, const auto& b) { return a.p > b.p; });
  const double p_none = std::exp(kPerNat * (none - most)) / sum;
  const auto& best = result.candidates.front();
  if (best.p > p_none) {
    result.choice = best.choice;
    result.p = best.p;
  } else {
    result.p = p_none;
  }
  result.unsure = result.p < kSure;
  return result;
}

}  // namespace primer::pronunciation
