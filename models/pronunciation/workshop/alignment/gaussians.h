#pragma once

// The flat start: three states a phone, each a mixture of diagonal Gaussians over cepstra, learned
// from nothing but what was said. Every round walks each utterance (Viterbi) and fits the states to
// the frames that they took (Juang and Rabiner 1990); mixtures double at given rounds.

#include <span>
#include <vector>

#include "alignment/alignment.h"

namespace primer::pronunciation::workshop {

class Gaussians {
 public:
  static constexpr std::size_t kDimensions = 26;  // 13 cepstra and their slopes
  static constexpr std::size_t kStates = 120;     // of 39 phones and silence

  // Cepstra of normalised frames, frames x kDimensions.
  static std::vector<float> cepstra(std::span<const std::int16_t> mel);

  // Log densities of all states, frames x kStates.
  std::vector<float> scores(std::span<const float> cepstra) const;

  // What frames were taken by each state in a round.
  class Gathered {
   public:
    explicit Gathered(const Gaussians& of);
    void add(std::size_t state, std::span<const float> frame);

   private:
    friend class Gaussians;
    const Gaussians& of_;
    std::vector<double> weight_, sum_, squares_;  // of every component
  };

  void fit(const Gathered& gathered);
  void split();  // every component becomes two

 private:
  struct Component {
    double log_weight = 0;  // with the density's constant
    std::vector<float> mean = std::vector<float>(kDimensions, 0);
    std::vector<float> inverse = std::vector<float>(kDimensions, 1);  // 1 / (2 variance)
  };
  float density(const Component& c, std::span<const float> frame) const;

  std::size_t per_state_ = 1;
  std::vector<Component> components_ = std::vector<Component>(kStates);
};

constexpr GraphStates kGaussianStates = {3, 3, 1};

}  // namespace primer::pronunciation::workshop
