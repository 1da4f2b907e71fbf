#pragma once

// Plays what was heard back to who said it, from memory.

#include <atomic>
#include <memory>
#include <span>
#include <vector>

#include "primer/app/microphone.h"

namespace primer::app {

// One thread at a time. A device that takes nothing for Microphone::kSilenceOfDriver is given up.
class SoundPlayer {
 public:
  // Both must outlive this.
  SoundPlayer(SoundDevices& devices, const Clock& clock);
  ~SoundPlayer();

  // Begins to play 16 kHz samples; what was being played ends. Errors are SoundDevices::play()'s.
  Status play(std::vector<std::int16_t> samples);
  void stop();
  // To be asked now and then: this also watches over the device.
  bool isPlaying();
  // Whether the last sound was given up, as the device took nothing of it.
  bool gaveUp() const { return gave_up_; }

 private:
  class Feed;

  SoundDevices& devices_;
  const Clock& clock_;
  std::unique_ptr<Feed> feed_;
  std::unique_ptr<SoundStream> stream_;  // destroyed before the feed
  bool gave_up_ = false;
  std::size_t given_ = 0;  // what the feed had given when last looked at
  std::chrono::milliseconds last_given_{0};
};

}  // namespace primer::app
