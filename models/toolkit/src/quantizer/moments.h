#pragma once

// Second moments of what the weights of a layer meet, and the rounding that they ask for.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace primer::toolkit {

// The sum of x x^T over vectors x of one size, as a full symmetric matrix.
class Moments {
 public:
  explicit Moments(std::size_t size) : size_(size), sums_(size * size) {}

  void take(std::span<const float> x);
  std::size_t size() const { return size_; }
  const std::vector<double>& sums() const { return sums_; }  // the lower half, row by row

 private:
  std::size_t size_;
  std::vector<double> sums_;
};

// The upper factor U with U^T U = (M + a little of the unit matrix)^-1, row by row; empty where
// nothing was seen.
std::vector<double> inverseFactor(const Moments& moments);

// Rounds the weights of one output channel to levels of `scale`; `factor` as above.
std::vector<std::int8_t> roundAgainst(std::span<const double> factor,
                                      std::span<const float> weights, float scale, int limit);

}  // namespace primer::toolkit
