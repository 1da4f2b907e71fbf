#pragma once

// A class that has worked for long: as many pupils and answers as a test asks for, of every lesson,
// one answer in five said aloud and with its evidence.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "primer/app/pictures.h"
#include "primer/content/lesson.h"
#include "primer/storage/database.h"
#include "primer/storage/recorder.h"
#include "spoken_evidence.h"

namespace primer::app {

struct LargeClass {
  int pupils = 40;
  int answers = 2000;  // of each
};

inline storage::Answer answerOfALargeClass(const LearnerId& learner, const content::Lesson& lesson,
                                           int number) {
  const auto& skill = lesson.skills[static_cast<std::size_t>(number) % lesson.skills.size()];
  storage::Answer answer;
  answer.learner = learner;
  answer.activity = lesson.id;
  answer.skill = skill.id;
  answer.item = lesson.id + "/" + skill.id + "/" + std::to_string(number % 50);
  answer.difficulty = skill.levels[0].difficulty / 1000.0;
  answer.attempt = number % 7 == 0 ? 2 : 1;
  answer.verdict = number % 6 == 0 ? storage::Verdict::kWrong : storage::Verdict::kRight;
  answer.answer_as_read = std::to_string(number);
  answer.why_chosen = "You have just begun with these.";
  answer.ink.resize(400, std::byte{7});
  return answer;
}

// Adds a class to the records in `folder` and fills it. The tablet's clock goes on a minute with
// each answer.
inline void fillLargeClass(const std::filesystem::path& folder, ManualClock& clock,
                           const content::Lesson& sums, const content::Lesson& sayings,
                           const LargeClass& wanted) {
  storage::OpenOptions options;
  options.folder = folder;
  options.clock = &clock;
  options.pin_cost = storage::PinCost::least();
  auto database = storage::Database::open(options);
  ASSERT_TRUE(database) << database.error().message;
  storage::NewClass made;
  made.label = "4A";
  for (int i = 0; i < wanted.pupils; ++i) {
    const auto picture = kPictureIds[static_cast<std::size_t>(i) % kPictureIds.size()];
    made.pupils.push_back({std::string(picture), "", "Pupil " + std::to_string(i)});
  }
  auto pin = storage::Pin::parse("2468");
  const auto id = (*database)->createClass(made, *pin);
  ASSERT_TRUE(id) << id.error().message;
  const auto cards = (*database)->pupils(*id);
  ASSERT_TRUE(cards);
  SpokenEvidence spoken;
  for (std::size_t phone = 3; phone < spoken.sounds.size(); phone += 4) {
    spoken.sounds[phone] = {2, 0.5F};
  }
  auto recorder = storage::Recorder::start(**database, {256, false});
  ASSERT_TRUE(recorder) << recorder.error().message;
  for (int i = 0; i < wanted.answers; ++i) {
    for (const auto& card : *cards) {
      const bool said = i % 5 == 0;
      auto answer = answerOfALargeClass(card.id, said ? sayings : sums, i);
      if (said) {
        spoken.hard_words.clear();
        if (i % 50 == 0) spoken.hard_words = {"word" + std::string(1, 'a' + i / 50 % 26)};
        answer.ink.clear();
        answer.evidence = encodeEvidence(spoken);
      }
      if ((*recorder)->unsaved() > 200) (*recorder)->waitUntilSaved(std::chrono::hours(1));
      ASSERT_TRUE((*recorder)->submit(std::move(answer), {}));
    }
    clock.advance(std::chrono::minutes(1));
  }
  ASSERT_TRUE((*recorder)->waitUntilSaved(std::chrono::hours(1)));
}

}  // namespace primer::app
