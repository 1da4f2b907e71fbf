#pragma once

// Variations of a short recording, as another speaker, room and microphone would have made it.

#include <cstdint>
#include <span>
#include <vector>

#include "primer/base/result.h"
#include "primer/toolkit/fields.h"
#include "primer/toolkit/random.h"

namespace primer::speech::workshop {

struct SoundVariation {
  double speed = 0.18;       // standard deviation of the logarithm: tempo, pitch and vocal tract
  double noise = 0.8;        // share of the recordings with noise under them, 3 to 30 dB
  double tilt = 2.5;         // doublings of energy from the lowest band to the highest, std. dev.
  int shift = 5;             // frames to either side, at most
  int masked_frames = 10;    // longest stretch that is blanked out (SpecAugment, Park et al. 2019)
  int masked_bands = 5;      // widest stretch of bands that is blanked out
  double masked_share = .5;  // share of the recordings with such stretches

  static Result<SoundVariation> parse(const toolkit::Json& json);

  // The recording at another speed and with noise.
  std::vector<std::int16_t> varySound(std::span<const std::int16_t> samples,
                                      toolkit::Random& random) const;

  // Features, frames x bands, whose mean is 0, are tilted, moved and blanked out in place.
  void varyFeatures(std::span<std::int16_t> features, int bands, toolkit::Random& random) const;
};

}  // namespace primer::speech::workshop
