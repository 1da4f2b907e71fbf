#include "primer/pronunciation/class_accent.h"

namespace primer::pronunciation {

void ClassAccent::add(const SpeakerPrior::Sounds& sounds) {
  for (std::size_t phone = 0; phone < sounds.size(); ++phone) {
    const auto& sound = sounds[phone];
    if (!(sound.times >= kFewestTimes)) continue;
    ++speakers_[phone].heard;
    if (sound.wrong >= kMostlyWrong * sound.times) ++speakers_[phone].wrong;
  }
}

bool ClassAccent::holds(Phone phone) const {
  if (phone >= kPhones) return false;
  const auto& speakers = speakers_[phone];
  return speakers.heard >= kFewestSpeakers &&
         static_cast<float>(speakers.wrong) >= kNearlyAll * static_cast<float>(speakers.heard);
}

}  // namespace primer::pronunciation
