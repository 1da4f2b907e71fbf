#include "evaluation/trials.h"

#include <algorithm>
#include <set>

#include "evaluation/replaced_sounds.h"
#include "scorer/rated_features.h"

namespace primer::pronunciation::workshop {

namespace {

constexpr std::size_t kFewestWords = 3;
constexpr std::size_t kChoices = 20;

std::string sentenceOf(const Utterance& utterance) {
  std::string text;
  for (const auto& word : utterance.words) text += (text.empty() ? "" : " ") + word.text;
  return text;
}

bool sharesWords(const Utterance& a, const Utterance& b) {
  std::set<std::string> words;
  for (const auto& word : a.words) words.insert(word.text);
  return std::any_of(b.words.begin(), b.words.end(),
                     [&](const SaidWord& word) { return words.count(word.text) != 0; });
}

// How many phones differ at least, by length and place: two words that could be mistaken for one
// another make no fair trial.
bool alike(const Pronunciation& a, const Pronunciation& b) {
  if (std::max(a.size(), b.size()) < 3) return true;
  std::size_t same = 0;
  for (const auto phone : a) same += std::count(b.begin(), b.end(), phone) != 0 ? 1 : 0;
  return 2 * same > std::min(a.size(), b.size());
}

}  // namespace

const Utterance& Trials::another(const Utterance& than) {
  while (true) {
    const auto& other = utterances_[random_.below(utterances_.size())];
    if (!sharesWords(than, other)) return other;
  }
}

Status Trials::add(PronunciationJudge& judge, const Utterance& utterance,
                   const Recording& recording) {
  if (utterance.words.size() >= kFewestWords) {
    PRIMER_TRY(wordNeverSaid(judge, recording, textOf(utterance), false));
    PRIMER_TRY(wordNeverSaid(judge, recording, textOf(utterance), true));
    PRIMER_TRY(wordTooMany(judge, recording, textOf(utterance)));
  }
  PRIMER_TRY(soundsReplaced(judge, utterance, recording));
  PRIMER_TRY(otherSentence(judge, utterance, recording));
  PRIMER_TRY(closedList(judge, utterance, recording, true));
  return closedList(judge, utterance, recording, false);
}

std::optional<MadeUpText> withWordNeverSaid(const std::vector<Utterance>& utterances,
                                            std::vector<TextWord> text, bool in_place_of_another,
                                            toolkit::Random& random) {
  const auto at = random.below(text.size());
  TextWord strange;
  for (int tries = 0; tries < 200 && strange.ways.empty(); ++tries) {
    const auto& other = utterances[random.below(utterances.size())];
    const auto& word = other.words[random.below(other.words.size())];
    const bool near = std::any_of(text.begin(), text.end(), [&](const TextWord& one) {
      return alike(one.ways[0], word.ways[0]);
    });
    if (!near || (tries > 100 && !alike(text[at].ways[0], word.ways[0]))) {
      strange = {word.text, {word.ways[0]}};
    }
  }
  if (strange.ways.empty()) return std::nullopt;
  if (in_place_of_another) {
    text[at] = strange;
  } else {
    text.insert(text.begin() + static_cast<std::ptrdiff_t>(at), strange);
  }
  return MadeUpText{std::move(text), at};
}

std::vector<std::string> closedListFor(const Utterance& utterance,
                                       const std::vector<Utterance>& others,
                                       bool with_the_right_one, toolkit::Random& random) {
  const auto right = sentenceOf(utterance);
  std::vector<std::string> choices;
  if (with_the_right_one) choices.push_back(right);
  // Answers of about the same length: else the length alone would tell.
  for (int tries = 0; choices.size() < kChoices && tries < 20'000; ++tries) {
    const auto& other = others[random.below(others.size())];
    const auto longer = std::max(other.words.size(), utterance.words.size());
    const auto shorter = std::min(other.words.size(), utterance.words.size());
    if (tries < 10'000 && longer > shorter + 1) continue;
    const auto text = sentenceOf(other);
    if (text != right && std::find(choices.begin(), choices.end(), text) == choices.end()) {
      choices.push_back(text);
    }
  }
  return choices;
}

Status Trials::wordNeverSaid(PronunciationJudge& judge, const Recording& recording,
                             const std::vector<TextWord>& said, bool in_place_of_another) {
  const auto made = withWordNeverSaid(utterances_, said, in_place_of_another, random_);
  if (!made) return {};
  const auto& [text, at] = *made;
  PRIMER_ASSIGN(const auto judged, judge.judge(recording, {text, 0.5}));
  if (judged.problem || judged.other_text) return {};
  std::size_t w = 0;
  for (const auto& word : judged.words) {
    if (word.error == WordError::kInsertion) continue;
    const bool omitted = word.error == WordError::kOmission;
    if (w == at) {
      (omitted ? omitted_found_ : omitted_missed_) += 1;
    } else {
      said_called_omitted_ += omitted ? 1 : 0;
    }
    ++w;
  }
  return {};
}

Status Trials::wordTooMany(PronunciationJudge& judge, const Recording& recording,
                           std::vector<TextWord> text) {
  const auto at = random_.below(text.size());
  if (text[at].ways[0].size() < 3) return {};
  text.erase(text.begin() + static_cast<std::ptrdiff_t>(at));
  PRIMER_ASSIGN(const auto judged, judge.judge(recording, {text, 0.5}));
  if (judged.problem || judged.other_text) return {};
  ++inserted_;
  inserted_found_ += std::any_of(judged.words.begin(), judged.words.end(), [](const auto& word) {
    return word.error == WordError::kInsertion;
  });
  return {};
}

// At the default sensitivity.
Status Trials::soundsReplaced(PronunciationJudge& judge, const Utterance& utterance,
                              const Recording& recording) {
  auto text = textOf(utterance);
  const auto replaced = replaceSounds(text, utterance.ratings->phones, sounds_random_);
  if (replaced.empty()) return {};
  PRIMER_ASSIGN(const auto judged, judge.judge(recording, {text, 0.5}));
  if (judged.problem || judged.other_text) return {};
  std::vector<const JudgedWord*> words;
  for (const auto& word : judged.words) {
    if (word.error != WordError::kInsertion) words.push_back(&word);
  }
  for (const auto& [word, place] : replaced) {
    ++replaced_;
    replaced_word_omitted_ += words[word]->error == WordError::kOmission ? 1 : 0;
    replaced_found_ += words[word]->phones[place].flagged ? 1 : 0;
  }
  return {};
}

Status Trials::otherSentence(PronunciationJudge& judge, const Utterance& utterance,
                             const Recording& recording) {
  PRIMER_ASSIGN(const auto judged, judge.judge(recording, {textOf(another(utterance)), 0.5}));
  if (judged.problem) return {};
  ++others_;
  others_found_ += judged.other_text ? 1 : 0;
  return {};
}

Status Trials::closedList(PronunciationJudge& judge, const Utterance& utterance,
                          const Recording& recording, bool with_the_right_one) {
  const auto choices = closedListFor(utterance, utterances_, with_the_right_one, random_);
  PRIMER_ASSIGN(const auto chosen, judge.choose(recording, choices));
  if (!with_the_right_one) {
    ++nones_;
    nones_right_ += chosen.choice ? 0 : 1;
    return {};
  }
  ++choices_;
  choices_right_ += chosen.choice == std::size_t{0} ? 1 : 0;
  for (std::size_t i = 0; i < std::min<std::size_t>(3, chosen.candidates.size()); ++i) {
    choices_right_of_three_ += chosen.candidates[i].choice == 0 ? 1 : 0;
  }
  return {};
}

void Trials::put(toolkit::Metrics& metrics) const {
  const auto percent = [](double part, double whole) { return 100 * part / std::max(whole, 1.0); };
  metrics["omission_trials"] = omitted_found_ + omitted_missed_;
  metrics["omission_f1"] =
      2 * omitted_found_ /
      std::max(2 * omitted_found_ + omitted_missed_ + said_called_omitted_, 1.0);
  metrics["omission_found_percent"] = percent(omitted_found_, omitted_found_ + omitted_missed_);
  metrics["insertion_found_percent"] = percent(inserted_found_, inserted_);
  metrics["replaced_sounds_found_percent"] = percent(replaced_found_, replaced_);
  metrics["replaced_sounds_in_words_called_omitted_percent"] =
      percent(replaced_word_omitted_, replaced_);
  metrics["other_text_found_percent"] = percent(others_found_, others_);
  metrics["choice_right_percent"] = percent(choices_right_, choices_);
  metrics["choice_in_three_percent"] = percent(choices_right_of_three_, choices_);
  metrics["none_of_these_right_percent"] = percent(nones_right_, nones_);
}

}  // namespace primer::pronunciation::workshop
