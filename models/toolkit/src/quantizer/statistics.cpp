#include "src/quantizer/statistics.h"

#include <algorithm>
#include <cmath>

#include "src/engine_runner.h"
#include "src/model_file.h"
#include "src/quantizer/float_model.h"

namespace primer::toolkit {

namespace {

constexpr std::size_t kBins = 2048;

// The margins of a max pool are padded with infinity, or with the least number that there is: such
// values stand outside every range.
bool isSeen(float value) { return std::fabs(value) < 1e30f; }

void takeRange(ValueStatistics& statistics, std::span<const float> values) {
  for (const float value : values) {
    if (!isSeen(value)) continue;
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
    if (!isSeen(values[i])) continue;
    const auto bin = static_cast<std::size_t>((values[i] - statistics.low) * bins);
    ++statistics.histogram[std::min(bin, kBins - 1)];
    statistics.channel_means[i % channels] += values[i];
  }
}

std::size_t lastDimension(std::span<const std::int32_t> shape) {
  return shape.empty() ? 1 : static_cast<std::size_t>(std::max(shape.back(), 1));
}

}  // namespace

Status checkSamples(std::span<const std::byte> bytes, const CalibrationSet& set) {
  PRIMER_ASSIGN(const auto model,
                inference::Model::fromBytes({bytes.begin(), bytes.end()}, "the float model"));
  if (set.size() < 2) {
    return fail(ErrorCode::kInvalidArgument,
                "calibration needs at least two samples, not " + std::to_string(set.size()));
  }
  bool any = false, any_float = false;
  for (std::size_t s = 0; s < set.size(); ++s) {
    const auto sample = "calibration sample " + std::to_string(s);
    if (set[s].size() != model->inputCount()) {
      return fail(ErrorCode::kInvalidArgument, sample + " has " + std::to_string(set[s].size()) +
                                                   " inputs, the model " +
                                                   std::to_string(model->inputCount()));
    }
    for (std::size_t i = 0; i < set[s].size(); ++i) {
      const auto input = model->input(i);
      if (set[s][i].size() != input.elements()) {
        return fail(ErrorCode::kInvalidArgument, sample + ": input '" + std::string(input.name) +
                                                     "' has another size than the model's");
      }
      any_float = any_float || input.type == inference::ElementType::kFloat32;
      for (const float value : set[s][i]) {
        if (!std::isfinite(value)) {
          return fail(ErrorCode::kInvalidArgument,
                      sample + " holds something that is not a number");
        }
        any = any || value != 0;
      }
    }
  }
  if (any_float && !any) {
    return fail(ErrorCode::kInvalidArgument, "every calibration input is zero");
  }
  return {};
}

Status visitValues(std::span<const std::byte> model, const CalibrationSet& set, std::size_t most,
                   const ValueVisitor& visit) {
  PRIMER_ASSIGN(auto runner,
                EngineRunner::fromBytes({model.begin(), model.end()}, "the float model", true));
  PRIMER_ASSIGN(const auto object, parseModel(model, "the float model"));
  const auto& graph = *object->subgraphs[0];
  const bool anew = beginsAnew(*object);
  std::string problem;
  for (std::size_t s = 0; s < std::min(most, set.size()); ++s) {
    if (anew) runner.session().reset();
    for (std::size_t i = 0; i < set[s].size(); ++i) {
      runner.setInput(i, set[s][i]);
      const auto info = runner.model().input(i);
      if (info.type != inference::ElementType::kFloat32) continue;
      visit(static_cast<std::size_t>(graph.inputs[i]), set[s][i], lastDimension(info.shape));
    }
    PRIMER_TRY(runner.session().run([&](const inference::OperatorEvent& event) {
      for (const auto& output : event.outputs) {
        if (output.info.type != inference::ElementType::kFloat32 ||
            output.tensor >= graph.tensors.size()) {
          continue;
        }
        const auto values = dequantized(output.info, output.bytes);
        const bool sound =
            std::none_of(values.begin(), values.end(), [](float v) { return std::isnan(v); });
        if (!sound && problem.empty()) {
          problem = "the float model gives something that is not a number in '" +
                    std::string(output.info.name) + "'";
        }
        if (sound) visit(output.tensor, values, lastDimension(output.info.shape));
      }
    }));
    if (!problem.empty()) return fail(ErrorCode::kDamaged, problem);
  }
  return {};
}

Result<Statistics> calibrate(std::span<const std::byte> model, const CalibrationSet& set) {
  Statistics statistics;
  const auto all = set.size();
  PRIMER_TRY(
      visitValues(model, set, all, [&](std::size_t tensor, std::span<const float> values, auto) {
        takeRange(statistics[tensor], values);
      }));
  std::map<std::size_t, double> counts;
  PRIMER_TRY(
      visitValues(model, set, all,
                  [&](std::size_t tensor, std::span<const float> values, std::size_t channels) {
                    takeCounts(statistics[tensor], values, channels);
                    counts[tensor] += static_cast<double>(values.size());
                  }));
  for (auto& [tensor, one] : statistics) {
    const double each = counts[tensor] / static_cast<double>(one.channel_means.size());
    for (auto& mean : one.channel_means) mean /= each;
  }
  return statistics;
}

ValueStatistics statisticsOf(std::span<const float> values) {
  ValueStatistics statistics;
  takeRange(statistics, values);
  takeCounts(statistics, values, 1);
  return statistics;
}

}  // namespace primer::toolkit
