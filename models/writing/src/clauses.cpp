#include "src/clauses.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <set>
#include <string_view>
#include <vector>

namespace primer::writing {

namespace {

constexpr std::size_t kFewestWeighty = 2;
constexpr float kLeastNews = 0.5f;  // weight of what a clause says beyond the question
constexpr float kOldNews = 0.5f;    // what a clause without news counts

bool beginsClause(const Word& word) {
  static constexpr std::array<std::string_view, 10> kJoining = {
      "and", "so", "because", "but", "or", "if", "when", "which", "since", "then"};
  return word.sentence_start || word.text == "while" ||
         std::find(kJoining.begin(), kJoining.end(), word.text) != kJoining.end();
}

// The part of the reference from `begin` to `end`.
float newsMet(const Comparison& comparison, std::size_t begin, std::size_t end) {
  float news = 0;
  float news_met = 0;
  float all = 0;
  float all_met = 0;
  for (std::size_t i = begin; i < end; ++i) {
    const float weight = comparison.reference.weights[i];
    const float fresh = weight * (1 - comparison.asked.likeness[i]);
    news += fresh;
    news_met += fresh * comparison.met.likeness[i];
    all += weight;
    all_met += weight * comparison.met.likeness[i];
  }
  if (news >= kLeastNews) return news_met / news;
  return all > 0 ? kOldNews * all_met / all : 0;
}

// Where clauses begin, and where the last ends.
std::vector<std::size_t> clauseBounds(const std::vector<Word>& words) {
  std::vector<std::size_t> bounds = {0};
  std::size_t weighty = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (weighty >= kFewestWeighty && beginsClause(words[i])) {
      bounds.push_back(i);
      weighty = 0;
    }
    weighty += words[i].function ? 0 : 1;
  }
  if (weighty == 0 && bounds.size() > 1) bounds.pop_back();  // belongs to the one before
  bounds.push_back(words.size());
  return bounds;
}

}  // namespace

ClauseFigures clausesOf(const Comparison& comparison) {
  const auto bounds = clauseBounds(comparison.reference.words);
  const auto clauses = bounds.size() - 1;
  ClauseFigures figures;
  figures.least = 1;
  for (std::size_t c = 0; c < clauses; ++c) {
    const float met = newsMet(comparison, bounds[c], bounds[c + 1]);
    figures.most = std::max(figures.most, met);
    figures.least = std::min(figures.least, met);
    figures.mean += met / static_cast<float>(clauses);
    if (c == 0) figures.first = met;
    figures.last = met;
  }
  return figures;
}

FreshWords freshWordsOf(const Comparison& comparison) {
  constexpr float kAsked = 0.75f;  // from this likeness on it is the question's word
  std::set<std::string_view> met;
  std::size_t fresh = 0;
  float rarest = 0;
  float rarest_met = 0;
  for (std::size_t i = 0; i < comparison.reference.words.size(); ++i) {
    const auto& word = comparison.reference.words[i];
    if (word.function) continue;
    const float weight = comparison.reference.weights[i] * (1 - comparison.asked.likeness[i]);
    rarest = std::max(rarest, weight);
    rarest_met = std::max(rarest_met, weight * comparison.met.likeness[i]);
    if (comparison.asked.likeness[i] >= kAsked) continue;
    ++fresh;
    if (comparison.met.likeness[i] > 0) met.insert(word.stem);
  }
  FreshWords words;
  words.met = met.size();
  words.all = fresh > 0 && met.size() >= fresh;
  words.rarest = rarest > 0 ? rarest_met / rarest : 0;
  return words;
}

}  // namespace primer::writing
