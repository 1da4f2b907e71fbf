// A teacher's re-mark: an event of its own, after which the answer counts as the teacher says.

#include <gmock/gmock.h>

#include "storage/trial.h"

namespace primer::storage {
namespace {

using test::answerOf;
using test::pin;
using test::Records;

class Remarks : public testing::Test {
 protected:
  Remarks()
      : database_(&records_.open()),
        class_(records_.makeClass(2)),
        learner_(database_->pupils(class_)->at(0).id),
        recorder_(std::move(*Recorder::start(*database_))) {}

  EventId answer(Verdict verdict, std::optional<EventId> about = {}) {
    auto one = answerOf(learner_);
    one.id = newEventId();
    one.verdict = verdict;
    one.about = about;
    EXPECT_TRUE(recorder_->submit(one, {}));
    return one.id;
  }
  Result<Saved> remark(const EventId& about, Verdict verdict, LearnerId learner = {}) {
    Result<Saved> said = fail(ErrorCode::kInternal, "never called");
    if (learner.isNull()) learner = learner_;
    const auto taken = recorder_->submit(Remark{learner, about, verdict},
                                         [&said](const Result<Saved>& one) { said = one; });
    if (!taken) return fail(taken.error());
    recorder_->waitUntilSaved(test::kLongEnough);
    return said;
  }
  std::vector<OpenedEvent> disputes() {
    return *database_->disputes(*database_->unlock(class_, pin()));
  }

  Records records_;
  Database* database_;
  ClassId class_;
  LearnerId learner_;
  std::unique_ptr<Recorder> recorder_;
};

TEST_F(Remarks, ADisagreementMendsTheAnswerThatItIsAbout) {
  const auto wrong = answer(Verdict::kMisconception);
  const auto disagreed = answer(Verdict::kAskTeacher, wrong);
  ASSERT_TRUE(recorder_->waitUntilSaved(test::kLongEnough));
  EXPECT_EQ(database_->summaries(class_)->at(0).right, 0);
  auto open = disputes();
  ASSERT_EQ(open.size(), 1u);
  EXPECT_EQ(open[0].event.id, disagreed);
  EXPECT_EQ(open[0].event.about, wrong);
  EXPECT_EQ(open[0].event.remark, std::nullopt);
  EXPECT_FALSE(open[0].ink.empty());

  ASSERT_TRUE(remark(wrong, Verdict::kRight));
  const auto events = *database_->events(learner_);
  ASSERT_EQ(events.size(), 2u) << "a re-mark is no answer";
  EXPECT_EQ(events[0].verdict, Verdict::kRight);
  EXPECT_EQ(events[0].remark, Verdict::kRight);
  EXPECT_EQ(events[0].misconception, "") << "the trial's answers have none";
  EXPECT_EQ(events[1].verdict, Verdict::kAskTeacher) << "what is about another counts for nothing";
  EXPECT_EQ(events[1].remark, Verdict::kRight);
  const auto summary = database_->summaries(class_)->at(0);
  EXPECT_EQ(summary.answers, 2);
  EXPECT_EQ(summary.judged, 1);
  EXPECT_EQ(summary.right, 1);
  EXPECT_EQ(database_->visit(learner_, {0, 0})->right, 1);
  open = disputes();
  ASSERT_EQ(open.size(), 1u);
  EXPECT_EQ(open[0].event.remark, Verdict::kRight);
}

TEST_F(Remarks, TheLatestCounts) {
  const auto asked = answer(Verdict::kAskTeacher);
  ASSERT_TRUE(recorder_->waitUntilSaved(test::kLongEnough));
  ASSERT_TRUE(remark(asked, Verdict::kRight));
  ASSERT_TRUE(remark(asked, Verdict::kWrong));
  EXPECT_EQ(database_->events(learner_)->at(0).verdict, Verdict::kWrong);
  EXPECT_EQ(database_->summaries(class_)->at(0).judged, 1);
  EXPECT_EQ(*database_->countEvents(), 3) << "every re-mark is an event";
  recorder_.reset();
  records_.close();
  database_ = &records_.open();
  EXPECT_EQ(database_->events(learner_)->at(0).verdict, Verdict::kWrong);
  EXPECT_TRUE(database_->check()->sound);
}

TEST_F(Remarks, AreNewsUntilThePupilAnswersAgain) {
  const auto asked = answer(Verdict::kAskTeacher);
  ASSERT_TRUE(recorder_->waitUntilSaved(test::kLongEnough));
  EXPECT_TRUE(database_->record(learner_, 0)->remarked_since.empty());
  ASSERT_TRUE(remark(asked, Verdict::kWrong));
  ASSERT_TRUE(remark(asked, Verdict::kRight));
  const auto news = database_->record(learner_, 0)->remarked_since;
  ASSERT_EQ(news.size(), 1u);
  EXPECT_EQ(news[0].verdict, Verdict::kRight);
  EXPECT_EQ(news[0].item, "number-facts/add-within-20/7+1");
  answer(Verdict::kRight);
  ASSERT_TRUE(recorder_->waitUntilSaved(test::kLongEnough));
  EXPECT_TRUE(database_->record(learner_, 0)->remarked_since.empty());
}

TEST_F(Remarks, OfNothingOrOfAnotherPupilAreGivenBack) {
  const auto asked = answer(Verdict::kAskTeacher);
  ASSERT_TRUE(recorder_->waitUntilSaved(test::kLongEnough));
  EXPECT_EQ(remark(newEventId(), Verdict::kRight).error().key, "event.unknown");
  const auto other = database_->pupils(class_)->at(1).id;
  EXPECT_EQ(remark(asked, Verdict::kRight, other).error().key, "event.unknown");
  EXPECT_EQ(remark(asked, Verdict::kUnreadable).error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(database_->events(learner_)->at(0).remark, std::nullopt);
}

}  // namespace
}  // namespace primer::storage
