#include "primer/maths/rational.h"

#include <gtest/gtest.h>

#include <limits>

namespace primer::maths {
namespace {

TEST(Rational, IsAlwaysInLowestTerms) {
  const auto half = Rational::fraction(-3, -6);
  EXPECT_EQ(half.toString(), "1/2");
  EXPECT_EQ(Rational::fraction(4, -6).toString(), "-2/3");
}

TEST(Rational, GrowsBeyondSixtyFourBitsAndComesBack) {
  const Rational large(std::numeric_limits<std::int64_t>::max());
  const Rational product = large * large;
  EXPECT_EQ(product.toString(), "85070591730234615847396907784232501249");
  EXPECT_EQ(product / large, large);
  EXPECT_EQ((large + Rational(1)) - Rational(1), large);
  const Rational lowest(std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ((-lowest).toString(), "9223372036854775808");
  EXPECT_EQ(lowest.abs() + lowest, Rational(0));
}

TEST(Rational, ReadsAndPrintsDecimals) {
  EXPECT_EQ(Rational::fromDigits("0.50"), Rational::fraction(1, 2));
  EXPECT_EQ(Rational::fromDigits(".5"), Rational::fraction(1, 2));
  EXPECT_FALSE(Rational::fromDigits("1.2.3"));
  EXPECT_FALSE(Rational::fromDigits("."));
  EXPECT_EQ(Rational::fraction(-1, 8).toDecimal(3), "-0.125");
  EXPECT_EQ(Rational::fraction(1, 3).decimalPlaces(), std::nullopt);
  EXPECT_EQ(Rational::fraction(1, 8).decimalPlaces(), 3);
  EXPECT_EQ(Rational::fraction(5, 2).rounded(0), Rational(3));
}

TEST(Rational, PowersAreBounded) {
  EXPECT_EQ(Rational(2).power(10, 64), Rational(1024));
  EXPECT_EQ(Rational(2).power(-2, 64), Rational::fraction(1, 4));
  EXPECT_EQ(Rational(10).power(10'000'000'000, 4096), std::nullopt);
  EXPECT_EQ(Rational(1).power(10'000'000'000, 64), Rational(1));
  EXPECT_EQ(Rational(-1).power(10'000'000'001, 64), Rational(-1));
  EXPECT_EQ(Rational(0).power(-1, 64), std::nullopt);
  EXPECT_EQ(Rational(0).power(6, 64), Rational(0));
}

TEST(Rational, RootsAreExactOrNone) {
  EXPECT_EQ(Rational::fraction(9, 4).root(2), Rational::fraction(3, 2));
  EXPECT_EQ(Rational(-27).root(3), Rational(-3));
  EXPECT_EQ(Rational(2).root(2), std::nullopt);
  EXPECT_EQ(Rational(-4).root(2), std::nullopt);
}

TEST(Rational, FloorsTowardsMinusInfinity) {
  EXPECT_EQ(Rational::fraction(-7, 2).floor(), Rational(-4));
  EXPECT_EQ(gcd(-12, 18), Rational(6));
  EXPECT_EQ(lcm(4, 6), Rational(12));
}

}  // namespace
}  // namespace primer::maths
