// Which groups of strokes are worth a look.

#include "primer/handwriting/lines/group_gate.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "handwriting/drawn_lines.h"
#include "handwriting/test_ink.h"
#include "primer/handwriting/drawn_digits.h"

namespace primer::handwriting::lines {
namespace {

using test::LineDrawing;

TEST(GroupGate, KeepsEverySingleStrokeAndEverySignOfSeveral) {
  const auto ink = LineDrawing().digits("45").plus().digits("7").equals().digits("54").ink();
  const auto line = takeStrokes(ink);
  const auto groups = proposeLineGroups(line);
  for (std::size_t s = 0; s < line.count(); ++s) {
    EXPECT_TRUE(std::any_of(groups.begin(), groups.end(), [s](const LineGroup& group) {
      return group.members == std::vector<std::size_t>{s};
    })) << s;
  }
  // 4, 5, +, 7, =, 5 and 4 are in two strokes each, or in one.
  std::size_t two = 0;
  for (const auto& group : groups) two += group.members.size() == 2 ? 1 : 0;
  EXPECT_GE(two, 4u);
}

TEST(GroupGate, TakesOutMostOfWhatOnlyLiesNear) {
  const auto line = takeStrokes(drawNumber("45170829364571829340", 0, 0));
  const auto all = nearGroups(line);
  auto kept = all;
  dropUnlikely(line, kept);
  EXPECT_LT(kept.size(), all.size() * 9 / 10);
  EXPECT_GE(kept.size(), line.count());
}

TEST(GroupGate, IsBoundedOnCrowdedInk) {
  const auto line = takeStrokes(test::manyStrokes(120));
  const auto groups = proposeLineGroups(line);
  EXPECT_LE(groups.size(), kMostLineGroups);
  for (std::size_t s = 0; s < line.count(); ++s) {
    EXPECT_TRUE(std::any_of(groups.begin(), groups.end(), [s](const LineGroup& group) {
      return group.members == std::vector<std::size_t>{s};
    }));
  }
}

}  // namespace
}  // namespace primer::handwriting::lines
