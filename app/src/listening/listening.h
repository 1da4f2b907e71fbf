#pragma once

// One listening, from its first sample to its last: sound is read, kept and followed, and when it
// is over it is said why. No thread of its own and no timer: whoever has it calls tick(). Judging
// what was heard is said.h.

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

#include "primer/app/heard.h"
#include "primer/app/sound_source.h"
#include "primer/pronunciation/hearing.h"
#include "primer/pronunciation/reading_follower.h"

namespace primer::app {

struct ListeningOptions {
  bool ends_by_itself = true;
  bool patient = false;
  std::chrono::milliseconds longest{600'000};
};

// What was heard in all.
struct Heard {
  pronunciation::Recording recording;
  std::shared_ptr<HeardSound> sound;
  ListenTrouble trouble = ListenTrouble::kNone;  // of the microphone at the end
};

class Listening {
 public:
  // After the last word it is over when it has been quiet for so long...
  static constexpr int kQuietAfterLast = 700;  // ms
  // ...within a sentence, and before it...
  static constexpr int kQuietWithin = 2500;
  static constexpr int kQuietBefore = 8000;
  // ...and at any time of a story.
  static constexpr int kQuietPatient = 30'000;

  // Starts the source; one that has nothing to hear from yet is looked at again. Errors are of the
  // models only.
  static Result<Listening> begin(const pronunciation::AcousticModel& acoustic,
                                 std::vector<pronunciation::TextWord> text,
                                 std::unique_ptr<SoundSource> source,
                                 const ListeningOptions& options);

  // What came since the last call. To be called every 20 to 50 ms, also while nothing comes.
  Result<HeardNow> tick();
  bool isOver() const { return over_; }
  void letItEnd() { options_.ends_by_itself = true; }

  // Ends it: the microphone is closed.
  Heard take() &&;

 private:
  Listening(const pronunciation::AcousticModel& acoustic, std::vector<pronunciation::TextWord> text,
            std::unique_ptr<SoundSource> source, const ListeningOptions& options);

  Status beginAnew();
  HeardNow now() const;
  bool endsHere(const pronunciation::ReadingProgress& progress) const;
  ListenTrouble troubleOfSource() const;

  const pronunciation::AcousticModel* acoustic_;
  std::vector<pronunciation::TextWord> text_;
  std::unique_ptr<SoundSource> source_;
  ListeningOptions options_;
  std::optional<pronunciation::ReadingFollower> follower_;
  std::optional<pronunciation::RecordingMaker> recording_;
  std::shared_ptr<HeardSound> sound_;
  std::vector<std::int16_t> block_;
  int interruptions_ = 0;  // of the source, as far as they were seen
  bool broken_ = false;    // the microphone went away, and nothing was heard since
  bool over_ = false;
};

}  // namespace primer::app
