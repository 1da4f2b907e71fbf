#pragma once

// When a fact or a word should be met again: FSRS-6 with its published default parameters
// (J. Ye and others, "The Algorithm", open-spaced-repetition/fsrs4anki wiki, 2025; the model grew
// from Ye, Su, Cao, "A Stochastic Shortest Path Algorithm for Optimizing Spaced Repetition
// Scheduling", KDD 2022). Three numbers describe a memory: difficulty 1..10, stability (days until
// recall falls to 90 %) and, from the days since, the chance of recall.

#include <optional>

namespace primer::knowledge {

enum class Rating { kAgain = 1, kHard = 2, kGood = 3, kEasy = 4 };

// One fact's memory in one learner. A value.
class ReviewSchedule {
 public:
  static constexpr double kRetention = 0.9;  // what the schedule aims at
  static constexpr int kLongestDays = 36'500;

  // Chance of recall after so many days; nothing before the first review. Only whole days count:
  // fractions are dropped, and negative days (a clock that ran backwards) are none.
  std::optional<double> recall(double days_since_last) const;

  // A review took place; `days_since_last` counts as above and not at all for the first.
  void review(Rating rating, double days_since_last);

  // Days to wait from the last review on, 1..kLongestDays; nothing before the first.
  std::optional<int> nextDays(double retention = kRetention) const;

  double stability() const { return stability_; }    // days; 0 before the first review
  double difficulty() const { return difficulty_; }  // 1..10; 0 before the first review

 private:
  double stability_ = 0;
  double difficulty_ = 0;
};

}  // namespace primer::knowledge
