#include "evaluation/faults.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace primer::pronunciation::workshop {

namespace {

using toolkit::Random;

constexpr double kRate = 16'000;

std::size_t samplesIn(double seconds) { return static_cast<std::size_t>(seconds * kRate); }

double level(const Sound& sound) {
  double power = 0;
  for (const float sample : sound) power += static_cast<double>(sample) * sample;
  return std::sqrt(power / static_cast<double>(std::max<std::size_t>(sound.size(), 1)));
}

float gain(double decibels) { return static_cast<float>(std::pow(10.0, decibels / 20)); }

Sound louder(Sound sound, double decibels) {
  for (auto& sample : sound) sample *= gain(decibels);
  return sound;
}

// `other`, over and over, so many decibels under `sound`.
Sound mixed(Sound sound, const Sound& other, double under) {
  const double own = level(other);
  if (other.empty() || own <= 0) return sound;
  const auto height = static_cast<float>(level(sound) / own) * gain(-under);
  for (std::size_t i = 0; i < sound.size(); ++i) sound[i] += height * other[i % other.size()];
  return sound;
}

Sound noise(std::size_t count, Random& random, double colour = 0) {
  Sound sound(count);
  float before = 0;
  for (auto& sample : sound) {
    before = static_cast<float>(colour) * before + static_cast<float>(random.normal(0, 0.1));
    sample = before;
  }
  return sound;
}

Sound hum(std::size_t count) {
  Sound sound(count);
  for (std::size_t i = 0; i < count; ++i) {
    for (const int harmonic : {1, 2, 3, 5}) {
      sound[i] += static_cast<float>(
          std::sin(2 * std::numbers::pi * 50 * harmonic * static_cast<double>(i) / kRate) /
          harmonic);
    }
  }
  return sound;
}

Sound music(std::size_t count) {
  constexpr double kNotes[] = {262, 330, 392, 523, 440, 349};
  Sound sound(count);
  for (std::size_t i = 0; i < count; ++i) {
    const double note = kNotes[i / 6000 % 6], at = static_cast<double>(i) / kRate;
    sound[i] = static_cast<float>(0.2 * std::sin(2 * std::numbers::pi * note * at) +
                                  0.1 * std::sin(4 * std::numbers::pi * note * at));
  }
  return sound;
}

// A room: echoes at random times that fall by 60 dB in `seconds`.
Sound inRoom(const Sound& sound, double seconds, double height, Random& random) {
  Sound out = sound;
  constexpr int kEchoes = 250;
  for (int k = 0; k < kEchoes; ++k) {
    const double at = random.uniform(0.004, seconds);
    const auto strength = static_cast<float>((random.chance(0.5) ? 1 : -1) * height *
                                             std::pow(10.0, -3 * at / seconds));
    const auto delay = samplesIn(at);
    for (std::size_t i = delay; i < sound.size(); ++i) out[i] += strength * sound[i - delay];
  }
  return out;
}

// One pole: what is over (or under) an edge falls by 6 dB an octave.
Sound lowPass(Sound sound, double hertz) {
  const auto keep = static_cast<float>(std::exp(-2 * std::numbers::pi * hertz / kRate));
  float state = 0;
  for (auto& sample : sound) sample = state = (1 - keep) * sample + keep * state;
  return sound;
}

Sound highPass(const Sound& sound, double hertz) {
  const auto low = lowPass(sound, hertz);
  Sound out = sound;
  for (std::size_t i = 0; i < out.size(); ++i) out[i] -= low[i];
  return out;
}

Sound babble(const std::vector<Sound>& others, std::size_t voices, std::size_t count) {
  Sound sum(count);
  for (std::size_t v = 0; v < std::min(voices, others.size()); ++v) {
    const auto height = static_cast<float>(0.1 / std::max(level(others[v]), 1e-6));
    for (std::size_t i = 0; i < count; ++i) {
      sum[i] += height * others[v][(i + v * 7919) % others[v].size()];
    }
  }
  return sum;
}

Sound quicker(const Sound& sound, double speed) {
  Sound out(static_cast<std::size_t>(static_cast<double>(sound.size()) / speed));
  for (std::size_t i = 0; i < out.size(); ++i) {
    const double at = static_cast<double>(i) * speed;
    const auto left = std::min(static_cast<std::size_t>(at), sound.size() - 1);
    const auto right = std::min(left + 1, sound.size() - 1);
    const auto share = static_cast<float>(at - static_cast<double>(left));
    out[i] = (1 - share) * sound[left] + share * sound[right];
  }
  return out;
}

// So much louder that the loudest tenth of a second goes over full scale by so many decibels.
Sound clipped(Sound sound, double over) {
  float most = 1e-6f;
  for (const float sample : sound) most = std::max(most, std::abs(sample));
  for (auto& sample : sound) sample = std::clamp(sample / most * gain(over), -1.0f, 1.0f);
  return sound;
}

Sound dropOuts(Sound sound) {
  for (std::size_t i = 0; i < sound.size(); ++i) {
    if (i % samplesIn(0.5) < samplesIn(0.06)) sound[i] = 0;
  }
  return sound;
}

Sound knocks(Sound sound, Random& random) {
  for (std::size_t at = samplesIn(0.3); at < sound.size(); at += samplesIn(0.7)) {
    for (std::size_t i = 0; i < samplesIn(0.02) && at + i < sound.size(); ++i) {
      sound[at + i] +=
          static_cast<float>(random.normal(0, 0.3) * std::exp(-static_cast<double>(i) / 80));
    }
  }
  return sound;
}

Sound part(const Sound& sound, double first, double last) {
  const auto size = static_cast<double>(sound.size());
  return {sound.begin() + static_cast<std::ptrdiff_t>(first * size),
          sound.begin() + static_cast<std::ptrdiff_t>(last * size)};
}

}  // namespace

