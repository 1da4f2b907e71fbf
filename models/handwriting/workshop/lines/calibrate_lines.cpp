#include "lines/calibrate_lines.h"

#include <cmath>

namespace primer::handwriting::workshop {

std::optional<JudgedLine> judgeLine(const ScoredLine& line) {
  const auto found = findReadings(line.strokes, line.groups, line.scores, SymbolSet::all(),
                                  lines::ReadingWeights{});
  if (found.empty()) return std::nullopt;
  return JudgedLine{doubtsOf(found, line.scores), found.front().latex == line.latex};
}

lines::Doubts fitDoubts(const std::vector<JudgedLine>& lines) {
  std::array<double, lines::kDoubtCount> weights{};
  std::array<double, lines::kDoubtCount> speed{};
  constexpr int kSteps = 4000;
  constexpr double kRate = 0.15;
  constexpr double kMomentum = 0.9;
  for (int step = 0; step < kSteps; ++step) {
    std::array<double, lines::kDoubtCount> slope{};
    for (const auto& line : lines) {
      double sum = 0;
      for (std::size_t i = 0; i < weights.size(); ++i) {
        sum += weights[i] * static_cast<double>(line.doubts[i]);
      }
      const double error = (line.right ? 1.0 : 0.0) - 1 / (1 + std::exp(-sum));
      for (std::size_t i = 0; i < weights.size(); ++i) {
        slope[i] += error * static_cast<double>(line.doubts[i]);
      }
    }
    for (std::size_t i = 0; i < weights.size(); ++i) {
      speed[i] = kMomentum * speed[i] + kRate * slope[i] / static_cast<double>(lines.size()) / 10;
      weights[i] += speed[i];
    }
  }
  lines::Doubts fitted{};
  for (std::size_t i = 0; i < weights.size(); ++i) fitted[i] = static_cast<float>(weights[i]);
  return fitted;
}

}  // namespace primer::handwriting::workshop
