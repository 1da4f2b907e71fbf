#include "primer/toolkit/quantize.h"

#include <unistd.h>
#include <zstd.h>

#include <functional>
#include <memory>

#include "primer/base/file_system.h"
#include "primer/toolkit/evaluate.h"
#include "primer/toolkit/fine_tune.h"
#include "primer/toolkit/metadata.h"
#include "src/commands/calibration_files.h"
#include "src/commands/commands.h"
#include "src/commands/interruptions.h"
#include "src/commands/quantize_report.h"
#include "src/commands/status_line.h"
#include "src/distribution.h"
#include "src/engine_runner.h"
#include "src/latency.h"
#include "src/model_card.h"
#include "src/model_file.h"
#include "src/quantizer/float_model.h"
#include "src/revision.h"

namespace primer::toolkit {

namespace {

constexpr std::uint64_t kMaxRecipeBytes = 1 << 20;

struct QuantizeArguments {
  std::string model;
  std::string output;
  std::string mode;
  std::vector<std::string> calibration;
  std::string recipe;
  std::string qat;
  std::string data;
  std::string task;
  std::string io;
  std::string range;
  std::string text;
  std::size_t samples = 512;
  bool plain_bias = false;
  bool unmeasured = false;
  bool resume = false;
};

// The recipe's options, and the command line's before them.
Result<QuantizeOptions> optionsOf(const QuantizeArguments& arguments) {
  QuantizeOptions options;
  if (!arguments.recipe.empty()) {
    PRIMER_ASSIGN(const auto bytes, realFileSystem().read(arguments.recipe, kMaxRecipeBytes));
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    PRIMER_ASSIGN(options, parseQuantizeRecipe(text, arguments.recipe));
  }
  if (!arguments.mode.empty()) options.mode = modeOf(arguments.mode).value_or(options.mode);
  if (!arguments.io.empty()) options.float_io = arguments.io == "float";
  if (!arguments.range.empty()) options.range = *rangeRuleOf(arguments.range);
  if (arguments.plain_bias) options.bias_correction = Choice::kNo;
  return options;
}

std::size_t compressedBytes(std::span<const std::byte> bytes) {
  constexpr int kLevel = 19;
  std::vector<char> to(ZSTD_compressBound(bytes.size()));
  const auto size = ZSTD_compress(to.data(), to.size(), bytes.data(), bytes.size(), kLevel);
  return ZSTD_isError(size) != 0 ? bytes.size() : size;
}

struct Cost {
  double latency = 0;
  std::size_t arena = 0;
};

Result<Cost> costOf(std::span<const std::byte> bytes) {
  PRIMER_ASSIGN(auto runner, EngineRunner::fromBytes({bytes.begin(), bytes.end()}, "the model"));
  fillInputs(runner.session());
  PRIMER_ASSIGN(const auto latency, measureLatency(runner.session(), 0));
  return Cost{latency.median, runner.session().arenaBytes()};
}

struct Material {
  CalibrationData calibration;
  std::unique_ptr<Task> task;  // null: the samples came from files, or none are needed
};

Result<Material> materialFor(const QuantizeArguments& arguments, const QuantizeOptions& options,
                             std::span<const std::byte> model, const Workshop& workshop) {
  Material material;
  if (!arguments.calibration.empty()) {
    PRIMER_ASSIGN(material.calibration, readCalibration(arguments.calibration, model));
    return material;
  }
  auto data = dataFolder(arguments.data);
  auto task = data ? taskOf(model, arguments.task, *data, workshop)
                   : Result<std::unique_ptr<Task>>(fail(data.error()));
  if (!task) {
    const bool asked = !arguments.task.empty() || !arguments.data.empty();
    if (asked) return fail(task.error());
    if (needsData(options.mode)) {
      return fail(task.error().code,
                  "this mode needs samples: raw inputs with --calibration, or a "
                  "task's data (" +
                      task.error().message + ")");
    }
    return material;
  }
  material.task = std::move(*task);
  PRIMER_ASSIGN(material.calibration.samples,
                calibrationFrom(model, *material.task, Split::kTraining, arguments.samples));
  return material;
}

// Integers after some more training in their arithmetic.
Result<FineTuned> fineTuned(const QuantizeArguments& arguments, const QuantizeOptions& options,
                            std::span<const std::byte> model, const Workshop& workshop) {
  PRIMER_ASSIGN(const auto text, realFileSystem().read(arguments.qat, kMaxRecipeBytes));
  const auto changes = Json::parse(text.begin(), text.end(), nullptr, false);
  if (changes.is_discarded()) return fail(ErrorCode::kDamaged, arguments.qat + ": not JSON");
  PRIMER_ASSIGN(const auto recipe, fineTuningRecipe(model, changes, arguments.qat));
  TrainOptions how;
  PRIMER_ASSIGN(how.data, dataFolder(arguments.data));
  how.output = arguments.output;
  how.resume = arguments.resume;
  how.live_progress = isatty(STDERR_FILENO) == 1;
  how.stop = interruptions();
  return fineTune(model, recipe, workshop, options, arguments.samples, how);
}

Json jsonOf(const TensorError& error) {
  return {{"name", error.name},
          {"op", error.op},
          {"type", error.type},
          {"snr_db", error.snr_db},
          {"cosine", error.cosine},
          {"max_abs", error.max_abs},
          {"saturation", error.saturation}};
}

Json jsonOf(const std::vector<TensorError>& errors) {
  Json list = Json::array();
  for (const auto& error : errors) list.push_back(jsonOf(error));
  return list;
}

Result<Json> quantize(const QuantizeArguments& arguments, const Workshop& workshop) {
  PRIMER_ASSIGN(const auto options, optionsOf(arguments));
  const auto path = modelPath(arguments.model);
  PRIMER_ASSIGN(const auto before, readFile(path));
  PRIMER_TRY(checkWritable(arguments.output));
  PRIMER_ASSIGN(auto metadata, readMetadata(before));
  PRIMER_TRY(plainFloatModel(before, "the model").map([](const auto&) {}));  // before data are read
  const StatusLine status;
  status.say("reading the samples");
  PRIMER_ASSIGN(const auto material, materialFor(arguments, options, before, workshop));
  const auto& calibration = material.calibration;
  const auto* task = material.task.get();
  Quantized quantized;
  Json training;
  if (arguments.qat.empty()) {
    status.say("quantising");
    PRIMER_ASSIGN(quantized, toolkit::quantize(before, calibration, options));
  } else {
    PRIMER_ASSIGN(auto tuned, fineTuned(arguments, options, before, workshop));
    quantized = std::move(tuned.quantized);
    training = std::move(tuned.training);
  }

  // Errors and figures are told on data that did not calibrate, where there is any.
  const bool has_development = task != nullptr && task->size(Split::kDevelopment) > 0;
  if (has_development) {
    PRIMER_ASSIGN(const auto fresh,
                  calibrationFrom(before, *task, Split::kDevelopment, arguments.samples));
    PRIMER_ASSIGN(quantized.errors, compareOutputs(quantized.bytes, before, fresh));
  }
  Json how = {{"mode", modeName(options.mode)}};
  if (needsData(options.mode)) {
    how["io"] = options.float_io ? "float" : "integer";
    how["range"] = rangeRuleName(quantized.range);
    how["bias_corrected"] = quantized.bias_corrected;
    how["equalised"] = quantized.equalised;
    how["weights_rounded"] = quantized.weights_rounded;
    how["samples"] = calibration.samples.size();
    how["kept_float"] = quantized.kept_float;
    how["in_int16"] = quantized.in_int16;
  }
  metadata["quantization"] = how;
  metadata["quantization"]["revision"] = sourceRevision();
  if (!training.is_null()) {
    // In the file nothing that another run of the same would have otherwise.
    how["training"] = training;
    for (const auto* told : {"epochs", "learning_rate"}) {
      metadata["quantization"]["training"][told] = training[told];
    }
  }
  Json figures;
  if (has_development && !arguments.unmeasured) {
    status.say("measuring on the development split");
    PRIMER_ASSIGN(const auto metrics, evaluate(quantized.bytes, *task, Split::kDevelopment));
    figures = metrics;
    metadata["figures"]["development_" + std::string(modeName(options.mode))] = figures;
  }
  if (task != nullptr) {
    PRIMER_ASSIGN(metadata["reference"], referenceDistribution(quantized.bytes, *task));
  }
  PRIMER_ASSIGN(const auto after, writeMetadata(quantized.bytes, metadata));
  PRIMER_TRY(realFileSystem().writeAtomically(arguments.output, after, FileAccess::kAsUsual));
  PRIMER_ASSIGN(const auto card, writeModelCard(arguments.output));
  const auto checkpoint = arguments.output + ".checkpoint";
  if (!arguments.qat.empty() && realFileSystem().exists(checkpoint)) {
    PRIMER_TRY(realFileSystem().remove(checkpoint));
  }

  status.say("timing");
  PRIMER_ASSIGN(const auto cost_before, costOf(before));
  PRIMER_ASSIGN(const auto cost_after, costOf(after));
  Json report = {{"model", path.string()}, {"output", arguments.output}, {"card", card.string()}};
  report.update(how);
  report["bytes"] = {{"before", before.size()},
                     {"after", after.size()},
                     {"before_zstd", compressedBytes(before)},
                     {"after_zstd", compressedBytes(after)}};
  report["latency_us"] = {{"before", cost_before.latency}, {"after", cost_after.latency}};
  report["arena_bytes"] = {{"before", cost_before.arena}, {"after", cost_after.arena}};
  report["outputs"] = jsonOf(quantized.errors);
  report["tensors"] = jsonOf(quantized.tensors);
  report["metrics"] = figures;
  if (!arguments.text.empty()) {
    PRIMER_TRY(realFileSystem().writeAtomically(arguments.text, asBytes(quantizeReport(report)),
                                                FileAccess::kAsUsual));
  }
  return report;
}

}  // namespace

void addQuantizeCommand(CLI::App& app, CommandContext& context) {
  auto* command = app.add_subcommand("quantize", "a float .tflite to integers, file to file");
  auto arguments = std::make_shared<QuantizeArguments>();
  command->add_option("model", arguments->model, "float model")->required();
  command->add_option("-o,--output", arguments->output, "the .tflite to write")->required();
  command
      ->add_option("--mode", arguments->mode,
                   "int8, int16x8, dynamic, float16, weights8 or weights4 (default: the recipe's)")
      ->check(CLI::IsMember({"int8", "int16x8", "dynamic", "float16", "weights8", "weights4"}));
  command->add_option("--recipe", arguments->recipe, "TOML: options and exceptions by operator");
  command->add_option("--calibration", arguments->calibration,
                      "raw inputs, as `run` takes them (default: the task's training data); "
                      "SIGNATURE=FILE for a signature that begins at a subgraph of its own");
  command->add_option("--data", arguments->data, "folder of data sets (default: PRIMER_DATA)");
  command->add_option("--task", arguments->task, "default: the one that the model file names");
  command->add_option("--samples", arguments->samples, "how many samples calibrate (512)")
      ->check(CLI::Range(2, 1'000'000));
  command
      ->add_option("--io", arguments->io,
                   "type of inputs and outputs: int8 (or integer: the mode's; default) or float")
      ->check(CLI::IsMember({"int8", "integer", "float"}));
  command
      ->add_option("--range", arguments->range,
                   "range of activations: auto (default: the best of the others), minmax, "
                   "percentile, mse, entropy")
      ->check(CLI::IsMember({"auto", "minmax", "percentile", "mse", "entropy"}));
  command->add_option("--report", arguments->text, "also write the report as text");
  command->add_flag("--no-bias-correction", arguments->plain_bias, "round the biases as they are");
  command->add_flag("--no-evaluate", arguments->unmeasured, "do not measure the task's figures");
  command->add_option("--qat", arguments->qat,
                      "JSON: go on training in the integers' arithmetic (quantisation-aware), with "
                      "the model's own recipe and what this one changes in it");
  command->add_flag("--resume", arguments->resume,
                    "with --qat: go on from the checkpoint beside the output");
  command->callback([&context, arguments] {
    if (!arguments->qat.empty() && context.refusesToTrain()) return;
    if (arguments->mode.empty() && arguments->recipe.empty()) {
      std::fprintf(stderr, "primer-model: quantize needs --mode or --recipe\n");
      context.exit_code = kExitUsage;
      return;
    }
    const auto report = quantize(*arguments, context.workshop);
    if (!report) return context.reportUnusable(report.error());
    context.print(*report);
  });
}

}  // namespace primer::toolkit
