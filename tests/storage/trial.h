#pragma once

// A small class and its answers, for the tests of the records.

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "primer/storage/database.h"
#include "primer/storage/recorder.h"
#include "test_folder.h"

namespace primer::storage::test {

inline constexpr std::chrono::seconds kLongEnough(60);

inline Pin pin(const std::string& digits = "2468") { return std::move(*Pin::parse(digits)); }

// Stands for encoded ink: a word that can be searched for, often enough to fill a page when asked.
inline std::vector<std::byte> inkBytes(int repeat = 20) {
  std::vector<std::byte> bytes;
  for (int i = 0; i < repeat; ++i) {
    for (const char c : std::string("drei-striche-")) bytes.push_back(static_cast<std::byte>(c));
  }
  return bytes;
}

inline Answer answerOf(const LearnerId& learner, int number = 1) {
  Answer answer;
  answer.learner = learner;
  answer.activity = "number-facts";
  answer.item = "number-facts/add-within-20/7+" + std::to_string(number);
  answer.skill = "add-within-20";
  answer.difficulty = 0.25;
  answer.attempt = 1;
  answer.answer_as_read = "tintenfisch" + std::to_string(number);  // easy to search for
  answer.confidence = 0.98;
  answer.verdict = number % 4 == 0 ? Verdict::kWrong : Verdict::kRight;
  answer.taken = std::chrono::milliseconds(2500);
  answer.why_chosen = "practice";
  answer.ink = inkBytes();
  return answer;
}

// A folder with records, which can be closed and opened again.
class Records {
 public:
  Records() {
    options.folder = folder / "data";
    options.clock = &clock;
    options.pin_cost = PinCost::least();
  }

  // Fails the test where the records cannot be opened.
  Database& open() {
    auto opened = Database::open(options);
    if (!opened) throw std::runtime_error(opened.error().message);
    database = std::move(*opened);
    return *database;
  }
  void close() { database.reset(); }

  ClassId makeClass(int pupils = 3) {
    NewClass made;
    made.label = "4A";
    for (int i = 0; i < pupils; ++i) {
      const std::string n = std::to_string(i);
      made.pupils.push_back({"kite" + n, "Ottokar" + n, "Ottokar Zwiebelfisch" + n});
    }
    auto id = database->createClass(made, pin());
    if (!id) throw std::runtime_error(id.error().message);
    return *id;
  }

  // Saves answers one after the other, all acknowledged.
  void save(const LearnerId& learner, int count, int first = 1) {
    auto recorder = Recorder::start(*database);
    ASSERT_TRUE(recorder) << recorder.error().message;
    for (int i = 0; i < count; ++i) {
      ASSERT_TRUE((*recorder)->submit(answerOf(learner, first + i), {}));
      ASSERT_TRUE((*recorder)->waitUntilSaved(kLongEnough));
    }
  }

  primer::test::TestFolder folder;
  ManualClock clock;
  OpenOptions options;
  std::unique_ptr<Database> database;
};

}  // namespace primer::storage::test
