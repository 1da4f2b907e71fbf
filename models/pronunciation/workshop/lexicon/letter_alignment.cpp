#include "lexicon/letter_alignment.h"

#include <cmath>
#include <map>

#include "primer/pronunciation/letter_rules.h"

namespace primer::pronunciation::workshop {

namespace {

// How often a letter stood for some phones.
class Counts {
 public:
  void add(char letter, const Pronunciation& phones) {
    ++pairs_[{letter, phones}];
    ++letters_[letter];
  }
  double score(char letter, const Pronunciation& phones) const {
    const auto pair = pairs_.find({letter, phones});
    const auto all = letters_.find(letter);
    const double total = all == letters_.end() ? 0 : all->second;
    const double count = pair == pairs_.end() ? 0 : pair->second;
    return std::log((count + 0.05) / (total + 20));
  }
  bool empty() const { return letters_.empty(); }

 private:
  std::map<std::pair<char, Pronunciation>, double> pairs_;
  std::map<char, double> letters_;
};

// Before anything is counted: a vowel letter is a vowel, a consonant letter is not, one phone each.
double firstGuess(char letter, const Pronunciation& phones) {
  const bool vowel = std::string("aeiouy").find(letter) != std::string::npos;
  if (phones.empty()) return -2;
  double score = phones.size() == 2 ? -3 : 0;
  for (const auto phone : phones) score -= isVowel(phone) == vowel ? 0.5 : 4;
  return score;
}

std::vector<Pronunciation> best(const std::string& word, const Pronunciation& phones,
                                const Counts& counts) {
  const std::size_t n = word.size(), m = phones.size();
  constexpr double kNever = -1e18;
  std::vector<std::vector<double>> score(n + 1, std::vector<double>(m + 1, kNever));
  std::vector<std::vector<std::size_t>> took(n + 1, std::vector<std::size_t>(m + 1, 0));
  score[0][0] = 0;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j <= m; ++j) {
      if (score[i][j] <= kNever) continue;
      for (std::size_t k = 0; k <= 2 && j + k <= m; ++k) {
        const Pronunciation part(phones.begin() + static_cast<std::ptrdiff_t>(j),
                                 phones.begin() + static_cast<std::ptrdiff_t>(j + k));
        const double with = score[i][j] + (counts.empty() ? firstGuess(word[i], part)
                                                          : counts.score(word[i], part));
        if (with > score[i + 1][j + k]) {
          score[i + 1][j + k] = with;
          took[i + 1][j + k] = k;
        }
      }
    }
  }
  if (score[n][m] <= kNever) return {};
  std::vector<Pronunciation> letters(n);
  for (std::size_t i = n, j = m; i-- > 0;) {
    const auto k = took[i + 1][j];
    letters[i].assign(phones.begin() + static_cast<std::ptrdiff_t>(j - k),
                      phones.begin() + static_cast<std::ptrdiff_t>(j));
    j -= k;
  }
  return letters;
}

}  // namespace

std::vector<SpelledWord> alignLetters(const Dictionary& dictionary, int rounds) {
  std::vector<SpelledWord> words;
  Counts counts;
  for (int round = 0; round < rounds; ++round) {
    Counts next;
    words.clear();
    for (const auto& [word, ways] : dictionary) {
      bool letters_only = true;
      for (const char c : word) letters_only = letters_only && letterCode(c) != 0;
      if (!letters_only) continue;
      auto letters = best(word, ways[0], counts);
      if (letters.empty()) continue;
      for (std::size_t i = 0; i < word.size(); ++i) next.add(word[i], letters[i]);
      words.push_back({word, std::move(letters)});
    }
    counts = std::move(next);
  }
  return words;
}

}  // namespace primer::pronunciation::workshop
