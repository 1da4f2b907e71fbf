// A sheet as it stands, read with the shipped models and judged: lines and column work.

#include "shipped_sheet_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gesture/test_strokes.h"
#include "handwriting/drawn_lines.h"
#include "handwriting/test_ink.h"
#include "primer/app/drawn_ink.h"
#include "primer/handwriting/drawn_columns.h"
#include "primer/maths/exercises.h"
#include "primer/maths/short_division.h"
#include "printed_layout.h"
#include "worksheet.h"

namespace primer::app {
namespace {

using handwriting::ColumnMethod;
using test::LineDrawing;

class SheetReaderTest : public testing::Test {
 protected:
  void SetUp() override {
    auto opened = openShippedSheetReader();
    ASSERT_TRUE(opened) << opened.error().message;
    reader_ = *std::move(opened);
  }
  void write(const Ink& more) {
    ink_.strokes.insert(ink_.strokes.end(), more.strokes.begin(), more.strokes.end());
  }
  std::vector<Worksheet::Found> judge(const std::string& problem) {
    sheet_.take(reader_->read(ink_, {}), ink_);
    const auto written = sheet_.written(-1);
    return sheet_.takeJudgement(judgeWork({problem, "", ""}, written.lines, written.columns),
                                written);
  }

  std::unique_ptr<SheetReader> reader_;
  Ink ink_;
  Worksheet sheet_;
};

Ink columns(const char* a, const char* b, const char* result) {
  auto work = *handwriting::workColumns(ColumnMethod::kSum, {a, b}, false);
  if (result != nullptr) work.result = result;
  return test::moved(handwriting::drawColumns(work), 1, 300, 100);
}

TEST_F(SheetReaderTest, ColumnWorkAnswersASum) {
  write(columns("47", "38", nullptr));
  EXPECT_TRUE(judge("47 + 38").empty());
  EXPECT_TRUE(sheet_.answered()) << sheet_.text();
  EXPECT_EQ(sheet_.text(), "47+38=85");
  EXPECT_EQ(sheet_.view().lines[0].mark, LineMark::kRight);
  EXPECT_TRUE(sheet_.view().lines[0].fits.isEmpty()) << "the line has its tick";
}

TEST_F(SheetReaderTest, ADroppedCarryIsNamedAndItsCellTinted) {
  write(columns("47", "38", "75"));
  const auto found = judge("47 + 38");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].verdict.misconception, "add-carry-dropped");
  const auto line = sheet_.view().lines[0];
  EXPECT_EQ(line.mark, LineMark::kNotYet);
  ASSERT_EQ(line.not_yet.size(), 1) << "the tens, and not the ones";
  EXPECT_LT(line.not_yet[0].right - line.not_yet[0].left, line.box.right - line.box.left);
  ASSERT_EQ(line.fits.size(), 1) << "the ones have their tick";
  EXPECT_GT(line.fits[0].left, line.not_yet[0].left);
}

TEST_F(SheetReaderTest, LinesStandBesideColumns) {
  write(LineDrawing().digits("32").plus().digits("45").ink());
  write(test::moved(columns("47", "38", nullptr), 1, 0, 300));
  const auto pieces = reader_->read(ink_, {});
  ASSERT_EQ(pieces.size(), 2u);
  ASSERT_TRUE(pieces[0].line);
  EXPECT_EQ(pieces[0].line->text, "32+45");
  EXPECT_TRUE(pieces[1].columns);
}

// ---- Short division on printed squares

struct Division {
  maths::ShortDivision of;
  std::string quotient, marks, rest;  // right
};

Division worked(const maths::ShortDivision& of) {
  Division division{of, "", std::string(of.dividend.size(), ' '), ""};
  for (const auto& step : maths::divisionSteps(of)) {
    division.quotient += step.written ? static_cast<char>('0' + step.digit) : ' ';
    if (step.column > 0 && step.rest > 0) {
      division.marks[of.dividend.size() - step.column] = static_cast<char>('0' + step.rest);
    }
    if (step.column == 0 && of.with_remainder) division.rest = std::to_string(step.rest);
  }
  return division;
}

