// What comes to an answer beside its row: the sound that a pupil keeps after it was judged, and
// what this tablet alone reads again.

#include <gtest/gtest.h>

#include <chrono>

#include "src/tables/event_store.h"
#include "src/tables/payloads.h"
#include "storage/trial.h"

namespace primer::storage {
namespace {

namespace fs = std::filesystem;
using test::answerOf;
using test::pin;
using test::Records;

std::vector<std::byte> bytesOf(const std::string& text, int repeat = 1) {
  std::vector<std::byte> bytes;
  for (int i = 0; i < repeat; ++i) {
    for (const char c : text) bytes.push_back(static_cast<std::byte>(c));
  }
  return bytes;
}

class Kept : public testing::Test {
 protected:
  void SetUp() override {
    records_.open();
    class_ = records_.makeClass(2);
    learner_ = records_.database->pupils(class_)->front().id;
  }
  std::unique_ptr<Recorder> record() { return std::move(*Recorder::start(*records_.database)); }
  EventId submit(Recorder& recorder, Recorder::Done done = {}) {
    auto answer = answerOf(learner_);
    answer.id = newEventId();
    EXPECT_TRUE(recorder.submit(answer, std::move(done)));
    return answer.id;
  }
  ClassKey unlock() { return std::move(*records_.database->unlock(class_, pin())); }

