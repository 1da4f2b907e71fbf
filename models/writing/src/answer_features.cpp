#include "primer/writing/answer_features.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <numeric>
#include <set>
#include <string_view>

#include "src/alignment.h"
#include "src/hashed_sequences.h"
#include "src/pair_numbers.h"
#include "src/substitutions.h"
#include "src/turned_round.h"

namespace primer::writing {

namespace {

constexpr std::size_t kMostReferences = 16;
constexpr std::size_t kMostQuestionWords = 200;
constexpr std::size_t kMostAnswerWords = 300;

// Words that say too little by themselves to be named to a pupil: names of people and of things in
// pictures, and verbs that go with everything.
class Unnamed {
 public:
  explicit Unnamed(std::initializer_list<const std::vector<Word>*> texts) {
    for (const auto* text : texts) {
      for (const auto& word : *text) {
        if (word.capital && !word.sentence_start) names_.insert(word.text);
      }
    }
  }
  bool operator()(const Word& word) const {
    static const std::set<std::string_view> kLight = {
        "yes",       "no",     "get",       "go",   "know",   "see",    "say",   "do",
        "make",      "use",    "put",       "take", "think",  "thing",  "way",   "lot",
        "need",      "come",   "give",      "look", "mean",   "also",   "just",  "let",
        "want",      "try",    "different", "turn", "become", "happen", "start", "keep",
        "something", "itself", "other",     "call", "find"};
    constexpr std::string_view kLabel = "label-";
    return word.text.compare(0, kLabel.size(), kLabel) == 0 || names_.count(word.text) > 0 ||
           kLight.count(word.stem) > 0 || kLight.count(word.text) > 0;
  }

 private:
  std::set<std::string_view> names_;
};

// Different weighty words that are met, or are not: first what the question does not have.
std::vector<std::size_t> namedWords(const Comparison& comparison, const Unnamed& unnamed,
                                    bool met) {
  const auto& text = comparison.reference;
  const auto asked = [&](std::size_t i) { return comparison.asked.likeness[i] > 0; };
  std::vector<std::size_t> order(text.words.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    if (met && asked(a) != asked(b)) return asked(b);
    return text.weights[a] > text.weights[b];
  });
  std::vector<std::size_t> words;
  std::set<std::string_view> seen;
  for (const auto i : order) {
    const auto& word = text.words[i];
    if (word.function || unnamed(word) || (comparison.met.likeness[i] > 0) != met) continue;
    if (seen.insert(word.stem).second) words.push_back(i);
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
  features.question_itself = questionItself(key_);
  if (comparisons.empty()) return features;

  const auto& best = comparisons[nearest];
  const auto substitutions = substitutionsIn(*vocabulary_, answer, best);
  const PairTexts texts{*vocabulary_, answer,  question,     answer_in_question,
                        comparisons,  nearest, substitutions};
  writePairNumbers(texts, features.numbers);

  features.nearest_reference = nearest;
  features.new_recall = best.met.share(best.reference, best.asked.likeness);
  features.novelty = 1 - answer_in_question.share(answer);
  features.negation_differs = negationDiffers(texts);
  features.opposite = saysOpposite(texts);
  features.other_in_place = substitutions.contrary();
  features.turned_round = turnedRound(*vocabulary_, answer, best);
  const Unnamed unnamed({&question_, &references_[nearest]});
  for (const auto i : namedWords(best, unnamed, true)) {
    // The pupil's own word, unless it is a misspelling.
    const auto& own = answer.words[static_cast<std::size_t>(best.met.place[i])];
    const bool other_word = vocabulary_->nearlySame(own.stem, best.reference.words[i].stem);
    const bool as_said = other_word || vocabulary_->knows(own.text);
    const auto& text = as_said ? own.text : best.reference.words[i].text;
    // One word of the pupil's may stand for two of the reference's.
    const auto same = [&](const MetWord& met) { return met.text == text; };
    if (std::none_of(features.met.begin(), features.met.end(), same)) {
      features.met.push_back({text, other_word});
    }
  }
  for (const auto i : namedWords(best, unnamed, false)) {
    features.missed.push_back(
        {best.reference.words[i].text, best.reference.weights[i], best.asked.likeness[i] > 0});
  }
  return features;
}

}  // namespace primer::writing
