#include "primer/writing/text_measures.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "src/hashed_sequences.h"

namespace primer::writing {

namespace {

class Numbers {
 public:
  explicit Numbers(std::array<float, kTextNumbers>& values) : values_(values) {}
  void put(double value) {
    if (at_ < values_.size() && std::isfinite(value)) {
      values_[at_] = static_cast<float>(std::clamp(value, -2.0, 2.0));
    }
    ++at_;
  }

 private:
  std::array<float, kTextNumbers>& values_;
  std::size_t at_ = 0;
};

struct Spread {
  double sum = 0;
  double squares = 0;
  double count = 0;
  void add(double value) {
    sum += value;
    squares += value * value;
    ++count;
  }
  double mean() const { return count > 0 ? sum / count : 0; }
  double deviation() const {
    return count > 0 ? std::sqrt(std::max(0.0, squares / count - mean() * mean())) : 0;
  }
};

bool isConnective(const std::string& word) {
  static const std::set<std::string_view> words = {
      "because", "although", "though",  "while",     "when",      "if",    "so",
      "but",     "then",     "after",   "before",    "since",     "until", "however",
      "also",    "unless",   "whereas", "therefore", "meanwhile", "first", "finally"};
  return words.count(word) > 0;
}

// Mean share of different words among so many neighbours.
double varietyOf(const std::vector<Word>& words, std::size_t window) {
  if (words.empty()) return 0;
  const std::size_t size = std::min(window, words.size());
  std::map<std::string_view, int> counts;
  double sum = 0;
  double windows = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    ++counts[words[i].stem];
    if (i >= size) {
      const auto gone = counts.find(words[i - size].stem);
      if (--gone->second == 0) counts.erase(gone);
    }
    if (i + 1 < size) continue;
    sum += static_cast<double>(counts.size()) / static_cast<double>(size);
    ++windows;
  }
  return sum / windows;
}

struct WordTotals {
  Spread letters, syllables, level;
  double long_7 = 0, long_10 = 0, syllables_3 = 0, syllables_4 = 0;
  double rare_9 = 0, rare_10 = 0, rare_11 = 0, rare_12 = 0, usual_6 = 0, usual_8 = 0;
  double unknown = 0, function = 0, numbers = 0, weighty = 0, passive = 0, negations = 0;
};

WordTotals totalsOf(const Vocabulary& vocabulary, const std::vector<Word>& words) {
  WordTotals t;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto& word = words[i];
    t.function += word.function ? 1 : 0;
    t.numbers += word.number ? 1 : 0;
    t.negations += isNegation(word) ? 1 : 0;
    if (word.number) continue;
    const auto letters = static_cast<double>(word.text.size());
    const int syllables = syllablesOf(word.text);
    t.letters.add(letters);
    t.syllables.add(syllables);
    t.long_7 += letters >= 7 ? 1 : 0;
    t.long_10 += letters >= 10 ? 1 : 0;
    t.syllables_3 += syllables >= 3 ? 1 : 0;
    t.syllables_4 += syllables >= 4 ? 1 : 0;
    if (word.function) continue;
    ++t.weighty;
    const int level = vocabulary.level(word.text);
    if (level == Vocabulary::kUnknownLevel) {
      ++t.unknown;
      continue;
    }
    t.level.add(level);
    t.usual_6 += level <= 6 ? 1 : 0;
    t.usual_8 += level <= 8 ? 1 : 0;
    t.rare_9 += level >= 9 ? 1 : 0;
    t.rare_10 += level >= 10 ? 1 : 0;
    t.rare_11 += level >= 11 ? 1 : 0;
    t.rare_12 += level >= 12 ? 1 : 0;
    const bool participle = word.text.size() > 3 && word.text.substr(word.text.size() - 2) == "ed";
    t.passive += participle && i > 0 && words[i - 1].stem == "be" ? 1 : 0;
  }
  return t;
}

void hashKinds(const Vocabulary& vocabulary, const std::vector<Word>& words,
               TextMeasures& measures) {
  const WeighedText text{words, {}};
  hashOrder(text, vocabulary, measures.kinds);
  std::map<std::uint32_t, float> stems;
  for (const auto& word : words) {
    if (word.number) continue;
    stems[static_cast<std::uint32_t>((hashedText(word.stem) >> 20) % kWordBuckets)] += 1;
  }
  // Rates on a scale that a word of every other sentence has about 1.
  const float scale = 30 / static_cast<float>(std::max<std::size_t>(words.size(), 1));
  for (const auto& [at, count] : stems) {
    measures.words.push_back({at, std::min(1.0f, std::sqrt(count * scale) / 2)});
  }
}

}  // namespace

std::string evenedOut(std::string_view text) {
  std::string even;
  even.reserve(text.size());
  for (const char c : text) {
    if ((c & 0x80) == 0 && c != '\'' && c != '"' && c != '`') even += c;
  }
  return even;
}

