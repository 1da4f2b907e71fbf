#include "primer/writing/composition.h"

#include <algorithm>
#include <map>

namespace primer::writing {

namespace {

constexpr std::size_t kFewWords = 30;
constexpr std::size_t kManyWords = 120;
constexpr std::size_t kLongSentence = 35;
constexpr std::size_t kMostOverused = 3;
constexpr std::size_t kMostAdvice = 3;

float capitalStarts(std::string_view text) {
  std::size_t large = 0;
  std::size_t all = 0;
  for (const auto sentence : sentencesOf(text)) {
    const auto letter = std::find_if(sentence.begin(), sentence.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    });
    if (letter == sentence.end()) continue;
    ++all;
    large += *letter >= 'A' && *letter <= 'Z' ? 1 : 0;
  }
  return all > 0 ? static_cast<float>(large) / static_cast<float>(all) : 1;
}

std::vector<std::string> overusedWords(std::string_view text) {
  struct Use {
    std::string word;
    std::size_t count = 0;
  };
  std::map<std::string, Use> uses;
  std::size_t all = 0;
  for (const auto& word : wordsOf(text, 5000)) {
    ++all;
    if (word.function || word.number || word.text.size() < 3 || isNegation(word)) continue;
    auto& use = uses[word.stem];
    if (use.count++ == 0) use.word = word.text;
  }
  std::vector<Use> often;
  for (const auto& [stem, use] : uses) {
    if (use.count >= 4 && use.count * 25 >= all) often.push_back(use);
  }
  std::stable_sort(often.begin(), often.end(),
                   [](const Use& a, const Use& b) { return a.count > b.count; });
  std::vector<std::string> words;
  for (const auto& use : often) {
    if (words.size() < kMostOverused) words.push_back(use.word);
  }
  return words;
}

std::string praise(const Composition& text) {
  if (text.words < kFewWords) return "You have made a start.";
  if (text.linking >= 0.5f)
    return "Your sentences hang together: a reader can follow why and when.";
  if (text.variety >= 0.8f) return "You use many different words.";
  if (text.words >= kManyWords) return "You have found a lot to say.";
  if (text.capital_starts >= 0.9f) return "Your sentences begin and end as they should.";
  return "Your ideas are on paper, and a reader can find them.";
}

std::vector<std::string> nextSteps(const Composition& text, const TextMeasures& measures) {
  std::vector<std::string> steps;
  if (text.words < kFewWords) {
    steps.emplace_back("Add two or three sentences: who, where, and what happened then?");
  }
  if (text.capital_starts < 0.75f && text.sentences > 1) {
    steps.emplace_back(
        "Begin each sentence with a capital letter, so that a reader sees it start.");
  }
  if (text.longest_sentence > kLongSentence) {
    steps.emplace_back("Your longest sentence has " + std::to_string(text.longest_sentence) +
                       " words. Can you make two of it?");
  } else if (text.words_per_sentence < 7 && text.sentences >= 4) {
    steps.emplace_back(
        "Many of your sentences are short. Try to join two of them with \"because\" or \"when\".");
  }
  if (!text.overused.empty()) {
    steps.emplace_back("You use \"" + text.overused[0] +
                       "\" often. Which other word could stand there once or twice?");
  }
  if (measures.same_start > 0.3f && text.sentences >= 4) {
    steps.emplace_back(
        "Several sentences begin alike. Try to begin one with when or where it was.");
  }
  if (text.linking < 0.15f && text.sentences >= 4) {
    steps.emplace_back("Say how your ideas belong together, with \"because\", \"so\" or \"then\".");
  }
  if (steps.empty()) {
    steps.emplace_back(
        "Read it aloud to a friend and ask what they would like to know more about.");
  }
  return steps;
}

}  // namespace

Result<Composition> lookAt(const ReadingLeveller& leveller, std::string_view text) {
  PRIMER_ASSIGN(const auto reading, leveller.judge(text));
  Composition result;
  result.level = reading.level;
  result.grade = reading.grade;
  result.words = reading.measures.word_count;
  result.sentences = reading.measures.sentence_count;
  result.words_per_sentence = reading.measures.words_per_sentence;
  result.longest_sentence = reading.measures.longest_sentence;
  result.variety = reading.measures.variety;
  result.rare_share = reading.measures.rare_share;
  result.linking = reading.measures.connected;
  result.capital_starts = capitalStarts(text);
  result.overused = overusedWords(text);
  result.advice.push_back(praise(result));
  for (auto& step : nextSteps(result, reading.measures)) {
    if (result.advice.size() < kMostAdvice) result.advice.push_back(std::move(step));
  }
  return result;
}

}  // namespace primer::writing
