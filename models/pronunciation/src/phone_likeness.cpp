#include "primer/pronunciation/phone_likeness.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace primer::pronunciation {

namespace {

constexpr float kChange = -3;  // nats: for another phone than the one before
constexpr float kSameKind = 0.4f;

constexpr std::array<std::string_view, 10> kKinds = {
    "AA AO AH AW OW", "AE EH EY AY", "IH IY Y", "UH UW W OY",         "ER R L", "B P",
    "D T DH TH",      "G K HH",      "M N NG",  "S Z SH ZH CH JH F V"};

std::array<std::size_t, kPhones> makeKinds() {
  std::array<std::size_t, kPhones> kinds{};
  for (std::size_t kind = 0; kind < kKinds.size(); ++kind) {
    auto names = kKinds[kind];
    while (!names.empty()) {
      const auto end = std::min(names.find(' '), names.size());
      kinds[*phoneNamed(names.substr(0, end))] = kind;
      names.remove_prefix(std::min(end + 1, names.size()));
    }
  }
  return kinds;
}

float price(Phone wanted, Phone heard) {
  if (wanted == heard) return 0;
  return kindOf(wanted) == kindOf(heard) ? kSameKind : 1.0f;
}

}  // namespace

std::size_t kindOf(Phone phone) {
  static const auto kKindOf = makeKinds();
  return kKindOf[phone];
}

std::vector<Phone> decodedPhones(const Posteriors& posteriors, StepRange steps) {
  std::array<float, kUnits> score{};
  std::vector<std::array<Phone, kUnits>> came_from(steps.size());
  const auto& priors = unitPriors();
  for (std::size_t t = 0; t < steps.size(); ++t) {
    const auto best =
        static_cast<Phone>(std::max_element(score.begin(), score.end()) - score.begin());
    const auto at = posteriors.at(steps.first + t);
    const auto before = score;
    for (Phone u = 0; u < kUnits; ++u) {
      const bool stays = before[u] >= before[best] + kChange;
      came_from[t][u] = stays ? u : best;
      score[u] = (stays ? before[u] : before[best] + kChange) + at[u] - priors[u];
    }
  }
  std::vector<Phone> phones;
  auto unit = static_cast<Phone>(std::max_element(score.begin(), score.end()) - score.begin());
  Phone last = kUnits;
  for (std::size_t t = steps.size(); t-- > 0;) {
    if (unit != last && unit < kPhones) phones.push_back(unit);
    last = unit;
    unit = came_from[t][unit];
  }
  std::reverse(phones.begin(), phones.end());
  return phones;
}

float distanceWithin(std::span<const Phone> wanted, std::span<const Phone> heard) {
  if (wanted.empty()) return 0;
  // Levenshtein's distance; beginning and ending anywhere in what was heard is free.
  std::vector<float> row(heard.size() + 1, 0);
  for (const auto phone : wanted) {
    float diagonal = row[0];
    row[0] += 1;
    for (std::size_t h = 0; h < heard.size(); ++h) {
      const float above = row[h + 1];
      row[h + 1] = std::min({diagonal + price(phone, heard[h]), above + 1, row[h] + 1});
      diagonal = above;
    }
  }
  return *std::min_element(row.begin(), row.end()) / static_cast<float>(wanted.size());
}

}  // namespace primer::pronunciation