TextMeasures measureText(const Vocabulary& vocabulary, std::string_view raw,
                         std::size_t most_words) {
  TextMeasures measures;
  const auto even = evenedOut(raw);
  const auto words = wordsOf(even, most_words);
  if (words.empty()) return measures;
  const auto n = static_cast<double>(words.size());

  Spread lengths;
  double over_15 = 0, over_25 = 0, same_starts = 0, connectives = 0;
  std::size_t longest = 0;
  std::string start;
  std::size_t seen = 0;
  std::map<std::string_view, double> signs;
  for (const auto sentence : sentencesOf(even)) {
    if (seen >= most_words) break;
    const auto inside = wordsOf(sentence, most_words - seen);
    if (inside.empty()) continue;
    seen += inside.size();
    lengths.add(static_cast<double>(inside.size()));
    over_15 += inside.size() > 15 ? 1 : 0;
    over_25 += inside.size() > 25 ? 1 : 0;
    longest = std::max(longest, inside.size());
    same_starts += inside[0].stem == start ? 1 : 0;
    start = inside[0].stem;
    for (const auto& word : inside) connectives += isConnective(word.text) ? 1 : 0;
    for (const char c : sentence) {
      if (c == ',') signs[","] += 1;
      if (c == ':' || c == ';') signs[":"] += 1;
      if (c == '(') signs["("] += 1;
      if (c == '-') signs["-"] += 1;
    }
  }
  if (std::all_of(words.begin(), words.end(), [](const Word& w) { return w.number; })) {
    return measures;
  }
  const double sentences = std::max(1.0, lengths.count);
  const auto t = totalsOf(vocabulary, words);
  const double weighty = std::max(1.0, t.weighty);
  const double variety_50 = varietyOf(words, 50);

  Numbers out(measures.numbers);
  out.put(lengths.mean() / 20);
  out.put(std::log(lengths.mean()) - 2.7);
  out.put(lengths.deviation() / 10);
  out.put(over_15 / sentences);
  out.put(2 * over_25 / sentences);
  out.put((t.letters.mean() - 4) / 1.5);
  out.put((t.letters.deviation() - 2) / 1.5);
  out.put(4 * t.long_7 / n);
  out.put(10 * t.long_10 / n);
  out.put((t.syllables.mean() - 1.3) * 2.5);
  out.put(t.syllables.deviation());
  out.put(6 * t.syllables_3 / n);
  out.put(15 * t.syllables_4 / n);
  out.put((t.level.mean() - 7) / 2);
  out.put(t.level.deviation() / 3);
  out.put(2 * t.usual_6 / weighty);
  out.put(2 * t.usual_8 / weighty);
  out.put(2 * t.rare_9 / weighty);
  out.put(3 * t.rare_10 / weighty);
  out.put(4 * t.rare_11 / weighty);
  out.put(8 * t.rare_12 / weighty);
  out.put(6 * t.unknown / weighty);
  out.put(2 * t.function / n);
  out.put(10 * t.numbers / n);
  out.put(20 * t.passive / n);
  out.put(30 * t.negations / n);
  out.put(variety_50);
  out.put(varietyOf(words, 200));
  out.put(10 * signs[","] / n);
  out.put(signs[","] / sentences);
  out.put(50 * signs[":"] / n);
  out.put(50 * signs["("] / n);
  out.put(30 * signs["-"] / n);
  out.put(20 * connectives / n);
  out.put(connectives / sentences);
  out.put(3 * same_starts / sentences);
  for (const auto& group :
       std::vector<std::set<std::string_view>>{{"which", "who", "whose", "whom"},
                                               {"that"},
                                               {"and"},
                                               {"but"},
                                               {"because", "so"},
                                               {"very", "really", "many", "lots"},
                                               {"he", "she", "they", "it"},
                                               {"i", "we", "you"},
                                               {"of"},
                                               {"would", "could", "may", "might", "should"},
                                               {"can", "will", "must"},
                                               {"has", "have", "had", "been"}}) {
    double count = 0;
    for (const auto& word : words) count += group.count(word.text) > 0 ? 1 : 0;
    out.put(20 * count / n);
  }
  hashKinds(vocabulary, words, measures);

  measures.word_count = words.size();
  measures.sentence_count = static_cast<std::size_t>(lengths.count);
  measures.longest_sentence = longest;
  measures.words_per_sentence = static_cast<float>(lengths.mean());
  measures.syllables_per_word = static_cast<float>(t.syllables.mean());
  measures.variety = static_cast<float>(variety_50);
  measures.rare_share = static_cast<float>(t.rare_10 / weighty);
  measures.unknown_share = static_cast<float>(t.unknown / weighty);
  measures.connected = static_cast<float>(connectives / sentences);
  measures.same_start = static_cast<float>(same_starts / sentences);
  return measures;
}

}  // namespace primer::writing
