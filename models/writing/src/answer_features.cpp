#include "primer/writing/answer_features.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "src/alignment.h"
#include "src/hashed_sequences.h"
#include "src/pair_numbers.h"

namespace primer::writing {

namespace {

constexpr std::size_t kMostReferences = 16;
constexpr std::size_t kMostQuestionWords = 200;
constexpr std::size_t kMostAnswerWords = 300;

std::vector<Word> uniqueWeighty(const WeighedText& text, const Coverage& coverage, bool met) {
  std::vector<std::size_t> order(text.words.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return text.weights[a] > text.weights[b]; });
  std::vector<Word> words;
  std::set<std::string> seen;
  for (const auto i : order) {
    const auto& word = text.words[i];
    if (word.function || (coverage.likeness[i] > 0) != met) continue;
    if (seen.insert(word.stem).second) words.push_back(word);
  }
  return words;
}

}  // namespace

GradedQuestion::GradedQuestion(const Vocabulary& vocabulary, std::string_view question,
                               std::span<const std::string> references)
    : vocabulary_(&vocabulary), question_(wordsOf(question, kMostQuestionWords)) {
  for (const auto& reference : references) {
    if (references_.size() == kMostReferences) break;
    auto words = wordsOf(reference, kMostQuestionWords);
    if (!words.empty()) references_.push_back(std::move(words));
  }
  // One question may be asked of several things ("Explain your reasoning."): the first reference
  // tells them apart.
  std::uint64_t key = hashedText("question");
  for (const auto& word : question_) key = hashedText(word.text, key);
  if (!references_.empty()) {
    for (const auto& word : references_[0]) key = hashedText(word.text, key);
  }
  key_ = key;
}

AnswerFeatures GradedQuestion::features(std::string_view answer_text) const {
  AnswerFeatures features;
  features.question_key = key_;
  Likeness likeness(*vocabulary_);
  const auto answer = weigh(*vocabulary_, wordsOf(answer_text, kMostAnswerWords));
  const auto question = weigh(*vocabulary_, question_);
  const auto answer_in_question = cover(likeness, answer, question);

  std::vector<Comparison> comparisons;
  comparisons.reserve(references_.size());
  std::size_t nearest = 0;
  for (const auto& words : references_) {
    Comparison comparison;
    comparison.reference = weigh(*vocabulary_, words);
    comparison.met = cover(likeness, comparison.reference, answer);
    comparison.used = cover(likeness, answer, comparison.reference);
    comparison.asked = cover(likeness, comparison.reference, question);
    comparison.recall = comparison.met.share(comparison.reference);
    comparison.precision = comparison.used.share(answer);
    comparisons.push_back(std::move(comparison));
    if (comparisons.back().f1() > comparisons[nearest].f1()) nearest = comparisons.size() - 1;
  }
  hashOrder(answer, *vocabulary_, features.order);
  hashQuestionWords(answer, key_, features.question);
  if (comparisons.empty()) return features;

  const auto& best = comparisons[nearest];
  const PairTexts texts{*vocabulary_, answer, question, answer_in_question, comparisons, nearest};
  writePairNumbers(texts, features.numbers);
  hashAlignment(best, answer, answer_in_question, features.alignment);

  features.nearest_reference = nearest;
  features.new_recall = best.met.share(best.reference, best.asked.likeness);
  features.novelty = 1 - answer_in_question.share(answer);
  features.negation_differs = negationDiffers(texts);
  features.opposite = saysOpposite(texts);
  for (const auto& word : uniqueWeighty(best.reference, best.met, true)) {
    features.met.push_back(word.text);
  }
  for (const auto& word : uniqueWeighty(best.reference, best.met, false)) {
    MissedWord missed;
    missed.text = word.text;
    for (std::size_t i = 0; i < best.reference.words.size(); ++i) {
      if (best.reference.words[i].stem != word.stem) continue;
      missed.weight = best.reference.weights[i];
      missed.asked = best.asked.likeness[i] > 0;
    }
    features.missed.push_back(std::move(missed));
  }
  return features;
}

}  // namespace primer::writing
