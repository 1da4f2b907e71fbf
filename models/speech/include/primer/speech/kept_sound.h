#pragma once

// A recording made small, to be kept: Ogg Opus (libsndfile), 16 kHz mono, about 20 kbit/s. What was
// said stays as clear as it was; five minutes are under a megabyte.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "primer/base/result.h"

namespace primer::speech {

inline constexpr std::size_t kLongestKeptSeconds = 300;

// Of 16 kHz samples, the first kLongestKeptSeconds. kInvalidArgument for none at all.
Result<std::vector<std::byte>> packSound(std::span<const std::int16_t> samples);

// Back as 16 kHz samples, not more than kLongestKeptSeconds whatever the bytes promise. kDamaged
// for what is no recording.
Result<std::vector<std::int16_t>> unpackSound(std::span<const std::byte> bytes);

}  // namespace primer::speech
