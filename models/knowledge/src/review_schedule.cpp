#include "primer/knowledge/review_schedule.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace primer::knowledge {

namespace {

// FSRS-6's default parameters; the formulas below call them w0..w20 as they were published.
constexpr std::array<double, 21> kW = {0.212,  1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194,
                                       0.001,  1.8722, 0.1666, 0.796,  1.4835, 0.0614, 0.2629,
                                       1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542};
constexpr double kLeastStability = 0.001;

double wholeDays(double days) { return days >= 1 ? std::floor(days) : 0; }

int number(Rating rating) { return static_cast<int>(rating); }

// Makes recall 90 % when as many days have gone by as the stability says.
double curveFactor() {
  static const double factor = std::pow(0.9, -1 / kW[20]) - 1;
  return factor;
}

double recallAfter(double days, double stability) {
  return std::pow(1 + curveFactor() * days / stability, -kW[20]);
}

// Not yet held to 1..10.
double firstDifficulty(Rating rating) { return kW[4] - std::exp(kW[5] * (number(rating) - 1)) + 1; }

double nextDifficulty(double difficulty, Rating rating) {
  const double change = -kW[6] * (number(rating) - 3);
  const double damped = difficulty + change * (10 - difficulty) / 9;
  return kW[7] * firstDifficulty(Rating::kEasy) + (1 - kW[7]) * damped;
}

double stabilityAfterRecall(double difficulty, double stability, double recall, Rating rating) {
  const double hard = rating == Rating::kHard ? kW[15] : 1;
  const double easy = rating == Rating::kEasy ? kW[16] : 1;
  return stability * (1 + std::exp(kW[8]) * (11 - difficulty) * std::pow(stability, -kW[9]) *
                              (std::exp(kW[10] * (1 - recall)) - 1) * hard * easy);
}

double stabilityAfterLapse(double difficulty, double stability, double recall) {
  const double lapsed = kW[11] * std::pow(difficulty, -kW[12]) *
                        (std::pow(stability + 1, kW[13]) - 1) * std::exp(kW[14] * (1 - recall));
  return std::min(lapsed, stability / std::exp(kW[17] * kW[18]));
}

// Of a review on the same day.
double stabilityOnSameDay(double stability, Rating rating) {
  const double growth =
      std::exp(kW[17] * (number(rating) - 3 + kW[18])) * std::pow(stability, -kW[19]);
  return stability * (number(rating) >= 3 ? std::max(growth, 1.0) : growth);
}

}  // namespace

std::optional<double> ReviewSchedule::recall(double days_since_last) const {
  if (stability_ == 0) return {};
  return recallAfter(wholeDays(days_since_last), stability_);
}

void ReviewSchedule::review(Rating rating, double days_since_last) {
  if (stability_ == 0) {
    stability_ = kW[static_cast<std::size_t>(number(rating) - 1)];
    difficulty_ = std::clamp(firstDifficulty(rating), 1.0, 10.0);
    return;
  }
  const double days = wholeDays(days_since_last);
  const double recall = recallAfter(days, stability_);
  const double next = days < 1 ? stabilityOnSameDay(stability_, rating)
                      : rating == Rating::kAgain
                          ? stabilityAfterLapse(difficulty_, stability_, recall)
                          : stabilityAfterRecall(difficulty_, stability_, recall, rating);
  stability_ = std::max(next, kLeastStability);
  difficulty_ = std::clamp(nextDifficulty(difficulty_, rating), 1.0, 10.0);
}

std::optional<int> ReviewSchedule::nextDays(double retention) const {
  if (stability_ == 0) return {};
  const double days = stability_ / curveFactor() * (std::pow(retention, -1 / kW[20]) - 1);
  return static_cast<int>(std::clamp(std::round(days), 1.0, static_cast<double>(kLongestDays)));
}

}  // namespace primer::knowledge
