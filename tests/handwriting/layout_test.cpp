// From places to trees, without any network.

#include "primer/handwriting/lines/layout.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "primer/handwriting/lines/division_search.h"
#include "primer/handwriting/lines/line_strokes.h"
#include "src/lines/plausibility.h"

namespace primer::handwriting::lines {
namespace {

// A page of symbols with boxes; a digit of the line is 1 high, its foot at y = 0.
class Page {
 public:
  Page& put(std::string_view symbol, float left, float top, float right, float bottom) {
    symbols_.push_back({{left, top, right, bottom}, classOf(symbol)});
    return *this;
  }
  Page& digit(std::string_view symbol, float left, float scale = 1, float foot = 0) {
    return put(symbol, left, foot - scale, left + 0.6f * scale, foot);
  }
  Page& low(std::string_view symbol, float left, float foot = 0) {
    return put(symbol, left, foot - 0.6f, left + 0.55f, foot);
  }
  Page& minus(float left, float right, float y = -0.45f) {
    return put("-", left, y - 0.02f, right, y + 0.02f);
  }
  std::string latex(const std::vector<DecisionKey>& reversed = {}) const {
    return toLatex(layOut(symbols_, reversed).row, labels());
  }
  std::vector<std::size_t> labels() const {
    std::vector<std::size_t> labels;
    for (const auto& symbol : symbols_) labels.push_back(symbol.label);
    return labels;
  }
  const std::vector<PlacedSymbol>& symbols() const { return symbols_; }

