#include "src/choosing.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "src/passage_graph.h"

namespace primer::pronunciation {

namespace {

constexpr float kNot = -1e5f;
// How far a walk's score, in nats, speaks for one choice against another: steps are not independent
// of one another.
constexpr double kPerNat = 0.35;
// Any speech at all, for each of its steps under the likeliest phone.
constexpr float kForeign = -0.8f;
// How sure it is that one of the choices was said, in log odds: from how far the best one lies
// ahead of any speech and of the next choice, in nats a step (fitted on development speakers).
constexpr double kFarAhead = 0.2;
constexpr double kPerLead = 10;
constexpr double kLeastLead = -0.27;
constexpr double kSame = 1e-3;  // nats: choices that sound alike
constexpr double kSure = 0.7;

double scoreOf(const std::vector<TextWord>& text, const Posteriors& posteriors) {
  AlignmentOptions options;
  options.omission = options.repetition = kNot;
  options.prior = 0;
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
  options.prior = 0;
  options.foreign = kForeign;
  std::vector<float> scores(kPassageUnits);
  double sum = 0;
  for (std::size_t step = 0; step < posteriors.steps(); ++step) {
    passageScores(posteriors.at(step), options, scores);
    sum += std::max(scores[kAnyPhoneUnit], scores[kPauseUnit]);
  }
  return sum;
}

// Chance that one of the choices was said at all.
double chanceOfAny(double best, double next, const Posteriors& posteriors) {
  const auto steps = static_cast<double>(std::max<std::size_t>(posteriors.steps(), 1));
  const double lead = (best - scoreOfAnything(posteriors)) / steps;
  const double ahead = std::min((best - next) / steps, kFarAhead);
  return 1 / (1 + std::exp(-kPerLead * (lead + ahead - kLeastLead)));
}

}  // namespace

ChoiceResult chooseAmong(const std::vector<std::vector<TextWord>>& texts,
                         const Posteriors& posteriors) {
  std::vector<double> scores;
  for (const auto& text : texts) scores.push_back(scoreOf(text, posteriors));
  const double most = *std::max_element(scores.begin(), scores.end());
  double sum = 0, next = -std::numeric_limits<double>::infinity();
  if (!std::isfinite(most)) return {std::nullopt, 1, false, {}};  // too short for any of them
  for (const double score : scores) {
    sum += std::exp(kPerNat * (score - most));
    if (score < most - kSame) next = std::max(next, score);
  }
  const double any = chanceOfAny(most, next, posteriors);

  ChoiceResult result;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    result.candidates.push_back({i, any * std::exp(kPerNat * (scores[i] - most)) / sum});
  }
  std::stable_sort(result.candidates.begin(), result.candidates.end(),
                   [](const auto& a, const auto& b) { return a.p > b.p; });
  if (any > 0.5) {
    result.choice = result.candidates.front().choice;
    result.p = result.candidates.front().p;
  } else {
    result.p = 1 - any;
  }
  result.unsure = result.p < kSure;
  return result;
}

}  // namespace primer::pronunciation
