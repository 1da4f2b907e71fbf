#include "primer/toolkit/quantize.h"

#include <algorithm>
#include <cmath>

#include "src/engine_runner.h"
#include "src/model_file.h"
#include "src/quantizer/calibration.h"
#include "src/quantizer/int8_plan.h"
#include "src/quantizer/int8_writer.h"

namespace primer::toolkit {

namespace {

constexpr double kNoErrorDb = 200;  // of an output that is the same to the last bit

// Outputs of a model for every sample, joined per output.
Result<std::vector<std::vector<float>>> outputsOf(std::span<const std::byte> model,
                                                  const std::string& name,
                                                  const CalibrationSet& set) {
  PRIMER_ASSIGN(auto runner, EngineRunner::fromBytes({model.begin(), model.end()}, name));
  std::vector<std::vector<float>> outputs(runner.model().outputCount());
  for (const auto& sample : set) {
    if (sample.size() != runner.model().inputCount()) {
      return fail(ErrorCode::kInvalidArgument, name + ": the data has another number of inputs");
    }
    for (std::size_t i = 0; i < sample.size(); ++i) runner.setInput(i, sample[i]);
    runner.session().run();
    for (std::size_t i = 0; i < outputs.size(); ++i) {
      const auto values = runner.output(i);
      outputs[i].insert(outputs[i].end(), values.begin(), values.end());
    }
  }
  return outputs;
}

OutputError errorOf(const std::string& name, const std::vector<float>& values,
                    const std::vector<float>& reference) {
  OutputError error;
  error.name = name;
  double power = 0, noise = 0, dot = 0, own = 0;
  for (std::size_t i = 0; i < std::min(values.size(), reference.size()); ++i) {
    const double a = values[i], b = reference[i];
    power += b * b;
    own += a * a;
    dot += a * b;
    noise += (a - b) * (a - b);
    error.max_abs = std::max(error.max_abs, std::abs(a - b));
  }
  error.snr_db = noise > 0 && power > 0 ? 10 * std::log10(power / noise)
                                        : (noise > 0 ? -kNoErrorDb : kNoErrorDb);
  error.cosine = power > 0 && own > 0 ? dot / std::sqrt(power * own) : (noise > 0 ? 0 : 1);
  return error;
}

// The least of the outputs' SNR: what a choice is judged by.
double leastSnr(const std::vector<OutputError>& errors) {
  double least = kNoErrorDb;
  for (const auto& error : errors) least = std::min(least, error.snr_db);
  return least;
}

}  // namespace

std::string_view rangeRuleName(RangeRule rule) {
  switch (rule) {
    case RangeRule::kAuto:
      return "auto";
    case RangeRule::kMinMax:
      return "minmax";
    case RangeRule::kMse:
      return "mse";
    case RangeRule::kPercentile:
      return "percentile";
  }
  return "";
}

Result<std::vector<OutputError>> compareOutputs(std::span<const std::byte> model,
                                                std::span<const std::byte> reference,
                                                const CalibrationSet& inputs) {
  PRIMER_ASSIGN(const auto object, parseModel(reference, "the reference model"));
  PRIMER_ASSIGN(const auto wanted, outputsOf(reference, "the reference model", inputs));
  PRIMER_ASSIGN(const auto given, outputsOf(model, "the model", inputs));
  if (given.size() != wanted.size()) {
    return fail(ErrorCode::kInvalidArgument, "the models have different numbers of outputs");
  }
  const auto names = outputNames(*object);
  std::vector<OutputError> errors;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    errors.push_back(errorOf(names[i], given[i], wanted[i]));
  }
  return errors;
}

Result<Quantized> quantizeInt8(std::span<const std::byte> model, const CalibrationSet& calibration,
                               const QuantizeOptions& options) {
  PRIMER_ASSIGN(const auto checked, parseModel(model, "the model"));
  PRIMER_TRY(checkQuantizable(*checked));
  PRIMER_ASSIGN(const auto statistics, calibrate(model, calibration));

  std::vector<RangeRule> rules = {options.range};
  if (options.range == RangeRule::kAuto) {
    rules = {RangeRule::kMinMax, RangeRule::kMse, RangeRule::kPercentile};
  }
  std::vector<bool> corrections = {false};
  if (options.bias_correction) corrections.push_back(true);
  Quantized best;
  for (const auto rule : rules) {
    const auto plan = planScales(*checked, statistics, rule);
    for (const bool correct : corrections) {
      PRIMER_ASSIGN(const auto candidate, parseModel(model, "the model"));
      PRIMER_TRY(writeInt8(*candidate, plan, {options.float_io, correct ? &statistics : nullptr}));
      Quantized tried{serialiseModel(*candidate), rule, correct, {}};
      PRIMER_ASSIGN(tried.errors, compareOutputs(tried.bytes, model, calibration));
      if (best.bytes.empty() || leastSnr(tried.errors) > leastSnr(best.errors)) {
        best = std::move(tried);
      }
    }
  }
  return best;
}

}  // namespace primer::toolkit
