#pragma once

// Fits the small networks that are kept in the source (primer/handwriting/lines/small_net.h).

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "primer/handwriting/lines/small_net.h"
#include "primer/toolkit/random.h"

namespace primer::handwriting::workshop {

template <std::size_t Inputs>
struct FitCase {
  std::array<float, Inputs> x{};
  bool yes = false;
};

struct FitOptions {
  int epochs = 60;
  std::uint64_t seed = 1;
};

// The net that explains the cases best: cross entropy, Adam, a little weight decay.
template <std::size_t Inputs, std::size_t Hidden>
lines::SmallNet<Inputs, Hidden> fitNet(const std::vector<FitCase<Inputs>>& cases,
                                       const FitOptions& options) {
  constexpr std::size_t kRow = Inputs + 1;
  constexpr std::size_t kOut = kRow * (1 + Hidden);
  constexpr std::size_t kCount = kOut + Hidden;
  constexpr std::size_t kBatch = 32;
  constexpr double kDecay = 2e-4;
  toolkit::Random random(options.seed);
  std::vector<double> weights(kCount, 0.0);
  for (std::size_t i = kRow; i < kCount; ++i) weights[i] = random.normal(0, 0.15);
  std::vector<double> mean(kCount, 0.0);
  std::vector<double> square(kCount, 0.0);
  std::vector<double> slope(kCount);
  std::vector<std::size_t> order(cases.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto addSlope = [&](const FitCase<Inputs>& one) {
    std::array<double, kRow> x{};
    for (std::size_t i = 0; i < Inputs; ++i) x[i] = static_cast<double>(one.x[i]);
    x.back() = 1;
    const auto weigh = [&](std::size_t row) {
      double sum = 0;
      for (std::size_t i = 0; i < kRow; ++i) sum += weights[row * kRow + i] * x[i];
      return sum;
    };
    std::array<double, Hidden> hidden{};
    double sum = weigh(0);
    for (std::size_t h = 0; h < Hidden; ++h) {
      hidden[h] = std::tanh(weigh(1 + h));
      sum += weights[kOut + h] * hidden[h];
    }
    const double error = 1 / (1 + std::exp(-sum)) - (one.yes ? 1.0 : 0.0);
    for (std::size_t i = 0; i < kRow; ++i) slope[i] += error * x[i];
    for (std::size_t h = 0; h < Hidden; ++h) {
      slope[kOut + h] += error * hidden[h];
      const double inner = error * weights[kOut + h] * (1 - hidden[h] * hidden[h]);
      for (std::size_t i = 0; i < kRow; ++i) slope[(1 + h) * kRow + i] += inner * x[i];
    }
  };
  int step = 0;
  for (int epoch = 0; epoch < options.epochs; ++epoch) {
    for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random.below(i)]);
    const double rate = 0.01 * (1 - static_cast<double>(epoch) / options.epochs);
    for (std::size_t from = 0; from < order.size(); from += kBatch) {
      std::fill(slope.begin(), slope.end(), 0.0);
      const auto to = std::min(from + kBatch, order.size());
      for (std::size_t at = from; at < to; ++at) addSlope(cases[order[at]]);
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
  lines::SmallNet<Inputs, Hidden> net;
  const auto copyRow = [&](std::size_t row, auto& into) {
    for (std::size_t i = 0; i < kRow; ++i) into[i] = static_cast<float>(weights[row * kRow + i]);
  };
  copyRow(0, net.linear);
  for (std::size_t h = 0; h < Hidden; ++h) {
    copyRow(1 + h, net.hidden[h]);
    net.out[h] = static_cast<float>(weights[kOut + h]);
  }
  return net;
}

// As the contents of a file that the source includes.
template <std::size_t Inputs, std::size_t Hidden>
std::string netSource(const lines::SmallNet<Inputs, Hidden>& net) {
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