std::vector<Fault> classroomFaults() {
  using Others = const std::vector<Sound>&;
  std::vector<Fault> faults;
  const auto add = [&faults](const char* name, auto make) { faults.push_back({name, make}); };
  add("as recorded", [](const Sound& s, Others, Random&) { return s; });
  add("20 dB quieter", [](const Sound& s, Others, Random&) { return louder(s, -20); });
  add("40 dB quieter", [](const Sound& s, Others, Random&) { return louder(s, -40); });
  add("small hard room (0.4 s)",
      [](const Sound& s, Others, Random& r) { return inRoom(s, 0.4, 0.18, r); });
  add("hall (1.2 s)", [](const Sound& s, Others, Random& r) { return inRoom(s, 1.2, 0.18, r); });
  add("microphone across the room", [](const Sound& s, Others, Random& r) {
    return mixed(lowPass(inRoom(s, 0.6, 0.3, r), 3000), noise(s.size(), r, 0.9), 18);
  });
  add("fan, 15 dB under",
      [](const Sound& s, Others, Random& r) { return mixed(s, noise(s.size(), r, 0.95), 15); });
  add("hiss, 20 dB under",
      [](const Sound& s, Others, Random& r) { return mixed(s, noise(s.size(), r), 20); });
  add("hiss, 5 dB under",
      [](const Sound& s, Others, Random& r) { return mixed(s, noise(s.size(), r), 5); });
  add("mains hum, 5 dB under",
      [](const Sound& s, Others, Random&) { return mixed(s, hum(s.size()), 5); });
  add("class talks, 15 dB under",
      [](const Sound& s, Others o, Random&) { return mixed(s, babble(o, 6, s.size()), 15); });
  add("class talks, 5 dB under",
      [](const Sound& s, Others o, Random&) { return mixed(s, babble(o, 6, s.size()), 5); });
  add("neighbour, 10 dB under",
      [](const Sound& s, Others o, Random&) { return mixed(s, babble(o, 1, s.size()), 10); });
  add("neighbour as loud",
      [](const Sound& s, Others o, Random&) { return mixed(s, babble(o, 1, s.size()), 0); });
  add("another child instead", [](const Sound&, Others o, Random&) { return o[0]; });
  add("clipped by 6 dB", [](const Sound& s, Others, Random&) { return clipped(s, 6); });
  add("clipped by 26 dB", [](const Sound& s, Others, Random&) { return clipped(s, 26); });
  add("telephone band", [](const Sound& s, Others, Random&) {
    return highPass(lowPass(lowPass(s, 3400), 3400), 300);
  });
  add("60 ms lost in each 500", [](const Sound& s, Others, Random&) { return dropOuts(s); });
  add("knocks on the table", [](const Sound& s, Others, Random& r) { return knocks(s, r); });
  add("stopped at two thirds", [](const Sound& s, Others, Random&) { return part(s, 0, 0.66); });
  add("played a quarter too fast",
      [](const Sound& s, Others, Random&) { return quicker(s, 1.25); });
  add("music instead", [](const Sound& s, Others, Random&) { return music(s.size()); });
  return faults;
}

Sound soundOf(std::span<const std::int16_t> samples) {
  Sound sound;
  for (const auto sample : samples) sound.push_back(static_cast<float>(sample) / 32768);
  return sound;
}

std::vector<std::int16_t> samplesOf(const Sound& sound) {
  std::vector<std::int16_t> samples;
  for (const float sample : sound) {
    samples.push_back(
        static_cast<std::int16_t>(std::lround(std::clamp(sample * 32767, -32768.0f, 32767.0f))));
  }
  return samples;
}

}  // namespace primer::pronunciation::workshop
