#include "lines/calibrate_lines.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "lines/fit_net.h"

namespace primer::handwriting::workshop {

std::optional<JudgedLine> judgeLine(const ScoredLine& line, std::uint32_t writer) {
  const auto found = findReadings(line.strokes, line.groups, line.scores, SymbolSet::all(),
                                  lines::ReadingWeights{});
  if (found.empty()) return std::nullopt;
  return JudgedLine{doubtsOf(found, line.scores), found.front().latex == line.latex, writer};
}

lines::DoubtNet fitDoubts(const std::vector<JudgedLine>& lines, std::uint64_t seed) {
  std::vector<FitCase<lines::kDoubtCount>> cases;
  cases.reserve(lines.size());
  for (const auto& line : lines) cases.push_back({line.doubts, line.right});
  return fitNet<lines::kDoubtCount, lines::DoubtNet::kHidden>(cases, {40, seed});
}

std::vector<float> fitLogistic(const std::vector<std::pair<std::vector<float>, bool>>& cases) {
  if (cases.empty()) return {};
  const auto width = cases.front().first.size();
  std::vector<double> weights(width, 0.0);
  std::vector<double> speed(width, 0.0);
  constexpr int kSteps = 6000;
  for (int step = 0; step < kSteps; ++step) {
    std::vector<double> slope(width, 0.0);
    for (const auto& [doubts, right] : cases) {
      double sum = 0;
      for (std::size_t i = 0; i < width; ++i) sum += weights[i] * static_cast<double>(doubts[i]);
      const double error = (right ? 1.0 : 0.0) - 1 / (1 + std::exp(-sum));
      for (std::size_t i = 0; i < width; ++i) slope[i] += error * static_cast<double>(doubts[i]);
    }
    for (std::size_t i = 0; i < width; ++i) {
      speed[i] = 0.9 * speed[i] + 0.015 * slope[i] / static_cast<double>(cases.size());
      weights[i] += speed[i];
    }
  }
  return {weights.begin(), weights.end()};
}

ConfidenceFigures measureConfidence(const std::vector<JudgedLine>& lines,
                                    const lines::DoubtNet& net, double sure_wrong) {
  ConfidenceFigures figures;
  std::vector<std::pair<float, bool>> judged;
  for (const auto& line : lines) {
    const float chance = net.chance(line.doubts);
    judged.emplace_back(chance, line.right);
    const double p = static_cast<double>(line.right ? chance : 1 - chance);
    figures.loss -= std::log(std::max(p, 1e-9)) / static_cast<double>(lines.size());
  }
  std::sort(judged.begin(), judged.end(),
            [](const auto& a, const auto& b) { return a.first > b.first; });
  const auto all = static_cast<double>(judged.size());
  std::size_t wrong = 0;
  std::size_t sure = 0;
  for (const auto& [chance, right] : judged) {
    wrong += right ? 0 : 1;
    if (100 * static_cast<double>(wrong) > sure_wrong * all) break;
    ++sure;
    figures.threshold = static_cast<double>(chance);
  }
  figures.unsure = 100 * (1 - static_cast<double>(sure) / all);
  return figures;
}

}  // namespace primer::handwriting::workshop
