#pragma once

// What a spoken answer leaves for later ones (storage::Answer::evidence): how each sound came out,
// as sums, and which words of a story were hard. No sound, no text of the pupil's own.
//
//   byte 0    version, 1
//   varint    number of sounds; each: varint phone, varint times, varint chances of wrong in 1/256
//   varint    number of words; each: varint length, UTF-8
//
// An answer of before this was kept has none; a later version's is passed over.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "primer/base/result.h"
#include "primer/pronunciation/speaker_prior.h"

namespace primer::app {

struct SpokenEvidence {
  pronunciation::SpeakerPrior::Sounds sounds{};
  std::vector<std::string> hard_words;  // in small letters
};

// The newest of a pupil's utterances that are looked at: how somebody spoke long ago is not held
// against them.
inline constexpr std::int64_t kUtterancesThatCount = 200;

// At most 32 words of at most 40 bytes are kept; longer ones are left out.
std::vector<std::byte> encodeEvidence(const SpokenEvidence& evidence);

// kDamaged for bytes that encodeEvidence() cannot have written, kNewerVersion.
Result<SpokenEvidence> decodeEvidence(std::span<const std::byte> bytes);

}  // namespace primer::app
