#pragma once

// Log-mel frames varied for training as rooms, voices and microphones vary them: speed, length of
// the vocal tract (bands stretched along the scale), echo, noise and babble, missing parts
// (SpecAugment, Park et al. 2019).

#include <cstdint>
#include <span>
#include <vector>

#include "primer/base/result.h"
#include "primer/toolkit/fields.h"
#include "primer/toolkit/random.h"

namespace primer::pronunciation::workshop {

struct SoundVariation {
  double slowest = 0.87, fastest = 1.15;  // of the speed
  double lowest = 0.86, highest = 1.16;   // of the frequencies
  double noise = 0.5;                     // share of samples with noise or babble
  double noise_db_least = 6, noise_db_most = 24;
  double masked = 0.7;  // share of samples with missing parts
  int masked_frames = 16;
  int masked_bands = 5;
  double echo = 0.25;  // share of samples in a room

  // From a recipe's "augmentation"; kInvalidArgument names what is wrong.
  static Result<SoundVariation> parse(const toolkit::Json& json);
};

// A stretch of frames that sounds like the sources mixed: energies add.
void addSound(std::span<std::int16_t> mel, std::span<const std::int16_t> other, int parts);

// A steady noise of a random colour with a little flutter; `level` in LogMel's parts.
std::vector<std::int16_t> colouredNoise(std::size_t frames, int level, toolkit::Random& random);

// Time and frequency stretched: new frames, and where each came from in the old ones.
struct Warped {
  std::vector<std::int16_t> mel;
  std::vector<std::size_t> source;
};
Warped warp(std::span<const std::int16_t> mel, double speed, double pitch);

// Each frame keeps a share of the energy of those before it, as in a room that rings.
void addEcho(std::span<std::int16_t> mel, double decay_frames, int under);

}  // namespace primer::pronunciation::workshop
