#include "tricks.h"

#include <algorithm>
#include <set>
#include <utility>

namespace primer::writing::workshop {

namespace {

std::vector<std::string> pieces(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : text) {
    if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
      if (!word.empty()) words.push_back(std::move(word));
      word.clear();
    } else {
      word += c;
    }
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

std::string together(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

template <typename T>
void shuffle(std::vector<T>& items, Random& random) {
  for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[random.below(i)]);
}

// Full stops inside of a salad would give it away.
std::string bare(std::string word) {
  while (!word.empty() && (word.back() == '.' || word.back() == ',')) word.pop_back();
  return word;
}

bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

}  // namespace

std::string shuffled(std::string_view text, Random& random) {
  auto words = pieces(text);
  if (words.size() < 5) return {};
  const auto before = words;
  do {
    shuffle(words, random);
  } while (words == before);
  const bool plain = random.chance(0.6);
  for (auto& word : words) word = plain ? bare(std::move(word)) : word;
  return together(words);
}

std::string wordSalad(const std::vector<std::string>& texts, std::size_t count, Random& random) {
  std::vector<std::string> all;
  for (const auto& text : texts) {
    for (auto& word : pieces(text)) all.push_back(bare(std::move(word)));
  }
  shuffle(all, random);
  if (all.size() > count) all.resize(count);
  return together(all);
}

std::string repeatedWord(const Vocabulary& vocabulary, std::string_view text, Random& random) {
  auto words = wordsOf(text);
  std::stable_sort(words.begin(), words.end(), [&](const Word& a, const Word& b) {
    return vocabulary.level(a.text) > vocabulary.level(b.text);
  });
  if (words.empty()) return {};
  const auto& word = words[random.below(std::min<std::size_t>(3, words.size()))].text;
  std::vector<std::string> over(3 + random.below(8), word);
  return together(over);
}

std::string withNot(std::string_view text, Random& random) {
  static const std::set<std::string> kVerbs = {"is",    "are",    "was",   "were", "can",
                                               "could", "will",   "would", "does", "do",
                                               "did",   "should", "has",   "have", "must"};
  auto words = pieces(text);
  if (words.size() < 2) return {};
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    if (kVerbs.count(words[i]) > 0 && words[i + 1] != "not") places.push_back(i + 1);
  }
  const bool at_verb = !places.empty() && random.chance(0.8);
  const auto at =
      at_verb ? places[random.below(places.size())] : 1 + random.below(words.size() - 1);
  words.insert(words.begin() + static_cast<std::ptrdiff_t>(at), "not");
  return together(words);
}

OtherWords::OtherWords(const Vocabulary& vocabulary, const std::vector<std::string>& texts)
    : vocabulary_(&vocabulary) {
  for (const auto& text : vocabulary.words()) {
    for (auto& word : wordsOf(text)) {
      if (!word.function && !word.number) known_.push_back(std::move(word));
    }
  }
  for (const auto& text : texts) {
    for (auto& word : wordsOf(text)) {
      if (!word.function && !word.number && vocabulary.knows(word.text)) {
        pool_.push_back(std::move(word));
      }
    }
  }
}

std::string OtherWords::inPlaceOf(const Word& word, const std::vector<Word>& taboo,
                                  Random& random) const {
  std::vector<const Word*> opposites;
  if (random.chance(0.5)) {
    for (const auto& other : known_) {
      if (vocabulary_->opposite(word.stem, other.stem)) opposites.push_back(&other);
    }
  }
  if (!opposites.empty()) return opposites[random.below(opposites.size())]->text;
  constexpr int kTries = 20;
  for (int i = 0; i < kTries && !pool_.empty(); ++i) {
    const auto& other = pool_[random.below(pool_.size())];
    const bool says_it = std::any_of(taboo.begin(), taboo.end(), [&](const Word& there) {
      return there.stem == other.stem || vocabulary_->nearlySame(there.stem, other.stem);
    });
    if (!says_it) return other.text;
  }
  return {};
}

std::string OtherWords::in(std::string_view text, std::string_view question, Random& random) const {
  auto words = pieces(text);
  const auto asked = wordsOf(question);
  auto taboo = wordsOf(text);
  taboo.insert(taboo.end(), asked.begin(), asked.end());
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto word = wordsOf(words[i]);
    const bool weighty = word.size() == 1 && !word[0].function && !word[0].number;
    const auto same = [&](const Word& other) { return other.stem == word[0].stem; };
    if (weighty && std::none_of(asked.begin(), asked.end(), same)) places.push_back(i);
  }
  if (places.empty()) return {};
  if (random.chance(0.5)) places = {places[random.below(places.size())]};
  for (const auto at : places) {
    auto other = inPlaceOf(wordsOf(words[at])[0], taboo, random);
    if (other.empty()) return {};
    words[at] = std::move(other);
  }
  return together(words);
}

std::string misspelt(std::string_view text, int most, Random& random) {
  std::string result(text);
  const auto count = 1 + random.below(static_cast<std::uint64_t>(most));
  for (std::uint64_t k = 0; k < count; ++k) {
    std::vector<std::size_t> places;  // inside of words of four letters and more
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= result.size(); ++i) {
      if (i < result.size() && isLetter(result[i])) continue;
      for (std::size_t j = begin + 1; i - begin >= 4 && j + 1 < i; ++j) places.push_back(j);
      begin = i + 1;
    }
    if (places.empty()) return result;
    const auto at = places[random.below(places.size())];
    switch (random.below(4)) {
      case 0:
        result.erase(at, 1);
        break;
      case 1:
        result.insert(at, 1, result[at]);
        break;
      case 2:
        result[at] = static_cast<char>('a' + random.below(26));
        break;
      default:
        std::swap(result[at], result[at + 1]);
    }
  }
  return result;
}

}  // namespace primer::writing::workshop
