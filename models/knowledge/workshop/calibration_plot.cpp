#include "calibration_plot.h"

#include <fmt/format.h>

#include <cmath>

namespace primer::knowledge::workshop {

namespace {

constexpr int kSide = 160;  // of a diagram
constexpr int kMargin = 40;
constexpr int kColumns = 4;

std::string diagram(const CalibrationCurve& curve, int left, int top) {
  std::string svg = fmt::format(
      R"svg(<g transform="translate({},{})"><rect width="{s}" height="{s}" fill="none" stroke="#8a8f98"/>)svg"
      R"svg(<path d="M0 {s}L{s} 0" stroke="#8a8f98" stroke-dasharray="3 3"/>)svg"
      R"svg(<text x="0" y="-8">{}</text><text x="0" y="{below}">ECE {:.3f}</text>)svg",
      left, top, curve.name, calibrationError(curve.judged), fmt::arg("s", kSide),
      fmt::arg("below", kSide + 16));
  const auto total = static_cast<double>(curve.judged.size());
  for (const auto& bin : calibrationBins(curve.judged)) {
    if (bin.count == 0) continue;
    svg += fmt::format(
        R"(<circle cx="{:.1f}" cy="{:.1f}" r="{:.1f}" fill="#2463c4" fill-opacity=".7"/>)",
        kSide * bin.mean_p, kSide * (1 - bin.share_right), 2 + 14 * std::sqrt(bin.count / total));
  }
  return svg + "</g>\n";
}

}  // namespace

std::string calibrationPlot(const std::vector<CalibrationCurve>& curves) {
  const int rows = (static_cast<int>(curves.size()) + kColumns - 1) / kColumns;
  const int step = kSide + 2 * kMargin;
  std::string svg = fmt::format(
      R"(<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="{}" font-family="sans-serif" font-size="11" fill="#20242b">)"
      "\n",
      kColumns * step, rows * step);
  for (std::size_t i = 0; i < curves.size(); ++i) {
    const auto at = static_cast<int>(i);
    svg += diagram(curves[i], kMargin + at % kColumns * step, kMargin + at / kColumns * step);
  }
  return svg + "</svg>\n";
}

}  // namespace primer::knowledge::workshop
