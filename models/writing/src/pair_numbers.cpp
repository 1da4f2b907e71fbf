#include "src/pair_numbers.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "src/clauses.h"
#include "src/word_order.h"

namespace primer::writing {

namespace {

// Takes numbers by name, in order; what has no room is left out, which the tests would see.
class Numbers {
 public:
  Numbers(std::array<float, kPairNumbers>* values, std::vector<std::string>* names)
      : values_(values), names_(names) {}

  void put(const char* name, float value) {
    if (names_ != nullptr) names_->emplace_back(name);
    if (values_ != nullptr && at_ < kPairNumbers) {
      (*values_)[at_] = std::clamp(std::isfinite(value) ? value : 0.0f, -2.0f, 2.0f);
    }
    ++at_;
  }
  void put(const char* name, bool value) { put(name, value ? 1.0f : 0.0f); }

 private:
  std::array<float, kPairNumbers>* values_;
  std::vector<std::string>* names_;
  std::size_t at_ = 0;
};

float logOf(std::size_t count) { return std::log1p(static_cast<float>(count)) / 4; }

float share(std::size_t part, std::size_t whole) {
  return whole > 0 ? static_cast<float>(part) / static_cast<float>(whole) : 0;
}

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

void putOverlap(const PairTexts& texts, Numbers& out) {
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

void putLetters(const PairTexts& texts, Numbers& out) {
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

void putOrder(const PairTexts& texts, Numbers& out) {
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

void putLengths(const PairTexts& texts, Numbers& out) {
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

void putSense(const PairTexts& texts, Numbers& out) {
  const auto& best = texts.best();
  const auto turned = negations(texts.answer, best.reference, best.used);
  out.put("answer_negations", std::min(3.0f, static_cast<float>(turned.in_text)) / 3);
  out.put("reference_negations", std::min(3.0f, static_cast<float>(turned.in_other)) / 3);
  out.put("negation_odd", (turned.in_text + turned.in_other) % 2 == 1);
  out.put("negation_more", turned.in_text > turned.in_other);
  out.put("negation_fewer", turned.in_text < turned.in_other);
  out.put("negated_here_only", std::min(1.0f, static_cast<float>(turned.text_only) / 2));
  out.put("negated_there_only", std::min(1.0f, static_cast<float>(turned.other_only) / 2));
  out.put("negated_in_both", std::min(1.0f, static_cast<float>(turned.both) / 2));
  const auto opposites = relatedIn(texts.vocabulary, &Vocabulary::opposite, texts.answer, best);
  out.put("opposites", std::min(1.0f, static_cast<float>(opposites) / 2));
  out.put("says_opposite", opposites > 0);

  std::set<std::string> there;
  std::set<std::string> asked;
  for (const auto& word : best.reference.words) {
    if (word.number) there.insert(word.text);
  }
  for (const auto& word : texts.question.words) {
    if (word.number) asked.insert(word.text);
  }
  std::size_t met = 0;
  std::size_t foreign = 0;
  std::set<std::string> here;
  for (const auto& word : texts.answer.words) {
    if (word.number && here.insert(word.text).second) {
      met += there.count(word.text);
      foreign += there.count(word.text) == 0 && asked.count(word.text) == 0 ? 1 : 0;
    }
  }
  out.put("numbers_asked_for", !there.empty());
  out.put("numbers_recall", share(met, there.size()));
  out.put("numbers_foreign", std::min(1.0f, static_cast<float>(foreign) / 2));
}

// The words that the reference rests on most.
void putKeys(const PairTexts& texts, Numbers& out) {
  const auto& best = texts.best();
  const auto& reference = best.reference;
  std::vector<std::size_t> keys;
  std::set<std::string> seen;
  for (std::size_t i = 0; i < reference.words.size(); ++i) {
    if (reference.words[i].function || best.asked.likeness[i] > 0.75f) continue;
    if (seen.insert(reference.words[i].stem).second) keys.push_back(i);
  }
  std::stable_sort(keys.begin(), keys.end(), [&](std::size_t a, std::size_t b) {
    return reference.weights[a] > reference.weights[b];
  });
  static constexpr std::array<const char*, 4> kNames = {"key_1", "key_2", "key_3", "key_4"};
  for (std::size_t k = 0; k < kNames.size(); ++k) {
    out.put(kNames[k], k < keys.size() ? 2 * best.met.likeness[keys[k]] - 1 : 0.0f);
  }
  float least = 1;
  float most = 0;
  for (const auto key : keys) {
    least = std::min(least, best.met.likeness[key]);
    most = std::max(most, best.met.likeness[key]);
  }
  out.put("keys", logOf(keys.size()));
  out.put("key_least", keys.empty() ? 0 : least);
  out.put("key_most", keys.empty() ? 0 : most);
  float last = 0;
  for (std::size_t i = 0; i < reference.words.size(); ++i) {
    if (!reference.words[i].function) last = best.met.likeness[i];
  }
  out.put("last_word", last);
}

void putQuestion(const PairTexts& texts, Numbers& out) {
  const auto has = [](const WeighedText& text, std::initializer_list<const char*> any) {
    return std::any_of(text.words.begin(), text.words.end(), [&](const Word& word) {
      return std::any_of(any.begin(), any.end(), [&](const char* w) { return word.text == w; });
    });
  };
  out.put("asks_why", has(texts.question, {"why"}));
  out.put("asks_how", has(texts.question, {"how"}));
  out.put("asks_what", has(texts.question, {"what", "which"}));
  out.put("asks_explain", has(texts.question, {"explain", "describe"}));
  out.put("asks_difference", has(texts.question, {"different", "difference", "compare"}));
  out.put("answer_because", has(texts.answer, {"because", "cause", "since", "so"}));
  out.put("reference_because", has(texts.best().reference, {"because", "since", "so"}));
  out.put("question_over_again",
          texts.question.words.empty()
              ? 0.0f
              : samePairs(texts.question, texts.answer) *
                    std::min(1.0f, 2 * texts.answer_in_question.share(texts.answer)));
  const bool know = has(texts.answer, {"know", "idea", "sure"});
  out.put("does_not_know",
          know && texts.answer.words.size() <= 8 && has(texts.answer, {"not", "no", "dunno"}));
}

int yesOrNo(const WeighedText& text) {
  if (text.words.empty()) return 0;
  const auto& first = text.words[0].text;
  return first == "yes" || first == "yeah" ? 1 : first == "no" || first == "nope" ? -1 : 0;
}

float firstWeighty(const WeighedText& text, const Coverage& coverage) {
  for (std::size_t i = 0; i < text.words.size(); ++i) {
    if (!text.words[i].function) return coverage.likeness[i];
  }
  return 0;
}

// The reference clause by clause, and how many of its weighty words are met that the question does
// not have.
void putParts(const PairTexts& texts, Numbers& out) {
  const auto& best = texts.best();
  const auto clauses = clausesOf(best);
  out.put("clause_most", clauses.most);
  out.put("clause_least", clauses.least);
  out.put("clause_mean", clauses.mean);
  out.put("clause_first", clauses.first);
  out.put("clause_last", clauses.last);

  const auto fresh = freshWordsOf(best);
  out.put("fresh_met_1", fresh.met >= 1);
  out.put("fresh_met_2", fresh.met >= 2);
  out.put("fresh_met_3", fresh.met >= 3);
  out.put("fresh_met_all", fresh.all);
  out.put("rarest_met", fresh.rarest);

  out.put("yes_or_no", static_cast<float>(yesOrNo(best.reference) * yesOrNo(texts.answer)));
  out.put("first_met", firstWeighty(best.reference, best.met));
  out.put("answer_first_used", firstWeighty(texts.answer, best.used));
}

void putSubstitutions(const PairTexts& texts, Numbers& out) {
  const auto& found = texts.substitutions;
  out.put("substituted_new", found.fresh);
  out.put("substituted", found.all);
  out.put("substituted_rarest", found.rarest);
  out.put("substituted_by_opposite", std::min(1.0f, static_cast<float>(found.by_opposite) / 2));
  out.put("substituted_by_kind", std::min(1.0f, static_cast<float>(found.by_kind) / 2));
  out.put("exchanged", found.exchanged);
  const auto kinds =
      relatedIn(texts.vocabulary, &Vocabulary::ofOneKind, texts.answer, texts.best());
  out.put("others_of_kind", std::min(1.0f, static_cast<float>(kinds) / 2));
}

void putAll(const PairTexts& texts, Numbers& out) {
  putOverlap(texts, out);
  putLetters(texts, out);
  putOrder(texts, out);
  putLengths(texts, out);
  putSense(texts, out);
  putKeys(texts, out);
  putQuestion(texts, out);
  putParts(texts, out);
  putSubstitutions(texts, out);
}

}  // namespace

void writePairNumbers(const PairTexts& texts, std::array<float, kPairNumbers>& numbers) {
  Numbers out(&numbers, nullptr);
  putAll(texts, out);
}

bool negationDiffers(const PairTexts& texts) {
  const auto turned = negations(texts.answer, texts.best().reference, texts.best().used);
  return turned.text_only + turned.other_only > 0;
}

bool saysOpposite(const PairTexts& texts) {
  return relatedIn(texts.vocabulary, &Vocabulary::opposite, texts.answer, texts.best()) > 0;
}

std::vector<std::string> pairNumberNames() {
  const auto vocabulary = Vocabulary::fromText("", "");
  std::vector<std::string> names;
  if (!vocabulary) return names;
  const WeighedText text = weigh(*vocabulary, wordsOf("a word"));
  Likeness likeness(*vocabulary);
  const auto same = cover(likeness, text, text);
  const std::vector<Comparison> comparisons = {{text, same, same, same, 1, 1}};
  Numbers out(nullptr, &names);
  putAll({*vocabulary, text, text, same, comparisons, 0, Substitutions{}}, out);
  return names;
}

}  // namespace primer::writing
