#include "primer/pronunciation/choosing.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "primer/pronunciation/phone_features.h"
#include "src/passage_graph.h"

namespace primer::pronunciation {

namespace {

constexpr WitnessNet::Shape kShape = {kChoiceFeatures, 1};
constexpr const char* kIsNone = "does not tell whether an answer was said";
constexpr float kNot = -1e5f;
constexpr double kNothing = -std::numeric_limits<double>::infinity();
// How far a walk's score, in nats, speaks for one choice against another: steps are not independent
// of one another.
constexpr double kPerNat = 0.35;
constexpr double kSame = 1e-3;  // nats: choices that sound alike
constexpr double kSure = 0.7;
constexpr double kFarAhead = 0.5;  // nats a step

double scoreOf(const std::vector<TextWord>& text, const Posteriors& posteriors) {
  AlignmentOptions options;
  options.omission = options.repetition = kNot;
  options.prior = 0;
  options.insertion = -12;  // "um, seven"
  options.foreign = -2.5f;
  const double score = walkScore(text, posteriors, {0, posteriors.steps()}, options);
  return score > kNot ? score : kNothing;
}

// Speech of any kind with pauses wherever they fit; `foreign` for each of its steps under the
// likeliest phone.
struct Anything {
  double score = 0;
  double speech = 0;  // steps
};

Anything anythingIn(const Posteriors& posteriors, float foreign) {
  AlignmentOptions options;
  options.prior = 0;
  options.foreign = foreign;
  std::vector<float> scores(kPassageUnits);
  Anything anything;
  for (std::size_t step = 0; step < posteriors.steps(); ++step) {
    passageScores(posteriors.at(step), options, scores);
    anything.score += std::max(scores[kAnyPhoneUnit], scores[kPauseUnit]);
    anything.speech += scores[kAnyPhoneUnit] > scores[kPauseUnit] ? 1 : 0;
  }
  return anything;
}

// What the scorer says of a text's words in a walk, each weighed by its phones.
struct Words {
  float said = 0;  // mean log odds that it was said
  float least = 4;
  float doubted = 0;  // share that was rather not said, or passed over
  float goodness = 0;
  float covered = 0;  // steps
  float foreign = 0;  // steps
};

float logOdds(float chance) {
  const float inside = std::clamp(chance, 0.003f, 0.9995f);
  return std::log(inside / (1 - inside));
}

Result<Words> wordsOf(const std::vector<TextWord>& text, const Alignment& walk,
                      const Posteriors& posteriors, Scorer& scorer) {
  PRIMER_ASSIGN(const auto scores, scorer.score(walk, posteriors));
  Words words;
  float all = 0;
  for (std::size_t w = 0; w < text.size(); ++w) {
    const auto& found = walk.words[w];
    const auto phones = static_cast<float>(text[w].ways[0].size());
    const float said = found.phones.empty() ? 0.0f : scores.words[w].said;
    all += phones;
    words.said += phones * logOdds(said);
    words.least = std::min(words.least, logOdds(said));
    words.doubted += said < 0.5f ? phones : 0;
    float fits = 0;
    for (const auto& phone : found.phones) {
      fits += goodness(posteriors, phone);
      words.covered += static_cast<float>(phone.steps.size());
    }
    if (!found.phones.empty()) {
      words.goodness += phones * fits / static_cast<float>(found.phones.size());
    }
  }
  for (const auto& foreign : walk.foreign)
    words.foreign += static_cast<float>(foreign.steps.size());
  words.said /= all;
  words.doubted /= all;
  words.goodness /= all;
  return words;
}

}  // namespace

std::vector<double> answerScores(const std::vector<std::vector<TextWord>>& texts,
                                 const Posteriors& posteriors) {
  std::vector<double> scores;
  for (const auto& text : texts) scores.push_back(scoreOf(text, posteriors));
  return scores;
}

Result<ChoiceFeatures> choiceFeatures(const std::vector<std::vector<TextWord>>& texts,
                                      const std::vector<double>& scores,
                                      const Posteriors& posteriors, Scorer& scorer) {
  const auto best =
      static_cast<std::size_t>(std::max_element(scores.begin(), scores.end()) - scores.begin());
  const auto& text = texts[best];
  double next = kNothing;
  for (const double score : scores) {
    if (score < scores[best] - kSame) next = std::max(next, score);
  }
  const auto steps = static_cast<double>(posteriors.steps());
  const auto dear = anythingIn(posteriors, -1.6f), usual = anythingIn(posteriors, -0.8f),
             cheap = anythingIn(posteriors, -0.4f);
  const double speech = std::max(usual.speech, 5.0);
  const auto lead = [&](const Anything& any, double over) {
    return static_cast<float>((scores[best] - any.score) / over);
  };
  const double ahead = scores[best] - next;
  // Free: words may be passed over, other speech may stand between them. Forced: they may not.
  PRIMER_ASSIGN(const auto free, wordsOf(text, align(text, posteriors), posteriors, scorer));
  PRIMER_ASSIGN(const auto forced,
                wordsOf(text, align(text, posteriors, carefulAlignment()), posteriors, scorer));
  float phones = 0;
  for (const auto& word : text) phones += static_cast<float>(word.ways[0].size());
  ChoiceFeatures features = {
      3 * lead(dear, steps),
      3 * lead(usual, steps),
      3 * lead(cheap, steps),
      lead(usual, speech),
      static_cast<float>(std::min(ahead / steps, kFarAhead)) * 5,
      static_cast<float>(std::min(ahead / speech, kFarAhead)) * 5,
      static_cast<float>(std::min(ahead, 60.0)) / 20,
      static_cast<float>(std::log(steps)) - 4,
      static_cast<float>(usual.speech / steps),
      static_cast<float>(std::log(phones / speech)) + 2,
      std::log(phones) - 2,
      free.said / 3,
      free.least / 3,
      free.doubted * 2,
      free.goodness / 2,
      forced.said / 3,
      forced.least / 3,
      forced.goodness / 2,
      free.covered / static_cast<float>(speech),
      2 * free.foreign / static_cast<float>(speech),
  };
  for (auto& feature : features) feature = std::clamp(feature, -4.0f, 4.0f);
  return features;
}

Result<Chooser> Chooser::open(const std::filesystem::path& file) {
  PRIMER_ASSIGN(auto net, WitnessNet::open(file, kShape, kIsNone));
  return Chooser(std::move(net));
}

Result<Chooser> Chooser::openShipped() {
  PRIMER_ASSIGN(auto net, WitnessNet::openShipped("pronunciation-choices.tflite", kShape, kIsNone));
  return Chooser(std::move(net));
}

Result<ChoiceResult> Chooser::choose(const std::vector<std::vector<TextWord>>& texts,
                                     const Posteriors& posteriors, Scorer& scorer) {
  const auto scores = answerScores(texts, posteriors);
  const double most = *std::max_element(scores.begin(), scores.end());
  // Too short for any of them.
  if (!std::isfinite(most)) return ChoiceResult{std::nullopt, 1, false, {}};
  double sum = 0;
  for (const double score : scores) sum += std::exp(kPerNat * (score - most));

  PRIMER_ASSIGN(const auto features, choiceFeatures(texts, scores, posteriors, scorer));
  PRIMER_ASSIGN(const float odds, net_.weigh(features));
  const double any = 1 / (1 + std::exp(-static_cast<double>(odds)));

  ChoiceResult result;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    result.candidates.push_back({i, any * std::exp(kPerNat * (scores[i] - most)) / sum});
  }
  std::stable_sort(result.candidates.begin(), result.candidates.end(),
                   [](const auto& a, const auto& b) { return a.p > b.p; });
  if (odds > kLeastChoiceOdds) {
    result.choice = result.candidates.front().choice;
    result.p = result.candidates.front().p;
  } else {
    result.p = 1 - any;
  }
  result.unsure = result.p < kSure;
  return result;
}

}  // namespace primer::pronunciation
