#include "primer/pronunciation/substitution.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "primer/pronunciation/phone_likeness.h"
#include "src/replacement_walk.h"

namespace primer::pronunciation {

namespace {

constexpr WitnessNet::Shape kShape = {kSubstitutionWitnesses, 1};
constexpr const char* kIsNone = "does not tell which sounds were replaced";
constexpr float kLeastChance = 1e-4f;
constexpr float kMostGain = 24;  // nats

// Of a mean chance, a quarter: as the rows' own logarithms.
float logOf(float chance) { return std::log(std::max(chance, kLeastChance)) / 4; }

Phone wantedIn(std::span<const float> row) {
  const auto wanted = row.subspan(phone_feature::kPhone, kPhones);
  return static_cast<Phone>(std::max_element(wanted.begin(), wanted.end()) - wanted.begin());
}

// The chances over the phone's steps, which the row has doubled.
std::array<float, kUnits> chancesIn(std::span<const float> row) {
  std::array<float, kUnits> chances{};
  for (std::size_t u = 0; u < kUnits; ++u) chances[u] = row[phone_feature::kChances + u] / 2;
  return chances;
}

class Writer {
 public:
  void put(float value) { witnesses_[count_++] = value; }
  const SubstitutionWitnesses& witnesses() const { return witnesses_; }

 private:
  SubstitutionWitnesses witnesses_{};
  std::size_t count_ = 0;
};

void putSound(Writer& writer, std::span<const float> row, Phone wanted) {
  const auto chances = chancesIn(row);
  float kind = 0;
  Phone other = wanted == 0 ? 1 : 0;
  for (Phone p = 0; p < kPhones; ++p) {
    if (kindOf(p) == kindOf(wanted)) kind += chances[p];
    if (p != wanted && chances[p] > chances[other]) other = p;
  }
  writer.put(logOf(chances[wanted]));
  writer.put(logOf(row[phone_feature::kWide + wanted]));
  writer.put(logOf(row[phone_feature::kFirstHalf + wanted]));
  writer.put(logOf(row[phone_feature::kSecondHalf + wanted]));
  writer.put(row[phone_feature::kLogs + wanted]);
  writer.put(logOf(chances[other]));
  writer.put(kindOf(other) == kindOf(wanted) ? 1.0f : 0.0f);
  writer.put(logOf(kind));
  writer.put(chances[kSilence]);
  writer.put(chances[kNoise]);
  writer.put(row[phone_feature::kWide + kSilence]);
}

// A neighbour, and how much of the wanted phone was heard in its place.
void putNeighbour(Writer& writer, std::span<const float> row, Phone wanted) {
  const auto chances = chancesIn(row);
  writer.put(row[phone_feature::kNumbers]);
  writer.put(row[phone_feature::kGoodness]);
  writer.put(row[phone_feature::kSteps]);
  writer.put(logOf(chances[wantedIn(row)]));
  writer.put(logOf(chances[wanted]));
  writer.put(1);
}

void putNoNeighbour(Writer& writer) {
  for (const float value : {0.0f, 0.0f, 0.0f, 0.0f, -2.0f, 0.0f}) writer.put(value);
}

// What other sounds in the place of this one would gain: any, one of its kind, one that an
// established accent says there, and none at all.
void putGuesses(Writer& writer, const Replacements& guesses, const std::vector<SaidPhone>& word,
                std::size_t place) {
  const auto wanted = word[place].phone;
  const Phone before = place > 0 ? word[place - 1].phone : kSilence;
  const Phone after = place + 1 < word.size() ? word[place + 1].phone : kSilence;
  const auto accepted = acceptedFor(wanted, before, after);
  float any = -kMostGain, second = -kMostGain, near = -kMostGain, allowed = -kMostGain;
  Phone best = wanted == 0 ? 1 : 0;
  for (Phone p = 0; p < kPhones; ++p) {
    if (p == wanted) continue;
    const float gain = guesses.gain[p];
    if (std::count(accepted.begin(), accepted.end(), p) != 0) {
      allowed = std::max(allowed, gain);
      continue;
    }
    if (kindOf(p) == kindOf(wanted)) near = std::max(near, gain);
    if (gain > any) {
      second = any;
      any = gain;
      best = p;
    } else {
      second = std::max(second, gain);
    }
  }
  const auto lasts = static_cast<float>(guesses.steps[best]);
  const auto lasted = static_cast<float>(guesses.steps[wanted]);
  const auto put = [&](float gain) { writer.put(std::clamp(gain, -kMostGain, kMostGain) / 8); };
  put(any);
  put(any - second);
  put(near);
  put(allowed);
  put(guesses.without);
  writer.put(std::clamp(any / lasts, -4.0f, 4.0f) / 2);
  writer.put(std::log(lasts) / 2);
  writer.put(std::log(lasted) / 2);
  writer.put(kindOf(best) == kindOf(wanted) ? 1.0f : 0.0f);
  writer.put(best == before || best == after ? 1.0f : 0.0f);
}

}  // namespace

SubstitutionEvidence::SubstitutionEvidence(const Alignment& alignment, const Posteriors& posteriors,
                                           const PhoneFeatures& features)
    : alignment_(alignment), posteriors_(posteriors), features_(features) {
  for (const auto& word : alignment.words) {
    sounds_.insert(sounds_.end(), word.phones.begin(), word.phones.end());
  }
}

SubstitutionWitnesses SubstitutionEvidence::of(std::size_t row) const {
  const auto own = features_.of(row);
  const auto wanted = wantedIn(own);
  Writer writer;
  putSound(writer, own, wanted);
  for (std::size_t i = phone_feature::kNumbers; i < phone_feature::kPlace; ++i) writer.put(own[i]);
  writer.put(isVowel(wanted) ? 1.0f : 0.0f);
  for (std::size_t i = 0; i < 3; ++i) writer.put(own[phone_feature::kWhole + i]);
  if (row > 0) {
    putNeighbour(writer, features_.of(row - 1), wanted);
  } else {
    putNoNeighbour(writer);
  }
  if (row + 1 < sounds_.size()) {
    putNeighbour(writer, features_.of(row + 1), wanted);
  } else {
    putNoNeighbour(writer);
  }
  const auto& at = features_.rows[row];
  const auto& word = alignment_.words[at.word].phones;
  putGuesses(writer, replacementsOf(posteriors_, sounds_, row), word, at.place);
  for (Phone p = 0; p < kPhones; ++p) writer.put(p == wanted ? 1.0f : 0.0f);
  return writer.witnesses();
}

Result<SubstitutionFinder> SubstitutionFinder::open(const std::filesystem::path& file) {
  PRIMER_ASSIGN(auto net, WitnessNet::open(file, kShape, kIsNone));
  return SubstitutionFinder(std::move(net));
}

Result<SubstitutionFinder> SubstitutionFinder::openShipped() {
  PRIMER_ASSIGN(auto net,
                WitnessNet::openShipped("pronunciation-substitutions.tflite", kShape, kIsNone));
  return SubstitutionFinder(std::move(net));
}

Result<std::vector<float>> SubstitutionFinder::odds(const Alignment& alignment,
                                                    const Posteriors& posteriors,
                                                    const PhoneFeatures& features) {
  const SubstitutionEvidence evidence(alignment, posteriors, features);
  std::vector<float> odds(features.rows.size());
  for (std::size_t row = 0; row < odds.size(); ++row) {
    PRIMER_ASSIGN(odds[row], net_.weigh(evidence.of(row)));
  }
  return odds;
}

}  // namespace primer::pronunciation
