// What was hard for a pupil to read, as the records tell it.

#include "backroom.h"
#include "spoken_evidence.h"

namespace primer::app {

namespace {

constexpr std::int64_t kReadings = 200;  // utterances of any kind, the newest

}  // namespace

Result<PracticeWords> Backroom::practiceOf(const LearnerId& learner) {
  PRIMER_ASSIGN(const auto left, database_->evidence(learner, kReadings));
  std::map<storage::EventId, std::vector<std::string>> hard;
  for (const auto& one : left) {
    auto evidence = decodeEvidence(one.bytes);
    if (evidence && !evidence->hard_words.empty()) {
      hard[one.event] = std::move(evidence->hard_words);
    }
  }
  PracticeWords practice;
  if (hard.empty()) return practice;
  PRIMER_ASSIGN(const auto events, database_->events(learner));
  for (const auto& event : events) {
    if (event.activity == PracticeWords::kActivity) {
      const auto slug = event.item.substr(event.item.rfind('/') + 1);
      if (event.attempt == 1 && storage::isJudged(event.verdict)) {
        practice.practised(slug, storage::isRight(event.verdict), event.wall_time);
      }
      continue;
    }
    const auto words = hard.find(event.id);
    if (words == hard.end()) continue;
    auto title = QString::fromStdString(event.item);
    if (course_) {
      const auto story = course_->itemFromId(event.item);
      if (story) title = QString::fromStdString(story->prompt);
    }
    for (const auto& word : words->second) practice.meet(word, title, event.wall_time);
  }
  return practice;
}

}  // namespace primer::app
