#include "src/pair_overlap.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "src/word_order.h"

namespace primer::writing {

namespace {

std::size_t weightyCount(const WeighedText& text) {
  return static_cast<std::size_t>(std::count_if(text.words.begin(), text.words.end(),
                                                [](const Word& word) { return !word.function; }));
}

// Of the weighty words that `counts` lets count: how many `is` holds for.
template <typename Counts, typename Is>
float shareOf(const WeighedText& text, Counts counts, Is is) {
  std::size_t part = 0;
  std::size_t whole = 0;
  for (std::size_t i = 0; i < text.words.size(); ++i) {
    if (!counts(i)) continue;
    ++whole;
    part += is(i) ? 1 : 0;
  }
  return share(part, whole);
}

using Grams = std::map<std::string, int>;

// Letter sequences of the weighty words that `counts` lets count.
template <typename Counts>
Grams gramsOf(const WeighedText& text, std::size_t length, Counts counts) {
  Grams grams;
  for (std::size_t w = 0; w < text.words.size(); ++w) {
    if (text.words[w].function || !counts(w)) continue;
    const auto padded = " " + text.words[w].text + " ";
    for (std::size_t i = 0; i + length <= padded.size(); ++i) ++grams[padded.substr(i, length)];
  }
  return grams;
}

float gramRecall(const Grams& of, const Grams& by) {
  int met = 0;
  int all = 0;
  for (const auto& [gram, count] : of) {
    const auto found = by.find(gram);
    met += found == by.end() ? 0 : std::min(count, found->second);
    all += count;
  }
  return all > 0 ? static_cast<float>(met) / static_cast<float>(all) : 0;
}

}  // namespace

void putOverlap(const PairTexts& texts, NumberList& out) {
  const auto& best = texts.best();
  const auto& reference = best.reference;
  const auto& answer = texts.answer;
  const auto content = [](const WeighedText& text) {
    return [&text](std::size_t i) { return !text.words[i].function; };
  };
  out.put("recall", best.recall);
  out.put("precision", best.precision);
  out.put("f1", best.f1());
  out.put("f1_squared", best.f1() * best.f1());
  out.put("recall_exact", shareOf(reference, content(reference),
                                  [&](std::size_t i) { return best.met.likeness[i] >= 0.95f; }));
  out.put("precision_exact", shareOf(answer, content(answer), [&](std::size_t i) {
            return best.used.likeness[i] >= 0.95f;
          }));
  out.put("recall_content", shareOf(reference, content(reference),
                                    [&](std::size_t i) { return best.met.likeness[i] > 0; }));
  out.put("precision_content", shareOf(answer, content(answer),
                                       [&](std::size_t i) { return best.used.likeness[i] > 0; }));
  out.put("recall_function",
          shareOf(
              reference, [&](std::size_t i) { return reference.words[i].function; },
              [&](std::size_t i) { return best.met.likeness[i] > 0; }));
  out.put("recall_sense", shareOf(reference, content(reference), [&](std::size_t i) {
            return best.met.likeness[i] > 0.75f && best.met.likeness[i] < 0.82f;
          }));
  const float new_recall = best.met.share(reference, best.asked.likeness);
  const float new_precision = best.used.share(answer, texts.answer_in_question.likeness);
  out.put("new_recall", new_recall);
  out.put("new_recall_squared", new_recall * new_recall);
  out.put("new_precision", new_precision);
  out.put("new_f1", new_recall + new_precision > 0
                        ? 2 * new_recall * new_precision / (new_recall + new_precision)
                        : 0);
  out.put("new_recall_exact", shareOf(
                                  reference,
                                  [&](std::size_t i) {
                                    return !reference.words[i].function &&
                                           best.asked.likeness[i] == 0;
                                  },
                                  [&](std::size_t i) { return best.met.likeness[i] >= 0.95f; }));
  out.put("answer_in_question", texts.answer_in_question.share(answer));
  out.put("reference_in_question", best.asked.share(reference));
  out.put("extra", shareOf(answer, content(answer), [&](std::size_t i) {
            return best.used.likeness[i] == 0 && texts.answer_in_question.likeness[i] == 0;
          }));
  out.put("new_and_used", shareOf(answer, content(answer), [&](std::size_t i) {
            return best.used.likeness[i] > 0 && texts.answer_in_question.likeness[i] == 0;
          }));
  float recall = 0, precision = 0, new_most = 0, f1_sum = 0;
  for (const auto& comparison : texts.comparisons) {
    recall = std::max(recall, comparison.recall);
    precision = std::max(precision, comparison.precision);
    new_most =
        std::max(new_most, comparison.met.share(comparison.reference, comparison.asked.likeness));
    f1_sum += comparison.f1();
  }
  out.put("recall_most", recall);
  out.put("precision_most", precision);
  out.put("new_recall_most", new_most);
  out.put("f1_mean", f1_sum / static_cast<float>(texts.comparisons.size()));
  out.put("references", logOf(texts.comparisons.size()));
}

void putLetters(const PairTexts& texts, NumberList& out) {
  const auto& best = texts.best();
  const auto all = [](std::size_t) { return true; };
  const auto new_in_answer = [&](std::size_t i) {
    return texts.answer_in_question.likeness[i] == 0;
  };
  const auto new_in_reference = [&](std::size_t i) { return best.asked.likeness[i] == 0; };
  const auto answer = gramsOf(texts.answer, 3, all);
  const auto reference = gramsOf(best.reference, 3, all);
  out.put("letters_recall", gramRecall(reference, answer));
  out.put("letters_precision", gramRecall(answer, reference));
  const auto new_answer = gramsOf(texts.answer, 3, new_in_answer);
  const auto new_reference = gramsOf(best.reference, 3, new_in_reference);
  out.put("letters_new_recall", gramRecall(new_reference, new_answer));
  out.put("letters_new_precision", gramRecall(new_answer, new_reference));
  out.put("letters_4_recall",
          gramRecall(gramsOf(best.reference, 4, all), gramsOf(texts.answer, 4, all)));
}

void putOrder(const PairTexts& texts, NumberList& out) {
  const auto& best = texts.best();
  const auto order = orderOf(best.reference, best.met, texts.answer.words.size());
  out.put("in_order", order.in_order);
  out.put("in_order_of_met", order.in_order_of_met);
  out.put("neighbours_met", order.neighbours);
  out.put("neighbours_of_met", order.neighbours_of_met);
  out.put("inverted", order.inverted);
  out.put("spread", order.spread);
  out.put("answer_neighbours_used",
          orderOf(texts.answer, best.used, best.reference.words.size()).neighbours);
  out.put("pairs_same", samePairs(best.reference, texts.answer));
}

void putLengths(const PairTexts& texts, NumberList& out) {
  const auto& best = texts.best();
  const auto answer = texts.answer.words.size();
  const auto reference = best.reference.words.size();
  const auto weighty = weightyCount(texts.answer);
  out.put("answer_words", logOf(answer));
  out.put("reference_words", logOf(reference));
  out.put("question_words", logOf(texts.question.words.size()));
  out.put("length_ratio",
          std::log((static_cast<float>(answer) + 1) / (static_cast<float>(reference) + 1)) / 2);
  out.put("answer_weighty", logOf(weighty));
  out.put("reference_weighty", logOf(weightyCount(best.reference)));
  out.put("at_most_1_word", answer <= 1);
  out.put("at_most_3_words", answer <= 3);
  out.put("no_weighty", weighty == 0);
  std::map<std::string, std::size_t> stems;
  std::size_t unknown = 0;
  float rarity = 0;
  for (std::size_t i = 0; i < answer; ++i) {
    const auto& word = texts.answer.words[i];
    rarity += texts.answer.weights[i];
    if (word.function) continue;
    ++stems[word.stem];
    unknown += !word.number && !texts.vocabulary.knows(word.text) ? 1 : 0;
  }
  std::size_t most = 0;
  for (const auto& [stem, count] : stems) most = std::max(most, count);
  out.put("different_words", share(stems.size(), weighty));
  out.put("one_word_over", most >= 3 ? share(most, weighty) : 0);
  out.put("unknown_words", share(unknown, weighty));
  out.put("mean_weight", answer > 0 ? rarity / static_cast<float>(answer) : 0);
  out.put("new_weight",
          std::log1p(best.met.share(best.reference, best.asked.likeness) * best.reference.total()));
}

}  // namespace primer::writing
