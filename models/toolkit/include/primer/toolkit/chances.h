#pragma once

// How good chances are: discrimination and calibration. Pure.

#include <array>
#include <cstddef>
#include <vector>

namespace primer::toolkit {

struct Judged {
  float p = 0;
  bool right = false;
};

// Area under the ROC curve: how often a right answer had the higher chance;
// ties count half. 0.5 where all answers are alike.
double areaUnderCurve(std::vector<Judged> judged);

double logLoss(const std::vector<Judged>& judged);

struct ChanceBin {
  double count = 0;
  double mean_p = 0;
  double share_right = 0;
};
inline constexpr std::size_t kChanceBins = 10;  // of equal width
std::array<ChanceBin, kChanceBins> calibrationBins(const std::vector<Judged>& judged);

// Expected calibration error over these bins.
double calibrationError(const std::vector<Judged>& judged);

}  // namespace primer::toolkit
