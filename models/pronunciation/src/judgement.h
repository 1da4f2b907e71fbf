#pragma once

// From an alignment and its scores to what is told.

#include "primer/pronunciation/pronunciation.h"

namespace primer::pronunciation {

struct Judged {
  const JudgeRequest& request;
  const Hearing& hearing;
  const Alignment& alignment;
  const Scores& scores;
  const Scores& first;  // of the first walk, with the words that were left out then
};

Judgement tell(const Judged& judged);

// Takes words out of the alignment that nobody can have said there: what is heard is something
// else. `scores` are those of the alignment.
void dropUnheard(Alignment& alignment, const Scores& scores);

// Whether what was said is another text than the one asked for.
bool isOtherText(const Alignment& alignment, const Scores& scores);

}  // namespace primer::pronunciation
