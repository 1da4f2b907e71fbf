// Sheets of several lines, in ink made by code, with the shipped models.

#include "primer/handwriting/page_reader.h"

#include <gtest/gtest.h>

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "handwriting/drawn_lines.h"
#include "handwriting/test_ink.h"

namespace primer::handwriting {
namespace {

using test::LineDrawing;

class PageReaderTest : public testing::Test {
 protected:
  void SetUp() override {
    auto opened = PageReader::openShipped();
    ASSERT_TRUE(opened) << opened.error().message;
    reader_.emplace(std::move(*opened));
  }

  // Adds a line below those that are there.
  static void add(Ink& page, const Ink& line, float top) {
    for (const auto& stroke : test::moved(line, 1, 0, top).strokes) page.strokes.push_back(stroke);
  }

  static std::vector<std::string> latexOf(const std::vector<PageRow>& rows) {
    std::vector<std::string> latex;
    for (const auto& row : rows) latex.push_back(row.reading.latex);
    return latex;
  }

  std::optional<PageReader> reader_;
};

TEST_F(PageReaderTest, RowsAreFoundOnBlankPaper) {
  Ink page;
  add(page, LineDrawing().digits("32").plus().digits("45").ink(), 0);
  add(page, LineDrawing().digits("32").plus().fraction("3", "4").ink(), 220);
  add(page, LineDrawing().digits("85").minus().digits("54").ink(), 450);
  EXPECT_EQ(latexOf(reader_->read(page)),
            (std::vector<std::string>{"32+45", "32+\\frac{3}{4}", "85-54"}));
}

TEST_F(PageReaderTest, ALateStrokeBelongsToItsRow) {
  Ink page;
  const auto first = LineDrawing().digits("32").plus().digits("45").ink();
  add(page, first, 0);
  add(page, LineDrawing().digits("85").minus().digits("54").ink(), 220);
  // A 7 is written beside the first line when the second already stands.
  add(page, test::moved(LineDrawing().digits("7").ink(), 1, 560, 0), 0);
  EXPECT_EQ(latexOf(reader_->read(page)), (std::vector<std::string>{"32+457", "85-54"}));
}

TEST_F(PageReaderTest, RuledLinesDecideWhereTheyAreGiven) {
  Ink page;
  add(page, LineDrawing().digits("32").ink(), 10);
  add(page, LineDrawing().digits("45").ink(), 130);
  PageContext context;
  context.lines = {{0, 120}, {120, 240}};
  EXPECT_EQ(latexOf(reader_->read(page, context)), (std::vector<std::string>{"32", "45"}));
}

TEST_F(PageReaderTest, AStrokeMoreReadsOneRowAgain) {
  Ink page;
  for (int row = 0; row < 5; ++row) {
    add(page, LineDrawing().digits("36").plus().digits("25").ink(), 220 * static_cast<float>(row));
  }
  reader_->read(page);
  EXPECT_EQ(reader_->rowsRead(), 5u);
  reader_->read(page);
  EXPECT_EQ(reader_->rowsRead(), 5u);
  page.strokes.push_back(test::straight(480, 4 * 220 + 40, 540, 4 * 220 + 42));
  reader_->read(page);
  EXPECT_EQ(reader_->rowsRead(), 6u);
}

TEST_F(PageReaderTest, EveryStrokeIsInOneRowAndSymbolsNameThePagesStrokes) {
  Ink page;
  add(page, LineDrawing().digits("32").ink(), 0);
  add(page, LineDrawing().digits("45").ink(), 250);
  std::multiset<std::size_t> strokes;
  for (const auto& row : reader_->read(page)) {
    const std::set<std::size_t> mine(row.strokes.begin(), row.strokes.end());
    for (const auto& symbol : row.reading.symbols) {
      for (const auto s : symbol.strokes) EXPECT_EQ(mine.count(s), 1u);
    }
    strokes.insert(row.strokes.begin(), row.strokes.end());
  }
  ASSERT_EQ(strokes.size(), page.strokes.size());
  for (std::size_t s = 0; s < page.strokes.size(); ++s) EXPECT_EQ(strokes.count(s), 1u);
}

TEST_F(PageReaderTest, BadSheetsAreNeverSure) {
  for (const auto& [name, ink] : test::badInk()) {
    for (const auto& row : reader_->read(ink)) EXPECT_TRUE(row.reading.unsure) << name;
  }
}

}  // namespace
}  // namespace primer::handwriting
