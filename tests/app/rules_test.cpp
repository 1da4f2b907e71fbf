// What the teacher sets: kept, and what it does to a visit.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/desk.h"

namespace primer::app {
namespace {

using std::chrono::minutes;

class RulesTest : public Desk {
 protected:
  ClassView unlock() {
    QSignalSpy views(tutor_.get(), &Tutor::classViewReady);
    tutor_->unlock("2468");
    EXPECT_TRUE(wait([&views] { return !views.isEmpty(); }));
    return views.isEmpty() ? ClassView() : views.last()[0].value<ClassView>();
  }
  ClassView set(const ClassRules& rules) {
    QSignalSpy views(tutor_.get(), &Tutor::classViewReady);
    tutor_->setClassRules(rules);
    EXPECT_TRUE(wait([&views] { return !views.isEmpty(); }));
    return views.isEmpty() ? ClassView() : views.last()[0].value<ClassView>();
  }
  void openWith(const ClassRules& rules) {
    ASSERT_NO_FATAL_FAILURE(openWithClass());
    unlock();
    set(rules);
    tutor_->lock();
    ASSERT_TRUE(waitFor(Stage::kLogIn));
  }
  static ClassRules lasting(int session, int pause) {
    ClassRules rules;
    rules.session_minutes = session;
    rules.break_minutes = pause;
    return rules;
  }
};

TEST_F(RulesTest, AreKeptOverAStart) {
  ASSERT_NO_FATAL_FAILURE(openWithClass());
  EXPECT_EQ(unlock().rules.session_minutes, 0);
  ClassRules rules = lasting(20, 10);
  rules.judged = JudgedWhen::kButton;
  rules.sensitivity = 0.75;
  EXPECT_EQ(set(rules).rules.session_minutes, 20);
  open();
  ASSERT_EQ(tutor_->stage(), Stage::kLogIn);
  const auto found = unlock().rules;
  EXPECT_EQ(found.session_minutes, 20);
  EXPECT_EQ(found.break_minutes, 10);
  EXPECT_EQ(found.judged, JudgedWhen::kButton);
  EXPECT_EQ(found.sensitivity, 0.75);
  EXPECT_TRUE(found.faults.isEmpty());
}

TEST_F(RulesTest, WhatIsOutOfRangeIsToldAndChangesNothing) {
  ASSERT_NO_FATAL_FAILURE(openWithClass());
  unlock();
  set(lasting(20, 0));
  const auto view = set(lasting(7000, 0));
  EXPECT_EQ(view.rules.session_minutes, 20);
  ASSERT_FALSE(view.problems.isEmpty());
  EXPECT_EQ(view.problems.first().key, "settings.range");
  EXPECT_TRUE(set(lasting(30, 0)).problems.isEmpty());
}

TEST_F(RulesTest, TheVisitEndsAfterTheItemAtHandAndNeverInIt) {
  ASSERT_NO_FATAL_FAILURE(openWith(lasting(20, 0)));
  ASSERT_NO_FATAL_FAILURE(logIn());
  clock_.advance(minutes(25));
  EXPECT_EQ(write(rightAnswer() + 1).verdict, Verdict::kNotYet) << "the item is not taken away";
  EXPECT_EQ(tutor_->stage(), Stage::kWorking);
  EXPECT_EQ(write(rightAnswer()).verdict, Verdict::kRight);
  QSignalSpy ended(tutor_.get(), &Tutor::wellDone);
  tutor_->nextItem();
  ASSERT_EQ(tutor_->stage(), Stage::kWellDone);
  const auto summary = ended[0][0].value<SummaryView>();
  EXPECT_TRUE(summary.visit_over);
  EXPECT_FALSE(summary.over_words.isEmpty());
  EXPECT_EQ(summary.done.size(), 1);
  tutor_->oneMore();
  EXPECT_EQ(tutor_->stage(), Stage::kWellDone) << "the time is over";
  tutor_->handOver();
  ASSERT_TRUE(waitFor(Stage::kLogIn));
  // The next visit has time again, and goes on with the set.
  tutor_->logIn(tutor_->grid().pupils[0].id);
  ASSERT_TRUE(waitFor(Stage::kHome));
  tutor_->openDoor(DoorKind::kGoOn);
  EXPECT_EQ(tutor_->stage(), Stage::kWorking);
  EXPECT_EQ(tutor_->item().number, 2);
}

TEST_F(RulesTest, AtHomeTheItemAtHandMayStillBeEndedAndNothingElseBegins) {
  ASSERT_NO_FATAL_FAILURE(openWith(lasting(20, 0)));
  ASSERT_NO_FATAL_FAILURE(logIn());
  tutor_->goHome();
  clock_.advance(minutes(20));
  tutor_->openDoor(DoorKind::kGoOn);
  ASSERT_EQ(tutor_->stage(), Stage::kWorking);
  tutor_->goHome();
  ASSERT_FALSE(tutor_->home().skills.isEmpty());
  tutor_->chooseSkill(tutor_->home().skills.first().skill);
  EXPECT_EQ(tutor_->stage(), Stage::kWellDone);
}

TEST_F(RulesTest, AClockThatIsSetEndsNoVisit) {
  ASSERT_NO_FATAL_FAILURE(openWith(lasting(20, 10)));
  ASSERT_NO_FATAL_FAILURE(logIn());
  clock_.setWallTime({clock_.wallTime().unix_ms + 1000LL * 60 * 60 * 24 * 365});
  EXPECT_EQ(write(rightAnswer()).verdict, Verdict::kRight);
  tutor_->nextItem();
  EXPECT_EQ(tutor_->stage(), Stage::kWorking);
  clock_.setWallTime({0});
  EXPECT_EQ(write(rightAnswer()).verdict, Verdict::kRight);
  tutor_->nextItem();
  EXPECT_EQ(tutor_->stage(), Stage::kWorking);
}

TEST_F(RulesTest, ABreakIsPutOffOnce) {
  ASSERT_NO_FATAL_FAILURE(openWith(lasting(0, 10)));
  settings_.sums_in_a_set = 8;
  open();
  ASSERT_NO_FATAL_FAILURE(logIn());
  QSignalSpy breaks(tutor_.get(), &Tutor::breakShown);
  const auto next = [this] {
    EXPECT_EQ(write(rightAnswer()).verdict, Verdict::kRight);
    tutor_->nextItem();
  };
  next();
  EXPECT_EQ(tutor_->stage(), Stage::kWorking);
  clock_.advance(minutes(10));
  next();
  ASSERT_EQ(tutor_->stage(), Stage::kBreak);
  EXPECT_TRUE(breaks[0][0].value<BreakView>().may_put_off);
  tutor_->putOffBreak();
  ASSERT_EQ(tutor_->stage(), Stage::kWorking);
  clock_.advance(minutes(4));
  next();
  EXPECT_EQ(tutor_->stage(), Stage::kWorking);
  clock_.advance(minutes(1));
  next();
  ASSERT_EQ(tutor_->stage(), Stage::kBreak);
  EXPECT_FALSE(breaks[1][0].value<BreakView>().may_put_off);
  tutor_->putOffBreak();
  EXPECT_EQ(tutor_->stage(), Stage::kBreak) << "once";
  tutor_->goHome();  // whoever leaves it is reminded at the next item
  tutor_->openDoor(DoorKind::kGoOn);
  ASSERT_EQ(tutor_->stage(), Stage::kBreak);
  tutor_->breakTaken();
  EXPECT_EQ(tutor_->stage(), Stage::kWorking);
  clock_.advance(minutes(9));
  next();
  EXPECT_EQ(tutor_->stage(), Stage::kWorking) << "counted anew";
}

TEST_F(RulesTest, AHandIsKeptWithThePupil) {
  ASSERT_NO_FATAL_FAILURE(openWithClass());
  ASSERT_NO_FATAL_FAILURE(logIn());
  EXPECT_FALSE(tutor_->leftHanded());
  tutor_->setLeftHanded(true);
  tutor_->handOver();
  ASSERT_TRUE(waitFor(Stage::kLogIn));
  EXPECT_FALSE(tutor_->leftHanded());
  ASSERT_NO_FATAL_FAILURE(logIn(1));
  EXPECT_FALSE(tutor_->leftHanded()) << "another pupil";
  open();
  ASSERT_NO_FATAL_FAILURE(logIn(0));
  EXPECT_TRUE(tutor_->leftHanded());
}

}  // namespace
}  // namespace primer::app
