#include "primer/content/generator.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "content/example_lesson.h"
#include "primer/content/lesson_source.h"

namespace primer::content {
namespace {

Level level(const char* a, const char* b, const char* answer = nullptr) {
  Level made;
  if (a != nullptr) made.a = *NumberSet::parse(a);
  if (b != nullptr) made.b = *NumberSet::parse(b);
  if (answer != nullptr) made.answer = *NumberSet::parse(answer);
  return made;
}

TEST(Random, IsTheSameOnEveryMachine) {
  // The first outputs of splitmix64 from seed 1234567 as its authors' code gives them.
  Random random(1234567);
  EXPECT_EQ(random.next(), 6457827717110365317U);
  EXPECT_EQ(random.next(), 3203168211198807973U);
  EXPECT_EQ(random.next(), 9817491932198370423U);
}

TEST(Random, BelowIsEvenAndWithinItsBound) {
  Random random(7);
  std::map<std::uint32_t, int> seen;
  for (int i = 0; i < 70'000; ++i) ++seen[random.below(7)];
  ASSERT_EQ(seen.size(), 7U);
  EXPECT_EQ(seen.rbegin()->first, 6U);
  // Six standard deviations of a count of 10 000 are about 560.
  for (const auto& [value, count] : seen) EXPECT_NEAR(count, 10'000, 560) << value;
}

TEST(SumsOf, HoldsExactlyWhatTheLimitsAllow) {
  const auto sums = sumsOf(Operation::kSubtract, level("0 to 5", "0 to 5"));
  ASSERT_TRUE(sums);
  EXPECT_EQ(sums->size(), 21U);  // all pairs with a >= b: never below nothing
  for (const auto& sum : *sums) EXPECT_EQ(sum.answer, sum.a - sum.b);
}

TEST(SumsOf, DivisionIsExactAndNeverByNothing) {
  const auto sums = sumsOf(Operation::kDivide, level("0 to 60", "0 to 9", "0 to 10"));
  ASSERT_TRUE(sums);
  for (const auto& sum : *sums) {
    ASSERT_NE(sum.b, 0);
    EXPECT_EQ(sum.a % sum.b, 0);
    EXPECT_EQ(sum.a / sum.b, sum.answer);
    EXPECT_LE(sum.a, 60);
  }
}

TEST(SumsOf, CrossingTheTen) {
  auto carrying = level("1 to 99", "1 to 99", "2 to 100");
  carrying.crosses_ten = Crossing::kAlways;
  const auto with = sumsOf(Operation::kAdd, carrying);
  ASSERT_TRUE(with);
  for (const auto& sum : *with) EXPECT_GE(sum.a % 10 + sum.b % 10, 10);
  carrying.crosses_ten = Crossing::kNever;
  const auto without = sumsOf(Operation::kAdd, carrying);
  ASSERT_TRUE(without);
  for (const auto& sum : *without) EXPECT_LT(sum.a % 10 + sum.b % 10, 10);
  carrying.crosses_ten = Crossing::kEither;
  EXPECT_EQ(with->size() + without->size(), sumsOf(Operation::kAdd, carrying)->size());

  auto borrowing = level("11 to 18", "2 to 9");
  borrowing.crosses_ten = Crossing::kAlways;
  const auto borrowed = sumsOf(Operation::kSubtract, borrowing);
  ASSERT_TRUE(borrowed);
  for (const auto& sum : *borrowed) EXPECT_LT(sum.answer, 10);
}

TEST(SumsOf, TurnedSumsComeOnce) {
  auto turned = level("2 to 10", "2, 5, 10");
  turned.either_order = true;
  const auto sums = sumsOf(Operation::kMultiply, turned);
  ASSERT_TRUE(sums);
  std::set<std::pair<int, int>> pairs;
  for (const auto& sum : *sums) {
    EXPECT_TRUE(pairs.emplace(sum.a, sum.b).second) << sum.a << "x" << sum.b;
  }
  EXPECT_TRUE(pairs.count({2, 7}) == 1 && pairs.count({7, 2}) == 1);
}

TEST(SumsOf, ContradictionsAreErrors) {
  EXPECT_FALSE(sumsOf(Operation::kAdd, level("1 to 5", "1 to 5", "20")));
  EXPECT_FALSE(sumsOf(Operation::kSubtract, level("1 to 5", "6 to 9")));
  EXPECT_FALSE(sumsOf(Operation::kDivide, level(nullptr, "0", "1 to 5")));
  EXPECT_FALSE(sumsOf(Operation::kDivide, level("1 to 5", "2")));  // no answer given
  EXPECT_FALSE(sumsOf(Operation::kAdd, level("0 to 9999", "0 to 9999")));
}

TEST(SumDealer, DealsEverySumBeforeAnyComesAgain) {
  const auto sums = *sumsOf(Operation::kMultiply, level("6 to 9", "6 to 9"));
  SumDealer dealer(sums, 3);
  for (int round = 0; round < 20; ++round) {
    std::set<std::pair<int, int>> seen;
    for (std::size_t i = 0; i < sums.size(); ++i) {
      const auto sum = dealer.next();
      seen.emplace(sum.a, sum.b);
    }
    EXPECT_EQ(seen.size(), sums.size());
  }
}

TEST(SumDealer, NeverTheSameTwiceRunning) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    SumDealer dealer({{1, 2, 3}, {2, 1, 3}}, seed);
    auto last = dealer.next();
    for (int i = 0; i < 20; ++i) {
      const auto sum = dealer.next();
      ASSERT_NE(sum, last) << "seed " << seed;
      last = sum;
    }
  }
  SumDealer only({{1, 2, 3}}, 1);  // nothing else to deal: no hang, no crash
  EXPECT_EQ(only.next(), only.next());
}

TEST(SumDealer, TwinsAndEqualAnswersAreKeptApart) {
  const auto sums = *sumsOf(Operation::kMultiply, level("2 to 9", "2 to 9"));
  int close = 0;
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    SumDealer dealer(sums, seed);
    auto last = dealer.next();
    for (int i = 0; i < 40; ++i) {  // well before the cards run out
      const auto sum = dealer.next();
      if (sum.answer == last.answer) ++close;
      last = sum;
    }
  }
  EXPECT_EQ(close, 0);
}

TEST(SumDealer, SeedsDecide) {
  const auto sums = *sumsOf(Operation::kAdd, level("1 to 9", "1 to 9"));
  const auto first = [&sums](std::uint64_t seed) {
    SumDealer dealer(sums, seed);
    std::vector<Sum> dealt;
    for (int i = 0; i < 10; ++i) dealt.push_back(dealer.next());
    return dealt;
  };
  EXPECT_EQ(first(5), first(5));
  EXPECT_NE(first(5), first(6));
}

TEST(Items, OfALevelWithHintsOfItsOwnTakeThose) {
  auto lesson = parseLesson("doubles", kExampleSource).lesson;
  lesson.skills[0].levels[0].hints = Hints{"Look at {a}.", "Think of {b}.", "It is {answer}."};
  const auto item = makeItem(lesson, 0, 0, {3, 4, 7});
  EXPECT_EQ(item.hints, (Hints{"Look at 3.", "Think of 4.", "It is 7."}));
}

TEST(Items, FillTheirWords) {
  auto lesson = parseLesson("doubles", kExampleSource).lesson;
  lesson.skills[0].hints[1] = "{{{a * (b + 1) - 1}}} {larger % smaller} {10 / b}{sign}";
  const auto item = makeItem(lesson, 0, 0, {3, 4, 7});
  EXPECT_EQ(item.id, "doubles/small/3+4");
  EXPECT_EQ(item.prompt, "3 + 4 =");
  EXPECT_EQ(item.spoken, "3 plus 4");
  EXPECT_EQ(item.answer, "7");
  EXPECT_EQ(item.hints[0], "Start at 4.");
  EXPECT_EQ(item.hints[1], "{14} 1 2+");
  EXPECT_EQ(item.hints[2], "Write 7.");
  EXPECT_DOUBLE_EQ(item.difficulty, 0.1);
  EXPECT_EQ(fillWords(lesson.not_yet[0], lesson, item, "8"), "Not 8 yet.");
}

}  // namespace
}  // namespace primer::content
