#include <torch/torch.h>

#include <cstdio>

#include "primer/base/file_system.h"
#include "primer/toolkit/metadata.h"
#include "primer/toolkit/train.h"
#include "src/distribution.h"
#include "src/learning_curve.h"
#include "src/model_card.h"
#include "src/model_file.h"
#include "src/revision.h"
#include "training/loop.h"
#include "training/material.h"
#include "training/teachers.h"
#include "training/torch_graph.h"

namespace primer::toolkit {

namespace {

// What travels in the file, see metadata.h.
Json descriptionOf(const Recipe& recipe, const TrainOptions& options, const Material& material,
                   const Json& teachers, const TrainingLoop& loop, const Metrics& metrics) {
  const auto& info = material.task->info();
  Json labels = Json::object();
  for (const auto& output : info.outputs) {
    if (!output.labels.empty()) labels[output.name] = output.labels;
  }
  Json figures = metrics;
  if (recipe.schedule.all_data && !material.development.empty()) {
    figures["seen_in_training"] = true;
  }
  Json task = {{"name", recipe.task}, {"options", recipe.task_options}};
  if (options.fold) {
    task["fold"] = {{"index", options.fold->index}, {"count", options.fold->count}};
  }
  Json training = {{"samples", material.training.size()},
                   {"epochs", loop.progress().history.size()},
                   {"seed", recipe.seed},
                   {"revision", sourceRevision()},
                   {"recipe", recipe.source}};
  if (!teachers.empty()) training["teachers"] = teachers;
  return {{"name", recipe.name},
          {"task", task},
          {"labels", labels},
          {"preprocessing", info.preprocessing},
          {"use", info.use},
          {"data", info.data},
          {"split",
           {{"training", material.training.size()},
            {"development", material.development.size()},
            {"by", info.grouped_by}}},
          {"figures",
           {{"development_float", figures}, {"development_samples", material.development.size()}}},
          {"training", training}};
}

Status writeModel(tflite::ModelT& model, const Task& task, Json description,
                  const std::filesystem::path& path) {
  const auto put = [&] {
    setMetadata(model, kMetadataEntry,
                asBytes(description.dump(-1, ' ', false, Json::error_handler_t::replace)));
    return serialiseModel(model);
  };
  PRIMER_ASSIGN(description["reference"], referenceDistribution(put(), task));
  return realFileSystem().writeAtomically(path, put(), FileAccess::kAsUsual);
}

// A picture that cannot be written must not end a training that can go on.
std::function<void(const Json&)> drawsCurve(const Recipe& recipe, const TaskInfo& info,
                                            const std::filesystem::path& output) {
  auto path = output;
  path.replace_extension(".svg");
  const CurveLabels labels{recipe.name, info.main_metric, "development split"};
  return [path, labels, told = false](const Json& history) mutable {
    const auto written = realFileSystem().writeAtomically(
        path, asBytes(learningCurve(history, labels)), FileAccess::kAsUsual);
    if (!written && !told) {
      std::fprintf(stderr, "the learning curve is not drawn: %s\n",
                   written.error().message.c_str());
      told = true;
    }
  };
}

Result<Json> trainRecipe(const Recipe& recipe, const Workshop& workshop,
                         const TrainOptions& options) {
  const auto& schedule = recipe.schedule;
  PRIMER_ASSIGN(const auto task,
                workshop.openTask(recipe.task, {options.data, recipe.task_options,
                                                recipe.augmentation, options.fold}));
  PRIMER_ASSIGN(const auto built, workshop.build(recipe.architecture, recipe.architecture_options,
                                                 task->info(), recipe.seed));
  PRIMER_ASSIGN(const auto model, parseModel(built, recipe.architecture));
  PRIMER_ASSIGN(auto graph, TorchGraph::import(*model, {schedule.batch_norm, true}));
  PRIMER_ASSIGN(const auto material, layOut(*task, *model, schedule.all_data));
  PRIMER_ASSIGN(auto teachers, readTeachers(recipe.distillation, *task));
  PRIMER_ASSIGN(auto how, loopOptions(recipe, material, options,
                                      {{"fold", options.fold ? Json(options.fold->index) : Json()},
                                       {"teachers", teachers.identity}}));
  how.epoch_done = drawsCurve(recipe, task->info(), options.output);
  PRIMER_TRY(checkSamples(material, how.threads));

  auto network = std::make_unique<GraphNetwork>(std::move(graph));
  const auto& trained = network->graph();
  TrainingLoop loop(std::move(network), material, how, std::move(teachers.all));
  PRIMER_TRY(loop.run());
  PRIMER_ASSIGN(const auto metrics, loop.measure());
  trained.writeBack(*model);
  PRIMER_TRY(writeModel(*model, *task,
                        descriptionOf(recipe, options, material, teachers.identity, loop, metrics),
                        options.output));
  PRIMER_ASSIGN(const auto card, writeModelCard(options.output));
  if (realFileSystem().exists(how.checkpoint)) {
    PRIMER_TRY(realFileSystem().remove(how.checkpoint));
  }
  std::error_code ignored;
  return Json{{"model", options.output.string()},
              {"recipe", recipe.name},
              {"card", card.string()},
              {"epochs", loop.progress().history.size()},
              {"best_epoch", loop.progress().best_epoch},
              {"seconds", loop.progress().seconds},
              {"samples_per_second", loop.samplesPerSecond()},
              {"waiting_for_data", loop.waitingShare()},
              {"parameters", loop.network().parameters().numel()},
              {"bytes", std::filesystem::file_size(options.output, ignored)},
              {"metrics", metrics},
              {"history", loop.progress().history}};
}

}  // namespace

bool canTrain() { return true; }

Result<Json> train(const Recipe& recipe, const Workshop& workshop, const TrainOptions& options) {
  try {
    return trainRecipe(recipe, workshop, options);
  } catch (const c10::Error& error) {  // libtorch throws; exceptions end here
    return fail(ErrorCode::kInternal, std::string("libtorch: ") + error.what_without_backtrace());
  } catch (const std::exception& error) {
    return fail(ErrorCode::kInternal, std::string("training: ") + error.what());
  }
}

}  // namespace primer::toolkit
