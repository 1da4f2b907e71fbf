#include "acoustic/sound_variation.h"

#include <algorithm>
#include <cmath>

#include "primer/pronunciation/speech_frames.h"

namespace primer::pronunciation::workshop {

namespace {

constexpr double kPart = speech::LogMel::kPartsPerDoubling;

std::int16_t limited(double value) {
  return static_cast<std::int16_t>(std::lround(std::clamp(value, 0.0, 16'000.0)));
}

// log2 of the sum of two energies that are given as such.
double together(double a, double b) {
  const double most = std::max(a, b), least = std::min(a, b);
  return most - least > 12 * kPart
             ? most
             : most + kPart * std::log2(1 + std::exp2((least - most) / kPart));
}

}  // namespace

Result<SoundVariation> SoundVariation::parse(const toolkit::Json& json) {
  toolkit::Fields fields(json, "augmentation");
  SoundVariation v;
  const auto number = [&](const char* key, double& value, double least, double most) {
    value = fields.number(key, value);
    fields.require(value >= least && value <= most, key, "is out of range");
  };
  number("slowest", v.slowest, 0.5, 1);
  number("fastest", v.fastest, 1, 2);
  number("lowest", v.lowest, 0.5, 1);
  number("highest", v.highest, 1, 2);
  number("noise", v.noise, 0, 1);
  number("noise_db_least", v.noise_db_least, -10, 60);
  number("noise_db_most", v.noise_db_most, v.noise_db_least, 60);
  number("masked", v.masked, 0, 1);
  number("echo", v.echo, 0, 1);
  v.masked_frames = static_cast<int>(fields.integer("masked_frames", v.masked_frames));
  v.masked_bands = static_cast<int>(fields.integer("masked_bands", v.masked_bands));
  fields.require(v.masked_frames >= 0 && v.masked_frames <= 200, "masked_frames",
                 "is out of range");
  fields.require(v.masked_bands >= 0 && v.masked_bands <= 40, "masked_bands", "is out of range");
  PRIMER_TRY(fields.finish());
  return v;
}

void addSound(std::span<std::int16_t> mel, std::span<const std::int16_t> other, int parts) {
  for (std::size_t i = 0; i < mel.size(); ++i) {
    mel[i] = limited(together(mel[i], other[i % other.size()] + parts));
  }
}

std::vector<std::int16_t> colouredNoise(std::size_t frames, int level, toolkit::Random& random) {
  const double slope = random.uniform(-5, 3) * kPart;
  const double bump = random.uniform(0, kBands), height = random.uniform(0, 2.5) * kPart;
  std::vector<std::int16_t> mel(frames * kBands);
  double drift = 0;
  for (std::size_t t = 0; t < frames; ++t) {
    drift = 0.95 * drift + random.normal(0, 0.12 * kPart);
    for (std::size_t b = 0; b < kBands; ++b) {
      const double across = (static_cast<double>(b) + 0.5) / kBands - 0.5;
      const double off = (static_cast<double>(b) - bump) / 5;
      mel[t * kBands + b] = limited(level + drift + slope * across + height * std::exp(-off * off) +
                                    random.normal(0, 0.5 * kPart));
    }
  }
  return mel;
}

Warped warp(std::span<const std::int16_t> mel, double speed, double pitch) {
  const std::size_t frames = mel.size() / kBands;
  const auto count =
      std::max<std::size_t>(1, static_cast<std::size_t>(static_cast<double>(frames) / speed));
  Warped warped{std::vector<std::int16_t>(count * kBands), std::vector<std::size_t>(count)};
  // A frequency factor is a shift on the mel scale that grows with frequency; bands are all but
  // evenly spaced in its logarithm from 700 Hz on.
  constexpr double kLowest = 60, kHighest = 7600;
  const auto melOf = [](double hz) { return std::log(1 + hz / 700); };
  const double low = melOf(kLowest), high = melOf(kHighest);
  std::vector<double> from(kBands);
  for (std::size_t b = 0; b < kBands; ++b) {
    const double at = low + (high - low) * (static_cast<double>(b) + 1) / (kBands + 1);
    const double hz = 700 * (std::exp(at) - 1) / pitch;
    from[b] = std::clamp((melOf(hz) - low) / (high - low) * (kBands + 1) - 1, 0.0, kBands - 1.0);
  }
  std::vector<double> frame(kBands);
  for (std::size_t t = 0; t < count; ++t) {
    const double at = std::min(static_cast<double>(t) * speed, static_cast<double>(frames - 1));
    const auto left = static_cast<std::size_t>(at);
    const auto right = std::min(left + 1, frames - 1);
    const double share = at - static_cast<double>(left);
    warped.source[t] = static_cast<std::size_t>(at + 0.5);
    for (std::size_t b = 0; b < kBands; ++b) {
      frame[b] = (1 - share) * mel[left * kBands + b] + share * mel[right * kBands + b];
    }
    for (std::size_t b = 0; b < kBands; ++b) {
      const auto below = static_cast<std::size_t>(from[b]);
      const auto above = std::min(below + 1, kBands - 1);
      const double part = from[b] - static_cast<double>(below);
      warped.mel[t * kBands + b] = limited((1 - part) * frame[below] + part * frame[above]);
    }
  }
  for (auto& source : warped.source) source = std::min(source, frames - 1);
  return warped;
}

void addEcho(std::span<std::int16_t> mel, double decay_frames, int under) {
  const double fall = kPart * 6 / decay_frames;  // 18 dB in that time
  std::vector<double> ringing(kBands, 0);
  for (std::size_t i = 0; i < mel.size(); ++i) {
    auto& tail = ringing[i % kBands];
    const double direct = mel[i];
    mel[i] = limited(together(direct, tail - under));
    tail = std::max(tail - fall, direct);
  }
}

}  // namespace primer::pronunciation::workshop
