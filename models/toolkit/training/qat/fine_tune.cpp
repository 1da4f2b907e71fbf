#include "primer/toolkit/fine_tune.h"

#include <torch/types.h>

#include <algorithm>

#include "primer/toolkit/evaluate.h"
#include "primer/toolkit/metadata.h"
#include "src/quantizer/compare.h"
#include "src/quantizer/float_model.h"
#include "training/loop.h"
#include "training/material.h"
#include "training/qat/quantised_network.h"
#include "training/teachers.h"

namespace primer::toolkit {

namespace {

constexpr std::size_t kJudged = 128;  // samples on which errors are told

// What tells this training from others, beside the recipe: FNV-1a of the float model.
std::uint64_t fingerprint(std::span<const std::byte> bytes) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const auto byte : bytes) {
    hash = (hash ^ static_cast<std::uint64_t>(byte)) * 0x100000001b3;
  }
  return hash;
}

Result<FineTuned> fineTuneModel(std::span<const std::byte> model, const Recipe& recipe,
                                const Workshop& workshop, const QuantizeOptions& options,
                                std::size_t samples, const TrainOptions& how) {
  PRIMER_ASSIGN(const auto plain, plainFloatModel(model, "the model"));
  PRIMER_ASSIGN(const auto metadata, readMetadata(model));
  PRIMER_ASSIGN(const auto task,
                workshop.openTask(recipe.task, {how.data, recipe.task_options, recipe.augmentation,
                                                foldOf(metadata)}));
  PRIMER_ASSIGN(auto teachers, readTeachers(recipe.distillation, *task));
  PRIMER_ASSIGN(const auto material, layOut(*task, *plain, recipe.schedule.all_data));
  PRIMER_ASSIGN(auto calibration, calibrationFrom(model, *task, Split::kTraining, samples));
  PRIMER_ASSIGN(auto made, IntegerForward::make(model, calibration, options));
  const auto integer = std::make_shared<IntegerForward>(std::move(made));
  PRIMER_ASSIGN(auto graph, integer->importGraph(true));
  PRIMER_ASSIGN(const auto loop_options, loopOptions(recipe, material, how,
                                                     {{"model", fingerprint(model)},
                                                      {"mode", modeName(options.mode)},
                                                      {"teachers", teachers.identity}}));
  PRIMER_TRY(checkSamples(material, loop_options.threads));

  TrainingLoop loop(std::make_unique<QuantisedNetwork>(integer, std::move(graph)), material,
                    loop_options, std::move(teachers.all));
  PRIMER_TRY(loop.run());
  loop.network().parametersChanged();
  PRIMER_ASSIGN(const auto metrics, loop.measure());
  FineTuned result;
  PRIMER_ASSIGN(result.quantized, integer->quantized());
  calibration.resize(std::min(calibration.size(), kJudged));
  PRIMER_ASSIGN(result.quantized.errors,
                compareOutputs(result.quantized.bytes, serialiseModel(*plain), calibration));
  result.training = {{"epochs", loop.progress().history.size()},
                     {"learning_rate", recipe.schedule.learning_rate},
                     {"seconds", loop.progress().seconds},
                     {"samples_per_second", loop.samplesPerSecond()},
                     {"metrics", metrics},
                     {"history", loop.progress().history}};
  return result;
}

}  // namespace

Result<FineTuned> fineTune(std::span<const std::byte> model, const Recipe& recipe,
                           const Workshop& workshop, const QuantizeOptions& options,
                           std::size_t samples, const TrainOptions& how) {
  try {
    return fineTuneModel(model, recipe, workshop, options, samples, how);
  } catch (const c10::Error& error) {  // libtorch throws; exceptions end here
    return fail(ErrorCode::kInternal, std::string("libtorch: ") + error.what_without_backtrace());
  } catch (const std::exception& error) {
    return fail(ErrorCode::kInternal, std::string("training: ") + error.what());
  }
}

}  // namespace primer::toolkit
