#include "src/substitutions.h"

#include <algorithm>
#include <vector>

namespace primer::writing {

namespace {

constexpr int kSlack = 1;  // words that the answer may have more of, up to the neighbour

// From `begin` on, the answer's words that may stand in the place of one of the reference.
struct Slot {
  int begin = 0;
  int end = 0;
};

// Words of the answer as far from its neighbour to the left (`step` -1) or right (+1) as reference
// word `i` is from the same neighbour; empty where no neighbour is met.
Slot slotBeside(const Coverage& met, int i, int step, int answer_length) {
  const int n = static_cast<int>(met.place.size());
  int neighbour = i + step;
  while (neighbour >= 0 && neighbour < n && met.place[static_cast<std::size_t>(neighbour)] < 0) {
    neighbour += step;
  }
  if (neighbour < 0 || neighbour >= n) return {};
  const int place = met.place[static_cast<std::size_t>(neighbour)];
  const int reach = (i > neighbour ? i - neighbour : neighbour - i) + kSlack;
  return step < 0 ? Slot{place + 1, std::min(answer_length, place + 1 + reach)}
                  : Slot{std::max(0, place - reach), place};
}

// The stem of the weighty word before each word; empty where there is none.
std::vector<std::string_view> before(const WeighedText& text) {
  std::vector<std::string_view> stems;
  std::string_view last;
  for (const auto& word : text.words) {
    if (word.sentence_start) last = {};
    stems.push_back(last);
    if (!word.function) last = word.stem;
  }
  return stems;
}

bool exchanged(const WeighedText& answer, const Comparison& comparison) {
  const auto& reference = comparison.reference;
  const auto there = before(reference);
  const auto here = before(answer);
  // What stands before each met word, in the reference and in the answer.
  struct Met {
    std::string_view there;
    std::string_view here;
  };
  std::vector<Met> met;
  for (std::size_t i = 0; i < reference.words.size(); ++i) {
    const int place = comparison.met.place[i];
    if (place < 0 || reference.words[i].function) continue;
    const auto& own = here[static_cast<std::size_t>(place)];
    if (!there[i].empty() && !own.empty()) met.push_back({there[i], own});
  }
  for (const auto& a : met) {
    for (const auto& b : met) {
      if (a.there != b.there && a.here == b.there && b.here == a.there) return true;
    }
  }
  return false;
}

}  // namespace

Substitutions substitutionsIn(const Vocabulary& vocabulary, const WeighedText& answer,
                              const Comparison& comparison) {
  const auto& reference = comparison.reference;
  const int length = static_cast<int>(answer.words.size());
  Substitutions result;
  float fresh = 0;
  float all = 0;
  float rarest = 0;
  for (std::size_t i = 0; i < reference.words.size(); ++i) {
    const auto& word = reference.words[i];
    if (word.function) continue;
    const float weight = reference.weights[i];
    const float news = weight * (1 - comparison.asked.likeness[i]);
    all += weight;
    fresh += news;
    bool replaced = false;
    if (comparison.met.likeness[i] == 0) {
      bool opposite = false;
      bool of_one_kind = false;
      for (const int step : {-1, 1}) {
        const auto slot = slotBeside(comparison.met, static_cast<int>(i), step, length);
        for (int j = slot.begin; j < slot.end; ++j) {
          const auto at = static_cast<std::size_t>(j);
          const auto& other = answer.words[at];
          if (comparison.used.likeness[at] > 0) continue;
          opposite = opposite || vocabulary.opposite(word.stem, other.stem);
          of_one_kind = of_one_kind || vocabulary.ofOneKind(word.stem, other.stem);
          replaced = replaced || !other.function || opposite;
        }
      }
      if (replaced) {
        result.all += weight;
        result.fresh += news;
      }
      result.by_opposite += opposite ? 1 : 0;
      result.by_kind += of_one_kind ? 1 : 0;
    }
    if (news > rarest) {
      rarest = news;
      result.rarest = replaced;
    }
  }
  result.all = all > 0 ? result.all / all : 0;
  result.fresh = fresh > 0 ? result.fresh / fresh : 0;
  result.exchanged = exchanged(answer, comparison);
  return result;
}

}  // namespace primer::writing
