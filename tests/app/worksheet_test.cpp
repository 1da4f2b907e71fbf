// The sheet of a worked item: what is blamed, what is asked about, what is forgotten.

#include "worksheet.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace primer::app {
namespace {

using testing::ElementsAre;

handwriting::WorkPiece row(std::size_t stroke, const std::string& text, bool unsure = false,
                           const std::vector<std::string>& others = {}) {
  handwriting::WorkPiece row;
  row.strokes = {stroke};
  auto& reading = row.line.emplace();
  reading.text = text;
  reading.unsure = unsure;
  reading.confidence = unsure ? 0.5F : 0.97F;
  float left = 0;
  for (const char c : text) {
    handwriting::LineSymbol symbol;
    symbol.symbol = std::string(1, c);
    symbol.box = {left, 0, left + 30, 60};
    reading.symbols.push_back(symbol);
    left += 40;
  }
  row.box = {0, 0, left, 60};
  for (const auto& other : others) reading.alternatives.push_back({other, other, 0.3F});
  return row;
}

class WorksheetTest : public testing::Test {
 protected:
  std::vector<Worksheet::Found> judge(int most = -1) {
    const auto written = sheet_.written(most);
    return sheet_.takeJudgement(judgeWork(problem_, written.lines), written);
  }
  std::vector<LineMark> marks() const {
    std::vector<LineMark> marks;
    for (const auto& line : sheet_.view().lines) marks.push_back(line.mark);
    return marks;
  }

  Worksheet sheet_;
  maths::ProblemSource problem_{"2(x+3)=16", "", ""};
};

TEST_F(WorksheetTest, RightLinesAreTickedAndTheAnswerIsKnown) {
  sheet_.take({row(0, "2x+6=16"), row(1, "2x=10"), row(2, "x=5")}, {});
  EXPECT_TRUE(judge().empty());
  EXPECT_THAT(marks(), ElementsAre(LineMark::kRight, LineMark::kRight, LineMark::kRight));
  EXPECT_TRUE(sheet_.answered());
}

TEST_F(WorksheetTest, WhatThePupilSaidHoldsOnASheetThatIsGoneOnWith) {
  const auto unsure = row(0, "2x+6=10", true, {"2x+6=16"});
  sheet_.take({unsure, row(1, "2x=10")}, {});
  ASSERT_TRUE(sheet_.choose(0, 0));
  const auto said = sheet_.confirmed();
  ASSERT_EQ(said.size(), 1U);
  sheet_.start();
  sheet_.setConfirmed(said);
  sheet_.take({unsure, row(1, "2x=10")}, {});
  EXPECT_EQ(sheet_.lineText(0), "2x+6=16");
  EXPECT_FALSE(sheet_.view().lines[0].doubtful);
  // The same strokes elsewhere are other ink, and a reading that was never offered is none.
  auto moved = unsure;
  moved.box.top += 100;
  moved.box.bottom += 100;
  auto other = row(0, "7", true, {"1"});
  other.box = unsure.box;
  for (const auto& ink : {moved, other}) {
    sheet_.start();
    sheet_.setConfirmed(said);
    sheet_.take({ink}, {});
    EXPECT_TRUE(sheet_.view().lines[0].doubtful);
  }
}

TEST_F(WorksheetTest, TheWrongPlaceIsTintedAndToldOnce) {
  sheet_.take({row(0, "2x+6=16"), row(1, "2x=22")}, {});
  const auto found = judge();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].row, 1U);
  EXPECT_EQ(found[0].verdict.misconception, "equation-wrong-inverse");
  const auto view = sheet_.view();
  EXPECT_EQ(view.first_not_yet, 1);
  ASSERT_EQ(view.lines[1].not_yet.size(), 1);
  // "22" are the fourth and fifth of five signs, 40 wide each.
  EXPECT_FLOAT_EQ(view.lines[1].not_yet[0].left, 120);
  EXPECT_FLOAT_EQ(view.lines[1].not_yet[0].right, 190);
  EXPECT_TRUE(judge().empty()) << "told twice";
  EXPECT_FALSE(sheet_.help(1).text.isEmpty());
  EXPECT_NE(sheet_.help(1).text, sheet_.help(2).text);
  EXPECT_NE(sheet_.help(2).text, sheet_.help(3).text);
}

TEST_F(WorksheetTest, WhatFollowsAnErrorIsNotBlamedAgain) {
  sheet_.take({row(0, "2x+6=16"), row(1, "2x=22"), row(2, "x=11")}, {});
  EXPECT_EQ(judge().size(), 1U);
  EXPECT_EQ(marks()[2], LineMark::kFollows);
  EXPECT_FALSE(sheet_.answered());
}

