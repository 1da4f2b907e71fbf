#pragma once

// Who speaks: what is known of how this pupil says each sound, and the class around it. A value,
// shared unchanged between threads; what was said since is a new one.

#include <memory>

#include "primer/pronunciation/class_accent.h"
#include "primer/pronunciation/speaker_prior.h"

namespace primer::app {

struct Speaker {
  pronunciation::SpeakerPrior prior;
  pronunciation::ClassAccent accent;
};

}  // namespace primer::app
