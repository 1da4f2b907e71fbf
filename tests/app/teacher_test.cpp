// The teacher's page: behind its PIN, true to the records, locked again.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>

#include "app/desk.h"

namespace primer::app {
namespace {

class TeacherTest : public Desk {
 protected:
  void SetUp() override {
    Desk::SetUp();
    ASSERT_NO_FATAL_FAILURE(openWithClass());
  }

  // One item with a miss, one right; pupil 1 ("Ben").
  void practise() {
    ASSERT_NO_FATAL_FAILURE(logIn(1));
    first_prompt_ = tutor_->item().prompt;
    first_answer_ = rightAnswer();
    clock_.advance(std::chrono::seconds(7));
    write(rightAnswer() + 10);
    write(rightAnswer());
    tutor_->nextItem();
    QSignalSpy judged(tutor_.get(), &Tutor::judged);
    tutor_->submitTyped(QString::number(rightAnswer()));
    tutor_->handOver();
    ASSERT_TRUE(waitFor(Stage::kLogIn));
  }

  ClassView unlock() {
    QSignalSpy views(tutor_.get(), &Tutor::classViewReady);
    tutor_->unlock("2468");
    if (!wait([&views] { return !views.isEmpty(); })) {
      ADD_FAILURE() << "not unlocked";
      return {};
    }
    return views[0][0].value<ClassView>();
  }

