#pragma once

// How one speaker says each sound, remembered over readings: what a teacher knows of a child before
// it opens its mouth. A class keeps one for every pupil and hands it to the judge; it holds sums,
// no sound. What a whole class has in common is class_accent.h.
//
// A sound that somebody often says wrong is sooner believed to be wrong again, and somebody who
// hardly ever does is not told so for a single doubtful one. How often a sound is doubted is shrunk
// towards the speaker's other sounds, and these towards other speakers (empirical Bayes, Robbins
// 1956), so that a first reading changes next to nothing.

#include <array>

#include "primer/pronunciation/pronunciation.h"

namespace primer::pronunciation {

class SpeakerPrior {
 public:
  // Of one phone: how often it was judged, and the sum of the chances that it was said wrong.
  struct Sound {
    float times = 0;
    float wrong = 0;
  };
  using Sounds = std::array<Sound, kPhones>;

  SpeakerPrior() = default;
  // As sounds() gave them; numbers that cannot be (negative, not finite, more wrong than said)
  // count as nothing known of that sound.
  explicit SpeakerPrior(const Sounds& sounds);

  // A reading that was judged. Words that were left out or put in say nothing of how sounds are
  // said.
  void add(const Judgement& judgement);
  // The same, of sums that were kept.
  void add(const Sounds& sounds);

  // Something was heard of this speaker. A judge takes one of whom nothing is known for nobody.
  bool isKnown() const;

  // The chance that a sound is wrong, of one that was given without knowing the speaker.
  float chance(Phone phone, float wrong) const;

  const Sounds& sounds() const { return sounds_; }

 private:
  Sounds sounds_{};
};

}  // namespace primer::pronunciation
