#include "primer/app/sound_player.h"

#include <algorithm>
#include <utility>

namespace primer::app {

// Between two samples of ours the sound system's are on a straight line: good enough for speech.
class SoundPlayer::Feed final : public SoundFeed {
 public:
  explicit Feed(std::vector<std::int16_t> samples) : samples_(std::move(samples)) {}

  void give(std::span<float> mono, double rate) noexcept override {
    const double step = rate > 0 ? speech::kSampleRate / rate : 1;
    for (auto& out : mono) {
      const auto at = static_cast<std::size_t>(place_);
      if (at + 1 >= samples_.size()) {
        out = 0;
        continue;
      }
      const double part = place_ - static_cast<double>(at);
      out = static_cast<float>((samples_[at] * (1 - part) + samples_[at + 1] * part) / 32768);
      place_ += step;
    }
    given_.fetch_add(mono.size(), std::memory_order_relaxed);
    if (static_cast<std::size_t>(place_) + 1 >= samples_.size()) {
      over_.store(true, std::memory_order_release);
    }
  }

  std::size_t given() const { return given_.load(std::memory_order_relaxed); }
  bool isOver() const { return over_.load(std::memory_order_acquire); }

 private:
  const std::vector<std::int16_t> samples_;
  double place_ = 0;
  std::atomic<std::size_t> given_{0};
  std::atomic<bool> over_{false};
};

SoundPlayer::SoundPlayer(SoundDevices& devices, const Clock& clock)
    : devices_(devices), clock_(clock) {}

SoundPlayer::~SoundPlayer() = default;

Status SoundPlayer::play(std::vector<std::int16_t> samples) {
  stop();
  gave_up_ = false;
  feed_ = std::make_unique<Feed>(std::move(samples));
  given_ = 0;
  last_given_ = clock_.steadyTime();
  PRIMER_ASSIGN(stream_, devices_.play(*feed_));
  return {};
}

void SoundPlayer::stop() {
  stream_.reset();
  feed_.reset();
}

bool SoundPlayer::isPlaying() {
  if (!stream_) return false;
  const auto now = clock_.steadyTime();
  if (feed_->given() != given_) {
    given_ = feed_->given();
    last_given_ = now;
  }
  if (!feed_->isOver() && now - last_given_ < Microphone::kSilenceOfDriver) return true;
  gave_up_ = !feed_->isOver();
  stop();
  return false;
}

}  // namespace primer::app
