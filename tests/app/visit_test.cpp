#include "visit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/lesson.h"
#include "app/readings.h"

namespace primer::app {
namespace {

using std::chrono::milliseconds;

class VisitTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_NE(lesson_, nullptr);
    ASSERT_NE(model_, nullptr);
  }

  Visit makeVisit(int sums = 3, PupilHistory history = {}) {
    return {course_, model_, std::move(history), {7, sums, false}};
  }

  // Worked out from what is shown, as the pupil does.
  static int workOut(const ItemView& item) {
    const auto words = item.prompt.split(' ');
    const int a = words[0].toInt();
    const int b = words[2].toInt();
    return words[1] == "+" ? a + b : words[1] == "−" ? a - b : words[1] == "×" ? a * b : a / b;
  }

  Visit::Judged write(Visit& visit, int number) {
    visit.take(clearly(std::to_string(number)), someInk());
    return visit.check(now_ += milliseconds(4000));
  }

  std::shared_ptr<const content::Lesson> lesson_ = shippedLesson();
  std::shared_ptr<const Course> course_ = std::make_shared<const Course>(Course::Lessons{lesson_});
  std::shared_ptr<const knowledge::KnowledgeModel> model_ = shippedKnowledge();
  milliseconds now_{1000};
};

TEST_F(VisitTest, ARightAnswerEndsTheItem) {
  auto visit = makeVisit();
  const auto item = visit.startItem(now_, {});
  EXPECT_EQ(item.number, 1);
  EXPECT_EQ(item.of, 3);
  EXPECT_FALSE(item.reason.isEmpty());
  const auto judged = write(visit, workOut(item));
  EXPECT_EQ(judged.view.verdict, Verdict::kRight);
  EXPECT_TRUE(judged.view.item_over);
  EXPECT_FALSE(judged.view.words.isEmpty());
  ASSERT_TRUE(judged.to_record);
  EXPECT_EQ(judged.to_record->attempt, 1);
  EXPECT_EQ(judged.to_record->hints, 0);
  EXPECT_EQ(judged.to_record->taken, milliseconds(4000));
  EXPECT_EQ(judged.to_record->text, std::to_string(workOut(item)));
  EXPECT_EQ(judged.to_record->reason, item.reason.toStdString());
  EXPECT_EQ(judged.to_record->ink, someInk());
  EXPECT_FALSE(visit.itemIsOpen());
}

TEST_F(VisitTest, MissesClimbTheLadderAndEndKindly) {
  auto visit = makeVisit();
  const auto item = visit.startItem(now_, {});
  const int answer = workOut(item);
  for (int rung = 1; rung <= 3; ++rung) {
    const auto judged = write(visit, answer + 10 + rung);
    EXPECT_EQ(judged.view.verdict, Verdict::kNotYet);
    EXPECT_EQ(judged.view.hint.rung, rung);
    EXPECT_FALSE(judged.view.hint.text.isEmpty());
    EXPECT_FALSE(judged.view.words.isEmpty());
    EXPECT_FALSE(judged.view.item_over);
    ASSERT_TRUE(judged.to_record);
    EXPECT_EQ(judged.to_record->attempt, rung);
    EXPECT_EQ(judged.to_record->hints, rung - 1);
    if (rung < 3) {  // only the last rung tells
      EXPECT_FALSE(judged.view.words.contains(QString(" %1 ").arg(answer)));
    } else {
      EXPECT_TRUE(judged.view.hint.text.contains(QString::number(answer)));
    }
  }
  const auto last = write(visit, answer + 20);
  EXPECT_EQ(last.view.verdict, Verdict::kNotYet);
  EXPECT_TRUE(last.view.item_over);
  EXPECT_EQ(last.view.hint.rung, 0);
  EXPECT_TRUE(last.view.words.contains(QString::number(answer)));
}

TEST_F(VisitTest, TheSameInkIsRecordedOnce) {
  auto visit = makeVisit();
  const auto item = visit.startItem(now_, {});
  const auto first = write(visit, workOut(item) + 10);
  ASSERT_TRUE(first.to_record);
  const auto again = visit.check(now_);
  EXPECT_FALSE(again.to_record);
  EXPECT_EQ(again.view.words, first.view.words);
  EXPECT_EQ(again.view.attempt, 1);
}

TEST_F(VisitTest, UnreadableInkIsNeverAMiss) {
  auto visit = makeVisit();
  const auto item = visit.startItem(now_, {});
  for (int i = 0; i < 4; ++i) {
    visit.take({}, someInk());
    const auto judged = visit.check(now_);
    EXPECT_EQ(judged.view.verdict, Verdict::kCannotRead);
    EXPECT_FALSE(judged.to_record);
    EXPECT_EQ(judged.view.attempt, 0);
    EXPECT_EQ(judged.view.hint.rung, 0);
    EXPECT_EQ(judged.view.offer_keypad, i >= 1);
  }
  const auto right = write(visit, workOut(item));
  EXPECT_EQ(right.to_record->attempt, 1);  // nothing of it was held against the pupil
}

TEST_F(VisitTest, AnEmptyBoxAsksForInk) {
  auto visit = makeVisit();
  visit.startItem(now_, {});
  const auto judged = visit.check(now_);
  EXPECT_EQ(judged.view.verdict, Verdict::kCannotRead);
  EXPECT_FALSE(judged.to_record);
  EXPECT_FALSE(judged.view.offer_keypad);
  EXPECT_EQ(judged.view.words, "Write your answer in the box first.");
}

