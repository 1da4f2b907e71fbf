#include "read_answer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/readings.h"

namespace primer::app {
namespace {

ReadAnswer answer(const handwriting::NumberReading& reading) { return {reading, someInk()}; }

TEST(ReadAnswer, AClearNumberIsJudged) {
  EXPECT_EQ(answer(clearly("56")).judge("56"), Verdict::kRight);
  EXPECT_EQ(answer(clearly("54")).judge("56"), Verdict::kNotYet);
  EXPECT_EQ(answer(clearly("056")).judge("56"), Verdict::kRight);  // in the pupil's favour
  EXPECT_EQ(answer(clearly("0")).judge("0"), Verdict::kRight);
  EXPECT_EQ(answer(clearly("560")).judge("56"), Verdict::kNotYet);
}

TEST(ReadAnswer, WhatCannotBeReadIsNeverGraded) {
  EXPECT_EQ(answer({}).judge("56"), Verdict::kCannotRead);
  auto without_text = clearly("56");
  without_text.text.clear();
  EXPECT_EQ(answer(without_text).judge("56"), Verdict::kCannotRead);
  EXPECT_EQ(answer(without_text).judge("7"), Verdict::kCannotRead);
  // A part that is no symbol, in a reading that claims to be sure.
  auto scribble = readNumber({readDigit({{"", 0.9F}, {"5", 0.1F}}), readDigit({{"6", 0.99F}})});
  scribble.text = "56";
  EXPECT_EQ(answer(scribble).judge("56"), Verdict::kCannotRead);
  handwriting::ReadDigit empty;
  handwriting::NumberReading odd;
  odd.digits.push_back(empty);
  odd.text = "5";
  EXPECT_EQ(answer(odd).judge("5"), Verdict::kCannotRead);
}

TEST(ReadAnswer, DoubtIsAskedAboutWhetherRightOrNot) {
  const auto doubtful = readNumber(
      {readDigit({{"5", 0.99F}}), readDigit({{"6", 0.6F}, {"0", 0.4F}}, /*unsure=*/true)});
  EXPECT_EQ(answer(doubtful).judge("56"), Verdict::kAsk);
  EXPECT_EQ(answer(doubtful).judge("12"), Verdict::kAsk);
  const auto view = answer(doubtful).view();
  EXPECT_TRUE(view.unsure);
  EXPECT_FALSE(view.digits[0].doubtful);
  EXPECT_TRUE(view.digits[1].doubtful);
  EXPECT_EQ(view.digits[1].alternatives, QStringList{"0"});
}

TEST(ReadAnswer, DoubtAboutTheWholeIsAboutEveryDigit) {
  auto whole = clearly("11");
  whole.unsure = true;
  const auto view = answer(whole).view();
  EXPECT_TRUE(view.digits[0].doubtful && view.digits[1].doubtful);
  EXPECT_EQ(answer(whole).judge("11"), Verdict::kAsk);
}

TEST(ReadAnswer, ThePupilDecidesADoubt) {
  auto read = answer(readNumber(
      {readDigit({{"5", 0.99F}}), readDigit({{"6", 0.6F}, {"0", 0.4F}}, /*unsure=*/true)}));
  EXPECT_LT(read.confidence(), 1);
  EXPECT_TRUE(read.chooseAlternative(1, -1));
  EXPECT_EQ(read.judge("56"), Verdict::kRight);
  EXPECT_TRUE(read.chooseAlternative(1, 0));
  EXPECT_EQ(read.text(), "50");
  EXPECT_TRUE(read.view().digits[1].confirmed);
  EXPECT_EQ(read.judge("56"), Verdict::kNotYet);  // confirmed: not asked about again
  read.confirmAll();
  EXPECT_EQ(read.confidence(), 1);
  EXPECT_FALSE(read.chooseAlternative(2, 0));
  EXPECT_FALSE(read.chooseAlternative(-1, 0));
  EXPECT_FALSE(read.chooseAlternative(1, 5));
  EXPECT_FALSE(read.chooseAlternative(1, -2));
}

TEST(ReadAnswer, ASecondReadingThatWouldBeRightIsAskedAbout) {
  // Sure enough to grade, but one digit could as well be the right one.
  auto read = answer(readNumber(
      {readDigit({{"5", 0.99F}}),
       readDigit({{"0", 0.9F}, {"8", 0.04F}, {"9", 0.03F}, {"", 0.01F}, {"6", 0.025F}})}));
  EXPECT_EQ(read.judge("56"), Verdict::kAsk);
  const auto view = read.view();
  EXPECT_TRUE(view.digits[1].doubtful);
  EXPECT_FALSE(view.digits[0].doubtful);
  EXPECT_TRUE(view.digits[1].alternatives.contains("6"));
  EXPECT_GE(view.digits[1].alternatives.size(), 2);  // not the right one alone
  EXPECT_TRUE(read.chooseAlternative(1, -1));
  EXPECT_EQ(read.judge("56"), Verdict::kNotYet);
}

TEST(ReadAnswer, AnUnlikelySecondReadingIsNotAskedAbout) {
  auto read =
      answer(readNumber({readDigit({{"5", 0.99F}}), readDigit({{"0", 0.99F}, {"6", 0.01F}})}));
  EXPECT_EQ(read.judge("56"), Verdict::kNotYet);
}

TEST(ReadAnswer, SaysWhatItRead) {
  EXPECT_EQ(answer(clearly("56")).view().words, "You wrote 56.");
  EXPECT_EQ(answer({}).view().words, "I cannot read this yet.");
  EXPECT_EQ(ReadAnswer().view().words, "Write your answer in the box.");
}

}  // namespace
}  // namespace primer::app
