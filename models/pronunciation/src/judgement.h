#pragma once

// From an alignment and its scores to what is told.

#include "primer/pronunciation/omission.h"
#include "primer/pronunciation/pronunciation.h"

namespace primer::pronunciation {

struct Judged {
  const JudgeRequest& request;
  const Hearing& hearing;
  const View& view;                      // of the words that were said
  const std::vector<FrameTimes>& times;  // of the walk's words
  const Scores& forced;                  // of a walk in which every word is said
  const std::vector<float>& left_out;    // SaidWords::left_out
};

Judgement tell(const Judged& judged);

// The words that were said, found in both views (omission.h).
struct SaidWords {
  Alignment alignment;          // words that were left out have no phones
  std::vector<float> left_out;  // chance of each word that it was left out
};
Result<SaidWords> wordsSaid(const Walks& walks, OmissionFinder& omissions);

}  // namespace primer::pronunciation
