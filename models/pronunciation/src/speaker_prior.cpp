#include "primer/pronunciation/speaker_prior.h"

#include <algorithm>
#include <cmath>

namespace primer::pronunciation {

namespace {

// Share of each phone that most raters hold wrong, of speechocean762's training speakers without
// the development speakers, in the order of kPhoneNames.
constexpr std::array<float, kPhones> kUsual = {
    0.051f, 0.043f, 0.059f, 0.073f, 0.066f, 0.048f, 0.018f, 0.056f, 0.060f, 0.028f,
    0.093f, 0.100f, 0.093f, 0.026f, 0.026f, 0.020f, 0.055f, 0.043f, 0.045f, 0.025f,
    0.051f, 0.038f, 0.048f, 0.078f, 0.057f, 0.059f, 0.034f, 0.072f, 0.034f, 0.049f,
    0.042f, 0.113f, 0.061f, 0.027f, 0.037f, 0.033f, 0.023f, 0.050f, 0.065f};
constexpr float kSpeakerTimes = 10;  // wrong sounds that a usual speaker stands for
constexpr float kSoundTimes = 5;     // times that a speaker's other sounds stand for
constexpr float kOfSpeaker = 0.8f;   // how far the speaker's own share counts, in log odds
constexpr float kOfSound = 0.6f;     // and the sound's, beyond the speaker's

float logOdds(float chance) {
  const float inside = std::clamp(chance, 1e-4f, 1 - 1e-4f);
  return std::log(inside / (1 - inside));
}

}  // namespace

SpeakerPrior::SpeakerPrior(const Sounds& sounds) { add(sounds); }

void SpeakerPrior::add(const Sounds& sounds) {
  for (std::size_t p = 0; p < kPhones; ++p) {
    const auto& sound = sounds[p];
    const bool sane = std::isfinite(sound.times) && sound.wrong >= 0 && sound.wrong <= sound.times;
    if (!sane) continue;
    sounds_[p].times += sound.times;
    sounds_[p].wrong += sound.wrong;
  }
}

void SpeakerPrior::add(const Judgement& judgement) {
  for (const auto& word : judgement.words) {
    if (word.error == WordError::kOmission || word.error == WordError::kInsertion) continue;
    for (const auto& phone : word.phones) {
      if (!phone.score) continue;
      sounds_[phone.phone].times += 1;
      sounds_[phone.phone].wrong += phone.wrong;
    }
  }
}

bool SpeakerPrior::isKnown() const {
  return std::any_of(sounds_.begin(), sounds_.end(),
                     [](const Sound& sound) { return sound.times > 0; });
}

float SpeakerPrior::chance(Phone phone, float wrong) const {
  float told = kSpeakerTimes, expected = kSpeakerTimes;
  for (std::size_t p = 0; p < kPhones; ++p) {
    told += sounds_[p].wrong;
    expected += sounds_[p].times * kUsual[p];
  }
  const float ratio = told / expected;
  const float usual_of_speaker = kUsual[phone] * ratio;
  const auto& sound = sounds_[phone];
  const float own = (sound.wrong + kSoundTimes * usual_of_speaker) / (sound.times + kSoundTimes);
  const float odds = logOdds(wrong) + kOfSpeaker * std::log(ratio) +
                     kOfSound * (logOdds(own) - logOdds(usual_of_speaker));
  return 1 / (1 + std::exp(-odds));
}

}  // namespace primer::pronunciation
