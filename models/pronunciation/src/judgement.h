#pragma once

// From an alignment and its scores to what is told.

#include "primer/pronunciation/omission.h"
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

// The words that were said, found in both views (omission.h). Words of the result that were left
// out have no phones.
Alignment wordsSaid(const Walks& walks);

}  // namespace primer::pronunciation
