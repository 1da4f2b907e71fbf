#include <torch/torch.h>

#include <thread>

#include "primer/base/file_system.h"
#include "primer/toolkit/metadata.h"
#include "primer/toolkit/train.h"
#include "src/model_file.h"
#include "training/loop.h"
#include "training/material.h"
#include "training/torch_graph.h"

namespace primer::toolkit {

namespace {

// What travels in the file.
Json descriptionOf(const Recipe& recipe, const Material& material, const Metrics& metrics) {
  const auto& info = material.task->info();
  Json labels = Json::object();
  for (const auto& output : info.outputs) {
    if (!output.labels.empty()) labels[output.name] = output.labels;
  }
  Json figures = metrics;
  if (recipe.schedule.all_data && !material.development.empty()) {
    figures["seen_in_training"] = true;
  }
  return {
      {"name", recipe.name},
      {"task", {{"name", recipe.task}, {"options", recipe.task_options}}},
      {"labels", labels},
      {"preprocessing", info.preprocessing},
      {"data", info.data},
      {"figures",
       {{"development_float", figures}, {"development_samples", material.development.size()}}},
      {"training",
       {{"samples", material.training.size()}, {"seed", recipe.seed}, {"recipe", recipe.source}}}};
}

Result<Json> trainRecipe(const Recipe& recipe, const Workshop& workshop,
                         const TrainOptions& options) {
  const auto& schedule = recipe.schedule;
  PRIMER_ASSIGN(const auto task, workshop.openTask(recipe.task, {options.data, recipe.task_options,
                                                                 recipe.augmentation}));
  PRIMER_ASSIGN(const auto built, workshop.build(recipe.architecture, recipe.architecture_options,
                                                 task->info(), recipe.seed));
  PRIMER_ASSIGN(const auto model, parseModel(built, recipe.architecture));
  PRIMER_ASSIGN(auto graph, TorchGraph::import(*model, {schedule.batch_norm, true}));
  PRIMER_ASSIGN(const auto material, layOut(*task, *model, schedule.all_data));
  LoopOptions how;
  how.schedule = schedule;
  how.seed = recipe.seed;
  how.identity = {{"recipe", recipe.source},
                  {"seed", recipe.seed},
                  {"training", material.training.size()},
                  {"development", material.development.size()}};
  how.checkpoint = options.output.string() + ".checkpoint";
  how.resume = options.resume;
  how.threads = options.threads > 0
                    ? options.threads
                    : static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  how.live_progress = options.live_progress;
  how.stop = options.stop;
  PRIMER_TRY(checkSamples(material, how.threads));

  auto network = std::make_unique<GraphNetwork>(std::move(graph));
  const auto& trained = network->graph();
  TrainingLoop loop(std::move(network), material, how);
  PRIMER_TRY(loop.run());
  PRIMER_ASSIGN(const auto metrics, loop.measure());
  trained.writeBack(*model);
  const Json description = descriptionOf(recipe, material, metrics);
  setMetadata(*model, kMetadataEntry,
              asBytes(description.dump(-1, ' ', false, Json::error_handler_t::replace)));
  const auto bytes = serialiseModel(*model);
  PRIMER_TRY(realFileSystem().writeAtomically(options.output, bytes, FileAccess::kAsUsual));
  if (realFileSystem().exists(how.checkpoint)) {
    PRIMER_TRY(realFileSystem().remove(how.checkpoint));
  }
  return Json{{"model", options.output.string()},
              {"recipe", recipe.name},
              {"epochs", schedule.epochs},
              {"seconds", loop.progress().seconds},
              {"samples_per_second", loop.samplesPerSecond()},
              {"parameters", loop.network().parameters().numel()},
              {"bytes", bytes.size()},
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
