#include "primer/handwriting/lines/confidence.h"

#include <algorithm>
#include <cmath>

#include "src/lines/plausibility.h"

namespace primer::handwriting::lines {

namespace {

constexpr Doubts kWeights = {1.17f, -0.39f, -0.08f, 0.85f, -0.23f, 0.84f, 4.67f};

constexpr float kLead = 5;    // nats; a greater lead says no more
constexpr float kWorst = -6;  // log chances below this say no more

// Others are not worth more than this share of what the best leaves.
constexpr float kOthersShare = 0.9f;

}  // namespace

Doubts doubtsOf(const std::vector<FoundReading>& readings, const std::vector<GroupScores>& scores) {
  const auto& best = readings.front();
  const float lead = readings.size() > 1 ? best.score - readings[1].score : kLead;
  float weakest_one = 0;
  float weakest_class = 0;
  float all = 0;
  for (std::size_t k = 0; k < best.groups.size(); ++k) {
    const auto& group = scores[best.groups[k]];
    const float one = std::clamp(group.one, kWorst, 0.0f);
    const float label = std::clamp(group.classes[best.labels[k]], kWorst, 0.0f);
    weakest_one = std::min(weakest_one, one);
    weakest_class = std::min(weakest_class, label);
    all += one + label;
  }
  const auto count = static_cast<float>(best.groups.size());
  return {std::min(lead, kLead) - kLead,
          weakest_one,
          weakest_class,
          std::max(all, 3 * kWorst),
          std::max(plausibilityOf(best.row, best.labels) / count, kWorst),
          std::log(count),
          1};
}

float chanceOf(const Doubts& doubts) {
  float sum = 0;
  for (std::size_t i = 0; i < doubts.size(); ++i) sum += kWeights[i] * doubts[i];
  return 1 / (1 + std::exp(-sum));
}

std::vector<float> confidencesOf(const std::vector<FoundReading>& readings,
                                 const std::vector<GroupScores>& scores) {
  const float best = chanceOf(doubtsOf(readings, scores));
  std::vector<float> confidences;
  float total = 0;
  for (const auto& reading : readings) {
    confidences.push_back(std::exp(reading.score - readings.front().score));
    total += confidences.back();
  }
  const float others = total - confidences.front();
  for (auto& confidence : confidences) {
    confidence = others > 0 ? std::min(best, kOthersShare * (1 - best) * confidence / others) : 0;
  }
  confidences.front() = best;
  return confidences;
}

}  // namespace primer::handwriting::lines
