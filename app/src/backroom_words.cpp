// What was hard for a pupil to read, as the records tell it.

#include <map>

#include "backroom.h"
#include "spoken_evidence.h"

namespace primer::app {

PracticeWords Backroom::practiceFrom(const storage::LearnerRecord& record) const {
  std::map<storage::EventId, std::vector<std::string>> hard;
  for (const auto& one : record.evidence) {
    auto evidence = decodeEvidence(one.bytes);
    if (evidence && !evidence->hard_words.empty()) {
      hard[one.event] = std::move(evidence->hard_words);
    }
  }
  PracticeWords practice;
  if (hard.empty()) return practice;
  for (const auto& event : record.events) {
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
