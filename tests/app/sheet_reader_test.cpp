// A sheet as it stands, read with the shipped models and judged: lines and column work.

#include "shipped_sheet_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gesture/test_strokes.h"
#include "handwriting/drawn_lines.h"
#include "handwriting/test_ink.h"
#include "primer/handwriting/drawn_columns.h"
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