 private:
  std::vector<PlacedSymbol> symbols_;
};

TEST(Layout, ARowIsReadFromLeftToRight) {
  EXPECT_EQ(Page().digit("4", 2).digit("3", 0).minus(1, 1.6f).latex(), "3-4");
}

TEST(Layout, ABarWithInkAboveAndBelowIsAFraction) {
  EXPECT_EQ(Page().digit("3", 0, 0.8f, -0.6f).minus(-0.1f, 0.8f).digit("4", 0, 0.8f, 0.6f).latex(),
            "\\frac{3}{4}");
}

TEST(Layout, FractionsNest) {
  const Page page = Page()
                        .digit("1", 0.3f, 0.6f, -1.0f)
                        .minus(0.2f, 0.9f, -0.9f)
                        .digit("2", 0.3f, 0.6f, -0.2f)
                        .minus(-0.2f, 1.3f, 0.0f)
                        .digit("5", 0.3f, 0.8f, 1.0f);
  EXPECT_EQ(page.latex(), "\\frac{\\frac{1}{2}}{5}");
}

TEST(Layout, AMixedNumberKeepsItsWhole) {
  EXPECT_EQ(Page()
                .digit("2", -0.9f)
                .digit("3", 0, 0.7f, -0.6f)
                .minus(-0.1f, 0.7f)
                .digit("4", 0, 0.7f, 0.5f)
                .latex(),
            "2\\frac{3}{4}");
}

TEST(Layout, AFractionOnTheLineIsNoPowerHoweverHighItsMiddle) {
  // The numerator is itself a fraction: the middle of it all lies above the line's.
  const Page page = Page()
                        .digit("5", 0)
                        .minus(0.75f, 1.15f, -0.6f)
                        .digit("1", 1.5f, 0.6f, -1.6f)
                        .minus(1.4f, 2.1f, -1.5f)
                        .digit("2", 1.5f, 0.6f, -0.8f)
                        .minus(1.3f, 2.2f, -0.62f)
                        .digit("3", 1.5f, 0.6f, 0.2f);
  EXPECT_EQ(page.latex(), "5-\\frac{\\frac{1}{2}}{3}");
}

TEST(Layout, ClassesOfOneKindAreLaidOutAlike) {
  EXPECT_EQ(layoutKindOf(classOf("3")), layoutKindOf(classOf("8")));
  EXPECT_EQ(layoutKindOf(classOf("a")), layoutKindOf(classOf("n")));
  EXPECT_NE(layoutKindOf(classOf("a")), layoutKindOf(classOf("b")));
  EXPECT_NE(layoutKindOf(classOf("-")), layoutKindOf(classOf("+")));
  EXPECT_NE(layoutKindOf(classOf("√")), layoutKindOf(classOf("/")));
}

TEST(Layout, PowersRiseAndReturn) {
  EXPECT_EQ(Page()
                .low("x", 0)
                .digit("2", 0.6f, 0.55f, -0.5f)
                .put("+", 1.3f, -0.7f, 1.8f, -0.2f)
                .digit("3", 2)
                .latex(),
            "x^{2}+3");
  EXPECT_EQ(Page().low("x", 0).digit("1", 0.6f, 0.5f, -0.5f).digit("2", 1, 0.5f, -0.5f).latex(),
            "x^{12}");
}

TEST(Layout, AFractionCanBeAPower) {
  EXPECT_EQ(Page()
                .put("y", 0, -0.6f, 0.5f, 0.4f)
                .digit("4", 0.65f, 0.35f, -0.85f)
                .minus(0.6f, 1, -0.75f)
                .digit("3", 0.65f, 0.35f, -0.3f)
                .latex(),
            "y^{\\frac{4}{3}}");
  EXPECT_EQ(Page()
                .low("x", 0)
                .digit("4", 0.75f, 0.7f, -0.6f)
                .minus(0.7f, 1.3f)
                .digit("3", 0.75f, 0.7f, 0.4f)
                .latex(),
            "x\\frac{4}{3}");
}

TEST(Layout, DescendersCarryPowersLikeOthers) {
  EXPECT_EQ(Page().put("y", 0, -0.6f, 0.5f, 0.4f).digit("2", 0.6f, 0.5f, -0.45f).latex(), "y^{2}");
  EXPECT_EQ(Page().put("y", 0, -0.6f, 0.5f, 0.4f).digit("2", 0.6f).latex(), "y2");
}

TEST(Layout, ARootHoldsWhatIsInItsBox) {
  const Page page = Page()
                        .put("√", 0, -1.2f, 2.2f, 0.05f)
                        .digit("3", 0.6f)
                        .digit("6", 1.3f)
                        .put("=", 2.6f, -0.6f, 3.1f, -0.3f)
                        .digit("6", 3.4f);
  EXPECT_EQ(page.latex(), "\\sqrt{36}=6");
}

TEST(Layout, ARootHasAnIndex) {
  EXPECT_EQ(Page()
                .digit("3", -0.15f, 0.4f, -0.7f)
                .put("√", 0, -1.2f, 1.6f, 0.05f)
                .digit("8", 0.7f)
                .latex(),
            "\\sqrt[3]{8}");
}

TEST(Layout, ANarrowDecisionCanBeReversed) {
  // Half raised: the layout says so, and the search may take it the other way.
  const Page page = Page().low("x", 0).digit("2", 0.6f, 0.7f, -0.28f);
  const auto taken = layOut(page.symbols(), {});
  ASSERT_FALSE(taken.narrow.empty());
  const auto other = layOut(page.symbols(), {taken.narrow[0].key});
  EXPECT_NE(toLatex(taken.row, page.labels()), toLatex(other.row, page.labels()));
  EXPECT_LT(other.score, taken.score);
}

TEST(Notation, CommandsArePartedFromLetters) {
  const std::vector<std::size_t> labels = {classOf("2"), classOf("π"), classOf("r"), classOf("×"),
                                           classOf("3")};
  Row row;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    Item item;
    item.symbol = i;
    row.push_back(item);
  }
  EXPECT_EQ(toLatex(row, labels), "2\\pi r\\times3");
  EXPECT_EQ(toText(row, labels), "2πr×3");
}

TEST(Plausibility, NotationIsLikelierThanWhatIsNone) {
  const auto worth = [](const std::vector<std::string>& symbols) {
    Row row;
    std::vector<std::size_t> labels;
    for (const auto& symbol : symbols) {
      Item item;
      item.symbol = labels.size();
      labels.push_back(classOf(symbol));
      row.push_back(item);
    }
    return plausibilityOf(row, labels);
  };
  EXPECT_GT(worth({"2", "×", "3"}), worth({"2", "x", "3"}));
  EXPECT_GT(worth({"2", "x", "+", "3"}), worth({"2", "×", "+", "3"}));
  EXPECT_GT(worth({"(", "2", "+", "3", ")"}), worth({"(", "2", "+", "3", "1"}));
  EXPECT_GT(worth({"3", ".", "5"}), worth({".", "3", "5"}));
}

TEST(DivisionSearch, FindsTheBestAndTheNext) {
  std::vector<LineGroup> groups;
  const auto add = [&groups](std::vector<std::size_t> members) {
    LineGroup group;
    for (const auto m : members) group.strokes.add(m);
    group.members = std::move(members);
    groups.push_back(group);
  };
  add({0});
  add({1});
  add({2});
  add({0, 2});  // strokes of one symbol need not follow one another
  const auto found = divideLine(groups, {-1, -0.1f, -1, -0.5f}, 3, 4);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].groups, (std::vector<std::size_t>{3, 1}));
  EXPECT_FLOAT_EQ(found[0].score, -0.6f);
  EXPECT_FLOAT_EQ(found[1].score, -2.1f);
}

}  // namespace
}  // namespace primer::handwriting::lines
