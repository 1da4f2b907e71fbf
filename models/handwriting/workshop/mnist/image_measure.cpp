#include "mnist/image_measure.h"

#include <algorithm>
#include <cmath>

#include "symbols/reliability.h"

namespace primer::handwriting {

namespace {

constexpr std::size_t kDigits = 10;
constexpr double kSure = 0.9;

// The chance of a digit, as scores over a temperature say it.
double chanceOf(std::span<const float> row, std::size_t digit, double temperature) {
  const double top = *std::max_element(row.begin(), row.end());
  double sum = 0;
  for (const float score : row) sum += std::exp((score - top) / temperature);
  return std::exp((row[digit] - top) / temperature) / sum;
}

}  // namespace

toolkit::Metrics measureImages(std::span<const float> scores, std::span<const int> labels) {
  toolkit::Metrics metrics = {{"accuracy", toolkit::accuracyPercent(scores, kDigits, labels)}};
  if (labels.empty()) return metrics;
  const auto rowOf = [&](std::size_t i) { return scores.subspan(i * kDigits, kDigits); };
  double temperature = 1;
  double best_sum = -1e300;
  for (double t = 0.3; t < 2.5; t *= 1.04) {
    double sum = 0;
    for (std::size_t i = 0; i < labels.size(); ++i) {
      sum += std::log(std::max(chanceOf(rowOf(i), static_cast<std::size_t>(labels[i]), t), 1e-30));
    }
    if (sum > best_sum) {
      best_sum = sum;
      temperature = t;
    }
  }
  workshop::Reliability reliability;
  double sure = 0;
  double sure_wrong = 0;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const auto row = rowOf(i);
    const auto digit =
        static_cast<std::size_t>(std::max_element(row.begin(), row.end()) - row.begin());
    const double claimed = chanceOf(row, digit, temperature);
    const bool right = digit == static_cast<std::size_t>(labels[i]);
    reliability.count(claimed, right);
    if (claimed < kSure) continue;
    sure += 1;
    sure_wrong += right ? 0 : 1;
  }
  metrics["temperature"] = temperature;
  metrics["ece"] = reliability.error();
  metrics["sure_share"] = 100 * sure / static_cast<double>(labels.size());
  metrics["sure_errors"] = sure > 0 ? 100 * sure_wrong / sure : 0;
  return metrics;
}

}  // namespace primer::handwriting