class DivisionSheetTest : public SheetReaderTest {
 protected:
  std::vector<Worksheet::Found> judge(const Division& filled_in, std::uint32_t seed = 1) {
    const auto& of = filled_in.of;
    const float right = 96 + 100 * static_cast<float>(of.dividend.size());
    const SheetPaper::Division at{right, 166, 100, right + 50};
    const DivisionView view{QString::fromStdString(of.dividend), QString::number(of.divisor),
                            of.with_remainder};
    const auto problem = of.dividend + " ÷ " + std::to_string(of.divisor) +
                         (of.with_remainder ? " with remainder" : "");
    handwriting::WorkContext context;
    context.division = printedDivision(problem, at);
    ink_ = drawDivisionIn(at, view, QString::fromStdString(filled_in.quotient),
                          QString::fromStdString(filled_in.marks),
                          QString::fromStdString(filled_in.rest), seed);
    sheet_.start();
    sheet_.take(reader_->read(ink_, context), ink_);
    const auto written = sheet_.written(-1);
    return sheet_.takeJudgement(judgeWork({problem, "", ""}, written.lines, written.columns),
                                written);
  }
};

TEST_F(DivisionSheetTest, FilledInRightItIsTheAnswer) {
  EXPECT_TRUE(judge(worked({"72", 3})).empty());
  EXPECT_TRUE(sheet_.answered()) << sheet_.text();
  EXPECT_EQ(sheet_.text(), "72÷3=24");
  EXPECT_EQ(sheet_.view().lines[0].mark, LineMark::kRight);
  EXPECT_TRUE(judge(worked({"86", 4, true})).empty());
  EXPECT_TRUE(sheet_.answered()) << sheet_.text();
  EXPECT_EQ(sheet_.text(), "86÷4=21 r 2");
}

TEST_F(DivisionSheetTest, WhatIsBegunIsRightSoFarAndIsHelpedOn) {
  auto begun = worked({"72", 3});
  begun.quotient = "2 ";
  EXPECT_TRUE(judge(begun).empty());
  EXPECT_FALSE(sheet_.answered());
  const auto view = sheet_.view();
  EXPECT_EQ(view.lines[0].mark, LineMark::kNone);
  EXPECT_EQ(view.lines[0].fits.size(), 1);
  EXPECT_EQ(view.lines[0].text, "72 ÷ 3 = 2_");
  EXPECT_EQ(view.words, "Right so far.");
  ASSERT_TRUE(sheet_.hasHelp());
  EXPECT_TRUE(sheet_.help(1).text.contains("ones")) << sheet_.help(1).text.toStdString();
  EXPECT_FALSE(sheet_.help(2).picture.isEmpty());
  EXPECT_TRUE(sheet_.help(3).text.contains("Write 4 above the ones"))
      << sheet_.help(3).text.toStdString();
  // Nothing left over was written yet.
  auto open = worked({"86", 4, true});
  open.rest.clear();
  EXPECT_TRUE(judge(open).empty());
  EXPECT_FALSE(sheet_.answered());
  EXPECT_TRUE(sheet_.help(3).text.contains("2 behind the r")) << sheet_.help(3).text.toStdString();
}

TEST_F(DivisionSheetTest, TheDigitThatDoesNotFitIsTintedAndNamed) {
  auto lost = worked({"72", 3});
  lost.quotient = "20";
  lost.marks = "  ";
  const auto found = judge(lost);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].verdict.misconception, "divide-remainder-not-carried");
  EXPECT_TRUE(found[0].verdict.picture);
  const auto view = sheet_.view();
  ASSERT_EQ(view.lines[0].not_yet.size(), 1);
  EXPECT_GT(view.lines[0].not_yet[0].left, 196) << "in the column of the ones";
  EXPECT_EQ(view.lines[0].fits.size(), 1);
  for (int rung = 1; rung <= 3; ++rung) EXPECT_FALSE(sheet_.help(rung).text.isEmpty());
  // A zero that was passed by: the empty place.
  auto zero = worked({"618", 6});
  zero.quotient = "1 3";
  const auto named = judge(zero);
  ASSERT_EQ(named.size(), 1U);
  EXPECT_EQ(named[0].verdict.misconception, "divide-zero-omitted");
  ASSERT_EQ(sheet_.view().lines[0].not_yet.size(), 1);
  EXPECT_NEAR(sheet_.view().lines[0].not_yet[0].left, 216, 1);
}

