#include "alignment/gaussians.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "primer/pronunciation/speech_frames.h"

namespace primer::pronunciation::workshop {

namespace {

constexpr std::size_t kCepstra = 13;
constexpr double kLeastVariance = 0.02;
constexpr double kLeastFrames = 20;  // a component with fewer keeps what it was

const std::vector<float>& cosines() {
  static const auto table = [] {
    std::vector<float> values;
    for (std::size_t c = 0; c < kCepstra; ++c) {
      for (std::size_t b = 0; b < kBands; ++b) {
        values.push_back(static_cast<float>(std::sqrt(2.0 / kBands) *
                                            std::cos(std::numbers::pi * static_cast<double>(c) *
                                                     (static_cast<double>(b) + 0.5) / kBands)));
      }
    }
    return values;
  }();
  return table;
}

}  // namespace

std::vector<float> Gaussians::cepstra(std::span<const std::int16_t> mel) {
  std::vector<float> features(mel.size());
  normalise(mel, bandNorm(mel), features);
  const std::size_t frames = mel.size() / kBands;
  std::vector<float> all(frames * kDimensions);
  const auto& table = cosines();
  for (std::size_t t = 0; t < frames; ++t) {
    for (std::size_t c = 0; c < kCepstra; ++c) {
      float sum = 0;
      for (std::size_t b = 0; b < kBands; ++b)
        sum += features[t * kBands + b] * table[c * kBands + b];
      all[t * kDimensions + c] = sum;
    }
  }
  const auto at = [&](std::ptrdiff_t t, std::size_t c) {
    const auto inside = std::clamp<std::ptrdiff_t>(t, 0, static_cast<std::ptrdiff_t>(frames) - 1);
    return all[static_cast<std::size_t>(inside) * kDimensions + c];
  };
  for (std::size_t i = 0; i < frames; ++i) {
    const auto t = static_cast<std::ptrdiff_t>(i);
    for (std::size_t c = 0; c < kCepstra; ++c) {
      all[i * kDimensions + kCepstra + c] =
          (at(t + 1, c) - at(t - 1, c) + 2 * (at(t + 2, c) - at(t - 2, c))) / 4;
    }
  }
  return all;
}

float Gaussians::density(const Component& c, std::span<const float> frame) const {
  float sum = 0;
  for (std::size_t d = 0; d < kDimensions; ++d) {
    const float off = frame[d] - c.mean[d];
    sum += off * off * c.inverse[d];
  }
  return static_cast<float>(c.log_weight) - sum;
}

std::vector<float> Gaussians::scores(std::span<const float> cepstra) const {
  // Dimension by dimension over all components at once: that order fits vector units.
  const std::size_t count = components_.size();
  std::vector<float> means(kDimensions * count), inverses(kDimensions * count), weights(count);
  for (std::size_t c = 0; c < count; ++c) {
    weights[c] = static_cast<float>(components_[c].log_weight);
    for (std::size_t d = 0; d < kDimensions; ++d) {
      means[d * count + c] = components_[c].mean[d];
      inverses[d * count + c] = components_[c].inverse[d];
    }
  }
  const std::size_t frames = cepstra.size() / kDimensions;
  std::vector<float> all(frames * kStates), densities(count);
  for (std::size_t t = 0; t < frames; ++t) {
    densities = weights;
    for (std::size_t d = 0; d < kDimensions; ++d) {
      const float value = cepstra[t * kDimensions + d];
      const float* mean = means.data() + d * count;
      const float* inverse = inverses.data() + d * count;
      for (std::size_t c = 0; c < count; ++c) {
        const float off = value - mean[c];
        densities[c] -= off * off * inverse[c];
      }
    }
    for (std::size_t s = 0; s < kStates; ++s) {
      const auto first = densities.begin() + static_cast<std::ptrdiff_t>(s * per_state_);
      all[t * kStates + s] =
          *std::max_element(first, first + static_cast<std::ptrdiff_t>(per_state_));
    }
  }
  return all;
}

Gaussians::Gathered::Gathered(const Gaussians& of)
    : of_(of),
      weight_(of.components_.size(), 0),
      sum_(of.components_.size() * kDimensions, 0),
      squares_(of.components_.size() * kDimensions, 0) {}

void Gaussians::Gathered::add(std::size_t state, std::span<const float> frame) {
  std::size_t best = state * of_.per_state_;
  for (std::size_t k = 1; k < of_.per_state_; ++k) {
    const auto other = state * of_.per_state_ + k;
    if (of_.density(of_.components_[other], frame) > of_.density(of_.components_[best], frame)) {
      best = other;
    }
  }
  weight_[best] += 1;
  for (std::size_t d = 0; d < kDimensions; ++d) {
    const double value = frame[d];
    sum_[best * kDimensions + d] += value;
    squares_[best * kDimensions + d] += value * value;
  }
}

void Gaussians::fit(const Gathered& gathered) {
  for (std::size_t s = 0; s < kStates; ++s) {
    double total = 0;
    for (std::size_t k = 0; k < per_state_; ++k) total += gathered.weight_[s * per_state_ + k];
    for (std::size_t k = 0; k < per_state_; ++k) {
      const auto at = s * per_state_ + k;
      const double count = gathered.weight_[at];
      if (count < kLeastFrames) continue;
      auto& c = components_[at];
      double log_weight = std::log(count / total);
      for (std::size_t d = 0; d < kDimensions; ++d) {
        const double mean = gathered.sum_[at * kDimensions + d] / count;
        const double variance =
            std::max(gathered.squares_[at * kDimensions + d] / count - mean * mean, kLeastVariance);
        c.mean[d] = static_cast<float>(mean);
        c.inverse[d] = static_cast<float>(1 / (2 * variance));
        log_weight -= 0.5 * std::log(2 * std::numbers::pi * variance);
      }
      c.log_weight = log_weight;
    }
  }
}

void Gaussians::split() {
  std::vector<Component> twice;
  for (const auto& c : components_) {
    for (const float side : {-0.3f, 0.3f}) {
      Component one = c;
      one.log_weight -= std::numbers::ln2;
      for (std::size_t d = 0; d < kDimensions; ++d) {
        one.mean[d] += side / std::sqrt(2 * c.inverse[d]);
      }
      twice.push_back(std::move(one));
    }
  }
  components_ = std::move(twice);
  per_state_ *= 2;
}

}  // namespace primer::pronunciation::workshop
