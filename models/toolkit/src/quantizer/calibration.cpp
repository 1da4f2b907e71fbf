#include "src/quantizer/calibration.h"

#include <algorithm>
#include <cmath>

#include "src/engine_runner.h"
#include "src/model_file.h"

namespace primer::toolkit {

namespace {

constexpr std::size_t kBins = 2048;
constexpr double kTail = 1.0 / 20'000;  // left out at either end by kPercentile
constexpr int kLevels = 255;
constexpr int kShrinkSteps = 40;  // ranges that kMse tries on either side

Status checkSet(const inference::Model& model, const CalibrationSet& set) {
  if (set.size() < 2) {
    return fail(ErrorCode::kInvalidArgument,
                "calibration needs at least two samples, not " + std::to_string(set.size()));
  }
  bool any = false;
  for (std::size_t s = 0; s < set.size(); ++s) {
    if (set[s].size() != model.inputCount()) {
      return fail(ErrorCode::kInvalidArgument, "calibration sample " + std::to_string(s) + " has " +
                                                   std::to_string(set[s].size()) +
                                                   " inputs, the model " +
                                                   std::to_string(model.inputCount()));
    }
    for (std::size_t i = 0; i < set[s].size(); ++i) {
      if (set[s][i].size() != elementsOf(model.input(i))) {
        return fail(ErrorCode::kInvalidArgument,
                    "calibration sample " + std::to_string(s) + ": input '" +
                        std::string(model.input(i).name) + "' has another size than the model's");
      }
      for (const float value : set[s][i]) {
        if (!std::isfinite(value)) {
          return fail(ErrorCode::kInvalidArgument, "calibration sample " + std::to_string(s) +
                                                       " holds something that is not a number");
        }
        any = any || value != 0;
      }
    }
  }
  if (!any) return fail(ErrorCode::kInvalidArgument, "every calibration input is zero");
  return {};
}

void takeRange(ValueStatistics& statistics, std::span<const float> values) {
  for (const float value : values) {
    statistics.low = std::min(statistics.low, value);
    statistics.high = std::max(statistics.high, value);
  }
}

void takeCounts(ValueStatistics& statistics, std::span<const float> values, std::size_t channels) {
  if (statistics.histogram.empty()) {
    statistics.histogram.resize(kBins);
    statistics.channel_means.resize(channels);
  }
  const float width = statistics.high - statistics.low;
  const float bins = width > 0 ? static_cast<float>(kBins) / width : 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto bin = static_cast<std::size_t>((values[i] - statistics.low) * bins);
    ++statistics.histogram[std::min(bin, kBins - 1)];
    statistics.channel_means[i % channels] += values[i];
  }
}

// Squared error of rounding to 255 levels of a range and clipping to it.
double rangeError(const std::vector<const ValueStatistics*>& values, const ActivationRange& range) {
  const double step = (range.high - range.low) / static_cast<double>(kLevels);
  double error = 0;
  for (const auto* one : values) {
    const double width = static_cast<double>(one->high - one->low) / kBins;
    for (std::size_t bin = 0; bin < one->histogram.size(); ++bin) {
      if (one->histogram[bin] == 0) continue;
      const double value = one->low + (static_cast<double>(bin) + 0.5) * width;
      const double outside = std::max({range.low - value, value - range.high, 0.0});
      error += one->histogram[bin] * (outside * outside + step * step / 12);
    }
  }
  return error;
}

ActivationRange bestRange(const std::vector<const ValueStatistics*>& values,
                          const ActivationRange& full) {
  ActivationRange best = full;
  double least = rangeError(values, full);
  for (int i = 0; i < kShrinkSteps; ++i) {
    for (int j = 0; j < kShrinkSteps; ++j) {
      const auto kept = [](int step) { return 1 - 0.8f * static_cast<float>(step) / kShrinkSteps; };
      const ActivationRange tried = {full.low * kept(i), full.high * kept(j)};
      const double error = rangeError(values, tried);
      if (error < least) {
        least = error;
        best = tried;
      }
      if (full.high == 0) break;
    }
    if (full.low == 0) break;
  }
  return best;
}

// The value below which a share of all lies.
float quantile(const std::vector<const ValueStatistics*>& values, const ActivationRange& full,
               double share) {
  std::vector<double> joined(kBins);
  double total = 0;
  const double width = static_cast<double>(full.high - full.low) / kBins;
  if (width <= 0) return full.low;
  for (const auto* one : values) {
    const double own = static_cast<double>(one->high - one->low) / kBins;
    for (std::size_t bin = 0; bin < one->histogram.size(); ++bin) {
      const double value = one->low + (static_cast<double>(bin) + 0.5) * own;
      const auto at = static_cast<std::size_t>(std::max(0.0, (value - full.low) / width));
      joined[std::min(at, kBins - 1)] += one->histogram[bin];
      total += one->histogram[bin];
    }
  }
  double passed = 0;
  for (std::size_t bin = 0; bin < kBins; ++bin) {
    passed += joined[bin];
    if (passed >= share * total) {
      const double edge = share < 0.5 ? static_cast<double>(bin) : static_cast<double>(bin) + 1;
      return static_cast<float>(full.low + edge * width);
    }
  }
  return full.high;
}

}  // namespace

