#include "primer/pronunciation/spelling.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <limits>
#include <string>

namespace primer::pronunciation {

namespace {

constexpr float kUnsaid = 0.7f;     // a sound that the rules give a letter and the word has not
constexpr float kUnruled = 0.7f;    // a sound of the word that the rules do not give the letter
constexpr float kAnyLetter = 0.3f;  // the same of a sign that the rules do not speak of: a digit
constexpr std::size_t kMostOfALetter = 3;
constexpr std::size_t kMostOfASign = 12;  // "7" is five sounds

// Two letters that are one sound more often than not: a silent one among them goes with the other.
constexpr std::array<std::string_view, 21> kTogether = {"th", "sh", "ch", "ph", "wh", "gh", "ck",
                                                        "ng", "kn", "wr", "gn", "ps", "ea", "ee",
                                                        "oo", "ai", "oa", "ou", "ie", "ei", "au"};

bool together(char left, char right) {
  const std::array<char, 2> pair = {left, right};
  const std::string_view both(pair.data(), pair.size());
  return left == right || std::find(kTogether.begin(), kTogether.end(), both) != kTogether.end();
}

float unlike(Phone a, Phone b) {
  if (a == b) return 0;
  if (isVowel(a) != isVowel(b)) return 1.5f;
  return isVowel(a) ? 0.5f : 0.9f;
}

// What it costs that a letter which should stand for `rule` stands for the `count` sounds at `at`.
float costOf(const Pronunciation& rule, const Pronunciation& phones, std::size_t at,
             std::size_t count) {
  // Both are a few sounds at most: row by row of the edit distance.
  std::vector<float> row(count + 1);
  for (std::size_t j = 0; j <= count; ++j) row[j] = kUnruled * static_cast<float>(j);
  for (const auto wanted : rule) {
    float diagonal = row[0];
    row[0] += kUnsaid;
    for (std::size_t j = 1; j <= count; ++j) {
      const float same = diagonal + unlike(wanted, phones[at + j - 1]);
      diagonal = row[j];
      row[j] = std::min({same, row[j] + kUnsaid, row[j - 1] + kUnruled});
    }
  }
  return row[count];
}

// How many sounds each byte stands for.
std::vector<std::size_t> shares(const Lexicon& lexicon, const std::string& word,
                                const Pronunciation& phones) {
  constexpr float kNever = std::numeric_limits<float>::infinity();
  const auto rules = lexicon.soundsOfLetters(word);
  const std::size_t width = phones.size() + 1;
  std::vector<float> cost((word.size() + 1) * width, kNever);
  std::vector<std::size_t> taken(cost.size(), 0);
  cost[0] = 0;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const bool letter = std::isalpha(static_cast<unsigned char>(word[i])) != 0;
    const std::size_t most = letter ? kMostOfALetter : kMostOfASign;
    for (std::size_t j = 0; j < width; ++j) {
      if (cost[i * width + j] == kNever) continue;
      for (std::size_t k = 0; k <= most && j + k < width; ++k) {
        const float of_letter =
            letter ? costOf(rules[i], phones, j, k) : kAnyLetter * static_cast<float>(k);
        const auto to = (i + 1) * width + j + k;
        const float whole = cost[i * width + j] + of_letter;
        if (whole >= cost[to]) continue;
        cost[to] = whole;
        taken[to] = k;
      }
    }
  }
  std::vector<std::size_t> result(word.size(), 0);
  auto left = phones.size();
  // More sounds than the letters can take: the first letter bears what is left.
  while (left > 0 && cost[word.size() * width + left] == kNever) --left;
  const auto over = phones.size() - left;
  for (std::size_t i = word.size(); i-- > 0;) {
    result[i] = taken[(i + 1) * width + left];
    left -= result[i];
  }
  result[0] += over;
  return result;
}

bool isContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0u) == 0x80u; }

}  // namespace

std::vector<SpelledSounds> spell(const Lexicon& lexicon, std::string_view written,
                                 const Pronunciation& phones) {
  std::vector<SpelledSounds> parts;
  if (written.empty() || phones.empty()) return parts;
  std::string word(written);
  for (auto& c : word) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  const auto counts = shares(lexicon, word, phones);
  std::size_t said = 0;     // sounds so far
  std::size_t waiting = 0;  // silent bytes that go with the sound after them
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (counts[i] > 0 && !isContinuation(word[i])) {
      parts.push_back({i - waiting, waiting + 1, said, counts[i]});
      said += counts[i];
      waiting = 0;
      continue;
    }
    if (counts[i] > 0) {  // within a character
      if (parts.empty()) parts.push_back({0, waiting, 0, 0});
      parts.back().bytes = i + 1 - parts.back().first_byte;
      parts.back().phones += counts[i];
      said += counts[i];
      waiting = 0;
      continue;
    }
    const bool next_is_said = i + 1 < word.size() && counts[i + 1] > 0;
    const bool with_next =
        waiting > 0 || parts.empty() ||
        (next_is_said && together(word[i], word[i + 1]) && !together(word[i - 1], word[i]));
    if (with_next) {
      ++waiting;
    } else {
      ++parts.back().bytes;
    }
  }
  if (!parts.empty()) parts.back().bytes += waiting;
  return parts;
}

}  // namespace primer::pronunciation
