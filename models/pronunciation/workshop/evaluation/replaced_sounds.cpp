#include "evaluation/replaced_sounds.h"

#include <algorithm>
#include <optional>

#include "primer/pronunciation/phone_likeness.h"

namespace primer::pronunciation::workshop {

namespace {

constexpr double kReplacedWords = 0.3;
constexpr double kOfOneKind = 0.5;

std::optional<Phone> otherPhone(const Pronunciation& way, std::size_t at, toolkit::Random& random) {
  const auto said = way[at];
  const Phone before = at > 0 ? way[at - 1] : kSilence;
  const Phone after = at + 1 < way.size() ? way[at + 1] : kSilence;
  const bool near = random.chance(kOfOneKind);
  std::vector<Phone> others;
  for (Phone other = 0; other < kPhones; ++other) {
    if (other == said || other == before || other == after) continue;
    if (isVowel(other) != isVowel(said) || (near && kindOf(other) != kindOf(said))) continue;
    const auto accepted = acceptedFor(other, before, after);
    if (std::count(accepted.begin(), accepted.end(), said) == 0) others.push_back(other);
  }
  if (others.empty()) return std::nullopt;
  return others[random.below(others.size())];
}

}  // namespace

std::vector<SoundPlace> replaceSounds(std::vector<TextWord>& text, const SoundRatings& ratings,
                                      toolkit::Random& random) {
  std::vector<SoundPlace> replaced;
  for (std::size_t w = 0; w < text.size(); ++w) {
    auto& way = text[w].ways[0];
    const auto at = random.below(way.size());
    if (!random.chance(kReplacedWords) || ratings[w][at] < kRightSound) continue;
    const auto other = otherPhone(way, at, random);
    if (!other) continue;
    way[at] = *other;
    replaced.emplace_back(w, at);
  }
  return replaced;
}

}  // namespace primer::pronunciation::workshop