TEST_F(WorksheetTest, AMendedLineBelowTakesTheBlameAway) {
  sheet_.take({row(0, "2x+6=16"), row(1, "2x=22"), row(2, "2x=10")}, {});
  judge();
  EXPECT_EQ(marks()[2], LineMark::kRight);
  EXPECT_EQ(sheet_.view().first_not_yet, -1);
}

TEST_F(WorksheetTest, AnUnsureReadingIsAskedAboutNotBlamed) {
  sheet_.take({row(0, "2x+6=76", true, {"2x+6=78"})}, {});
  EXPECT_TRUE(judge().empty());
  EXPECT_EQ(marks()[0], LineMark::kAsk);
  EXPECT_TRUE(sheet_.view().lines[0].doubtful);
  // Only when the pupil says that this is what stands there.
  ASSERT_TRUE(sheet_.choose(0, -1));
  EXPECT_EQ(judge().size(), 1U);
  EXPECT_EQ(marks()[0], LineMark::kNotYet);
}

TEST_F(WorksheetTest, ASecondReadingThatWouldBeRightIsOfferedFirst) {
  sheet_.take({row(0, "2x+6=76", false, {"2x+6=78", "2x+6=16"})}, {});
  EXPECT_TRUE(judge().empty()) << "blamed for our reading";
  ASSERT_TRUE(sheet_.view().lines[0].doubtful);
  EXPECT_EQ(sheet_.view().lines[0].alternatives.first(), "2x + 6 = 16");
  ASSERT_TRUE(sheet_.choose(0, 0));
  judge();
  EXPECT_EQ(marks()[0], LineMark::kRight);
}

TEST_F(WorksheetTest, ChoicesHoldWhileTheRowsStrokesDo) {
  sheet_.take({row(0, "2x+6=76", false, {"2x+6=16"})}, {});
  ASSERT_TRUE(sheet_.choose(0, 0));
  sheet_.take({row(0, "2x+6=76", false, {"2x+6=16"}), row(1, "2x=10")}, {});
  EXPECT_EQ(sheet_.lineText(0), "2x+6=16");
  sheet_.take({row(7, "2x+6=76", false, {"2x+6=16"})}, {});
  EXPECT_EQ(sheet_.lineText(0), "2x+6=76") << "written anew, it is read anew";
}

TEST_F(WorksheetTest, OnlyTheLinesAboveAreJudgedWhenTheNextIsBegun) {
  sheet_.take({row(0, "2x+6=16"), row(1, "2x=22")}, {});
  EXPECT_TRUE(judge(1).empty());
  EXPECT_THAT(marks(), ElementsAre(LineMark::kRight, LineMark::kNone));
}

TEST_F(WorksheetTest, ALineForTheTeacherIsNotLookedAtAnyMore) {
  sheet_.take({row(0, "2x+6=16"), row(1, "2x=22"), row(2, "x=5")}, {});
  judge();
  sheet_.keepForTeacher(1);
  judge();
  EXPECT_THAT(marks(), ElementsAre(LineMark::kRight, LineMark::kKept, LineMark::kRight));
  EXPECT_TRUE(sheet_.answered());
}

TEST_F(WorksheetTest, ALineThatCannotBeReadIsNeverAnAnswer) {
  sheet_.take({row(0, "x=5"), row(1, "", true)}, {});
  EXPECT_TRUE(judge().empty());
  EXPECT_EQ(sheet_.view().lines[1].mark, LineMark::kAsk);
}

TEST_F(WorksheetTest, TypedLinesAreSure) {
  sheet_.takeTyped({"2x + 6 = 16", "x = 5"});
  judge();
  EXPECT_TRUE(sheet_.answered());
  EXPECT_FALSE(sheet_.confidence());
}

TEST_F(WorksheetTest, HelpBeforeAnythingIsWrongIsTheNextStep) {
  sheet_.take({row(0, "2x+6=16")}, {});
  judge();
  EXPECT_FALSE(sheet_.help(1).text.isEmpty());
  EXPECT_THAT(sheet_.help(3).text.toStdString(), testing::HasSubstr("2x = 10"));
}

TEST(PrintedTest, SignsBetweenNumbersHaveRoom) {
  EXPECT_EQ(printed("2x=10-4"), "2x = 10 − 4");
  EXPECT_EQ(printed("3*-4"), "3 × −4");
  EXPECT_EQ(printed("(1)/(2)+(1)/(3)"), "(1)/(2) + (1)/(3)");
  EXPECT_EQ(printed(""), "");
}

TEST(ExampleTest, IsAnotherProblemWithAWay) {
  const auto example = exampleLike({"2(x+3)=16", "", ""}, 3);
  ASSERT_TRUE(example);
  EXPECT_NE(example->problem, printed("2(x+3)=16"));
  ASSERT_FALSE(example->steps.isEmpty());
  for (const auto& step : example->steps) EXPECT_FALSE(step.line.isEmpty());
}

}  // namespace
}  // namespace primer::app
