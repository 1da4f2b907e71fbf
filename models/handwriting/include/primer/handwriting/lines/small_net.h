#pragma once

// A network of a few dozen weights, kept in the source: a linear part and one hidden layer of tanh,
// from numbers to a chance.

#include <array>
#include <cmath>
#include <cstddef>

namespace primer::handwriting::lines {

template <std::size_t Inputs, std::size_t Hidden>
struct SmallNet {
  static constexpr std::size_t kInputs = Inputs;
  static constexpr std::size_t kHidden = Hidden;
  using Weights = std::array<float, Inputs + 1>;  // the last: alone

  Weights linear{};
  std::array<Weights, Hidden> hidden{};
  std::array<float, Hidden> out{};

  // Above 0: rather yes.
  float odds(const std::array<float, Inputs>& x) const {
    float sum = weigh(linear, x);
    for (std::size_t h = 0; h < Hidden; ++h) sum += out[h] * std::tanh(weigh(hidden[h], x));
    return sum;
  }
  float chance(const std::array<float, Inputs>& x) const { return 1 / (1 + std::exp(-odds(x))); }

 private:
  static float weigh(const Weights& weights, const std::array<float, Inputs>& x) {
    float sum = weights.back();
    for (std::size_t i = 0; i < Inputs; ++i) sum += weights[i] * x[i];
    return sum;
  }
};

}  // namespace primer::handwriting::lines
