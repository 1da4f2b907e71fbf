#pragma once

// Follows a text while it is read aloud, word by word: for a page on which the words light up.
//
//   PRIMER_ASSIGN(auto follower, ReadingFollower::create(acoustic, lexicon.words(page)));
//   ... every 20 to 100 ms: follower.hear(samples); show(follower.progress());
//
// Pauses, going back and saying words again are followed and never held against the reader. What is
// shown while reading is where the reader is; what was read well is told afterwards, by
// PronunciationJudge and running_record.h, from the whole recording.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "primer/base/result.h"
#include "primer/pronunciation/acoustic_model.h"
#include "primer/pronunciation/lexicon.h"

namespace primer::pronunciation {

enum class FollowedMark : std::uint8_t {
  kToCome,
  kNow,      // sounds now, or was the last one before the pause
  kRead,     //
  kLeftOut,  // passed over, and not come back to for two seconds
};

struct FollowedWord {
  FollowedMark mark = FollowedMark::kToCome;
  int begun_ms = -1;      // when it was last begun, from the first sample on; -1: never
  std::size_t times = 0;  // that it was begun
};

struct ReadingProgress {
  std::vector<FollowedWord> words;  // one for each of the text
  std::optional<std::size_t> now;   // the word that is marked so
  int heard_ms = 0;                 // up to which the sound is understood
  int silent_ms = 0;                // of these, since the reader's last sound
  std::size_t said = 0;             // words marked as now or read
  std::size_t repeated = 0;         // words begun again
  // From the first word's beginning on, long silences included; none before the third word.
  std::optional<float> words_per_minute;
};

// One thread at a time. A call takes about a hundredth of the time of the sound that it is given;
// memory grows with the text, not with the time.
class ReadingFollower {
 public:
  static constexpr std::size_t kMostWords = 5000;

  // kLimitExceeded for a longer text, kInvalidArgument for one without words. `acoustic` is only
  // looked at now.
  static Result<ReadingFollower> create(const AcousticModel& acoustic,
                                        const std::vector<TextWord>& text);
  ~ReadingFollower();
  ReadingFollower(ReadingFollower&&) noexcept;
  ReadingFollower& operator=(ReadingFollower&&) noexcept;

  // The next samples, 16 kHz mono, any number of them. A word is marked about a fifth of a second
  // after it is begun.
  Status hear(std::span<const std::int16_t> samples);
  // No more will come: the last words are settled.
  Status finish();

  const ReadingProgress& progress() const;

 private:
  struct Impl;
  explicit ReadingFollower(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace primer::pronunciation
