#pragma once

// Sounds that tests make themselves: a tone, as a file of any coding that libsndfile writes.

#include <sndfile.h>

#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <numbers>
#include <span>
#include <vector>

namespace primer::test {

// A sine of half the full scale.
inline std::vector<std::int16_t> tone(double hertz, double seconds, int rate = 16'000) {
  std::vector<std::int16_t> samples(static_cast<std::size_t>(seconds * rate));
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const double turns = hertz * static_cast<double>(i) / rate;
    samples[i] = static_cast<std::int16_t>(16'384 * std::sin(2 * std::numbers::pi * turns));
  }
  return samples;
}

// `format`: libsndfile's, SF_FORMAT_OGG | SF_FORMAT_OPUS. False where it cannot be written.
inline bool writeSound(const std::filesystem::path& file, const std::vector<std::int16_t>& samples,
                       int format, int rate = 16'000) {
  SF_INFO about{};
  about.samplerate = rate;
  about.channels = 1;
  about.format = format;
  SNDFILE* writer = sf_open(file.c_str(), SFM_WRITE, &about);
  if (writer == nullptr) return false;
  const auto count = static_cast<sf_count_t>(samples.size());
  const bool written = sf_write_short(writer, samples.data(), count) == count;
  return sf_close(writer) == 0 && written;
}

inline std::vector<std::byte> bytesOf(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  const std::vector<char> read{std::istreambuf_iterator<char>(in), {}};
  const auto bytes = std::as_bytes(std::span(read));
  return {bytes.begin(), bytes.end()};
}

// A tone as a recording that a lesson may carry: Ogg Opus.
inline std::vector<std::byte> recordedTone(const std::filesystem::path& folder, double hertz,
                                           double seconds) {
  const auto file = folder / "tone.ogg";
  if (!writeSound(file, tone(hertz, seconds), SF_FORMAT_OGG | SF_FORMAT_OPUS)) return {};
  return bytesOf(file);
}

}  // namespace primer::test
