// Lines of notation in ink made by code, with the shipped models.

#include "primer/handwriting/line_reader.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "handwriting/drawn_lines.h"
#include "handwriting/test_ink.h"
#include "time_bound.h"

namespace primer::handwriting {
namespace {

using test::LineDrawing;

class LineReaderTest : public testing::Test {
 protected:
  void SetUp() override {
    auto opened = LineReader::openShipped();
    ASSERT_TRUE(opened) << opened.error().message;
    reader_.emplace(std::move(*opened));
  }
  LineReading read(const Ink& ink, const LineContext& context = {}) {
    return reader_->read(ink, context);
  }
  std::optional<LineReader> reader_;
};

TEST_F(LineReaderTest, ReadsRowsFractionsPowersAndRoots) {
  const std::vector<std::pair<Ink, std::string>> lines = {
      {LineDrawing().digits("3").plus().digits("4").equals().digits("7").ink(), "3+4=7"},
      {LineDrawing().digits("82").minus().digits("45").ink(), "82-45"},
      {LineDrawing().fraction("3", "4").ink(), "\\frac{3}{4}"},
      {LineDrawing().fraction("3", "4").plus().fraction("5", "8").ink(),
       "\\frac{3}{4}+\\frac{5}{8}"},
      {LineDrawing().digits("2").fraction("3", "4").ink(), "2\\frac{3}{4}"},
      {LineDrawing().digits("5").power("2").plus().digits("3").ink(), "5^{2}+3"},
      {LineDrawing().root("36").equals().digits("6").ink(), "\\sqrt{36}=6"},
  };
  for (const auto& [ink, latex] : lines) EXPECT_EQ(read(ink).latex, latex);
}

TEST_F(LineReaderTest, TextSaysTheSameInOneLine) {
  EXPECT_EQ(read(LineDrawing().fraction("3", "4").ink()).text, "(3)/(4)");
  EXPECT_EQ(read(LineDrawing().digits("5").power("2").plus().digits("3").ink()).text, "5^2+3");
}

TEST_F(LineReaderTest, EveryStrokeBelongsToOneSymbol) {
  const auto ink = LineDrawing().fraction("45", "7").plus().digits("54").equals().digits("8").ink();
  const auto reading = read(ink);
  std::multiset<std::size_t> strokes;
  for (const auto& symbol : reading.symbols) {
    strokes.insert(symbol.strokes.begin(), symbol.strokes.end());
    EXPECT_FALSE(symbol.candidates.empty());
    EXPECT_LE(symbol.box.left, symbol.box.right);
    EXPECT_GE(symbol.probability, 0);
    EXPECT_LE(symbol.probability, 1);
  }
  ASSERT_EQ(strokes.size(), ink.strokes.size());
  for (std::size_t s = 0; s < ink.strokes.size(); ++s) EXPECT_EQ(strokes.count(s), 1u);
}

TEST_F(LineReaderTest, AlternativesAreOtherReadingsBestFirst) {
  const auto reading = read(LineDrawing().digits("17").plus().digits("4").ink());
  EXPECT_LE(reading.alternatives.size(), LineReader::kMostAlternatives);
  std::set<std::string> seen = {reading.latex};
  float last = reading.confidence;
  for (const auto& other : reading.alternatives) {
    EXPECT_TRUE(seen.insert(other.latex).second) << other.latex;
    EXPECT_LE(other.confidence, last);
    last = other.confidence;
  }
}

TEST_F(LineReaderTest, PlaceAndSizeDoNotMatter) {
  const auto ink = LineDrawing().digits("3").plus().fraction("4", "5").ink();
  const auto latex = read(ink).latex;
  EXPECT_EQ(read(test::moved(ink, 0.03f, 400, -90)).latex, latex);
  EXPECT_EQ(read(test::moved(ink, 35, -4000, 900)).latex, latex);
}

TEST_F(LineReaderTest, ADelayedBarOfEqualsIsFound) {
  auto ink = LineDrawing().digits("3").plus().digits("4").equals().digits("7").ink();
  // The second bar of "=" is written last.
  const auto bar = ink.strokes.end() - 2;
  std::rotate(bar, bar + 1, ink.strokes.end());
  EXPECT_EQ(read(ink).latex, "3+4=7");
}

TEST_F(LineReaderTest, AStrokeMoreCostsOnlyTheCandidatesNearIt) {
  const auto whole = LineDrawing()
                         .digits("36")
                         .plus()
                         .digits("25")
                         .minus()
                         .digits("18")
                         .equals()
                         .digits("43")
                         .ink();
  Ink part = whole;
  part.strokes.pop_back();
  read(part);
  const auto before = reader_->networkRuns();
  const auto again = read(part);
  EXPECT_EQ(reader_->networkRuns(), before) << "what was read is kept";
  const auto reading = read(whole);
  EXPECT_LE(reader_->networkRuns() - before, 16u);
  // What is kept does not change what is read.
  auto fresh = LineReader::openShipped();
  ASSERT_TRUE(fresh);
  EXPECT_EQ(fresh->read(whole).latex, reading.latex);
  EXPECT_EQ(fresh->read(whole).confidence, reading.confidence);
}

TEST_F(LineReaderTest, BadInkIsNeverSureAndNeverSlow) {
  for (const auto& [name, ink] : test::badInk()) {
    LineReading reading;
    const double taken = test::threadMilliseconds([&] { reading = read(ink); });
    EXPECT_TRUE(reading.unsure) << name << " read as " << reading.latex;
    EXPECT_LT(taken, 500 * test::kSlowBuild) << name;
  }
}

TEST_F(LineReaderTest, InkWithoutExtentOrWithTooManyStrokesGivesAnEmptyReading) {
  EXPECT_EQ(read(Ink{}).latex, "");
  EXPECT_EQ(read(test::oneDot()).latex, "");
  EXPECT_EQ(read(test::manyStrokes(129)).latex, "");
}

TEST_F(LineReaderTest, TimesThatRunBackwardsChangeNothing) {
  auto ink = LineDrawing().digits("3").plus().digits("4").ink();
  const auto latex = read(ink).latex;
  float t = 1000;
  for (auto& stroke : ink.strokes) {
    for (auto& p : stroke) p.t = t -= 7;
  }
  EXPECT_EQ(read(ink).latex, latex);
}

TEST_F(LineReaderTest, PointsThatAreNoNumbersAreLeftOut) {
  auto ink = LineDrawing().digits("3").plus().digits("4").ink();
  const auto latex = read(ink).latex;
  ink.strokes[0].insert(ink.strokes[0].begin() + 3,
                        InkPoint{std::numeric_limits<float>::quiet_NaN(), 4, 0, 1});
  ink.strokes.insert(ink.strokes.begin() + 1, Stroke{});
  const auto reading = read(ink);
  EXPECT_EQ(reading.latex, latex);
  std::set<std::size_t> strokes;
  for (const auto& symbol : reading.symbols) {
    strokes.insert(symbol.strokes.begin(), symbol.strokes.end());
  }
  EXPECT_EQ(strokes.count(1), 0u) << "indices are those of the ink that was given";
}

TEST_F(LineReaderTest, WhatIsExpectedNeverInvents) {
  const auto ink = LineDrawing().digits("385").ink();
  ASSERT_EQ(read(ink).latex, "385");
  LineContext context;
  context.expected = SymbolSet::of("1246790+-=").value();
  EXPECT_EQ(read(ink, context).latex, "385") << "clearly written";
}

TEST_F(LineReaderTest, ALineOfDotsAndDashesHasARuledLinesScale) {
  LineContext context;
  context.line = {0, 100};
  Ink dot;
  dot.strokes = {test::straight(10, 90, 13, 92)};
  EXPECT_EQ(read(dot, context).latex, "");
  EXPECT_TRUE(read(dot, context).unsure);
}

TEST_F(LineReaderTest, ASecondReaderReadsAlike) {
  auto other = reader_->another();
  ASSERT_TRUE(other);
  const auto ink = LineDrawing().digits("3").plus().digits("4").ink();
  EXPECT_EQ(other->read(ink).latex, read(ink).latex);
}

TEST(LineReaderFiles, AModelOfAnotherTaskIsRefused) {
  auto symbols = SymbolReader::openShipped();
  ASSERT_TRUE(symbols);
  const auto opened = LineReader::open(std::move(*symbols), SymbolReader::shippedModel());
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::kUnsupported);
}

}  // namespace
}  // namespace primer::handwriting
