#pragma once

// A small function that rises with all of its inputs, fitted in seconds: a logistic regression and
// a layer of soft steps beside it, no weight below 0 (Archer and Wang 1993; Daniels and Velikova
// 2010).
//
//   logit(x) = c + w x + v tanh(U x + b),   w, v, U >= 0

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace primer::knowledge {

// Immutable after fit(); safe to share between threads.
class MonotoneHead {
 public:
  static constexpr std::size_t kHidden = 16;

  struct Options {
    int epochs = 6;
    std::size_t batch = 64;
    float learning_rate = 0.01f;
    float decay = 1e-4f;  // pull of all weights towards 0
    std::uint64_t seed = 1;
  };

  // `rows` holds the samples one after another, `inputs` numbers each; `targets` 0 or 1 for each.
  // The same numbers give the same head.
  static MonotoneHead fit(std::span<const float> rows, std::size_t inputs,
                          std::span<const float> targets, const Options& options);

  float logit(std::span<const float> inputs) const;

 private:
  using Hidden = std::array<float, kHidden>;

  // Everything that is learned, and likewise its gradient, as one list:
  //   U (inputs x kHidden), w (inputs), v (kHidden): held at or above 0; b (kHidden), c.
  std::size_t directAt() const { return inputs_ * kHidden; }
  std::size_t outputAt() const { return directAt() + inputs_; }
  std::size_t biasesAt() const { return outputAt() + kHidden; }
  std::size_t constantAt() const { return biasesAt() + kHidden; }

  float forward(std::span<const float> inputs, Hidden& hidden) const;
  void addGradient(std::span<const float> inputs, const Hidden& hidden, float error,
                   std::vector<float>& gradient) const;

  std::size_t inputs_ = 0;
  std::vector<float> weights_;
};

}  // namespace primer::knowledge
