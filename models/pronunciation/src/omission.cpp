#include "primer/pronunciation/omission.h"

#include <algorithm>
#include <cmath>

#include "primer/pronunciation/phone_features.h"
#include "src/passage_graph.h"

namespace primer::pronunciation {

namespace {

constexpr float kLeastOfText = 0.33f;  // mean chance of the text's phones, else it is another one
constexpr float kSure = 0.97f;         // chance in the free walk from which a word counts as said
constexpr float kSurelySaid = 0.99f;   // and in the forced one
constexpr float kLeastOdds = 0.5f;  // to be told that one left out a word is worse than not to be
constexpr std::size_t kNeighbours = 2;
constexpr float kMostRatio = 40;  // nats

float logOdds(float chance) {
  const float inside = std::clamp(chance, 0.003f, 0.9995f);
  return std::log(inside / (1 - inside));
}

float meanGoodness(const WordFound& word, const Posteriors& posteriors) {
  float sum = 0;
  for (const auto& phone : word.phones) sum += goodness(posteriors, phone);
  return sum / static_cast<float>(std::max<std::size_t>(word.phones.size(), 1));
}

// Mean chance of the phones where they should sound.
float meanChance(const WordFound& word, const Posteriors& posteriors) {
  float sum = 0, count = 0;
  for (const auto& phone : word.phones) {
    for (std::size_t step = phone.steps.first; step < phone.steps.last; ++step, ++count) {
      sum += std::exp(posteriors.at(step)[phone.phone]);
    }
  }
  return sum / std::max(count, 1.0f);
}

// How much better the sound near a word is explained with it than without it, in nats: the ratio of
// two hypotheses, of the whole neighbourhood and not of the word's own steps. Other speech may
// stand in its place.
float ratioWithAndWithout(const Walks& walks, std::size_t word) {
  const auto& found = walks.forced.alignment.words;
  const std::size_t first = word - std::min(word, kNeighbours);
  const std::size_t last = std::min(word + kNeighbours, found.size() - 1);
  StepRange range = {0, walks.posteriors.steps()};
  if (first > 0 && !found[first - 1].phones.empty()) range.first = found[first - 1].steps().last;
  if (last + 1 < found.size() && !found[last + 1].phones.empty()) {
    range.last = found[last + 1].steps().first;
  }
  std::vector<TextWord> with, without;
  for (std::size_t w = first; w <= last; ++w) {
    if (found[w].phones.empty()) continue;
    with.push_back({walks.text[w].written, {walks.text[w].ways[found[w].way]}});
    if (w != word) without.push_back(with.back());
  }
  const double difference =
      walkScore(with, walks.posteriors, range) - walkScore(without, walks.posteriors, range);
  return std::clamp(static_cast<float>(difference), -kMostRatio, kMostRatio);
}

}  // namespace

bool isOtherText(const View& view) {
  float phones = 0, said = 0;
  for (std::size_t w = 0; w < view.alignment.words.size(); ++w) {
    // A word that the walk left out has no phones any more: it counts as a short one.
    const auto count =
        static_cast<float>(std::max<std::size_t>(view.alignment.words[w].phones.size(), 3));
    phones += count;
    said += count * view.scores.words[w].said;
  }
  return phones > 0 && said < kLeastOfText * phones;
}

OmissionFeatures omissionFeatures(const Walks& walks, std::size_t word) {
  const auto& squeezed = walks.forced.alignment.words[word];
  const auto& free = walks.first.alignment.words[word];
  const bool passed = free.phones.empty();
  const auto phones = static_cast<float>(squeezed.phones.size());
  const auto steps_a_phone = static_cast<float>(squeezed.steps().size()) / phones;
  const float chance = meanChance(squeezed, walks.posteriors);
  const float ratio = ratioWithAndWithout(walks, word);
  float wrong = 0;
  for (const auto& phone : walks.forced.scores.phones) {
    if (phone.row.word == word) wrong += phone.wrong / phones;
  }
  return {1,
          passed ? 1.0f : 0.0f,
          logOdds(walks.first.scores.words[word].said),
          logOdds(walks.forced.scores.words[word].said),
          meanGoodness(squeezed, walks.posteriors),
          passed ? 0.0f : meanGoodness(free, walks.posteriors),
          std::log(chance + 0.01f),
          chance,
          std::log(steps_a_phone),
          steps_a_phone < 1.01f ? 1.0f : 0.0f,
          std::log(phones),
          walks.forced.scores.words[word].accuracy,
          std::log(steps_a_phone) * std::log(phones),
          ratio / 10,
          std::clamp(ratio / phones, -8.0f, 8.0f),
          wrong};
}

bool doubted(const Walks& walks, std::size_t word) {
  if (walks.forced.alignment.words[word].phones.empty()) return false;
  const bool passed = walks.first.alignment.words[word].phones.empty();
  return (passed || walks.first.scores.words[word].said < kSure) &&
         walks.forced.scores.words[word].said < kSurelySaid;
}

bool leftOut(const Walks& walks, std::size_t word) {
  if (walks.forced.alignment.words[word].phones.empty()) return true;
  if (!doubted(walks, word)) return false;
  // Logistic regression (workshop: pronunciation-omissions).
  static constexpr OmissionFeatures kWeights = {
      -7.997f, 1.313f,  -0.101f, -0.265f, -0.194f, -0.305f, 0.138f,  0.620f,
      0.475f,  -0.132f, 3.550f,  4.038f,  -0.993f, -0.302f, -0.112f, 0.704f};
  const auto features = omissionFeatures(walks, word);
  float odds = 0;
  for (std::size_t k = 0; k < kOmissionFeatures; ++k) odds += kWeights[k] * features[k];
  return odds > kLeastOdds;
}

}  // namespace primer::pronunciation
