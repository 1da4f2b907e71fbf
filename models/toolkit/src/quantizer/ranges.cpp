#include "src/quantizer/ranges.h"

#include <algorithm>
#include <cmath>

namespace primer::toolkit {

namespace {

constexpr double kTail = 1.0 / 20'000;  // left out at either end by kPercentile
constexpr int kLevels = 256;
constexpr int kShrinkSteps = 40;      // ranges that are tried on either side
constexpr float kLeastScale = 1e-9f;  // of an activation that is always zero

// The values of several tensors as one histogram over the range of all.
struct Joined {
  ActivationRange full;
  std::vector<double> counts;
  double total = 0;

  double width() const {
    return static_cast<double>(full.high - full.low) / static_cast<double>(counts.size());
  }
  double middle(std::size_t bin) const {
    return static_cast<double>(full.low) + (static_cast<double>(bin) + 0.5) * width();
  }
};

Joined join(const std::vector<const ValueStatistics*>& values) {
  Joined joined;
  for (const auto* one : values) {
    joined.full.low = std::min(joined.full.low, one->low);
    joined.full.high = std::max(joined.full.high, one->high);
  }
  joined.counts.resize(2048);
  const double width = joined.width();
  if (width <= 0) return joined;
  for (const auto* one : values) {
    const double own =
        static_cast<double>(one->high - one->low) / static_cast<double>(one->histogram.size());
    for (std::size_t bin = 0; bin < one->histogram.size(); ++bin) {
      const double value = one->low + (static_cast<double>(bin) + 0.5) * own;
      const auto at = static_cast<std::size_t>(std::max(0.0, (value - joined.full.low) / width));
      joined.counts[std::min(at, joined.counts.size() - 1)] += one->histogram[bin];
      joined.total += one->histogram[bin];
    }
  }
  return joined;
}

// Squared error of rounding to the levels of a range and clipping to it.
double squaredError(const Joined& values, const ActivationRange& range) {
  const double step = static_cast<double>(range.high - range.low) / (kLevels - 1);
  double error = 0;
  for (std::size_t bin = 0; bin < values.counts.size(); ++bin) {
    if (values.counts[bin] == 0) continue;
    const double value = values.middle(bin);
    const double outside = std::max({range.low - value, value - range.high, 0.0});
    error += values.counts[bin] * (outside * outside + step * step / 12);
  }
  return error;
}

// How much is lost (Kullback-Leibler divergence) when the values are clipped to a range, and then
// told apart by its levels only. Zeros are left out: they are exact whatever the range, and a ReLU
// gives so many that they would drown the rest.
double lostInformation(const Joined& values, const ActivationRange& range) {
  const double width = values.width();
  const auto binOf = [&](double value) {
    const double at = (value - values.full.low) / width;
    return static_cast<std::size_t>(
        std::clamp(at, 0.0, static_cast<double>(values.counts.size() - 1)));
  };
  const auto first = binOf(range.low), last = binOf(range.high);
  const auto zero = binOf(0);
  std::vector<double> kept(values.counts.begin() + static_cast<std::ptrdiff_t>(first),
                           values.counts.begin() + static_cast<std::ptrdiff_t>(last + 1));
  if (zero >= first && zero <= last) kept[zero - first] = 0;
  std::vector<double> clipped = kept;
  for (std::size_t bin = 0; bin < first; ++bin) clipped.front() += values.counts[bin];
  for (std::size_t bin = last + 1; bin < values.counts.size(); ++bin) {
    clipped.back() += values.counts[bin];
  }
  double total = 0, inside = 0;
  for (std::size_t i = 0; i < kept.size(); ++i) total += clipped[i], inside += kept[i];
  if (total == 0 || inside == 0) return HUGE_VAL;

  const double per_level = static_cast<double>(kept.size()) / kLevels;
  double lost = 0;
  for (int level = 0; level < kLevels; ++level) {
    const auto begin = static_cast<std::size_t>(level * per_level);
    const auto end = std::min(static_cast<std::size_t>((level + 1) * per_level), kept.size());
    double sum = 0;
    int filled = 0;
    for (auto i = begin; i < end; ++i) {
      sum += kept[i];
      filled += clipped[i] > 0 ? 1 : 0;
    }
    const double q = filled > 0 ? std::max(sum / filled / inside, 1e-12) : 0;
    for (auto i = begin; i < end; ++i) {
      const double p = clipped[i] / total;
      if (p > 0) lost += p * std::log(p / q);
    }
  }
  return lost;
}

template <typename Cost>
ActivationRange leastCost(const Joined& values, const Cost& cost) {
  ActivationRange best = values.full;
  double least = cost(values, best);
  const auto shrink = [&](float ActivationRange::*end) {
    const float full = best.*end;
    if (full == 0) return;
    for (int step = 1; step < kShrinkSteps; ++step) {
      ActivationRange tried = best;
      tried.*end = full * (1 - 0.9f * static_cast<float>(step) / kShrinkSteps);
      const double error = cost(values, tried);
      if (error < least) {
        least = error;
        best = tried;
      }
    }
  };
  // One end after the other, the longer tail first.
  const bool high_first = values.full.high >= -values.full.low;
  shrink(high_first ? &ActivationRange::high : &ActivationRange::low);
  shrink(high_first ? &ActivationRange::low : &ActivationRange::high);
  return best;
}

// The value below which a share of all lies.
float quantile(const Joined& values, double share) {
  double passed = 0;
  for (std::size_t bin = 0; bin < values.counts.size(); ++bin) {
    passed += values.counts[bin];
    if (passed >= share * values.total) {
      const double edge = share < 0.5 ? static_cast<double>(bin) : static_cast<double>(bin) + 1;
      return static_cast<float>(values.full.low + edge * values.width());
    }
  }
  return values.full.high;
}

}  // namespace

ActivationRange chooseRange(const std::vector<const ValueStatistics*>& values, RangeRule rule) {
  const auto joined = join(values);
  if (joined.total == 0 || joined.width() <= 0) return joined.full;
  switch (rule) {
    case RangeRule::kMse:
      return leastCost(joined, squaredError);
    case RangeRule::kEntropy:
      return leastCost(joined, lostInformation);
    case RangeRule::kPercentile:
      return {std::min(0.0f, quantile(joined, kTail)), std::max(0.0f, quantile(joined, 1 - kTail))};
    default:
      return joined.full;
  }
}

ScaleAndZero scaleFor(const ActivationRange& range, Precision precision) {
  const float low = std::min(range.low, 0.0f);
  const float high = std::max(range.high, 0.0f);
  if (precision == Precision::kInt16) {
    return {std::max(std::max(-low, high) / 32767.0f, kLeastScale), 0};
  }
  const float scale = std::max((high - low) / 255.0f, kLeastScale);
  const float zero = std::round(-128.0f - low / scale);
  return {scale, static_cast<std::int64_t>(std::clamp(zero, -128.0f, 127.0f))};
}

}  // namespace primer::toolkit