  QString first_prompt_;
  int first_answer_ = 0;
};

TEST_F(TeacherTest, AWrongPinOpensNothing) {
  QSignalSpy refused(tutor_.get(), &Tutor::unlockRefused);
  QSignalSpy views(tutor_.get(), &Tutor::classViewReady);
  for (const auto* pin : {"1111", "12", "", "24x8"}) {
    refused.clear();
    tutor_->unlock(pin);
    ASSERT_TRUE(wait([&refused] { return !refused.isEmpty(); })) << pin;
    EXPECT_FALSE(refused[0][0].value<UnlockRefusal>().words.isEmpty());
    EXPECT_EQ(tutor_->stage(), Stage::kLogIn);
  }
  tutor_->requestClassView();
  tutor_->requestPupilView(tutor_->grid().pupils[0].id);
  QTest::qWait(20);
  EXPECT_TRUE(views.isEmpty());
}

TEST_F(TeacherTest, ManyWrongPinsHaveToWait) {
  QSignalSpy refused(tutor_.get(), &Tutor::unlockRefused);
  for (int guess = 0; guess < 12; ++guess) {
    tutor_->unlock(QString::number(1000 + guess));
    ASSERT_TRUE(wait([&] { return refused.size() == guess + 1; }));
  }
  EXPECT_GT(refused.last()[0].value<UnlockRefusal>().wait_seconds, 0);
  tutor_->unlock("2468");  // even the right one has to wait now
  ASSERT_TRUE(wait([&] { return refused.size() == 13; }));
  clock_.advance(std::chrono::hours(24));
  unlock();
  EXPECT_EQ(tutor_->stage(), Stage::kTeacher);
}

TEST_F(TeacherTest, TheClassIsWhatTheRecordsSay) {
  ASSERT_NO_FATAL_FAILURE(practise());
  const auto view = unlock();
  EXPECT_EQ(view.title, "Today in 4A");
  EXPECT_EQ(view.summary, "1 of 5 pupils worked · 3 answers");
  ASSERT_EQ(view.pupils.size(), 5);
  const auto& ben = view.pupils[1];
  EXPECT_EQ(ben.name, "Ben");
  EXPECT_EQ(ben.picture, "boat");
  EXPECT_EQ(ben.answers_today, 3);
  EXPECT_EQ(ben.answers_all, 3);
  ASSERT_TRUE(ben.right_share);
  EXPECT_DOUBLE_EQ(*ben.right_share, 0.5);  // of two first tries
  EXPECT_TRUE(ben.last_seen_words.startsWith("today, "));
  EXPECT_FALSE(view.pupils[0].right_share);
  EXPECT_FALSE(view.pupils[0].last_seen);
  EXPECT_EQ(view.pupils[0].name, "Ada");
}

TEST_F(TeacherTest, APupilsAnswersComeWithTheirInk) {
  ASSERT_NO_FATAL_FAILURE(practise());
  const auto class_view = unlock();
  QSignalSpy views(tutor_.get(), &Tutor::pupilViewReady);
  tutor_->requestPupilView(class_view.pupils[1].id);
  ASSERT_TRUE(wait([&views] { return !views.isEmpty(); }));
  const auto view = views[0][0].value<PupilView>();
  EXPECT_EQ(view.pupil.name, "Ben");
  EXPECT_EQ(view.answers_not_shown, 0);
  ASSERT_EQ(view.answers.size(), 3);
  const auto& typed = view.answers[0];  // the newest first
  EXPECT_EQ(typed.how, "typed");
  EXPECT_EQ(typed.verdict, Verdict::kRight);
  EXPECT_TRUE(typed.ink.empty());
  const auto& mended = view.answers[1];
  EXPECT_EQ(mended.attempt, 2);
  EXPECT_EQ(mended.hints, 1);
  EXPECT_EQ(mended.verdict, Verdict::kRight);
  const auto& missed = view.answers[2];
  EXPECT_EQ(missed.item + " =", first_prompt_);
  EXPECT_EQ(missed.answer, QString::number(first_answer_ + 10));
  EXPECT_EQ(missed.expected, QString::number(first_answer_));
  EXPECT_EQ(missed.verdict, Verdict::kNotYet);
  EXPECT_EQ(missed.verdict_words, "not yet");
  EXPECT_EQ(missed.how, "read");
  EXPECT_GT(missed.confidence, 0.9);
  EXPECT_LT(missed.confidence, 1);
  EXPECT_EQ(missed.milliseconds, 7000);
  EXPECT_FALSE(missed.reason.isEmpty());
  EXPECT_EQ(missed.ink, someInk());
}

TEST_F(TeacherTest, IdlenessLocks) {
  unlock();
  QSignalSpy locked(tutor_.get(), &Tutor::locked);
  clock_.advance(settings_.teacher_idle_limit - std::chrono::seconds(1));
  tutor_->lockIfIdle();
  EXPECT_EQ(tutor_->stage(), Stage::kTeacher);
  tutor_->noteActivity();
  clock_.advance(settings_.teacher_idle_limit - std::chrono::seconds(1));
  tutor_->lockIfIdle();
  EXPECT_EQ(tutor_->stage(), Stage::kTeacher);
  clock_.advance(std::chrono::seconds(1));
  tutor_->lockIfIdle();
  EXPECT_EQ(tutor_->stage(), Stage::kLogIn);
  EXPECT_EQ(locked.size(), 1);
  QSignalSpy views(tutor_.get(), &Tutor::classViewReady);
  tutor_->requestClassView();
  QTest::qWait(20);
  EXPECT_TRUE(views.isEmpty());
}

TEST_F(TeacherTest, AskingTwiceIsAnsweredOnce) {
  QSignalSpy views(tutor_.get(), &Tutor::classViewReady);
  QObject::connect(tutor_.get(), &Tutor::stageChanged, tutor_.get(), [this](Stage stage) {
    if (stage == Stage::kTeacher) tutor_->requestClassView();  // as a page does
  });
  unlock();
  QTest::qWait(20);
  EXPECT_EQ(views.size(), 1);
  tutor_->requestClassView();  // later it is asked for anew
  EXPECT_TRUE(wait([&views] { return views.size() == 2; }));
  tutor_->requestClassView();
  tutor_->lock();
  tutor_->unlock("2468");
  EXPECT_TRUE(wait([&views] { return views.size() == 3; }));  // of the new session
}

TEST_F(TeacherTest, WhatIsUnderWayWhenItLocksIsNotShown) {
  const auto class_view = unlock();
  QSignalSpy views(tutor_.get(), &Tutor::pupilViewReady);
  tutor_->requestPupilView(class_view.pupils[1].id);
  tutor_->lock();
  QTest::qWait(50);
  EXPECT_TRUE(views.isEmpty());
}

TEST_F(TeacherTest, APupilWhoIsQuickerThanTheKeyFindsItLocked) {
  QSignalSpy unlocked(tutor_.get(), &Tutor::unlocked);
  tutor_->unlock("2468");
  tutor_->logIn(tutor_->grid().pupils[0].id);
  ASSERT_TRUE(wait([this] { return tutor_->stage() != Stage::kLogIn; }));
  QTest::qWait(50);
  // Whichever came first holds; never both.
  EXPECT_EQ(unlocked.isEmpty(), tutor_->stage() == Stage::kWorking);
}

}  // namespace
}  // namespace primer::app
