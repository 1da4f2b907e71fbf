#pragma once

// How people speak where the class lives. A sound that nearly everybody in a class is heard to say
// "wrong" is said that way there: it is an accent that the training speech did not hold, and nobody
// is told so. Which sounds these are is learned from what was heard of the class, as sums.
//
// Strict on purpose: four speakers at least, eight times of each, and three in four of them heard
// wrong more often than not. A single pupil's difficulty is no accent.

#include <array>

#include "primer/pronunciation/speaker_prior.h"

namespace primer::pronunciation {

class ClassAccent {
 public:
  static constexpr int kFewestSpeakers = 4;
  static constexpr float kFewestTimes = 8;     // of a sound, by one speaker
  static constexpr float kMostlyWrong = 0.5f;  // of these times, as a speaker's share
  static constexpr float kNearlyAll = 0.75f;   // of the speakers

  // One speaker of the class; each is added once.
  void add(const SpeakerPrior::Sounds& sounds);

  // Said so by nearly everybody here: not to be told.
  bool holds(Phone phone) const;

 private:
  struct Speakers {
    int heard = 0;  // often enough
    int wrong = 0;  // of these
  };
  std::array<Speakers, kPhones> speakers_{};
};

}  // namespace primer::pronunciation
