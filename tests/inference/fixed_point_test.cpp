#include "kernels/fixed_point.h"

#include <gtest/gtest.h>

#include <random>

namespace primer::inference {
namespace {

TEST(QuantizeMultiplier, IsExactForPowersOfTwo) {
  EXPECT_EQ(quantizeMultiplier(1.0).value, 1 << 30);
  EXPECT_EQ(quantizeMultiplier(1.0).shift, 1);
  EXPECT_EQ(quantizeMultiplier(0.25).value, 1 << 30);
  EXPECT_EQ(quantizeMultiplier(0.25).shift, -1);
}

TEST(QuantizeMultiplier, HoldsAnyFactor) {
  EXPECT_EQ(quantizeMultiplier(0.0).value, 0);
  EXPECT_EQ(quantizeMultiplier(1e-30).value, 0);
  EXPECT_EQ(quantizeMultiplier(1e300).shift, 30);
  EXPECT_EQ(quantizeMultiplier(std::numeric_limits<double>::infinity()).shift, 30);
  // The fraction rounds up to one: the next power of two.
  EXPECT_EQ(quantizeMultiplier(0.99999999999).value, 1 << 30);
  EXPECT_EQ(quantizeMultiplier(0.99999999999).shift, 1);
}

TEST(RoundingDivideByPowerOfTwo, GoesAwayFromZeroAtTheMiddle) {
  EXPECT_EQ(roundingDivideByPowerOfTwo(5, 1), 3);
  EXPECT_EQ(roundingDivideByPowerOfTwo(-5, 1), -3);
  EXPECT_EQ(roundingDivideByPowerOfTwo(-4, 2), -1);
  EXPECT_EQ(roundingDivideByPowerOfTwo(7, 0), 7);
  EXPECT_EQ(roundingDivideByPowerOfTwo(std::numeric_limits<std::int32_t>::min(), 31), -1);
}

// The one-shift form and the specification, where they could differ: beside the middles.
TEST(DoubleRounding, EqualsTheTwoRoundings) {
  std::mt19937_64 random(7);
  for (int trial = 0; trial < 200000; ++trial) {
    const auto bits = static_cast<std::int32_t>(random() % (1u << 30));
    // From 2^29 on: MEAN's division leaves multipliers below 2^30.
    const Multiplier m{(1 << 29) + static_cast<std::int32_t>(bits * 1.4999),
                       static_cast<int>(random() % 24) - 20};
    const DoubleRounding fast(m);
    const double factor = std::ldexp(m.value, m.shift - 31);
    const double middle = (static_cast<double>(random() % 512) - 256.5) / factor;
    const auto near = static_cast<std::int32_t>(std::clamp(middle, -2147483000.0, 2147483000.0));
    for (int delta = -2; delta <= 2; ++delta) {
      ASSERT_EQ(fast(near + delta), multiplyTwoRoundings(near + delta, m))
          << near + delta << " * " << m.value << " * 2^" << m.shift;
    }
    const auto any = static_cast<std::int32_t>(random());
    ASSERT_EQ(fast(any), multiplyTwoRoundings(any, m)) << any;
  }
}

TEST(DoubleRounding, ZeroGivesZero) {
  for (int shift = -31; shift <= 30; ++shift) {
    EXPECT_EQ(DoubleRounding(Multiplier{1 << 30, shift})(0), 0) << shift;
  }
  EXPECT_EQ(DoubleRounding(Multiplier{})(12345), 0);
}

TEST(RealRounding, GoesAwayFromZeroAtTheMiddle) {
  const RealRounding half(0.5);
  EXPECT_EQ(half(5), 3);
  EXPECT_EQ(half(-5), -3);
  EXPECT_EQ(RealRounding(1e12)(-7), std::numeric_limits<std::int32_t>::min());
}

TEST(Saturate, ClampsToTheType) {
  EXPECT_EQ(saturate<std::int8_t>(300), 127);
  EXPECT_EQ(saturate<std::uint8_t>(-1), 0);
  EXPECT_EQ(saturate<std::int16_t>(-40000), -32768);
}

}  // namespace
}  // namespace primer::inference
