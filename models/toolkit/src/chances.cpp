#include "primer/toolkit/chances.h"

#include <algorithm>
#include <cmath>

namespace primer::toolkit {

double areaUnderCurve(std::vector<Judged> judged) {
  std::sort(judged.begin(), judged.end(),
            [](const Judged& a, const Judged& b) { return a.p < b.p; });
  double right = 0;
  double wrong = 0;
  double won = 0;
  for (std::size_t i = 0; i < judged.size();) {
    double tied_right = 0;
    double tied_wrong = 0;
    const float p = judged[i].p;
    for (; i < judged.size() && judged[i].p == p; ++i)
      ++(judged[i].right ? tied_right : tied_wrong);
    won += tied_right * (wrong + tied_wrong / 2);
    right += tied_right;
    wrong += tied_wrong;
  }
  return right > 0 && wrong > 0 ? won / right / wrong : 0.5;
}

double logLoss(const std::vector<Judged>& judged) {
  double sum = 0;
  for (const auto& one : judged) {
    const double p = std::clamp(static_cast<double>(one.p), 1e-6, 1 - 1e-6);
    sum -= std::log(one.right ? p : 1 - p);
  }
  return judged.empty() ? 0 : sum / static_cast<double>(judged.size());
}

std::array<ChanceBin, kChanceBins> calibrationBins(const std::vector<Judged>& judged) {
  std::array<ChanceBin, kChanceBins> bins;
  for (const auto& one : judged) {
    const auto at = std::min(kChanceBins - 1, static_cast<std::size_t>(one.p * kChanceBins));
    ++bins[at].count;
    bins[at].mean_p += one.p;
    bins[at].share_right += one.right ? 1 : 0;
  }
  for (auto& bin : bins) {
    if (bin.count == 0) continue;
    bin.mean_p /= bin.count;
    bin.share_right /= bin.count;
  }
  return bins;
}

double calibrationError(const std::vector<Judged>& judged) {
  double sum = 0;
  for (const auto& bin : calibrationBins(judged)) {
    sum += bin.count * std::fabs(bin.mean_p - bin.share_right);
  }
  return judged.empty() ? 0 : sum / static_cast<double>(judged.size());
}

}  // namespace primer::toolkit
