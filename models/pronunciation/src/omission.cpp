#include "primer/pronunciation/omission.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "primer/pronunciation/phone_features.h"
#include "primer/pronunciation/phone_likeness.h"
#include "src/passage_graph.h"

namespace primer::pronunciation {

namespace {

constexpr WitnessNet::Shape kShape = {kOmissionFeatures, 1};
constexpr const char* kIsNone = "does not tell which words were left out";
constexpr float kLeastOfText = 0.33f;  // mean chance of the text's phones, else it is another one
constexpr float kSure = 0.98f;         // chance in the free walk from which a word counts as said
constexpr float kSurelySaid = 0.995f;  // and in the forced one
constexpr std::size_t kNeighbours = 2;
constexpr float kMostRatio = 40;    // nats
constexpr std::size_t kAround = 5;  // steps about a word in which its sounds are looked for
constexpr float kMostOdds = 10;     // of a sound
constexpr float kCertain = 20;      // log odds where the net is not asked
constexpr float kNobody = 3;        // in place of a neighbour's log odds where there is none

float logOdds(float chance) {
  const float inside = std::clamp(chance, 0.003f, 0.9995f);
  return std::log(inside / (1 - inside));
}

float meanGoodness(const WordFound& word, const Posteriors& posteriors) {
  float sum = 0;
  for (const auto& phone : word.phones) sum += goodness(posteriors, phone);
  return sum / static_cast<float>(std::max<std::size_t>(word.phones.size(), 1));
}

// What the nets for sounds say of a word's.
struct JudgedSounds {
  float wrong = 0;     // mean chance
  float replaced = 0;  // log odds: mean, least and most
  float least = 0;
  float most = 0;
  float share = 0;  // of those more likely replaced than not
};

JudgedSounds judgedSoundsOf(const View& view, std::size_t word) {
  JudgedSounds sounds;
  float count = 0;
  for (std::size_t i = 0; i < view.scores.phones.size(); ++i) {
    const auto& phone = view.scores.phones[i];
    if (phone.row.word != word) continue;
    const float odds = std::clamp(view.replaced[i], -kMostOdds, kMostOdds);
    sounds.least = count == 0 ? odds : std::min(sounds.least, odds);
    sounds.most = count == 0 ? odds : std::max(sounds.most, odds);
    sounds.wrong += phone.wrong;
    sounds.replaced += odds;
    sounds.share += odds > 0 ? 1 : 0;
    ++count;
  }
  const float all = std::max(count, 1.0f);
  sounds.wrong /= all;
  sounds.replaced /= all;
  sounds.share /= all;
  return sounds;
}

float logPace(const WordFound& word) {
  return std::log(static_cast<float>(word.steps().size()) / static_cast<float>(word.phones.size()));
}

// The phones of a word where they should sound.
struct Sounding {
  float chance = 0;  // mean over the steps
  float silent = 0;  // of silence
  float kind = 0;    // of the phone or any of its kind
  float best = 0;    // of each phone's best step, mean
  float worst = 1;   // and of the least of them
  float hits = 0;    // share of phones that are the likeliest in one of their steps
};

Sounding soundingOf(const WordFound& word, const Posteriors& posteriors) {
  Sounding sounding;
  float steps = 0;
  for (const auto& phone : word.phones) {
    float best = 0;
    bool hit = false;
    for (std::size_t step = phone.steps.first; step < phone.steps.last; ++step, ++steps) {
      const auto at = posteriors.at(step);
      const float chance = std::exp(at[phone.phone]);
      sounding.chance += chance;
      sounding.silent += std::exp(at[kSilence]);
      for (Phone other = 0; other < kPhones; ++other) {
        if (kindOf(other) == kindOf(phone.phone)) sounding.kind += std::exp(at[other]);
      }
      best = std::max(best, chance);
      hit = hit || std::max_element(at.begin(), at.begin() + kPhones) - at.begin() == phone.phone;
    }
    sounding.best += best;
    sounding.worst = std::min(sounding.worst, best);
    sounding.hits += hit ? 1 : 0;
  }
  const auto phones = static_cast<float>(std::max<std::size_t>(word.phones.size(), 1));
  steps = std::max(steps, 1.0f);
  sounding.chance /= steps;
  sounding.silent /= steps;
  sounding.kind /= steps;
  sounding.best /= phones;
  sounding.hits /= phones;
  return sounding;
}

// How the reader says all words but one.
struct Rest {
  float odds = 0, goodness = 0, pace = 0;
};

Rest restOf(const Walks& walks, std::size_t without) {
  Rest rest;
  float count = 0;
  const auto& words = walks.forced.alignment.words;
  for (std::size_t w = 0; w < words.size(); ++w) {
    if (w == without || words[w].phones.empty()) continue;
    rest.odds += logOdds(walks.forced.scores.words[w].said);
    rest.goodness += meanGoodness(words[w], walks.posteriors);
    rest.pace += logPace(words[w]);
    ++count;
  }
  count = std::max(count, 1.0f);
  return {rest.odds / count, rest.goodness / count, rest.pace / count};
}

// The neighbourhood of a word in the forced walk, with it and without.
struct Neighbourhood {
  std::vector<TextWord> with, without;
  StepRange steps;
};

Neighbourhood neighbourhoodOf(const Walks& walks, std::size_t word) {
  const auto& found = walks.forced.alignment.words;
  const std::size_t first = word - std::min(word, kNeighbours);
  const std::size_t last = std::min(word + kNeighbours, found.size() - 1);
  Neighbourhood near;
  near.steps = {0, walks.posteriors.steps()};
  if (first > 0 && !found[first - 1].phones.empty()) {
    near.steps.first = found[first - 1].steps().last;
  }
  if (last + 1 < found.size() && !found[last + 1].phones.empty()) {
    near.steps.last = found[last + 1].steps().first;
  }
  for (std::size_t w = first; w <= last; ++w) {
    if (found[w].phones.empty()) continue;
    near.with.push_back({walks.text[w].written, {walks.text[w].ways[found[w].way]}});
    if (w != word) near.without.push_back(near.with.back());
  }
  return near;
}

// How much better the sound near a word is explained with it than without it, in nats: the ratio of
// two hypotheses, of the whole neighbourhood and not of the word's own steps. Other speech may
// stand in its place, at a price.
float ratioWithAndWithout(const Neighbourhood& near, const Posteriors& posteriors, float insertion,
                          float foreign) {
  AlignmentOptions options;
  options.insertion = insertion;
  options.foreign = foreign;
  const double difference = walkScore(near.with, posteriors, near.steps, options) -
                            walkScore(near.without, posteriors, near.steps, options);
  return std::clamp(static_cast<float>(difference), -kMostRatio, kMostRatio);
}

// A neighbour in the forced walk; nobody beyond the text's ends.
struct Neighbour {
  float odds = kNobody, goodness = 0, pace = 0, passed = 0;
};

Neighbour neighbourAt(const Walks& walks, std::size_t word) {
  const auto& words = walks.forced.alignment.words;
  if (word >= words.size() || words[word].phones.empty()) return {};
  return {logOdds(walks.forced.scores.words[word].said),
          meanGoodness(words[word], walks.posteriors), logPace(words[word]),
          walks.first.alignment.words[word].phones.empty() ? 1.0f : 0.0f};
}

// Speech beside a word that is none of the text's, in the free walk.
float foreignBeside(const Walks& walks, std::size_t word) {
  std::size_t steps = 0;
  for (const auto& foreign : walks.first.alignment.foreign) {
    if (foreign.before == word || foreign.before == word + 1) steps += foreign.steps.size();
  }
  return std::log1p(static_cast<float>(steps)) / 2;
}

}  // namespace

Result<View> viewOf(Alignment walk, const Posteriors& posteriors, Scorer& scorer, Panel& panel,
                    SubstitutionFinder& substitutions) {
  View view;
  view.alignment = std::move(walk);
  const auto features = phoneFeatures(view.alignment, posteriors, scorer.durations());
  PRIMER_ASSIGN(view.scores, scorer.score(view.alignment, features));
  PRIMER_TRY(panel.join(view.alignment, view.scores));
  PRIMER_ASSIGN(view.replaced, substitutions.odds(view.alignment, posteriors, features));
  return view;
}

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
  const auto& posteriors = walks.posteriors;
  const bool passed = free.phones.empty();
  const auto phones = static_cast<float>(squeezed.phones.size());
  const auto pace = logPace(squeezed);
  const float fits = meanGoodness(squeezed, posteriors);
  const auto sounding = soundingOf(squeezed, posteriors);
  const auto rest = restOf(walks, word);
  const auto before = neighbourAt(walks, word - 1), after = neighbourAt(walks, word + 1);
  const auto near = neighbourhoodOf(walks, word);
  const AlignmentOptions usual;
  const float ratio = ratioWithAndWithout(near, posteriors, usual.insertion, usual.foreign);
  const float told_dear = ratioWithAndWithout(near, posteriors, -30, -3);
  const float told_cheap = ratioWithAndWithout(near, posteriors, -3, -0.7f);
  const auto steps = squeezed.steps();
  const StepRange about = {steps.first - std::min(steps.first, kAround),
                           std::min(steps.last + kAround, posteriors.steps())};
  Pronunciation wanted;
  for (const auto& phone : squeezed.phones) wanted.push_back(phone.phone);
  const auto sounds = judgedSoundsOf(walks.forced, word);
  const auto count = static_cast<float>(walks.text.size());
  OmissionFeatures features = {
      passed ? 1.0f : 0.0f,
      logOdds(walks.first.scores.words[word].said) / 3,
      logOdds(walks.forced.scores.words[word].said) / 3,
      fits / 3,
      passed ? 0.0f : meanGoodness(free, posteriors) / 3,
      std::log(sounding.chance + 0.01f) / 2,
      sounding.chance,
      pace,
      pace < 0.01f ? 1.0f : 0.0f,
      std::log(phones),
      walks.forced.scores.words[word].accuracy,
      walks.forced.scores.words[word].total,
      ratio / 10,
      ratio / phones / 3,
      told_dear / 10,
      told_dear / phones / 3,
      told_cheap / 10,
      told_cheap / phones / 3,
      sounds.wrong,
      rest.odds / 3,
      (fits - rest.goodness) / 3,
      rest.goodness / 3,
      pace - rest.pace,
      before.odds / 3,
      before.goodness / 3,
      before.pace - rest.pace,
      before.passed,
      after.odds / 3,
      after.goodness / 3,
      after.pace - rest.pace,
      after.passed,
      sounding.silent,
      sounding.kind,
      sounding.best,
      sounding.worst,
      sounding.hits,
      distanceWithin(wanted, decodedPhones(posteriors, about)),
      foreignBeside(walks, word),
      word == 0 || word + 1 == walks.text.size() ? 1.0f : 0.0f,
      sounds.replaced / 3,
      sounds.least / 3,
      sounds.most / 3,
      sounds.share,
      std::log(count) / 2,
  };
  for (auto& feature : features) feature = std::clamp(feature, -4.0f, 4.0f);
  return features;
}

