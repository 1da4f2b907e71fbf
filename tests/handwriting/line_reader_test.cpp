// Lines of notation in ink made by code, with the shipped models.

#include "primer/handwriting/line_reader.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "handwriting/drawn_lines.h"
#include "handwriting/test_ink.h"
#include "primer/handwriting/drawn_digits.h"
#include "primer/handwriting/lines/group_scorer.h"
#include "primer/handwriting/personal_templates.h"
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

TEST_F(LineReaderTest, ADigitWrittenOverAnotherIsReadAndNotTheOther) {
  Ink ink = LineDrawing().digits("3").plus().ink();
  const auto before = ink.strokes.size();
  const auto put = [&ink](int digit, float left, float top) {
    for (auto& stroke : drawDigit(digit, left, top)) ink.strokes.push_back(std::move(stroke));
  };
  put(6, 170, 0);
  const auto wrong = ink.strokes.size() - before;
  put(8, 172, -3);
  const auto reading = read(ink);
  EXPECT_TRUE(reading.latex == "3+8" || reading.unsure) << reading.latex;
  ASSERT_EQ(reading.latex, "3+8");
  std::vector<std::size_t> replaced;
  for (std::size_t s = 0; s < wrong; ++s) replaced.push_back(before + s);
  EXPECT_EQ(reading.overwritten, replaced);
  for (const auto& symbol : reading.symbols) {
    for (const auto s : symbol.strokes) EXPECT_TRUE(s < before || s >= before + wrong);
  }
}

TEST_F(LineReaderTest, TwoHandsOverEachOtherAreNotOverwriting) {
  Ink ink = LineDrawing().digits("362+85").ink();
  for (const auto& stroke : test::moved(LineDrawing().digits("94718").ink(), 1, 8, 10).strokes) {
    ink.strokes.push_back(stroke);
  }
  const auto reading = read(ink);
  EXPECT_TRUE(reading.unsure) << reading.latex;
}

TEST_F(LineReaderTest, AnEmptyHandAndOneOfAnotherModelChangeNothing) {
  const auto ink = LineDrawing().digits("3").plus().digits("4").ink();
  const auto plain = read(ink);
  const PersonalTemplates empty(reader_->featureSpace());
  PersonalTemplates foreign(reader_->featureSpace() + 1);
  std::array<float, PersonalTemplates::kFeatureCount> features;
  features.fill(1);
  ASSERT_TRUE(foreign.add(*symbolIndex("y"), features));
  for (const PersonalTemplates* hand : std::vector<const PersonalTemplates*>{&empty, &foreign}) {
    LineContext context;
    context.hand = hand;
    const auto reading = read(ink, context);
    EXPECT_EQ(reading.latex, plain.latex);
    EXPECT_EQ(reading.confidence, plain.confidence);
  }
}

TEST(LineHand, LeansTowardsTheWritersOwnSamplesAndNotTheirOpposites) {
  lines::SymbolEvidence evidence{};
  std::array<float, PersonalTemplates::kFeatureCount> features{};
  for (std::size_t i = 0; i < features.size(); ++i) {
    features[i] = static_cast<float>(i % 7);
    evidence[i] = 0.25f * features[i];
  }
  lines::GroupScores scores;
  scores.classes.fill(-std::log(static_cast<float>(kSymbolCount)));
  const auto y = *symbolIndex("y");
  const auto x = *symbolIndex("x");
  PersonalTemplates hand(1);
  ASSERT_TRUE(hand.add(y, features));
  std::array<float, PersonalTemplates::kFeatureCount> other{};
  other[0] = 1;
  ASSERT_TRUE(hand.add(x, other));
  const auto before = scores.classes;
  lines::leanTo(hand, evidence, scores);
  EXPECT_GT(scores.classes[y], before[y]);
  EXPECT_LT(scores.classes[x], before[x]);
  float sum = 0;
  for (const float log : scores.classes) sum += std::exp(log);
  EXPECT_NEAR(sum, 1, 1e-3);
}

TEST_F(LineReaderTest, BadInkIsNeverSureAndNeverSlow) {
  auto bad = test::badInk();
  bad.emplace_back("as many strokes as are read", test::manyStrokes(LineReader::kMaxStrokes));
  for (const auto& [name, ink] : bad) {
    LineReading reading;
    const double taken = test::threadMilliseconds([&] { reading = read(ink); });
    EXPECT_TRUE(reading.unsure) << name << " read as " << reading.latex;
    EXPECT_LT(taken, 100 * test::kSlowBuild) << name;
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
