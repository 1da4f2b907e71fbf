#include "primer/pronunciation/phone_features.h"

#include <algorithm>
#include <cmath>

namespace primer::pronunciation {

namespace {

constexpr float kPerLog = 0.25f;  // scale of logarithms of chances
constexpr float kLeastLog = -8;
constexpr std::size_t kAround = 3;  // steps of the widened window

using Units = std::array<float, kUnits>;

Units meanChances(const Posteriors& posteriors, StepRange steps) {
  Units mean{};
  for (std::size_t s = steps.first; s < steps.last; ++s) {
    const auto at = posteriors.at(s);
    for (std::size_t u = 0; u < kUnits; ++u) mean[u] += std::exp(at[u]);
  }
  for (auto& value : mean) value /= static_cast<float>(std::max<std::size_t>(steps.size(), 1));
  return mean;
}

Units meanLogs(const Posteriors& posteriors, StepRange steps) {
  Units mean{};
  for (std::size_t s = steps.first; s < steps.last; ++s) {
    const auto at = posteriors.at(s);
    for (std::size_t u = 0; u < kUnits; ++u) mean[u] += std::max(at[u], kLeastLog);
  }
  for (auto& value : mean) value /= static_cast<float>(std::max<std::size_t>(steps.size(), 1));
  return mean;
}

float bestOther(std::span<const float> values, Phone phone) {
  float best = -1e30f;
  for (std::size_t p = 0; p < kPhones; ++p) {
    if (p != phone) best = std::max(best, values[p]);
  }
  return best;
}

// One phone with where it stands.
struct Said {
  FeatureRow row;
  SaidPhone phone;
  std::size_t phones_in_word = 0;
  float pause_before = 0;  // logarithms of 1 + steps; 0 inside of a word
  float pause_after = 0;
  float duration = 0;  // deviations from the phone's mean
  float goodness = 0;
};

// What the whole utterance tells about each of its phones.
struct Whole {
  float goodness = 0, goodness_deviation = 0, worst = 0;
  float duration = 0, duration_deviation = 0, pauses = 0, count = 0;
};

float logPause(std::size_t from, std::size_t to) {
  return to > from ? std::log1p(static_cast<float>(to - from)) : 0.0f;
}

std::vector<Said> collect(const Alignment& alignment, const Posteriors& posteriors,
                          const PhoneDurations& durations) {
  std::vector<Said> all;
  std::size_t end = 0;
  for (std::size_t w = 0; w < alignment.words.size(); ++w) {
    const auto& phones = alignment.words[w].phones;
    for (std::size_t p = 0; p < phones.size(); ++p) {
      Said said;
      said.row = {w, p};
      said.phone = phones[p];
      said.phones_in_word = phones.size();
      const auto phone = phones[p].phone;
      said.duration =
          (std::log(static_cast<float>(phones[p].steps.size())) - durations.mean[phone]) /
          std::max(durations.deviation[phone], 0.1f);
      said.goodness = goodness(posteriors, phones[p]);
      if (p == 0 && !all.empty()) {
        said.pause_before = logPause(end, phones[p].steps.first);
        all.back().pause_after = said.pause_before;
      }
      end = phones[p].steps.last;
      all.push_back(said);
    }
  }
  return all;
}

Whole summary(const std::vector<Said>& all) {
  Whole whole;
  std::vector<float> sorted;
  double sum = 0, squares = 0, long_sum = 0, long_squares = 0, pauses = 0;
  for (const auto& said : all) {
    sorted.push_back(said.goodness);
    sum += said.goodness;
    squares += static_cast<double>(said.goodness) * said.goodness;
    long_sum += said.duration;
    long_squares += static_cast<double>(said.duration) * said.duration;
    pauses += said.pause_before;
  }
  const auto n = static_cast<double>(std::max<std::size_t>(all.size(), 1));
  std::sort(sorted.begin(), sorted.end());
  whole.goodness = static_cast<float>(sum / n);
  whole.goodness_deviation =
      static_cast<float>(std::sqrt(std::max(squares / n - sum / n * (sum / n), 0.0)));
  whole.worst = sorted.empty() ? 0 : sorted[sorted.size() / 10];
  whole.duration = static_cast<float>(long_sum / n);
  whole.duration_deviation = static_cast<float>(
      std::sqrt(std::max(long_squares / n - long_sum / n * (long_sum / n), 0.0)));
  whole.pauses = static_cast<float>(pauses / n);
  whole.count = static_cast<float>(std::log(n));
  return whole;
}

class RowWriter {
 public:
  explicit RowWriter(std::vector<float>& values) : values_(values) {}
  void put(float value) { values_.push_back(std::clamp(value, -3.0f, 3.0f)); }
  void put(const Units& units, float scale) {
    for (const float unit : units) put(unit * scale);
  }