bool doubted(const Walks& walks, std::size_t word) {
  if (walks.forced.alignment.words[word].phones.empty()) return false;
  const bool passed = walks.first.alignment.words[word].phones.empty();
  return (passed || walks.first.scores.words[word].said < kSure) &&
         walks.forced.scores.words[word].said < kSurelySaid;
}

Result<OmissionFinder> OmissionFinder::open(const std::filesystem::path& file) {
  PRIMER_ASSIGN(auto net, WitnessNet::open(file, kShape, kIsNone));
  return OmissionFinder(std::move(net));
}

Result<OmissionFinder> OmissionFinder::openShipped() {
  PRIMER_ASSIGN(auto net,
                WitnessNet::openShipped("pronunciation-omissions.tflite", kShape, kIsNone));
  return OmissionFinder(std::move(net));
}

Result<float> OmissionFinder::odds(const Walks& walks, std::size_t word) {
  if (walks.forced.alignment.words[word].phones.empty()) return kCertain;
  if (!doubted(walks, word)) return -kCertain;
  return net_.weigh(omissionFeatures(walks, word));
}

Result<bool> OmissionFinder::leftOut(const Walks& walks, std::size_t word) {
  PRIMER_ASSIGN(const float told, odds(walks, word));
  return told > kLeastOmissionOdds;
}

}  // namespace primer::pronunciation
