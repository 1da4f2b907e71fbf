#include "primer/knowledge/review_schedule.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

namespace primer::knowledge {
namespace {

Rating rating(int number) { return static_cast<Rating>(number); }

// The memory state that the reference implementations (fsrs-rs, py-fsrs) publish for these reviews.
TEST(ReviewSchedule, GivesThePublishedMemoryState) {
  ReviewSchedule memory;
  const std::vector<int> ratings = {1, 3, 3, 3, 3, 3};
  const std::vector<double> days = {0, 0, 1, 3, 8, 21};
  for (std::size_t i = 0; i < ratings.size(); ++i) memory.review(rating(ratings[i]), days[i]);
  EXPECT_NEAR(memory.stability(), 53.62691, 1e-4);
  EXPECT_NEAR(memory.difficulty(), 6.3574867, 1e-5);
}

// py-fsrs's own sequence: days to the next review, where the first step and the steps after a lapse
// are taken on the same day.
TEST(ReviewSchedule, GivesThePublishedIntervals) {
  const std::vector<int> ratings = {3, 3, 3, 3, 3, 3, 1, 1, 3, 3, 3, 3, 3};
  const std::vector<int> published = {0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21};
  ReviewSchedule memory;
  int waited = 0;
  for (std::size_t i = 0; i < ratings.size(); ++i) {
    memory.review(rating(ratings[i]), waited);
    const bool same_day = published[i] == 0;
    if (!same_day) {
      EXPECT_EQ(memory.nextDays(), published[i]) << "review " << i + 1;
    }
    waited = same_day ? 0 : *memory.nextDays();
  }
}

TEST(ReviewSchedule, FirstIntervalsAreThePublishedStabilities) {
  const std::vector<int> days = {1, 1, 2, 8};  // 0.212, 1.2931, 2.3065, 8.2956 rounded, at least 1
  for (int number = 1; number <= 4; ++number) {
    ReviewSchedule memory;
    memory.review(rating(number), 0);
    EXPECT_EQ(memory.nextDays(), days[static_cast<std::size_t>(number - 1)]);
  }
}

TEST(ReviewSchedule, RecallIsNinetyPercentAfterTheStability) {
  ReviewSchedule memory;
  EXPECT_FALSE(memory.recall(3).has_value());
  EXPECT_FALSE(memory.nextDays().has_value());
  memory.review(Rating::kGood, 0);
  memory.review(Rating::kGood, 2);
  const double after = *memory.recall(std::floor(memory.stability()));
  EXPECT_GT(after, 0.9);
  EXPECT_LT(*memory.recall(std::ceil(memory.stability())), 0.9);
  EXPECT_NEAR(after, 0.9, 0.01);
}

TEST(ReviewSchedule, OnlyWholeDaysCount) {
  ReviewSchedule whole;
  ReviewSchedule part;
  for (auto* memory : {&whole, &part}) memory->review(Rating::kGood, 0);
  EXPECT_EQ(whole.recall(2), part.recall(2.99));
  whole.review(Rating::kHard, 2);
  part.review(Rating::kHard, 2.99);
  EXPECT_EQ(whole.stability(), part.stability());
  EXPECT_EQ(whole.recall(0), part.recall(0.99));
}

TEST(ReviewSchedule, StaysInBoundsWhateverComes) {
  const double infinity = std::numeric_limits<double>::infinity();
  const double nan = std::numeric_limits<double>::quiet_NaN();
  ReviewSchedule memory;
  for (int i = 0; i < 2000; ++i) {
    const std::vector<double> days = {0, -5, 1e9, infinity, nan, 1, 0.3};
    memory.review(rating(1 + i * 7 % 4), days[static_cast<std::size_t>(i) % days.size()]);
    EXPECT_TRUE(std::isfinite(memory.stability()));
    EXPECT_GE(memory.stability(), 0.001);
    EXPECT_GE(memory.difficulty(), 1);
    EXPECT_LE(memory.difficulty(), 10);
    EXPECT_GE(*memory.nextDays(), 1);
    EXPECT_LE(*memory.nextDays(), ReviewSchedule::kLongestDays);
  }
}

TEST(ReviewSchedule, ALapseShortensAndAnEasyAnswerLengthensTheWait) {
  std::vector<int> waits;
  for (int number = 1; number <= 4; ++number) {
    ReviewSchedule memory;
    for (const double days : {0.0, 2.0, 10.0}) memory.review(Rating::kGood, days);
    memory.review(rating(number), 40);
    waits.push_back(*memory.nextDays());
  }
  EXPECT_LT(waits[0], waits[1]);
  EXPECT_LT(waits[1], waits[2]);
  EXPECT_LT(waits[2], waits[3]);
}

}  // namespace
}  // namespace primer::knowledge
