#pragma once

// The shipped words to say, with recordings in them that are tones of our own making, and a
// loudspeaker that remembers what it was given.

#include <atomic>
#include <mutex>
#include <string>
#include <vector>

#include "app/lesson.h"
#include "made_sound.h"
#include "primer/app/microphone.h"

namespace primer::app {

// Used from two threads.
class Loudspeaker final : public SoundDevices {
 public:
  std::atomic<bool> plays{true};
  std::atomic<bool> takes{true};  // all of a sound at once; else nothing, so that it never ends
  std::atomic<bool> playing{false};

  std::vector<std::vector<float>> heard() {
    const std::lock_guard lock(mutex_);
    return heard_;
  }

  std::vector<SoundDevice> list() override { return {}; }
  Result<std::unique_ptr<SoundStream>> open(const SoundDevice&, SoundSink&) override {
    return fail(ErrorCode::kNotFound, "no microphone");
  }
  Result<std::unique_ptr<SoundStream>> play(SoundFeed& feed) override {
    if (!plays) return fail(ErrorCode::kNotFound, "nothing to play with");
    std::vector<float> sound(takes ? 5 * 16'000 : 0);
    feed.give(sound, 16'000);
    while (!sound.empty() && sound.back() == 0) sound.pop_back();
    const std::lock_guard lock(mutex_);
    heard_.push_back(std::move(sound));
    playing = true;
    return std::make_unique<Stream>(*this);
  }

 private:
  struct Stream final : SoundStream {
    explicit Stream(Loudspeaker& of) : loudspeaker(of) {}
    ~Stream() override { loudspeaker.playing = false; }
    Loudspeaker& loudspeaker;
  };
  std::mutex mutex_;
  std::vector<std::vector<float>> heard_;
};

// How often a second the sound goes from below nothing to above.
inline double pitchOf(const std::vector<float>& sound) {
  int turns = 0;
  for (std::size_t i = 1; i < sound.size(); ++i) turns += sound[i - 1] < 0 && sound[i] >= 0 ? 1 : 0;
  return turns * 16'000.0 / static_cast<double>(sound.size());
}

inline constexpr double kRecordedPitch = 300, kRecordedSeconds = 0.5;

// `say-it` with a recording of everything that its first skill has to say; the very first one
// cannot be decoded where `damaged` is true: its header is right, and the rest is not.
inline content::Lesson recordedLesson(const std::filesystem::path& folder, bool damaged = false) {
  auto lesson = *shippedLesson("say-it");
  const auto sound = test::recordedTone(folder, kRecordedPitch, kRecordedSeconds);
  for (const auto& level : lesson.skills[0].levels) {
    for (const auto& saying : level.sayings) {
      if (!saying.other.empty()) continue;
      lesson.recordings.push_back({saying.text, sound});
    }
  }
  auto& first = lesson.recordings[0].sound;
  for (std::size_t i = first.size() / 2; damaged && i < first.size(); ++i) first[i] = std::byte{7};
  return lesson;
}

// A share folder with number facts and this lesson.
inline void writeShare(const std::filesystem::path& share, const content::Lesson& lesson) {
  namespace fs = std::filesystem;
  fs::create_directories(share / "lessons");
  fs::create_directories(share / "models");
  const fs::path facts = "lessons/number-facts.pack", model = "models/knowledge.tflite";
  for (const auto& file : {facts, model}) {
    fs::copy_file(shareFolder() / file, share / file, fs::copy_options::overwrite_existing);
  }
  const auto pack = content::compilePack(lesson);
  ASSERT_TRUE(pack) << pack.error().message;
  ASSERT_TRUE(realFileSystem().writeAtomically(share / "lessons/say-it.pack", *pack));
}

}  // namespace primer::app
