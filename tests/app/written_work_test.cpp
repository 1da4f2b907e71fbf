// A sheet of working, stroke by stroke, with the shipped models.

#include "primer/app/written_work.h"

#include <gtest/gtest.h>

#include <optional>
#include <set>

#include "gesture/test_strokes.h"
#include "handwriting/drawn_lines.h"
#include "handwriting/test_ink.h"
#include "primer/handwriting/drawn_columns.h"

namespace primer::app {
namespace {

using gesture::Gesture;
using handwriting::ColumnMethod;
using test::LineDrawing;

class WrittenWorkTest : public testing::Test {
 protected:
  void SetUp() override {
    auto opened = WrittenWork::openShipped();
    ASSERT_TRUE(opened) << opened.error().message;
    sheet_.emplace(std::move(*opened));
  }
  void write(const Ink& ink) {
    for (const auto& stroke : ink.strokes) sheet_->add(stroke);
  }
  std::optional<WrittenWork> sheet_;
};

TEST_F(WrittenWorkTest, LinesAndColumnsComeOutForTheirCheckers) {
  write(LineDrawing().digits("32").plus().digits("45").ink());
  auto wrong = *handwriting::workColumns(ColumnMethod::kSum, {"47", "38"}, false);
  wrong.result = "75";
  write(test::moved(handwriting::drawColumns(wrong), 1, 300, 400));
  const auto pieces = sheet_->read();
  ASSERT_EQ(pieces.size(), 2u);
  EXPECT_EQ(pieces[0].text, "32+45");
  EXPECT_FALSE(pieces[0].columns);
  ASSERT_TRUE(pieces[1].columns);
  const auto verdict = maths::checkColumns(*pieces[1].columns);
  ASSERT_TRUE(verdict) << verdict.error().message;
  EXPECT_EQ(verdict->misconception, "add-carry-dropped");
}

TEST_F(WrittenWorkTest, WhatIsScratchedOutIsGoneAndStrokesKeepTheirNumbers) {
  const auto first = LineDrawing().digits("3").ink();
  write(first);
  const auto wrong = test::moved(LineDrawing().digits("8").ink(), 1, 100, 0);
  write(wrong);
  const auto before = first.strokes.size() + wrong.strokes.size();
  EXPECT_EQ(sheet_->add(test::zigzagOver(test::boxOf(wrong), 7)), Gesture::kScratchOut);
  write(test::moved(LineDrawing().digits("2").ink(), 1, 190, 0));
  const auto pieces = sheet_->read();
  ASSERT_EQ(pieces.size(), 1u);
  EXPECT_EQ(pieces[0].text, "32");
  EXPECT_EQ(pieces[0].strokes.front(), 0u);
  EXPECT_GT(pieces[0].strokes.back(), before) << "the scratch-out has a number too";
}

TEST_F(WrittenWorkTest, WhatIsStruckIsAskedAbout) {
  const auto line = test::page("85");
  write(line);
  ASSERT_EQ(sheet_->read().size(), 1u);
  EXPECT_EQ(sheet_->add(test::strikeAcross(test::boxOf(line), 25)), Gesture::kStrike);
  const auto pieces = sheet_->read();
  ASSERT_EQ(pieces.size(), 1u);
  EXPECT_TRUE(pieces[0].unsure);
}

TEST_F(WrittenWorkTest, ANewSheetIsEmpty) {
  write(test::page("85"));
  sheet_->clear();
  EXPECT_TRUE(sheet_->read().empty());
  EXPECT_TRUE(sheet_->ink().empty());
}

TEST_F(WrittenWorkTest, NothingBadIsSure) {
  for (const auto& [name, ink] : test::badInk()) {
    if (ink.strokes.size() > 100) continue;  // each stroke is a question to the gesture model
    sheet_->clear();
    write(ink);
    for (const auto& piece : sheet_->read()) EXPECT_TRUE(piece.unsure) << name;
  }
}

}  // namespace
}  // namespace primer::app
