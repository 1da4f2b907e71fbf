#include "primer/handwriting/lines/confidence.h"

#include <algorithm>
#include <cmath>

#include "src/lines/plausibility.h"

namespace primer::handwriting::lines {

namespace {

// Fitted by ink-lines --calibrate.
constexpr DoubtNet kNet = {
#include "src/lines/confidence_net.inc"
};

constexpr float kLead = 5;    // nats; a greater lead says no more
constexpr float kWorst = -6;  // log chances below this say no more

// Others are not worth more than this share of what the best leaves.
constexpr float kOthersShare = 0.9f;

constexpr float kCrowded = 0.3f;  // of readings with signs over signs

}  // namespace

Doubts doubtsOf(const std::vector<FoundReading>& readings, const std::vector<GroupScores>& scores) {
  const auto& best = readings.front();
  const auto leadOver = [&](std::size_t i) {
    return readings.size() > i ? std::min(best.score - readings[i].score, kLead) - kLead : 0.0f;
  };
  float all_shares = 0;
  for (const auto& reading : readings) all_shares += std::exp(reading.score - best.score);
  float weakest_one = 0;
  float weakest_class = 0;
  float all = 0;
  float wrong_groups = 0;
  float wrong_classes = 0;
  float letters = 0;
  float weakest_alone = 0;
  float wrong_alone = 0;
  for (std::size_t k = 0; k < best.groups.size(); ++k) {
    const auto& group = scores[best.groups[k]];
    const float one = std::clamp(group.one, kWorst, 0.0f);
    const float label = std::clamp(group.classes[best.labels[k]], kWorst, 0.0f);
    weakest_one = std::min(weakest_one, one);
    weakest_class = std::min(weakest_class, label);
    all += one + label;
    wrong_groups += 1 - std::exp(one);
    wrong_classes += 1 - std::exp(label);
    const float alone = std::clamp(group.alone[best.labels[k]], kWorst, 0.0f);
    weakest_alone = std::min(weakest_alone, alone);
    wrong_alone += 1 - std::exp(alone);
    letters += isLetter(best.labels[k]) ? 1.0f : 0.0f;
  }
  // The likeliest group that the reading does not take.
  float rival = kWorst;
  for (std::size_t g = 0; g < scores.size(); ++g) {
    if (std::find(best.groups.begin(), best.groups.end(), g) != best.groups.end()) continue;
    rival = std::max(rival, std::min(scores[g].one, 0.0f));
  }
  const auto count = static_cast<float>(best.groups.size());
  return {leadOver(1),
          leadOver(2),
          -std::log(all_shares),
          weakest_one,
          weakest_class,
          std::max(all, 3 * kWorst),
          -std::min(wrong_groups, 4.0f),
          -std::min(wrong_classes, 4.0f),
          std::max(best.layout, kWorst),
          std::max(plausibilityOf(best.row, best.labels) / count, kWorst),
          -std::min(static_cast<float>(best.covered), 4.0f),
          -letters / count,
          -std::log(count),
          weakest_alone,
          -std::min(wrong_alone, 4.0f),
          -std::max(rival, kWorst) + kWorst};
}

const DoubtNet& shippedDoubtNet() { return kNet; }

float chanceOf(const Doubts& doubts) { return kNet.chance(doubts); }

std::vector<float> confidencesOf(const std::vector<FoundReading>& readings,
                                 const std::vector<GroupScores>& scores) {
  float best = chanceOf(doubtsOf(readings, scores));
  // Two hands at once.
  if (readings.front().covered > kMostOverwritten) best = std::min(best, kCrowded);
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
