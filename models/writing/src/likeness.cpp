#include "src/likeness.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace primer::writing {

namespace {

constexpr std::size_t kLongest = 64;
constexpr float kForm = 0.95f;
constexpr float kSense = 0.8f;
constexpr float kFamily = 0.7f;
constexpr std::size_t kFewestFamilyLetters = 4;
constexpr float kFamilyShare = 0.7f;  // of the longer word

std::size_t commonStart(std::string_view a, std::string_view b) {
  std::size_t n = 0;
  while (n < a.size() && n < b.size() && a[n] == b[n]) ++n;
  return n;
}

}  // namespace

int spellingDistance(std::string_view a, std::string_view b, int most) {
  a = a.substr(0, kLongest);
  b = b.substr(0, kLongest);
  if (std::abs(static_cast<int>(a.size()) - static_cast<int>(b.size())) > most) return most + 1;
  std::array<int, kLongest + 1> before{};
  std::array<int, kLongest + 1> row{};
  std::array<int, kLongest + 1> next{};
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    next[0] = static_cast<int>(i);
    int least = next[0];
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const int change = row[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      next[j] = std::min({change, row[j] + 1, next[j - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        next[j] = std::min(next[j], before[j - 2] + 1);
      }
      least = std::min(least, next[j]);
    }
    if (least > most) return most + 1;
    before = row;
    row = next;
  }
  return std::min(row[b.size()], most + 1);
}

float Likeness::of(const Word& a, const Word& b) {
  if (a.text == b.text) return 1;
  if (a.stem == b.stem) return kForm;
  std::string key = a.text;
  key += ' ';
  key += b.text;
  const auto found = known_.find(key);
  if (found != known_.end()) return found->second;
  const float likeness = compute(a, b);
  known_.emplace(std::move(key), likeness);
  return likeness;
}

float Likeness::compute(const Word& a, const Word& b) const {
  if (a.number || b.number) return 0;
  if (vocabulary_->nearlySame(a.stem, b.stem)) return kSense;
  if (a.function || b.function) return 0;
  const auto longer = std::max(a.text.size(), b.text.size());
  const auto start = commonStart(a.text, b.text);
  const bool family = start >= kFewestFamilyLetters &&
                      static_cast<float>(start) >= kFamilyShare * static_cast<float>(longer);
  // Two words that both exist are no misspellings of one another: "shorter" and "shower".
  const bool both_exist = vocabulary_->knows(a.text) && vocabulary_->knows(b.text);
  if (both_exist || longer < 4) return family ? kFamily : 0;
  const int allowed = longer < 6 ? 1 : longer < 9 ? 2 : 3;
  const int distance = spellingDistance(a.text, b.text, allowed);
  float likeness = 0;
  if (distance <= allowed && (a.text[0] == b.text[0] || distance == 1)) {
    likeness = kForm - 0.1f * static_cast<float>(distance - 1) *
                           (6.0f / static_cast<float>(std::max<std::size_t>(longer, 6)));
  }
  if (likeness == 0) {  // a misspelt form of the word
    const int stem_distance = spellingDistance(a.stem, b.stem, 1);
    if (stem_distance <= 1 && std::min(a.stem.size(), b.stem.size()) >= 4) likeness = 0.85f;
  }
  return std::max(likeness, family ? kFamily : 0.0f);
}

}  // namespace primer::writing
