// The form of the two roundings that vectors compute, against the reference's own words.

#include "kernels/packed/rescale.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace primer::inference::packed {
namespace {

TEST(HighHalf, EqualsTheTwoRoundings) {
  std::mt19937_64 random(17);
  for (int trial = 0; trial < 300000; ++trial) {
    const Multiplier m{(1 << 30) + static_cast<std::int32_t>(random() % (1u << 30)),
                       -static_cast<int>(random() % 22)};
    const auto zero_point = static_cast<std::int32_t>(random() % 256) - 128;
    const auto form = HighHalf::make(m, zero_point);
    ASSERT_TRUE(form);
    // Beside the middles, where the forms could differ, and anywhere.
    const double factor = std::ldexp(m.value, m.shift - 31);
    const double middle = (static_cast<double>(random() % 512) - 256.5) / factor;
    const double most = static_cast<double>(kMostSum) - 4;
    const auto near = static_cast<std::int32_t>(std::clamp(middle, -most, most));
    const auto any = static_cast<std::int32_t>(random() % (2 * kMostSum - 1)) -
                     static_cast<std::int32_t>(kMostSum - 1);
    for (const std::int32_t sum : {near - 2, near - 1, near, near + 1, near + 2, any}) {
      ASSERT_EQ((*form)(sum), multiplyTwoRoundings(sum, m) + zero_point)
          << sum << " * " << m.value << " * 2^" << m.shift;
    }
  }
}

// All sums and multipliers of a problem with fewer bits: multipliers of 8 bits instead of 31, their
// lower bits 0, and every shift.
TEST(HighHalf, EqualsTheTwoRoundingsForEverySumOfASmallProblem) {
  for (std::int32_t top = 128; top < 256; ++top) {
    for (int e = 0; e <= 12; ++e) {
      const Multiplier m{top << 23, -e};
      const auto form = HighHalf::make(m, 0);
      ASSERT_TRUE(form);
      for (std::int32_t sum = -3000; sum <= 3000; ++sum) {
        ASSERT_EQ((*form)(sum), multiplyTwoRoundings(sum, m)) << sum << " " << top << " " << e;
      }
    }
  }
}

TEST(HighHalf, RefusesWhatItDoesNotHold) {
  EXPECT_FALSE(HighHalf::make({1 << 30, 1}, 0));    // a factor of 1
  EXPECT_FALSE(HighHalf::make({1 << 30, -22}, 0));  // a zero point that would not fit
  EXPECT_EQ((*HighHalf::make({}, -7))(123456), -7);
}

}  // namespace
}  // namespace primer::inference::packed
