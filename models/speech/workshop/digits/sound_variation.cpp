#include "digits/sound_variation.h"

#include <algorithm>
#include <cmath>

#include "primer/speech/log_mel.h"

namespace primer::speech::workshop {

namespace {

std::int16_t limited(double value) {
  return static_cast<std::int16_t>(std::lround(std::clamp(value, -32768.0, 32767.0)));
}

// Noise between white and brown, under the sound by so many decibels.
void addNoise(std::vector<std::int16_t>& samples, toolkit::Random& random) {
  double power = 0;
  for (const auto sample : samples) power += static_cast<double>(sample) * sample;
  power /= static_cast<double>(samples.size());
  const double decibels = random.uniform(3, 30);
  const double colour = random.uniform(0, 0.97);
  const double deviation = std::sqrt(power * std::pow(10, -decibels / 10) * (1 - colour * colour));
  double level = 0;
  for (auto& sample : samples) {
    level = colour * level + random.normal(0, deviation);
    sample = limited(sample + level);
  }
}

}  // namespace

Result<SoundVariation> SoundVariation::parse(const toolkit::Json& json) {
  toolkit::Fields fields(json, "augmentation");
  SoundVariation v;
  v.speed = fields.number("speed", v.speed);
  v.noise = fields.number("noise", v.noise);
  v.tilt = fields.number("tilt", v.tilt);
  v.shift = static_cast<int>(fields.integer("shift", v.shift));
  v.masked_frames = static_cast<int>(fields.integer("masked_frames", v.masked_frames));
  v.masked_bands = static_cast<int>(fields.integer("masked_bands", v.masked_bands));
  v.masked_share = fields.number("masked_share", v.masked_share);
  fields.require(v.speed >= 0 && v.speed <= 0.5, "speed", "must be 0 to 0.5");
  fields.require(v.noise >= 0 && v.noise <= 1, "noise", "must be 0 to 1");
  fields.require(v.tilt >= 0 && v.tilt <= 10, "tilt", "must be 0 to 10");
  fields.require(v.shift >= 0 && v.shift <= 100, "shift", "must be 0 to 100");
  fields.require(v.masked_frames >= 0 && v.masked_frames <= 1000, "masked_frames",
                 "must be 0 to 1000");
  fields.require(v.masked_bands >= 0 && v.masked_bands <= 256, "masked_bands", "must be 0 to 256");
  fields.require(v.masked_share >= 0 && v.masked_share <= 1, "masked_share", "must be 0 to 1");
  PRIMER_TRY(fields.finish());
  return v;
}

std::vector<std::int16_t> SoundVariation::varySound(std::span<const std::int16_t> samples,
                                                    toolkit::Random& random) const {
  const double rate = std::exp(std::clamp(random.normal(0, speed), -3 * speed, 3 * speed));
  const auto count = static_cast<std::size_t>(static_cast<double>(samples.size()) / rate);
  std::vector<std::int16_t> varied(std::max<std::size_t>(count, 1));
  for (std::size_t i = 0; i < varied.size(); ++i) {
    const double at =
        std::min(static_cast<double>(i) * rate, static_cast<double>(samples.size() - 1));
    const auto left = static_cast<std::size_t>(at);
    const auto right = std::min(left + 1, samples.size() - 1);
    const double share = at - static_cast<double>(left);
    varied[i] = limited((1 - share) * samples[left] + share * samples[right]);
  }
  if (random.chance(noise)) addNoise(varied, random);
  return varied;
}

void SoundVariation::varyFeatures(std::span<std::int16_t> features, int bands,
                                  toolkit::Random& random) const {
  const auto width = static_cast<std::size_t>(bands);
  const std::size_t frames = features.size() / width;
  const double slope = random.normal(0, tilt) * LogMel::kPartsPerDoubling;
  for (std::size_t i = 0; i < features.size(); ++i) {
    if (features[i] == 0) continue;  // outside of the recording
    const double across = (static_cast<double>(i % width) + 0.5) / static_cast<double>(width) - 0.5;
    features[i] = limited(features[i] + slope * across);
  }
  const auto most = std::min(static_cast<std::size_t>(shift), frames - 1);
  const auto moved = random.below(2 * most + 1);  // by moved - most
  std::vector<std::int16_t> from(features.begin(), features.end());
  for (std::size_t frame = 0; frame < frames; ++frame) {
    const auto source = frame + most;
    const bool inside = source >= moved && source - moved < frames;
    for (std::size_t b = 0; b < width; ++b) {
      features[frame * width + b] = inside ? from[(source - moved) * width + b] : std::int16_t{0};
    }
  }
  if (!random.chance(masked_share)) return;
  const auto stretch = [&](int longest, std::size_t all) {
    const auto length =
        random.below(std::min<std::size_t>(static_cast<std::size_t>(longest) + 1, all + 1));
    const auto first = random.below(all - length + 1);
    return std::pair{static_cast<std::size_t>(first), static_cast<std::size_t>(first + length)};
  };
  const auto times = stretch(masked_frames, frames);
  const auto tones = stretch(masked_bands, width);
  for (std::size_t frame = 0; frame < frames; ++frame) {
    for (std::size_t b = 0; b < width; ++b) {
      const bool blank =
          (frame >= times.first && frame < times.second) || (b >= tones.first && b < tones.second);
      if (blank) features[frame * width + b] = 0;
    }
  }
}

}  // namespace primer::speech::workshop