  Records records_;
  ClassId class_;
  LearnerId learner_;
};

TEST_F(Kept, ASoundComesToItsAnswerLater) {
  const auto sound = bytesOf("geheimnis", 30'000);  // many pages of the file
  auto recorder = record();
  const auto id = submit(*recorder);
  ASSERT_TRUE(recorder->submit(answerOf(learner_, 2), {}));
  Result<Saved> kept = fail(ErrorCode::kInternal, "not told");
  ASSERT_TRUE(recorder->keepSound(id, learner_, sound, [&](const auto& one) { kept = one; }));
  ASSERT_TRUE(recorder->waitUntilSaved(test::kLongEnough));
  ASSERT_TRUE(kept) << kept.error().message;
  EXPECT_EQ(kept->id, id);
  const auto events = records_.database->events(learner_);
  ASSERT_EQ(events->size(), 2u) << "a sound is no answer of its own";
  EXPECT_TRUE(events->front().has_sound);
  EXPECT_FALSE(events->back().has_sound);
  EXPECT_EQ(*records_.database->sound(id, unlock()), sound);
  EXPECT_EQ(records_.database->sound(events->back().id, unlock()).error().code,
            ErrorCode::kNotFound);
  recorder.reset();
  records_.close();
  ASSERT_TRUE(records_.open().check()->sound);
}

TEST_F(Kept, OnlyTheFirstSoundOfAnAnswerIsKept) {
  auto recorder = record();
  const auto id = submit(*recorder);
  ASSERT_TRUE(recorder->keepSound(id, learner_, bytesOf("first"), {}));
  ASSERT_TRUE(recorder->keepSound(id, learner_, bytesOf("second"), {}));
  ASSERT_TRUE(recorder->waitUntilSaved(test::kLongEnough));
  EXPECT_EQ(*records_.database->sound(id, unlock()), bytesOf("first"));
}

TEST_F(Kept, TheOldestSoundMakesRoomForANewOne) {
  const auto other = records_.database->pupils(class_)->back().id;
  auto recorder = record();
  auto answer = answerOf(other);
  answer.id = newEventId();
  ASSERT_TRUE(recorder->submit(answer, {}));
  ASSERT_TRUE(recorder->keepSound(answer.id, other, bytesOf("another's"), {}));
  std::vector<EventId> ids;
  for (std::int64_t i = 0; i <= kMostSoundsOfALearner; ++i) {
    ids.push_back(submit(*recorder));
    ASSERT_TRUE(recorder->keepSound(ids.back(), learner_, bytesOf(std::to_string(i)), {}));
  }
  ASSERT_TRUE(recorder->waitUntilSaved(test::kLongEnough));
  const auto key = unlock();
  EXPECT_EQ(records_.database->sound(ids[0], key).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(*records_.database->sound(ids[1], key), bytesOf("1"));
  EXPECT_EQ(*records_.database->sound(ids.back(), key), bytesOf(std::to_string(ids.size() - 1)));
  EXPECT_EQ(*records_.database->sound(answer.id, key), bytesOf("another's"));
  const auto events = records_.database->events(learner_);
  ASSERT_EQ(events->size(), ids.size()) << "what was answered stays";
  EXPECT_FALSE(events->front().has_sound);
  EXPECT_TRUE(events->back().has_sound);
}

TEST_F(Kept, WhatCannotBeKeptIsSaidAndBlocksNothing) {
  auto recorder = record();
  EXPECT_EQ(recorder->keepSound(EventId::random(), learner_, {}, {}).error().code,
            ErrorCode::kInvalidArgument);
  EXPECT_EQ(
      recorder
          ->keepSound(EventId::random(), learner_, std::vector<std::byte>(kMostSoundBytes + 1), {})
          .error()
          .code,
      ErrorCode::kInvalidArgument);
  std::string key;
  ASSERT_TRUE(recorder->keepSound(EventId::random(), learner_, bytesOf("x"),
                                  [&](const auto& one) { key = one.error().key; }));
  ASSERT_TRUE(recorder->submit(answerOf(learner_), {}));
  ASSERT_TRUE(recorder->waitUntilSaved(test::kLongEnough));
  EXPECT_EQ(key, "event.unknown");
  EXPECT_EQ(*records_.database->countEvents(), 1);
}

TEST_F(Kept, AnotherClassesKeyDoesNotOpenIt) {
  auto answer = answerOf(learner_);
  answer.sound = bytesOf("geheimnis");
  auto recorder = record();
  const auto id = answer.id = newEventId();
  ASSERT_TRUE(recorder->submit(answer, {}));
  ASSERT_TRUE(recorder->waitUntilSaved(test::kLongEnough));
  auto other = records_.database->unlock(records_.makeClass(1), pin());
  ASSERT_TRUE(other);
  EXPECT_EQ(records_.database->sound(id, *other).error().code, ErrorCode::kDenied);
}

// The folder as a cut of power would leave it, at the moment when a save is told.
TEST_F(Kept, WhatWasToldAsKeptSurvivesACutOfPower) {
  const auto sound = bytesOf("geheimnis", 5'000);
  const auto before = records_.folder / "before";
  const auto after = records_.folder / "after";
  auto recorder = record();
  const auto copyTo = [&](const fs::path& folder) {
    fs::copy(records_.options.folder, folder, fs::copy_options::recursive);
  };
  const auto id = submit(*recorder, [&](const auto&) { copyTo(before); });
  ASSERT_TRUE(recorder->waitUntilSaved(test::kLongEnough));
  ASSERT_TRUE(recorder->keepSound(id, learner_, sound, [&](const auto&) { copyTo(after); }));
  ASSERT_TRUE(recorder->waitUntilSaved(test::kLongEnough));
  recorder.reset();
  records_.close();
  for (const auto& folder : {before, after}) {
    auto options = records_.options;
    options.folder = folder;
    auto database = Database::open(options);
    ASSERT_TRUE(database) << database.error().message;
    EXPECT_TRUE((*database)->report().repaired.empty());
    const auto key = (*database)->unlock(class_, pin());
    ASSERT_TRUE(key);
    const auto found = (*database)->sound(id, *key);
    EXPECT_EQ((*database)->events(learner_)->size(), 1u);
    EXPECT_EQ(found.value_or(std::vector<std::byte>()),
              folder == after ? sound : std::vector<std::byte>());
  }
}

TEST_F(Kept, EvidenceIsReadWithoutAPinTheNewestOfIt) {
  auto recorder = record();
  for (int i = 1; i <= 6; ++i) {
    auto answer = answerOf(i == 3 ? records_.database->pupils(class_)->back().id : learner_, i);
    if (i != 5) answer.evidence = bytesOf("e" + std::to_string(i));
    ASSERT_TRUE(recorder->submit(answer, {}));
  }
  ASSERT_TRUE(recorder->waitUntilSaved(test::kLongEnough));
  const auto found = records_.database->record(learner_, 3);
  ASSERT_TRUE(found);
  const auto* evidence = &found->evidence;
  ASSERT_EQ(evidence->size(), 3u);
  EXPECT_EQ((*evidence)[0].bytes, bytesOf("e2"));
  EXPECT_EQ((*evidence)[1].bytes, bytesOf("e4"));
  EXPECT_EQ((*evidence)[2].bytes, bytesOf("e6"));
  EXPECT_EQ((*evidence)[2].event, found->events.back().id);
  const auto of_class = records_.database->evidenceOfClass(class_, 2);
  ASSERT_TRUE(of_class);
  ASSERT_EQ(of_class->size(), 2u);
  EXPECT_EQ(of_class->at(learner_).front().bytes, bytesOf("e4"));
  EXPECT_EQ(of_class->at(records_.database->pupils(class_)->back().id).front().bytes,
            bytesOf("e3"));
  auto answer = answerOf(learner_);
  answer.evidence.resize(kMostEvidenceBytes + 1);
  EXPECT_EQ(recorder->submit(answer, {}).error().code, ErrorCode::kInvalidArgument);
}

// Evidence is found among many answers that have none, in less time than a log-in may take.
TEST_F(Kept, EvidenceOfFiftyThousandAnswersIsFoundSoon) {
  constexpr int kAnswers = 50'000;
  const auto file = records_.options.folder / "primer.db";
  auto connection = connect(file, Access::kReadWrite);
  ASSERT_TRUE(connection);
  const auto written = inTransaction(**connection, [&]() -> Status {
    for (int i = 0; i < kAnswers; ++i) {
      Event event;
      event.id = EventId::random();
      event.tablet = records_.database->tablet();
      event.order = {records_.database->boot(), i + 1};
      event.learner = learner_;
      event.activity = event.item = event.skill = "number-facts";
      EventStore(**connection).add(event, std::nullopt);
    }
    return {};
  });
  ASSERT_TRUE(written) << written.error().message;
  auto recorder = record();
  auto answer = answerOf(learner_);
  answer.evidence = bytesOf("e");
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(recorder->submit(answer, {}));
  ASSERT_TRUE(recorder->waitUntilSaved(test::kLongEnough));
  const auto begin = std::chrono::steady_clock::now();
  const auto found = records_.database->record(learner_, 400);
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
  ASSERT_TRUE(found);
  EXPECT_EQ(found->evidence.size(), 20u);
  RecordProperty("milliseconds", std::to_string(took.count()));
  EXPECT_LT(took.count(), 2000) << "measured: about 150 on two shared cores";
}

}  // namespace
}  // namespace primer::storage