 private:
  std::vector<float>& values_;
};

void writeRow(const Said& said, const Whole& whole, const Posteriors& posteriors,
              std::size_t of_all, std::size_t count, std::vector<float>& values) {
  RowWriter row(values);
  const auto steps = said.phone.steps;
  const auto phone = said.phone.phone;
  const auto logs = meanLogs(posteriors, steps);
  const std::size_t middle = steps.first + (steps.size() + 1) / 2;
  const StepRange wide = {steps.first - std::min(steps.first, kAround),
                          std::min(steps.last + kAround, posteriors.steps())};
  row.put(logs, kPerLog);
  row.put(meanChances(posteriors, steps), 2);
  row.put(meanChances(posteriors, {steps.first, middle}), 1);
  row.put(meanChances(posteriors, {std::min(middle, steps.last - 1), steps.last}), 1);
  row.put(meanChances(posteriors, wide), 1);
  for (std::size_t p = 0; p < kPhones; ++p) row.put(p == phone ? 1.0f : 0.0f);

  float most = kLeastLog, least = 0, hits = 0, silent = 0;
  for (std::size_t s = steps.first; s < steps.last; ++s) {
    const auto at = posteriors.at(s);
    most = std::max(most, at[phone]);
    least = std::min(least, std::max(at[phone], kLeastLog));
    hits += at[phone] >= bestOther(at, phone) ? 1 : 0;
    silent += at[kSilence] > at[phone] && at[kSilence] > bestOther(at, phone) ? 1 : 0;
  }
  const auto size = static_cast<float>(steps.size());
  row.put(logs[phone] * kPerLog);
  row.put(most * kPerLog);
  row.put(least * kPerLog);
  row.put(said.goodness * kPerLog);
  row.put((logs[phone] - bestOther(logs, phone)) * kPerLog);
  row.put(hits / size);
  row.put(silent / size);
  row.put(std::log(size) / 2);
  row.put(said.duration / 2);
  row.put((said.duration - whole.duration) / 2);
  row.put(said.pause_before / 2);
  row.put(said.pause_after / 2);
  row.put(said.row.place == 0 ? 1.0f : 0.0f);
  row.put(said.row.place + 1 == said.phones_in_word ? 1.0f : 0.0f);
  row.put(std::log(static_cast<float>(said.phones_in_word)) / 2);
  row.put(2 * static_cast<float>(of_all) / static_cast<float>(count) - 1);
  row.put(isVowel(phone) ? 1.0f : 0.0f);
  row.put(whole.goodness * kPerLog);
  row.put(whole.goodness_deviation * kPerLog);
  row.put(whole.worst * kPerLog);
  row.put(whole.duration);
  row.put(whole.duration_deviation);
  row.put(2 * whole.pauses);
  row.put(whole.count / 2);
  row.put(1);
}

}  // namespace

Phone heardPhone(const Posteriors& posteriors, StepRange steps) {
  const auto mean = meanChances(posteriors, steps);
  return static_cast<Phone>(std::max_element(mean.begin(), mean.begin() + kPhones) - mean.begin());
}

float goodness(const Posteriors& posteriors, const SaidPhone& phone) {
  float sum = 0;
  for (std::size_t s = phone.steps.first; s < phone.steps.last; ++s) {
    const auto at = posteriors.at(s);
    sum += std::max(at[phone.phone], kLeastLog) - std::max(bestOther(at, phone.phone), kLeastLog);
  }
  return sum / static_cast<float>(std::max<std::size_t>(phone.steps.size(), 1));
}

PhoneFeatures phoneFeatures(const Alignment& alignment, const Posteriors& posteriors,
                            const PhoneDurations& durations) {
  const auto all = collect(alignment, posteriors, durations);
  const auto whole = summary(all);
  PhoneFeatures features;
  features.values.reserve(all.size() * kPhoneFeatures);
  for (std::size_t i = 0; i < all.size(); ++i) {
    features.rows.push_back(all[i].row);
    writeRow(all[i], whole, posteriors, i, all.size(), features.values);
  }
  return features;
}

}  // namespace primer::pronunciation
