#include "src/distribution.h"

#include <algorithm>
#include <cmath>

#include "primer/toolkit/evaluate.h"
#include "src/engine_runner.h"
#include "src/model_file.h"

namespace primer::toolkit {

namespace {

// Six digits are enough and keep the file small.
double shortened(double value) {
  if (value == 0 || !std::isfinite(value)) return 0;
  const double scale = std::pow(10, 5 - std::floor(std::log10(std::abs(value))));
  return std::round(value * scale) / scale;
}

Json histogramOf(const std::vector<float>& values) {
  if (values.empty()) return Json::object();
  const auto [least, most] = std::minmax_element(values.begin(), values.end());
  const double low = *least, high = *most;
  double sum = 0, squares = 0;
  std::vector<std::uint64_t> counts(kReferenceSteps, 0);
  for (const double value : values) {
    sum += value;
    squares += value * value;
    const double place = high > low ? (value - low) / (high - low) : 0;
    ++counts[std::min(static_cast<std::size_t>(place * kReferenceSteps), kReferenceSteps - 1)];
  }
  const auto count = static_cast<double>(values.size());
  const double mean = sum / count;
  return {{"low", shortened(low)},
          {"high", shortened(high)},
          {"mean", shortened(mean)},
          {"deviation", shortened(std::sqrt(std::max(squares / count - mean * mean, 0.0)))},
          {"counts", counts}};
}

}  // namespace

Result<Json> referenceDistribution(std::span<const std::byte> bytes, const Task& task,
                                   std::size_t samples) {
  const auto split = task.size(Split::kDevelopment) > 0 ? Split::kDevelopment : Split::kTraining;
  PRIMER_ASSIGN(const auto set, calibrationFrom(bytes, task, split, samples));
  PRIMER_ASSIGN(const auto model, parseModel(bytes, "the model"));
  PRIMER_ASSIGN(auto runner, EngineRunner::fromBytes({bytes.begin(), bytes.end()}, "the model"));
  const auto inputs = inputNames(*model), outputs = outputNames(*model);
  std::vector<std::vector<float>> given(inputs.size()), answered(outputs.size());
  std::vector<std::vector<std::uint64_t>> best(outputs.size());
  for (const auto& sample : set) {
    for (std::size_t k = 0; k < sample.size(); ++k) {
      runner.setInput(k, sample[k]);
      given[k].insert(given[k].end(), sample[k].begin(), sample[k].end());
    }
    PRIMER_TRY(runner.session().run());
    for (std::size_t k = 0; k < outputs.size(); ++k) {
      const auto values = runner.output(k);
      best[k].resize(values.size(), 0);
      ++best[k][static_cast<std::size_t>(std::max_element(values.begin(), values.end()) -
                                         values.begin())];
      answered[k].insert(answered[k].end(), values.begin(), values.end());
    }
  }
  Json told = {{"split", splitName(split)},
               {"samples", set.size()},
               {"inputs", Json::object()},
               {"outputs", Json::object()}};
  for (std::size_t k = 0; k < inputs.size(); ++k) told["inputs"][inputs[k]] = histogramOf(given[k]);
  for (std::size_t k = 0; k < outputs.size(); ++k) {
    auto& entry = told["outputs"][outputs[k]] = histogramOf(answered[k]);
    for (const auto& spec : task.info().outputs) {
      const bool one_class = spec.loss == Loss::kClasses && spec.positions == 1;
      if (spec.name == outputs[k] && one_class) entry["best"] = best[k];
    }
  }
  return told;
}

}  // namespace primer::toolkit