Result<Statistics> calibrate(std::span<const std::byte> model, const CalibrationSet& set) {
  PRIMER_ASSIGN(auto runner,
                EngineRunner::fromBytes({model.begin(), model.end()}, "the float model", true));
  PRIMER_TRY(checkSet(runner.model(), set));
  PRIMER_ASSIGN(const auto object, parseModel(model, "the float model"));
  const auto& inputs = object->subgraphs[0]->inputs;

  Statistics statistics;
  std::string problem;
  const auto pass = [&](auto take) {
    for (const auto& sample : set) {
      for (std::size_t i = 0; i < sample.size(); ++i) {
        runner.setInput(i, sample[i]);
        const auto shape = runner.model().input(i).shape;
        take(static_cast<std::size_t>(inputs[i]), std::span<const float>(sample[i]),
             static_cast<std::size_t>(shape.empty() ? 1 : shape.back()));
      }
      runner.session().run([&](const inference::OperatorEvent& event) {
        for (const auto& output : event.outputs) {
          if (output.info.type != inference::ElementType::kFloat32) continue;
          const auto values = dequantized(output.info, output.bytes);
          const bool sound =
              std::all_of(values.begin(), values.end(), [](float v) { return std::isfinite(v); });
          if (!sound && problem.empty()) {
            problem = "the float model gives something that is not a number in '" +
                      std::string(output.info.name) + "'";
          }
          take(output.tensor, std::span<const float>(values),
               static_cast<std::size_t>(output.info.shape.empty() ? 1 : output.info.shape.back()));
        }
      });
      if (!problem.empty()) return;
    }
  };
  pass([&](std::size_t tensor, std::span<const float> values, std::size_t) {
    takeRange(statistics[tensor], values);
  });
  if (!problem.empty()) return fail(ErrorCode::kDamaged, problem);
  std::map<std::size_t, double> counts;
  pass([&](std::size_t tensor, std::span<const float> values, std::size_t channels) {
    takeCounts(statistics[tensor], values, std::max<std::size_t>(channels, 1));
    counts[tensor] += static_cast<double>(values.size());
  });
  for (auto& [tensor, one] : statistics) {
    const double each = counts[tensor] / static_cast<double>(one.channel_means.size());
    for (auto& mean : one.channel_means) mean /= each;
  }
  return statistics;
}

ActivationRange chooseRange(const std::vector<const ValueStatistics*>& values, RangeRule rule) {
  ActivationRange full;
  for (const auto* one : values) {
    full.low = std::min(full.low, one->low);
    full.high = std::max(full.high, one->high);
  }
  if (rule == RangeRule::kMse) return bestRange(values, full);
  if (rule == RangeRule::kPercentile) {
    return {std::min(0.0f, quantile(values, full, kTail)),
            std::max(0.0f, quantile(values, full, 1 - kTail))};
  }
  return full;
}

}  // namespace primer::toolkit
