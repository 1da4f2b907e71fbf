#pragma once

// From an alignment and its scores to what is told.

#include "primer/pronunciation/pronunciation.h"

namespace primer::pronunciation {

struct Judged {
  const JudgeRequest& request;
  const Hearing& hearing;
  const Alignment& alignment;
  const std::vector<FrameTimes>& times;  // of its words
  const Scores& scores;
  const Scores& forced;  // of a walk in which every word is said
};

Judgement tell(const Judged& judged);

// A walk through the text, and what the scorer says of it.
struct View {
  Alignment alignment;
  Scores scores;
};

struct Walks;  // omission.h

// The words that were said, found in both views (omission.h). Words of the result that were left
// out have no phones.
Alignment wordsSaid(const Walks& walks);

// Whether what was said is another text than the one asked for.
bool isOtherText(const Alignment& alignment, const Scores& scores);

}  // namespace primer::pronunciation
