#include "primer/pronunciation/hearing.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace primer::pronunciation {

namespace {

constexpr std::size_t kMostSamples = std::size_t{3600} * speech::kSampleRate;
constexpr double kShortestSeconds = 0.25;  // of a recording
constexpr double kShortestSpeech = 0.1;    // seconds of speech in it
constexpr int kSilentDecibels = -5500;     // hundredths: the loud frames of a silent recording
constexpr double kMostClipped = 0.01;      // share of all samples
constexpr int kSteadyDecibels = 700;       // hundredths between loud and quiet frames of a noise
constexpr double kMostNoise = 0.6;         // share of steps that are taken for noise

int percentile(std::vector<std::int16_t> values, std::size_t percent) {
  const auto at = values.begin() + static_cast<std::ptrdiff_t>((values.size() - 1) * percent / 100);
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

// Root mean square of samples under full scale, in hundredths of a decibel.
std::int16_t level(std::span<const std::int16_t> samples) {
  double power = 0;
  for (const auto sample : samples) power += static_cast<double>(sample) * sample;
  power /= static_cast<double>(samples.size()) * 32768.0 * 32768.0;
  return static_cast<std::int16_t>(
      std::lround(std::max(1000 * std::log10(power + 1e-12), -12000.0)));
}

std::optional<SignalProblem> problemOfSound(const Recording& recording) {
  if (recording.seconds() < kShortestSeconds || recording.decibels.empty()) {
    return SignalProblem::kTooShort;
  }
  const int loud = percentile(recording.decibels, 95);
  if (loud < kSilentDecibels) return SignalProblem::kSilent;
  if (recording.clipped_share > kMostClipped) return SignalProblem::kClipped;
  return std::nullopt;
}

struct Shares {
  double speech = 0;  // seconds
  double noise = 0;   // of the steps that are not silent
};

Shares sharesOf(const Posteriors& posteriors) {
  double speech = 0, noise = 0;
  for (std::size_t step = 0; step < posteriors.steps(); ++step) {
    const auto at = posteriors.at(step);
    const float silence = std::exp(at[kSilence]), other = std::exp(at[kNoise]);
    if (silence > 0.5f) continue;
    if (other > 0.5f) {
      ++noise;
    } else if (silence + other < 0.5f) {
      ++speech;
    }
  }
  return {speech * kMillisecondsPerStep / 1000, noise / std::max(speech + noise, 1.0)};
}

}  // namespace

std::string_view signalProblemName(SignalProblem problem) {
  constexpr std::array<std::string_view, 5> kNames = {"silence", "noise", "clipping", "too_short",
                                                      "no_speech"};
  return kNames[static_cast<std::size_t>(problem)];
}

Result<RecordingMaker> RecordingMaker::create() {
  PRIMER_ASSIGN(auto mel, speech::LogMel::create(melOptions()));
  return RecordingMaker(std::move(mel));
}

Status RecordingMaker::hear(std::span<const std::int16_t> samples) {
  const auto window = static_cast<std::size_t>(melOptions().window);
  const auto hop = static_cast<std::size_t>(melOptions().hop);
  recording_.samples += samples.size();
  if (recording_.samples > kMostSamples) {
    return fail(ErrorCode::kLimitExceeded, "the recording is longer than an hour");
  }
  samples_.insert(samples_.end(), samples.begin(), samples.end());
  std::size_t at = 0;
  for (; at + window <= samples_.size(); at += hop) {
    const auto frame = std::span<const std::int16_t>(samples_).subspan(at, window);
    const auto size = recording_.mel.size();
    recording_.mel.resize(size + kBands);
    mel_.frame(frame, std::span(recording_.mel).subspan(size));
    recording_.decibels.push_back(level(frame));
  }
  samples_.erase(samples_.begin(), samples_.begin() + static_cast<std::ptrdiff_t>(at));
  return {};
}

Recording RecordingMaker::take(double clipped_share) && {
  recording_.clipped_share = clipped_share;
  return std::move(recording_);
}

Result<Recording> readRecording(speech::AudioFile& file) {
  PRIMER_ASSIGN(auto maker, RecordingMaker::create());
  std::vector<std::int16_t> block(speech::kSampleRate / 4);
  while (true) {
    PRIMER_ASSIGN(const auto count, file.read(block));
    if (count == 0) break;
    PRIMER_TRY(maker.hear(std::span(block).first(count)));
  }
  return std::move(maker).take(file.clippedShare());
}

Result<Hearing> hear(const Recording& recording, AcousticModel& acoustic) {
  Hearing hearing;
  hearing.problem = problemOfSound(recording);
  if (hearing.problem) return hearing;
  hearing.part = spokenPart(recording.mel);
  PRIMER_ASSIGN(hearing.posteriors, acoustic.run(hearing.partOf(recording)));
  const auto shares = sharesOf(hearing.posteriors);
  hearing.speech_seconds = shares.speech;
  const int range = percentile(recording.decibels, 95) - percentile(recording.decibels, 10);
  const bool steady = range < kSteadyDecibels && recording.seconds() > 1;
  if (steady || (shares.noise > kMostNoise && shares.speech < 1)) {
    hearing.problem = SignalProblem::kNoisy;
  } else if (shares.speech < kShortestSpeech) {
    hearing.problem = SignalProblem::kNoSpeech;
  }
  return hearing;
}

}  // namespace primer::pronunciation
