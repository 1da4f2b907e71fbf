#include "src/live_hearing.h"

#include <algorithm>
#include <cmath>

namespace primer::pronunciation {

namespace {

constexpr std::size_t kBefore = 24;  // frames that a step is heard with: before it...
constexpr std::size_t kAfter = 8;    // ...and after it
constexpr std::size_t kAtOnce = 6;   // frames of new steps in a window
constexpr std::size_t kWindow = kBefore + kAtOnce + kAfter;
constexpr std::size_t kKept = 2000;  // frames: twenty seconds
constexpr double kCaution = 60;      // louder frames that usual speech counts for
constexpr int kStandsOut = 3 * speech::LogMel::kPartsPerDoubling;  // 9 dB: nobody spoke yet

// Whether anything was louder than the rest.
bool anythingStandsOut(std::span<const std::int16_t> mel) {
  std::vector<int> levels(mel.size() / kBands);
  for (std::size_t i = 0; i < levels.size(); ++i) {
    levels[i] = loudness(mel.subspan(i * kBands, kBands));
  }
  const auto at = [&levels](std::size_t percent) {
    const auto place =
        levels.begin() + static_cast<std::ptrdiff_t>((levels.size() - 1) * percent / 100);
    std::nth_element(levels.begin(), place, levels.end());
    return *place;
  };
  return !levels.empty() && at(97) - at(10) >= kStandsOut;
}

void putSilence(std::span<float> step) {
  std::fill(step.begin(), step.end(), std::log(1e-3f));
  step[kSilence] = 0;
}

}  // namespace

Result<LiveHearing> LiveHearing::create(const AcousticModel& acoustic) {
  PRIMER_ASSIGN(auto model, acoustic.withWindow(kWindow));
  PRIMER_ASSIGN(auto log_mel, speech::LogMel::create(melOptions()));
  return LiveHearing(std::move(model), std::move(log_mel));
}

Result<Posteriors> LiveHearing::hear(std::span<const std::int16_t> samples) {
  takeFrames(samples);
  if (frames() < kAfter + done_ * kFramesPerStep + kAtOnce) return Posteriors();
  return hearUntil((frames() - kAfter) / kFramesPerStep);
}

Result<Posteriors> LiveHearing::finish() { return hearUntil(frames() / kFramesPerStep); }

void LiveHearing::takeFrames(std::span<const std::int16_t> samples) {
  const auto window = static_cast<std::size_t>(melOptions().window);
  const auto hop = static_cast<std::size_t>(melOptions().hop);
  samples_.insert(samples_.end(), samples.begin(), samples.end());
  std::size_t at = 0;
  for (; at + window <= samples_.size(); at += hop) {
    const auto size = mel_.size();
    mel_.resize(size + kBands);
    log_mel_.frame(std::span<const std::int16_t>(samples_).subspan(at, window),
                   std::span(mel_).subspan(size));
  }
  samples_.erase(samples_.begin(), samples_.begin() + static_cast<std::ptrdiff_t>(at));
}

Result<Posteriors> LiveHearing::hearUntil(std::size_t end) {
  if (end <= done_) return Posteriors();
  Posteriors known(end - done_), heard;
  const bool speech = anythingStandsOut(mel_);
  const auto norm = cautiousNorm(mel_, kCaution);
  std::vector<float> features(kWindow * kBands);
  for (std::size_t at = 0; done_ < end;) {
    const std::size_t first = done_ * kFramesPerStep - std::min(done_ * kFramesPerStep, kBefore);
    const std::size_t last = std::min(frames(), first + kWindow);
    const std::size_t until =
        std::min(end, std::max(done_ + 1, (first + kWindow - kAfter) / kFramesPerStep));
    if (speech) {
      std::fill(features.begin(), features.end(), 0.0f);
      normalise(std::span(mel_).subspan((first - dropped_) * kBands, (last - first) * kBands), norm,
                features);
      PRIMER_TRY(acoustic_.runWindow(features, heard));
    }
    for (; done_ < until; ++done_, ++at) {
      if (!speech) {
        putSilence(known.at(at));
        continue;
      }
      const auto from = heard.at(done_ - first / kFramesPerStep);
      std::copy(from.begin(), from.end(), known.at(at).begin());
    }
  }
  // Long before what a window needs: kKept is a multiple of it.
  if (const auto count = mel_.size() / kBands; count > kKept + kKept / 10) {
    const auto gone = count - kKept;
    mel_.erase(mel_.begin(), mel_.begin() + static_cast<std::ptrdiff_t>(gone * kBands));
    dropped_ += gone;
  }
  return known;
}

}  // namespace primer::pronunciation
