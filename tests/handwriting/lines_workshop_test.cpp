// The workshop's lines: what is made is whole, and true to what it says. Reads PRIMER_DATA where it
// is there.

#include <gtest/gtest.h>

#include <cstdlib>
#include <optional>
#include <set>

#include "lines/column_composer.h"
#include "lines/junk_lines.h"
#include "lines/line_composer.h"
#include "lines/line_figures.h"
#include "lines/line_grammar.h"
#include "primer/handwriting-workshop/readers.h"
#include "primer/handwriting/column_reader.h"
#include "primer/handwriting/line_reader.h"
#include "primer/handwriting/lines/group_scorer.h"

namespace primer::handwriting::workshop {
namespace {

void countSymbols(const lines::Row& row, std::multiset<std::size_t>& seen) {
  for (const auto& item : row) {
    seen.insert(item.symbol);
    for (const auto* part : {&item.first, &item.second, &item.power, &item.below}) {
      countSymbols(*part, seen);
    }
  }
}

TEST(LineGrammar, EverySymbolHasOnePlaceInTheTree) {
  std::set<std::string> different;
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    toolkit::Random random(seed);
    const auto line = makeNotation(random);
    std::multiset<std::size_t> seen;
    countSymbols(line.row, seen);
    ASSERT_EQ(seen.size(), line.labels.size());
    for (std::size_t i = 0; i < line.labels.size(); ++i) ASSERT_EQ(seen.count(i), 1u);
    different.insert(toLatex(line.row, line.labels));
  }
  EXPECT_GT(different.size(), 1500u);
}

class LineComposerTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    const char* data = std::getenv("PRIMER_DATA");
    if (data == nullptr) return;
    auto store = readAllInk(data);
    ASSERT_TRUE(store) << store.error().message;
    store_ = std::make_unique<SampleStore>(std::move(*store));
  }
  static void TearDownTestSuite() { store_.reset(); }
  void SetUp() override {
    if (!store_) GTEST_SKIP() << "PRIMER_DATA is not set";
  }
  static std::unique_ptr<SampleStore> store_;
};
std::unique_ptr<SampleStore> LineComposerTest::store_;

TEST_F(LineComposerTest, EveryStrokeBelongsToOneSymbolAndIsNamedByTheSeed) {
  const LineComposer composer(*store_, true);
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    toolkit::Random random(seed);
    toolkit::Random again(seed);
    const auto made = composer.make(random);
    EXPECT_EQ(composer.make(again).ink, made.ink);
    std::multiset<std::size_t> strokes;
    for (const auto& symbol : made.symbols) {
      EXPECT_FALSE(symbol.strokes.empty());
      strokes.insert(symbol.strokes.begin(), symbol.strokes.end());
    }
    EXPECT_EQ(strokes.size(), made.ink.strokes.size());
    EXPECT_EQ(std::set<std::size_t>(strokes.begin(), strokes.end()).size(), strokes.size());
  }
}

TEST_F(LineComposerTest, ForeignLinesAreOfOtherInkAndAsWhole) {
  const LineComposer own(*store_, true);
  ComposerOptions options;
  options.freedom = 0.3;
  options.glyphs.foreign = true;
  const LineComposer foreign(*store_, true, options);
  EXPECT_LT(foreign.handCount(), own.handCount());
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    toolkit::Random random(seed);
    const auto made = foreign.make(random);
    std::size_t strokes = 0;
    for (const auto& symbol : made.symbols) strokes += symbol.strokes.size();
    EXPECT_EQ(strokes, made.ink.strokes.size());
    EXPECT_FALSE(made.latex.empty());
  }
}

TEST_F(LineComposerTest, PagesOfColumnsAreWholeAndAreRead) {
  auto reader = ColumnReader::openShipped();
  ASSERT_TRUE(reader) << reader.error().message;
  const ColumnComposer composer(*store_, true, {std::nullopt, 0.1, 0, {}});
  int exact = 0;
  int sure_wrong = 0;
  constexpr int kPages = 120;
  for (std::uint64_t seed = 0; seed < kPages; ++seed) {
    toolkit::Random random(seed);
    toolkit::Random again(seed);
    const auto made = composer.make(random);
    EXPECT_EQ(composer.make(again).ink, made.ink);
    std::multiset<std::size_t> strokes(made.rules.begin(), made.rules.end());
    for (const auto& symbol : made.symbols) {
      EXPECT_FALSE(symbol.strokes.empty());
      strokes.insert(symbol.strokes.begin(), symbol.strokes.end());
    }
    EXPECT_EQ(strokes.size(), made.ink.strokes.size());
    EXPECT_EQ(std::set<std::size_t>(strokes.begin(), strokes.end()).size(), strokes.size());
    const auto reading = reader->read(made.ink);
    const bool right = reading.text && *reading.text == made.text;
    exact += right ? 1 : 0;
    sure_wrong += !right && !reading.unsure ? 1 : 0;
  }
  EXPECT_GT(exact, kPages * 76 / 100);
  EXPECT_LT(sure_wrong, kPages * 6 / 100);
}

TEST_F(LineComposerTest, CandidatesHoldNearlyAllSymbolsAndAreFew) {
  const LineComposer composer(*store_, true);
  std::size_t symbols = 0;
  std::size_t held = 0;
  std::size_t candidates = 0;
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    toolkit::Random random(seed);
    const auto made = composer.make(random);
    const auto line = lines::takeStrokes(made.ink);
    const auto groups = proposeLineGroups(line);
    for (const auto target : targetsOf(made, line, groups)) held += target != lines::kNotOne;
    symbols += made.symbols.size();
    candidates += groups.size();
  }
  EXPECT_GT(static_cast<double>(held), 0.985 * static_cast<double>(symbols));
  EXPECT_LT(static_cast<double>(candidates), 6.0 * static_cast<double>(symbols));
}

TEST_F(LineComposerTest, DevelopmentLinesAreReadAndJunkIsRefused) {
  auto reader = LineReader::openShipped();
  ASSERT_TRUE(reader) << reader.error().message;
  const LineComposer composer(*store_, true);
  int exact = 0;
  int sure_wrong = 0;
  constexpr int kLines = 200;
  for (std::uint64_t seed = 0; seed < kLines; ++seed) {
    toolkit::Random random(seed);
    const auto made = composer.make(random);
    const auto reading = reader->read(made.ink);
    exact += reading.latex == made.latex ? 1 : 0;
    sure_wrong += reading.latex != made.latex && !reading.unsure ? 1 : 0;
  }
  EXPECT_GT(exact, kLines * 72 / 100);
  EXPECT_LT(sure_wrong, kLines * 6 / 100);
  for (const auto& [kind, name] : junkKinds()) {
    int refused = 0;
    constexpr int kJunkLines = 40;
    for (std::uint64_t seed = 0; seed < kJunkLines; ++seed) {
      toolkit::Random random(seed);
      refused += reader->read(makeJunkLine(kind, *store_, composer, random)).unsure ? 1 : 0;
    }
    EXPECT_GE(refused, kJunkLines * 95 / 100) << name;
  }
}

}  // namespace
}  // namespace primer::handwriting::workshop
