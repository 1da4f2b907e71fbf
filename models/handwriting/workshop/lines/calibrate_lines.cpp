#include "lines/calibrate_lines.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <numeric>
#include <utility>

#include "primer/toolkit/random.h"

namespace primer::handwriting::workshop {

std::optional<JudgedLine> judgeLine(const ScoredLine& line) {
  const auto found = findReadings(line.strokes, line.groups, line.scores, SymbolSet::all(),
                                  lines::ReadingWeights{});
  if (found.empty()) return std::nullopt;
  return JudgedLine{doubtsOf(found, line.scores), found.front().latex == line.latex};
}

lines::DoubtNet fitDoubts(const std::vector<JudgedLine>& lines, std::uint64_t seed) {
  using lines::DoubtNet;
  using lines::kDoubtCount;
  constexpr std::size_t kRow = kDoubtCount + 1;
  constexpr std::size_t kCount = kRow * (1 + DoubtNet::kHidden) + DoubtNet::kHidden;
  constexpr int kEpochs = 60;
  constexpr std::size_t kBatch = 32;
  constexpr double kDecay = 2e-4;
  toolkit::Random random(seed);
  std::vector<double> weights(kCount, 0.0);
  for (std::size_t i = kRow; i < kCount; ++i) weights[i] = random.normal(0, 0.15);
  std::vector<double> mean(kCount, 0.0);
  std::vector<double> square(kCount, 0.0);
  std::vector<double> slope(kCount);
  std::vector<std::size_t> order(lines.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const std::size_t out = kRow * (1 + DoubtNet::kHidden);
  int step = 0;
  for (int epoch = 0; epoch < kEpochs; ++epoch) {
    for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random.below(i)]);
    const double rate = 0.01 * (1 - static_cast<double>(epoch) / kEpochs);
    for (std::size_t from = 0; from < order.size(); from += kBatch) {
      std::fill(slope.begin(), slope.end(), 0.0);
      const auto to = std::min(from + kBatch, order.size());
      for (std::size_t at = from; at < to; ++at) {
        const auto& line = lines[order[at]];
        std::array<double, kRow> x{};
        for (std::size_t i = 0; i < kDoubtCount; ++i) x[i] = static_cast<double>(line.doubts[i]);
        x.back() = 1;
        const auto weigh = [&](std::size_t row) {
          double sum = 0;
          for (std::size_t i = 0; i < kRow; ++i) sum += weights[row * kRow + i] * x[i];
          return sum;
        };
        std::array<double, DoubtNet::kHidden> hidden{};
        double sum = weigh(0);
        for (std::size_t h = 0; h < hidden.size(); ++h) {
          hidden[h] = std::tanh(weigh(1 + h));
          sum += weights[out + h] * hidden[h];
        }
        const double error = 1 / (1 + std::exp(-sum)) - (line.right ? 1.0 : 0.0);
        for (std::size_t i = 0; i < kRow; ++i) slope[i] += error * x[i];
        for (std::size_t h = 0; h < hidden.size(); ++h) {
          slope[out + h] += error * hidden[h];
          const double inner = error * weights[out + h] * (1 - hidden[h] * hidden[h]);
          for (std::size_t i = 0; i < kRow; ++i) slope[(1 + h) * kRow + i] += inner * x[i];
        }
      }
      ++step;
      for (std::size_t i = 0; i < kCount; ++i) {
        const double g = slope[i] / static_cast<double>(to - from);
        mean[i] = 0.9 * mean[i] + 0.1 * g;
        square[i] = 0.999 * square[i] + 0.001 * g * g;
        const double m = mean[i] / (1 - std::pow(0.9, step));
        const double v = square[i] / (1 - std::pow(0.999, step));
        weights[i] -= rate * (m / (std::sqrt(v) + 1e-8) + kDecay * weights[i]);
      }
    }
  }
  DoubtNet net;
  for (std::size_t i = 0; i < kRow; ++i) net.linear[i] = static_cast<float>(weights[i]);
  for (std::size_t h = 0; h < DoubtNet::kHidden; ++h) {
    for (std::size_t i = 0; i < kRow; ++i) {
      net.hidden[h][i] = static_cast<float>(weights[(1 + h) * kRow + i]);
    }
    net.out[h] = static_cast<float>(weights[out + h]);
  }
  return net;
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

std::string netSource(const lines::DoubtNet& net) {
  const auto row = [](const auto& values) {
    std::string text = "{{";
    for (std::size_t i = 0; i < values.size(); ++i) {
      char number[32];
      std::snprintf(number, sizeof number, "%s%.3ff", i > 0 ? ", " : "",
                    static_cast<double>(values[i]));
      text += number;
    }
    return text + "}}";
  };
  std::string text = "// linear\n" + row(net.linear) + ",\n// hidden\n{{\n";
  for (const auto& hidden : net.hidden) text += "    " + row(hidden) + ",\n";
  return text + "}},\n// out\n" + row(net.out) + ",\n";
}

}  // namespace primer::handwriting::workshop
