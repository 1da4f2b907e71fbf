#include "primer/app/sound_source.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace primer::app {

namespace {

constexpr float kMeterSamples = 0.1f * speech::kSampleRate;  // the meter falls within so many

}  // namespace

void SoundSource::noteLevel(std::span<const std::int16_t> samples) {
  if (samples.empty()) return;
  int loudest = 0;
  for (const auto sample : samples) loudest = std::max(loudest, std::abs(static_cast<int>(sample)));
  const float fallen = level_ * std::exp(-static_cast<float>(samples.size()) / kMeterSamples);
  level_ = std::max(fallen, static_cast<float>(loudest) / 32768.0f);
}

RecordedSound::RecordedSound(std::filesystem::path file, speech::AudioFile audio,
                             const Clock& clock)
    : file_(std::move(file)), audio_(std::move(audio)), clock_(clock) {}

Result<std::unique_ptr<RecordedSound>> RecordedSound::open(const std::filesystem::path& file,
                                                           const Clock& clock) {
  PRIMER_ASSIGN(auto audio, speech::AudioFile::open(file));
  return std::unique_ptr<RecordedSound>(new RecordedSound(file, std::move(audio), clock));
}

Status RecordedSound::start() {
  PRIMER_ASSIGN(audio_, speech::AudioFile::open(file_));
  state_ = SoundState::kRunning;
  began_ = clock_.steadyTime();
  given_ = 0;
  return {};
}

void RecordedSound::stop() { state_ = SoundState::kStopped; }

std::size_t RecordedSound::read(std::span<std::int16_t> samples) {
  if (state_ != SoundState::kRunning) return 0;
  const auto elapsed = static_cast<std::uint64_t>((clock_.steadyTime() - began_).count());
  const std::uint64_t spoken = elapsed * speech::kSampleRate / 1000;
  const auto wanted = static_cast<std::size_t>(
      std::min<std::uint64_t>(samples.size(), spoken > given_ ? spoken - given_ : 0));
  if (wanted == 0) return 0;
  const auto count = audio_.read(samples.first(wanted));
  if (!count || *count < wanted) state_ = SoundState::kEnded;
  if (!count) return 0;
  given_ += *count;
  noteLevel(samples.first(*count));
  return *count;
}

SoundHealth RecordedSound::health() const {
  SoundHealth health;
  health.state = state_;
  health.device = file_.filename().string();
  health.clipped_share = audio_.clippedShare();
  return health;
}

}  // namespace primer::app