TEST_F(DivisionSheetTest, WhatFollowsFromASmallDigitIsNotBlamed) {
  auto wrong = worked({"72", 3});
  wrong.marks = " 2";
  wrong.quotient = "27";
  ASSERT_EQ(judge(wrong).size(), 1U);
  const auto line = sheet_.view().lines[0];
  ASSERT_EQ(line.not_yet.size(), 1);
  EXPECT_GT(line.not_yet[0].top, 166) << "the small one";
  EXPECT_EQ(line.fits.size(), 1);
}

// The rates that content/maths/README.md gives: through the whole reader, by drawn ink.
TEST_F(DivisionSheetTest, RightIsRightAndOneWrongDigitIsFound) {
  int right = 0, accepted = 0, wrong = 0, found = 0, asked = 0, blamed = 0;
  for (const char* kind : {"short-division", "short-division-remainder"}) {
    for (int level = 1; level <= maths::kHardest; ++level) {
      for (std::uint32_t seed = 0; seed < 40; ++seed) {
        const auto exercise = maths::makeExercise(kind, level, seed);
        ASSERT_TRUE(exercise);
        const auto division = worked(*maths::shortDivisionOf(exercise->problem.text));
        ++right;
        blamed += judge(division, 100 * seed + 7).empty() ? 0 : 1;
        accepted += sheet_.answered() ? 1 : 0;
        auto other = division;
        const auto at = other.quotient.size() - 1 - seed % 2;
        if (other.quotient[at] == ' ') continue;
        other.quotient[at] =
            static_cast<char>('0' + (other.quotient[at] - '0' + 1 + seed % 8) % 10);
        const auto told = judge(other, 100 * seed + 7);
        ++wrong;
        const auto line = sheet_.view().lines.value(0);
        const bool there = told.size() == 1 && line.not_yet.size() == 1 &&
                           std::lround((line.not_yet[0].left - 96) / 100 - 0.3F) == long(at);
        found += there ? 1 : 0;
        asked += line.mark == LineMark::kAsk ? 1 : 0;
        blamed += told.empty() || there ? 0 : 1;
      }
    }
  }
  std::printf(
      "short divisions: %d right, accepted %.1f %%; %d wrong, the digit found %.1f %%, "
      "asked %.1f %%; a right digit called wrong %d\n",
      right, 100.0 * accepted / right, wrong, 100.0 * found / wrong, 100.0 * asked / wrong, blamed);
  EXPECT_GE(accepted, right * 95 / 100);
  EXPECT_GE(found, wrong * 95 / 100);
  EXPECT_EQ(blamed, 0);
}

TEST_F(SheetReaderTest, WhatIsScratchedOutIsTold) {
  write(LineDrawing().digits("3").ink());
  const auto kept = ink_.strokes.size();
  const auto wrong = test::moved(LineDrawing().digits("8").ink(), 1, 100, 0);
  write(wrong);
  EXPECT_TRUE(reader_->scratchedByLast(ink_).empty());
  ink_.strokes.push_back(test::zigzagOver(test::boxOf(wrong), 7));
  const auto scratched = reader_->scratchedByLast(ink_);
  ASSERT_FALSE(scratched.empty());
  EXPECT_EQ(scratched.front(), kept);
  EXPECT_EQ(scratched.back(), ink_.strokes.size() - 1) << "the scratch itself goes too";
}

TEST_F(SheetReaderTest, WhatSticksOutOfAScratchGoesWithIt) {
  const auto digit = test::moved(LineDrawing().digits("8").ink(), 1, 100, 0);
  const auto box = test::boxOf(digit);
  const float high = box.bottom - box.top;
  write(digit);
  const auto bar = [&](float y) { return Stroke{{box.left, y, 0, 1}, {box.right, y, 9, 1}}; };
  ink_.strokes.push_back(bar(box.top - 0.15F * high));
  ink_.strokes.push_back(bar(box.bottom + 0.5F * high));  // of the next line
  const auto below = ink_.strokes.size() - 1;
  ink_.strokes.push_back(test::zigzagOver(box, 7));
  const auto scratched = reader_->scratchedByLast(ink_);
  EXPECT_THAT(scratched, testing::Contains(below - 1)) << "the bar at its top";
  EXPECT_THAT(scratched, testing::Not(testing::Contains(below)));
}

TEST_F(SheetReaderTest, NothingBadIsSure) {
  for (const auto& [name, ink] : test::badInk()) {
    for (const auto& piece : reader_->read(ink, {})) EXPECT_TRUE(piece.unsure()) << name;
  }
}

}  // namespace
}  // namespace primer::app
