#pragma once

// What the header of a recording says, without decoding it: this room links no sound library.

#include <chrono>
#include <cstddef>
#include <span>

#include "primer/base/result.h"

namespace primer::content {

// How long the sound of a WAV, FLAC or Ogg (Opus or Vorbis) file is. kDamaged for what is none of
// these, is cut short within its header or does not say its length; kUnsupported for more than 16
// channels, a rate outside of 4 to 384 kHz or another coding. That its samples can be decoded is
// not known yet.
Result<std::chrono::milliseconds> lengthOfSound(std::span<const std::byte> bytes);

}  // namespace primer::content