TEST_F(VisitTest, DoubtIsAskedAndNotRecorded) {
  auto visit = makeVisit();
  visit.startItem(now_, {});
  visit.take(readNumber({readDigit({{"7", 0.6F}, {"1", 0.4F}}, true)}), someInk());
  const auto asked = visit.check(now_);
  EXPECT_EQ(asked.view.verdict, Verdict::kAsk);
  EXPECT_FALSE(asked.to_record);
  visit.confirmReading();
  const auto judged = visit.check(now_);
  ASSERT_TRUE(judged.to_record);
  EXPECT_EQ(judged.to_record->confidence, 1.0);  // confirmed by the pupil
}

TEST_F(VisitTest, TypedAnswersCountLikeWrittenOnes) {
  auto visit = makeVisit();
  const auto item = visit.startItem(now_, {});
  for (const auto* no_number : {"", " ", "x", "1x", "-3", "1234567890123"}) {
    const auto judged = visit.checkTyped(no_number, now_);
    EXPECT_EQ(judged.view.verdict, Verdict::kCannotRead) << no_number;
    EXPECT_FALSE(judged.to_record);
  }
  const auto wrong = visit.checkTyped("999", now_);
  EXPECT_EQ(wrong.view.verdict, Verdict::kNotYet);
  const auto right = visit.checkTyped(QString(" %1").arg(workOut(item)), now_);
  EXPECT_EQ(right.view.verdict, Verdict::kRight);
  EXPECT_FALSE(right.to_record->confidence);
  EXPECT_TRUE(right.to_record->ink.empty());
  EXPECT_EQ(right.to_record->attempt, 2);
}

TEST_F(VisitTest, HintsThatWereAskedForAreCounted) {
  auto visit = makeVisit();
  const auto item = visit.startItem(now_, {});
  EXPECT_EQ(visit.nextHint().rung, 1);
  EXPECT_EQ(visit.nextHint().rung, 2);
  EXPECT_EQ(write(visit, workOut(item)).to_record->hints, 2);
}

TEST_F(VisitTest, TheSummaryNamesWhatWasDone) {
  auto visit = makeVisit(4);
  auto item = visit.startItem(now_, {});
  write(visit, workOut(item));
  item = visit.startItem(now_, {});
  write(visit, workOut(item) + 10);
  write(visit, workOut(item));
  item = visit.startItem(now_, {});
  for (int i = 1; i <= 4; ++i) write(visit, workOut(item) + 10 * i);
  item = visit.startItem(now_, {});
  EXPECT_FALSE(visit.setIsOver());
  write(visit, workOut(item));
  EXPECT_TRUE(visit.setIsOver());
  const auto summary = visit.summary({});
  EXPECT_EQ(summary.right_first_time, 2);
  EXPECT_EQ(summary.mended, 1);
  EXPECT_EQ(summary.laid_aside, 1);
  EXPECT_EQ(summary.title, "You worked out 3 sums");
  EXPECT_TRUE(summary.lines.contains("You mended one yourself."));
  EXPECT_TRUE(summary.lines.contains("One will come back another day."));
  EXPECT_FALSE(summary.skills.isEmpty());
  EXPECT_EQ(summary.garden.size(), static_cast<qsizetype>(lesson_->skills.size()));

  visit.startSet();
  EXPECT_FALSE(visit.setIsOver());
  EXPECT_EQ(visit.startItem(now_, {}).number, 1);
}

// The walk of a first visit goes through many kinds.
TEST_F(VisitTest, TheSummaryOfManyKindsIsShort) {
  Visit visit(course_, model_, {}, {7, 8, true});
  visit.startSet();
  while (!visit.setIsOver()) write(visit, workOut(visit.startItem(now_, {})));
  const auto summary = visit.summary({});
  EXPECT_GT(summary.skills.size(), 3);
  EXPECT_TRUE(
      summary.lines.contains(QString("You met %1 kinds of exercises.").arg(summary.skills.size())));
  EXPECT_LE(summary.lines.size(), 3);
}

TEST_F(VisitTest, AFlowerOpensAtTheFifthRightAnswer) {
  PupilHistory history;
  history.right_answers_by_skill.assign(lesson_->skills.size(), 4);
  auto visit = makeVisit(1, history);
  const auto item = visit.startItem(now_, {});
  write(visit, workOut(item));
  const auto summary = visit.summary({});
  EXPECT_EQ(summary.title, "A new flower opened");
  int opened = 0;
  for (const auto& flower : summary.garden) {
    EXPECT_EQ(flower.grown, flower.opened_now ? 5 : 4);
    if (flower.opened_now) {
      ++opened;
      EXPECT_EQ(flower.skill, item.skill);
    }
  }
  EXPECT_EQ(opened, 1);
}

TEST_F(VisitTest, ASetShowsNoSumTwice) {
  for (std::uint64_t seed = 1; seed < 30; ++seed) {
    Visit visit(course_, model_, {}, {seed, 8, false});
    QStringList shown;
    while (!visit.setIsOver()) {
      const auto item = visit.startItem(now_, {});
      ASSERT_FALSE(shown.contains(item.prompt)) << seed << " " << item.prompt.toStdString();
      shown.append(item.prompt);
      write(visit, workOut(item));
    }
    EXPECT_EQ(shown.size(), 8);
  }
}

}  // namespace
}  // namespace primer::app
