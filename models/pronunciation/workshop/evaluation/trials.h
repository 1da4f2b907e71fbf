#pragma once

// The same recordings with texts that do not fit them: words that were never said, other words,
// other sentences, lists of answers.

#include <optional>
#include <vector>

#include "data/corpus.h"
#include "primer/pronunciation/pronunciation.h"
#include "primer/toolkit/random.h"
#include "primer/toolkit/task.h"

namespace primer::pronunciation::workshop {

// A text with a word at `at` that was never said: beside those that were, or in place of one.
struct MadeUpText {
  std::vector<TextWord> text;
  std::size_t at = 0;
};

// The word comes from another of `utterances` and is none that could be mistaken for one that was
// said; nothing where none was found.
std::optional<MadeUpText> withWordNeverSaid(const std::vector<Utterance>& utterances,
                                            std::vector<TextWord> text, bool in_place_of_another,
                                            toolkit::Random& random);

// Twenty answers of about as many words as the utterance has: what was said, if it is to be among
// them, is the first.
std::vector<std::string> closedListFor(const Utterance& utterance,
                                       const std::vector<Utterance>& others,
                                       bool with_the_right_one, toolkit::Random& random);

class Trials {
 public:
  // `utterances` lend their words and texts; they must outlive this.
  explicit Trials(const std::vector<Utterance>& utterances) : utterances_(utterances) {}

  Status add(PronunciationJudge& judge, const Utterance& utterance, const Recording& recording);
  void put(toolkit::Metrics& metrics) const;

 private:
  Status wordNeverSaid(PronunciationJudge& judge, const Recording& recording,
                       const std::vector<TextWord>& said, bool in_place_of_another);
  Status wordTooMany(PronunciationJudge& judge, const Recording& recording,
                     std::vector<TextWord> text);
  Status soundsReplaced(PronunciationJudge& judge, const Utterance& utterance,
                        const Recording& recording);
  Status otherSentence(PronunciationJudge& judge, const Utterance& utterance,
                       const Recording& recording);
  Status closedList(PronunciationJudge& judge, const Utterance& utterance,
                    const Recording& recording, bool with_the_right_one);
  const Utterance& another(const Utterance& than);

  const std::vector<Utterance>& utterances_;
  toolkit::Random random_{20261121};
  double omitted_found_ = 0, omitted_missed_ = 0, said_called_omitted_ = 0;
  double inserted_ = 0, inserted_found_ = 0;
  toolkit::Random sounds_random_{20261122};
  double replaced_ = 0, replaced_found_ = 0, replaced_word_omitted_ = 0;
  double others_ = 0, others_found_ = 0;
  double choices_ = 0, choices_right_ = 0, choices_right_of_three_ = 0;
  double nones_ = 0, nones_right_ = 0;
};

}  // namespace primer::pronunciation::workshop
