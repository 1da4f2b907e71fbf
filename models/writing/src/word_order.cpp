#include "src/word_order.h"

#include <algorithm>
#include <cstdlib>
#include <set>
#include <utility>
#include <vector>

namespace primer::writing {

namespace {

// The longest rising run, not necessarily of neighbours (patience sorting).
std::size_t longestRising(const std::vector<int>& places) {
  std::vector<int> ends;
  for (const int place : places) {
    const auto at = std::lower_bound(ends.begin(), ends.end(), place);
    if (at == ends.end()) {
      ends.push_back(place);
    } else {
      *at = place;
    }
  }
  return ends.size();
}

float share(std::size_t part, std::size_t whole) {
  return whole > 0 ? static_cast<float>(part) / static_cast<float>(whole) : 0;
}

// Words that a negation turns: the next three of its sentence, and the one before it.
std::vector<bool> negated(const WeighedText& text, int& count) {
  constexpr std::size_t kReach = 4;
  std::vector<bool> under(text.words.size(), false);
  count = 0;
  for (std::size_t i = 0; i < text.words.size(); ++i) {
    if (!isNegation(text.words[i])) continue;
    ++count;
    if (i > 0) under[i - 1] = true;
    std::size_t weighty = 0;
    for (std::size_t j = i + 1; j < text.words.size() && j <= i + kReach && weighty < 2; ++j) {
      if (text.words[j].sentence_start) break;
      under[j] = true;
      weighty += text.words[j].function ? 0 : 1;
    }
  }
  return under;
}

}  // namespace

OrderFigures orderOf(const WeighedText& text, const Coverage& coverage, std::size_t other_length) {
  OrderFigures figures;
  const auto n = text.words.size();
  std::vector<int> places;
  std::vector<int> weighty;
  for (std::size_t i = 0; i < n; ++i) {
    if (coverage.place[i] < 0) continue;
    places.push_back(coverage.place[i]);
    if (!text.words[i].function) weighty.push_back(coverage.place[i]);
  }
  const auto rising = longestRising(places);
  figures.in_order = share(rising, n);
  figures.in_order_of_met = share(rising, places.size());
  std::size_t near = 0;
  std::size_t both = 0;
  for (std::size_t i = 0; i + 1 < n; ++i) {
    const int a = coverage.place[i];
    const int b = coverage.place[i + 1];
    if (a < 0 || b < 0) continue;
    ++both;
    near += b > a && b <= a + 2 ? 1 : 0;
  }
  figures.neighbours = n > 1 ? share(near, n - 1) : share(places.size(), n);
  figures.neighbours_of_met = share(near, both);
  std::size_t inverted = 0;
  std::size_t pairs = 0;
  for (std::size_t i = 0; i < weighty.size(); ++i) {
    for (std::size_t j = i + 1; j < weighty.size(); ++j) {
      ++pairs;
      inverted += weighty[j] < weighty[i] ? 1 : 0;
    }
  }
  figures.inverted = share(inverted, pairs);
  if (places.size() > 1 && other_length > 0) {
    const auto [low, high] = std::minmax_element(places.begin(), places.end());
    figures.spread = static_cast<float>(*high - *low + 1) / static_cast<float>(other_length);
  }
  return figures;
}

float samePairs(const WeighedText& text, const WeighedText& other) {
  std::set<std::pair<std::string, std::string>> there;
  for (std::size_t i = 0; i + 1 < other.words.size(); ++i) {
    there.emplace(other.words[i].stem, other.words[i + 1].stem);
  }
  std::size_t same = 0;
  for (std::size_t i = 0; i + 1 < text.words.size(); ++i) {
    same += there.count({text.words[i].stem, text.words[i + 1].stem});
  }
  return text.words.size() > 1 ? share(same, text.words.size() - 1) : 0;
}

Negations negations(const WeighedText& text, const WeighedText& other, const Coverage& coverage) {
  Negations result;
  const auto here = negated(text, result.in_text);
  const auto there = negated(other, result.in_other);
  for (std::size_t i = 0; i < text.words.size(); ++i) {
    if (coverage.place[i] < 0 || isNegation(text.words[i])) continue;
    if (text.words[i].function) continue;
    const bool other_negated = there[static_cast<std::size_t>(coverage.place[i])];
    if (here[i] && other_negated) ++result.both;
    if (here[i] && !other_negated) ++result.text_only;
    if (!here[i] && other_negated) ++result.other_only;
  }
  return result;
}

int relatedIn(const Vocabulary& vocabulary, VocabularyRelation relation, const WeighedText& answer,
              const Comparison& comparison) {
  const auto& reference = comparison.reference;
  int count = 0;
  for (std::size_t i = 0; i < answer.words.size(); ++i) {
    if (comparison.used.likeness[i] > 0 || answer.words[i].number) continue;
    for (std::size_t j = 0; j < reference.words.size(); ++j) {
      if (comparison.met.likeness[j] > 0) continue;
      if ((vocabulary.*relation)(answer.words[i].stem, reference.words[j].stem)) {
        ++count;
        break;
      }
    }
  }
  return count;
}

}  // namespace primer::writing
