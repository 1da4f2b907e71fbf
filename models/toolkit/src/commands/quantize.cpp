#include "primer/toolkit/quantize.h"

#include <zstd.h>

#include <cstring>
#include <memory>
#include <optional>

#include "primer/base/file_system.h"
#include "primer/toolkit/evaluate.h"
#include "primer/toolkit/metadata.h"
#include "src/commands/commands.h"
#include "src/commands/latency.h"
#include "src/engine_runner.h"
#include "src/model_file.h"

namespace primer::toolkit {

namespace {

struct QuantizeArguments {
  std::string model;
  std::string output;
  std::string mode;
  std::string calibration;
  std::string qat;
  std::string data;
  std::string task;
  std::string io = "int8";
  std::string range = "auto";
  std::size_t samples = 512;
  bool plain_bias = false;
  bool unmeasured = false;
};

RangeRule rangeRule(const std::string& name) {
  for (const auto rule : {RangeRule::kMinMax, RangeRule::kMse, RangeRule::kPercentile}) {
    if (name == rangeRuleName(rule)) return rule;
  }
  return RangeRule::kAuto;
}

std::size_t compressedBytes(std::span<const std::byte> bytes) {
  constexpr int kLevel = 19;
  std::vector<char> to(ZSTD_compressBound(bytes.size()));
  const auto size = ZSTD_compress(to.data(), to.size(), bytes.data(), bytes.size(), kLevel);
  return ZSTD_isError(size) != 0 ? bytes.size() : size;
}

Result<double> medianLatency(std::span<const std::byte> bytes) {
  PRIMER_ASSIGN(auto runner, EngineRunner::fromBytes({bytes.begin(), bytes.end()}, "the model"));
  fillInputs(runner.session());
  return measureLatency(runner.session(), 0).median;
}

// Raw float inputs, as `run` takes them.
Result<CalibrationSet> readCalibration(const std::string& path, std::span<const std::byte> model) {
  PRIMER_ASSIGN(const auto bytes, readFile(path));
  PRIMER_ASSIGN(const auto runner,
                EngineRunner::fromBytes({model.begin(), model.end()}, "the model"));
  std::size_t each = 0;
  for (std::size_t i = 0; i < runner.model().inputCount(); ++i) {
    const auto& input = runner.model().input(i);
    if (input.type != inference::ElementType::kFloat32) {
      return fail(ErrorCode::kDamaged, "input " + std::string(input.name) +
                                           " is no float: the model is quantised already");
    }
    each += input.bytes;
  }
  if (each == 0 || bytes.empty() || bytes.size() % each != 0) {
    return fail(ErrorCode::kDamaged, path + " holds " + std::to_string(bytes.size()) +
                                         " bytes, which are no whole number of samples of " +
                                         std::to_string(each));
  }
  CalibrationSet set(bytes.size() / each);
  std::size_t at = 0;
  for (auto& sample : set) {
    for (std::size_t i = 0; i < runner.model().inputCount(); ++i) {
      auto& values = sample.emplace_back(elementsOf(runner.model().input(i)));
      std::memcpy(values.data(), bytes.data() + at, values.size() * sizeof(float));
      at += values.size() * sizeof(float);
    }
  }
  return set;
}

Result<Json> quantize(const QuantizeArguments& arguments, const Workshop& workshop) {
  const auto path = modelPath(arguments.model);
  PRIMER_ASSIGN(const auto before, readFile(path));
  PRIMER_ASSIGN(auto metadata, readMetadata(before));

  CalibrationSet calibration;
  std::unique_ptr<Task> task;
  if (!arguments.calibration.empty()) {
    PRIMER_ASSIGN(calibration, readCalibration(arguments.calibration, before));
  } else {
    PRIMER_ASSIGN(const auto data, dataFolder(arguments.data));
    PRIMER_ASSIGN(task, taskOf(before, arguments.task, data, workshop));
    PRIMER_ASSIGN(calibration, calibrationFrom(before, *task, Split::kTraining, arguments.samples));
  }
  QuantizeOptions options;
  options.float_io = arguments.io == "float";
  options.range = rangeRule(arguments.range);
  options.bias_correction = !arguments.plain_bias;
  PRIMER_ASSIGN(auto quantized, quantizeInt8(before, calibration, options));

  // Errors and figures are told on data that did not calibrate, where there is any.
  const bool has_development = task && task->size(Split::kDevelopment) > 0;
  if (has_development) {
    PRIMER_ASSIGN(const auto fresh,
                  calibrationFrom(before, *task, Split::kDevelopment, arguments.samples));
    PRIMER_ASSIGN(quantized.errors, compareOutputs(quantized.bytes, before, fresh));
  }
  metadata["quantization"] = {{"mode", "int8"},
                              {"range", rangeRuleName(quantized.range)},
                              {"bias_corrected", quantized.bias_corrected},
                              {"samples", calibration.size()}};
  Json figures;
  if (has_development && !arguments.unmeasured) {
    PRIMER_ASSIGN(const auto metrics, evaluate(quantized.bytes, *task, Split::kDevelopment));
    figures = metrics;
    metadata["figures"]["development_int8"] = figures;
  }
  PRIMER_ASSIGN(const auto after, writeMetadata(quantized.bytes, metadata));
  PRIMER_TRY(realFileSystem().writeAtomically(arguments.output, after, FileAccess::kAsUsual));

  PRIMER_ASSIGN(const double latency_before, medianLatency(before));
  PRIMER_ASSIGN(const double latency_after, medianLatency(after));
  Json outputs = Json::array();
  for (const auto& error : quantized.errors) {
    outputs.push_back({{"name", error.name},
                       {"snr_db", error.snr_db},
                       {"cosine", error.cosine},
                       {"max_abs", error.max_abs}});
  }
  return Json{{"model", path.string()},
              {"output", arguments.output},
              {"mode", "int8"},
              {"io", arguments.io},
              {"range", rangeRuleName(quantized.range)},
              {"bias_corrected", quantized.bias_corrected},
              {"samples", calibration.size()},
              {"bytes",
               {{"before", before.size()},
                {"after", after.size()},
                {"before_zstd", compressedBytes(before)},
                {"after_zstd", compressedBytes(after)}}},
              {"latency_us", {{"before", latency_before}, {"after", latency_after}}},
              {"outputs", outputs},
              {"metrics", figures}};
}

}  // namespace

void addQuantizeCommand(CLI::App& app, CommandContext& context) {
  auto* command = app.add_subcommand("quantize", "a float .tflite to integers, file to file");
  auto arguments = std::make_shared<QuantizeArguments>();
  command->add_option("model", arguments->model, "float model")->required();
  command->add_option("-o,--output", arguments->output, "the .tflite to write")->required();
  command->add_option("--mode", arguments->mode, "int8")->required();
  command->add_option("--calibration", arguments->calibration,
                      "raw float inputs, as `run` takes them (default: the task's training data)");
  command->add_option("--data", arguments->data, "folder of data sets (default: PRIMER_DATA)");
  command->add_option("--task", arguments->task, "default: the one that the model file names");
  command->add_option("--samples", arguments->samples, "how many samples calibrate (512)")
      ->check(CLI::Range(2, 1'000'000));
  command->add_option("--io", arguments->io, "type of inputs and outputs: int8 (default) or float")
      ->check(CLI::IsMember({"int8", "float"}));
  command
      ->add_option("--range", arguments->range,
                   "range of activations: auto (default: the best of the others), minmax, mse, "
                   "percentile")
      ->check(CLI::IsMember({"auto", "minmax", "mse", "percentile"}));
  command->add_flag("--no-bias-correction", arguments->plain_bias, "round the biases as they are");
  command->add_flag("--no-evaluate", arguments->unmeasured, "do not measure the task's figures");
  command->add_option("--qat", arguments->qat, "not in this version");
  command->callback([&context, arguments] {
    if (arguments->mode != "int8" || !arguments->qat.empty()) {
      std::fprintf(stderr, "primer-model: quantize %s is not in this version (int8 is)\n",
                   arguments->qat.empty() ? ("--mode " + arguments->mode).c_str() : "--qat");
      context.exit_code = kExitUsage;
      return;
    }
    const auto report = quantize(*arguments, context.workshop);
    if (!report) return context.report(report.error());
    context.print(*report);
  });
}

}  // namespace primer::toolkit
