#include "primer/storage/recorder.h"

#include <gmock/gmock.h>

#include <atomic>
#include <limits>
#include <mutex>
#include <thread>

#include "storage/trial.h"

namespace primer::storage {
namespace {

using test::answerOf;
using test::Records;

TEST(Recorder, AcknowledgesInOrder) {
  Records records;
  auto& database = records.open();
  const auto learner = database.pupils(records.makeClass(1))->front().id;
  auto recorder = Recorder::start(database);
  ASSERT_TRUE(recorder);
  EXPECT_EQ((*recorder)->position(), (EventOrder{1, 0}));
  std::vector<Saved> saved;
  for (int i = 1; i <= 20; ++i) {
    ASSERT_TRUE((*recorder)->submit(answerOf(learner, i), [&](const Result<Saved>& one) {
      ASSERT_TRUE(one) << one.error().message;
      saved.push_back(*one);
    }));
  }
  ASSERT_TRUE((*recorder)->waitUntilSaved(test::kLongEnough));
  EXPECT_EQ((*recorder)->unsaved(), 0u);
  const auto events = database.events(learner);
  ASSERT_TRUE(events);
  ASSERT_EQ(events->size(), 20u);
  ASSERT_EQ(saved.size(), 20u);
  for (std::size_t i = 0; i < saved.size(); ++i) {
    EXPECT_EQ(saved[i].order, (EventOrder{1, static_cast<std::int64_t>(i) + 1}));
    EXPECT_EQ((*events)[i].id, saved[i].id);
  }
}

TEST(Recorder, TakesAnswersFromManyThreads) {
  Records records;
  auto& database = records.open();
  const auto pupils = *database.pupils(records.makeClass(4));
  auto recorder = Recorder::start(database);
  ASSERT_TRUE(recorder);
  std::atomic<int> saved = 0;
  std::vector<std::thread> threads;
  for (const auto& pupil : pupils) {
    threads.emplace_back([&recorder, &saved, id = pupil.id] {
      for (int i = 0; i < 25; ++i) {
        ASSERT_TRUE((*recorder)->submit(answerOf(id, i), [&](const Result<Saved>& one) {
          if (one) ++saved;
        }));
      }
    });
  }
  for (auto& thread : threads) thread.join();
  ASSERT_TRUE((*recorder)->waitUntilSaved(test::kLongEnough));
  EXPECT_EQ(saved, 100);
  EXPECT_EQ(*database.countEvents(), 100);
}

TEST(Recorder, ARefusedAnswerSaysWhy) {
  Records records;
  auto& database = records.open();
  const auto learner = database.pupils(records.makeClass(1))->front().id;
  auto recorder = Recorder::start(database);
  ASSERT_TRUE(recorder);
  auto answer = answerOf(learner);
  answer.confidence = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ((*recorder)->submit(answer, {}).error().code, ErrorCode::kInvalidArgument);
  answer = answerOf(learner);
  answer.attempt = 0;
  EXPECT_EQ((*recorder)->submit(answer, {}).error().code, ErrorCode::kInvalidArgument);

  std::string key;
  ASSERT_TRUE((*recorder)->submit(answerOf(LearnerId::random()), [&](const Result<Saved>& one) {
    key = one ? "saved" : one.error().key;
  }));
  EXPECT_TRUE((*recorder)->waitUntilSaved(test::kLongEnough)) << "and it does not block the rest";
  EXPECT_EQ(key, "pupil.unknown");
}

TEST(Recorder, AFullQueueRefuses) {
  Records records;
  auto& database = records.open();
  const auto learner = database.pupils(records.makeClass(1))->front().id;
  auto recorder = Recorder::start(database, {.queue_limit = 2, .back_up_when_idle = false});
  ASSERT_TRUE(recorder);
  // The first callback holds the thread, so that the queue cannot drain.
  std::mutex gate;
  gate.lock();
  std::atomic<bool> held = false;
  ASSERT_TRUE((*recorder)->submit(answerOf(learner), [&](const Result<Saved>&) {
    held = true;
    const std::lock_guard wait(gate);
  }));
  while (!held) std::this_thread::yield();
  ASSERT_TRUE((*recorder)->submit(answerOf(learner), {}));
  ASSERT_TRUE((*recorder)->submit(answerOf(learner), {}));
  const auto refused = (*recorder)->submit(answerOf(learner), {});
  gate.unlock();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().key, "recorder.full");
  ASSERT_TRUE((*recorder)->waitUntilSaved(test::kLongEnough));
  EXPECT_EQ(*database.countEvents(), 3);
}

TEST(Recorder, AFullDiskLosesNothing) {
  Records records;
  records.open();
  const auto id = records.makeClass(1);
  const auto learner = records.database->pupils(id)->front().id;
  records.close();
  records.options.max_pages = 45;
  auto& database = records.open();
  std::atomic<int> saved = 0;
  std::atomic<int> failed = 0;
  std::string key;
  int submitted = 0;
  {
    auto recorder = Recorder::start(database, {.queue_limit = 100, .back_up_when_idle = false});
    ASSERT_TRUE(recorder);
    while (submitted < 300 && failed == 0) {
      auto answer = answerOf(learner, ++submitted);
      ASSERT_TRUE((*recorder)->submit(answer, [&](const Result<Saved>& one) {
        if (one) {
          ++saved;
        } else {
          ++failed;
          key = one.error().key;
        }
      }));
      (*recorder)->waitUntilSaved(test::kLongEnough);
    }
    ASSERT_GT(failed, 0) << "the disk never got full";
    EXPECT_EQ(key, "database.full");
    EXPECT_EQ((*recorder)->unsaved(), 1u);
    (*recorder)->retry();
    EXPECT_FALSE((*recorder)->waitUntilSaved(test::kLongEnough));
    EXPECT_EQ(failed, 2) << "a retry that fails is told";
    EXPECT_EQ(*database.countEvents(), saved) << "what was saved can still be read";
  }
  EXPECT_EQ(saved, submitted - 1);
}

}  // namespace
}  // namespace primer::storage
