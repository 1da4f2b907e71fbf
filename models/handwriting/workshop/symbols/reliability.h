#pragma once

// How honest probabilities are, as figures and as a picture.

#include <array>
#include <cstddef>
#include <string>
#include <vector>

namespace primer::handwriting::workshop {

// Counts readings by what they claim.
class Reliability {
 public:
  static constexpr std::size_t kBins = 15;

  void count(double claimed, bool right);

  double readings() const { return all_; }
  // Expected calibration error (Naeini et al. 2015): the mean distance, weighted by readings,
  // between what a bin's readings claim and how many of them are right.
  double error() const;

  struct Bin {
    double readings = 0;
    double claimed = 0;  // mean
    double right = 0;    // share
  };
  Bin bin(std::size_t index) const;

 private:
  std::array<double, kBins> claimed_{};
  std::array<double, kBins> right_{};
  std::array<double, kBins> count_{};
  double all_ = 0;
};

struct NamedReliability {
  std::string name;
  Reliability reliability;
};

// A panel for each: share right over probability claimed, the diagonal where they agree, areas of
// the dots by the number of readings. An SVG file's text.
std::string drawReliability(const std::vector<NamedReliability>& panels);

}  // namespace primer::handwriting::workshop
