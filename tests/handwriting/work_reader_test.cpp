// Sheets that hold lines and column work, in ink made by code, with the shipped models.

#include "primer/handwriting/work_reader.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "handwriting/drawn_lines.h"
#include "handwriting/test_ink.h"
#include "primer/handwriting/drawn_columns.h"
#include "time_bound.h"

namespace primer::handwriting {
namespace {

using test::LineDrawing;

class WorkReaderTest : public testing::Test {
 protected:
  void SetUp() override {
    auto opened = WorkReader::openShipped();
    ASSERT_TRUE(opened) << opened.error().message;
    reader_.emplace(std::move(*opened));
  }

  // Adds ink with its left and its top edge here.
  static void add(Ink& page, const Ink& ink, float left, float top) {
    float x = 1e9f;
    float y = 1e9f;
    for (const auto& stroke : ink.strokes) {
      for (const auto& p : stroke) x = std::min(x, p.x), y = std::min(y, p.y);
    }
    for (const auto& stroke : test::moved(ink, 1, left - x, top - y).strokes) {
      page.strokes.push_back(stroke);
    }
  }
  static ColumnText sum() { return *workColumns(ColumnMethod::kSum, {"47", "38"}, true); }

  // Of each piece its line, or its operands and result.
  static std::vector<std::string> wordsOf(const std::vector<WorkPiece>& pieces) {
    std::vector<std::string> words;
    for (const auto& piece : pieces) {
      EXPECT_NE(piece.line.has_value(), piece.columns.has_value());
      if (piece.line) {
        words.push_back(piece.line->latex);
        continue;
      }
      std::string text;
      for (const auto& operand : piece.columns->text->operands) text += operand + " ";
      words.push_back(text + "= " + piece.columns->text->result);
    }
    return words;
  }

  std::optional<WorkReader> reader_;
};

TEST_F(WorkReaderTest, ColumnsAreFoundAmongLines) {
  Ink page;
  add(page, LineDrawing().digits("32").plus().digits("45").ink(), 0, 0);
  add(page, drawColumns(sum()), 60, 260);
  add(page, LineDrawing().digits("85").minus().digits("54").ink(), 0, 1150);
  EXPECT_EQ(wordsOf(reader_->read(page)),
            (std::vector<std::string>{"32+45", "47 38 = 85", "85-54"}));
}

TEST_F(WorkReaderTest, TwoPiecesSideBySide) {
  Ink page;
  add(page, drawColumns(sum()), 0, 0);
  add(page, drawColumns(*workColumns(ColumnMethod::kSum, {"25", "36"}, false)), 900, 0);
  const auto words = wordsOf(reader_->read(page));
  EXPECT_EQ(std::set<std::string>(words.begin(), words.end()),
            (std::set<std::string>{"47 38 = 85", "25 36 = 61"}));
}

TEST_F(WorkReaderTest, AFractionIsNoColumnWork) {
  Ink page;
  add(page, LineDrawing().digits("32").plus().fraction("3", "4").ink(), 0, 0);
  add(page, LineDrawing().fraction("85", "54").equals().digits("5").ink(), 0, 260);
  for (const auto& piece : reader_->read(page)) EXPECT_TRUE(piece.line) << "a fraction";
}

TEST_F(WorkReaderTest, EveryStrokeIsInOnePiece) {
  Ink page;
  add(page, LineDrawing().digits("32").plus().digits("45").ink(), 0, 0);
  add(page, drawColumns(sum()), 60, 260);
  std::multiset<std::size_t> strokes;
  for (const auto& piece : reader_->read(page)) {
    const std::set<std::size_t> mine(piece.strokes.begin(), piece.strokes.end());
    strokes.insert(piece.strokes.begin(), piece.strokes.end());
    if (!piece.columns) continue;
    for (const auto& one : piece.columns->symbols) {
      for (const auto s : one.symbol.strokes) EXPECT_EQ(mine.count(s), 1u);
    }
    for (const auto s : piece.columns->rules) EXPECT_EQ(mine.count(s), 1u);
  }
  ASSERT_EQ(strokes.size(), page.strokes.size());
  for (std::size_t s = 0; s < page.strokes.size(); ++s) EXPECT_EQ(strokes.count(s), 1u);
}

TEST_F(WorkReaderTest, WhatDidNotChangeIsNotReadAgain) {
  Ink page;
  add(page, drawColumns(sum()), 60, 0);
  add(page, LineDrawing().digits("32").plus().digits("45").ink(), 0, 1000);
  const auto first = wordsOf(reader_->read(page));
  const auto read = reader_->columnsRead();
  EXPECT_GE(read, 1u);
  add(page, LineDrawing().digits("7").ink(), 560, 1000);
  EXPECT_NE(wordsOf(reader_->read(page)), first);
  EXPECT_EQ(reader_->columnsRead(), read);
}

TEST_F(WorkReaderTest, BadSheetsAreNeverSureAndTakeBoundedTime) {
  for (const auto& [name, ink] : test::badInk()) {
    std::vector<WorkPiece> pieces;
    const double took = test::threadMilliseconds([&] { pieces = reader_->read(ink); });
    for (const auto& piece : pieces) EXPECT_TRUE(piece.unsure()) << name;
    EXPECT_LT(took, 600 * test::kSlowBuild) << name;
  }
}

}  // namespace
}  // namespace primer::handwriting
