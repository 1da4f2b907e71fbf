#pragma once

// How much of a sound was cut off because it was too loud for whoever recorded it.

#include <cmath>
#include <cstdint>

namespace primer::speech {

// Counts samples at full scale, in runs of at least three: a wave that is as loud as it can be
// touches full scale; one that is cut off lies on it. Of samples before any change of rate, which
// would round the edges off.
class ClippingCount {
 public:
  void take(float sample) {
    ++seen_;
    if (std::abs(sample) < kFullScale) {
      run_ = 0;
      return;
    }
    ++run_;
    if (run_ == kShortestRun) clipped_ += kShortestRun;
    if (run_ > kShortestRun) ++clipped_;
  }

  // Of all samples so far, 0 to 1.
  double share() const {
    return seen_ == 0 ? 0 : static_cast<double>(clipped_) / static_cast<double>(seen_);
  }

 private:
  static constexpr float kFullScale = 0.9985f;
  static constexpr int kShortestRun = 3;

  std::uint64_t seen_ = 0;
  std::uint64_t clipped_ = 0;
  int run_ = 0;
};

}  // namespace primer::speech
