#include "src/pair_numbers.h"

#include <algorithm>
#include <set>

#include "src/clauses.h"
#include "src/number_list.h"
#include "src/pair_overlap.h"
#include "src/word_order.h"

namespace primer::writing {

namespace {

void putSense(const PairTexts& texts, NumberList& out) {
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
void putKeys(const PairTexts& texts, NumberList& out) {
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

void putQuestion(const PairTexts& texts, NumberList& out) {
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
void putParts(const PairTexts& texts, NumberList& out) {
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

void putSubstitutions(const PairTexts& texts, NumberList& out) {
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

void putAll(const PairTexts& texts, NumberList& out) {
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
  NumberList out(&numbers, nullptr);
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
  NumberList out(nullptr, &names);
  putAll({*vocabulary, text, text, same, comparisons, 0, Substitutions{}}, out);
  return names;
}

}  // namespace primer::writing
