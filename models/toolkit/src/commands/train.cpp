#include <unistd.h>

#include <memory>

#include "primer/toolkit/train.h"
#include "src/commands/commands.h"
#include "src/commands/interruptions.h"

namespace primer::toolkit {

namespace {

struct TrainArguments {
  std::string recipe;
  std::string data;
  std::string output;
  std::uint64_t seed = 0;
  bool resume = false;
  bool all_data = false;
  int threads = 0;
};

Result<Json> runTrain(const TrainArguments& arguments, bool has_seed, const Workshop& workshop) {
  PRIMER_ASSIGN(auto recipe, readRecipe(arguments.recipe));
  if (has_seed) recipe.seed = arguments.seed;
  if (arguments.all_data) {
    recipe.schedule.all_data = true;
    recipe.source["training"]["all_data"] = true;
  }
  TrainOptions options;
  PRIMER_ASSIGN(options.data, dataFolder(arguments.data));
  options.output = arguments.output;
  options.resume = arguments.resume;
  options.threads = arguments.threads;
  options.live_progress = isatty(STDERR_FILENO) == 1;
  options.stop = interruptions();
  return train(recipe, workshop, options);
}

}  // namespace

void addTrainCommand(CLI::App& app, CommandContext& context) {
  auto* command = app.add_subcommand("train", "train a recipe into a float .tflite");
  auto arguments = std::make_shared<TrainArguments>();
  command->add_option("recipe", arguments->recipe, "recipe file (JSON)")->required();
  command->add_option("--data", arguments->data, "folder of data sets (default: PRIMER_DATA)");
  command->add_option("-o,--output", arguments->output, "the .tflite to write")->required();
  auto* seed = command->add_option("--seed", arguments->seed, "in place of the recipe's");
  command->add_flag("--all-data", arguments->all_data,
                    "train on the development split too: for the model that ships");
  command->add_flag("--resume", arguments->resume, "go on from the checkpoint beside the output");
  command->add_option("--threads", arguments->threads, "default: all cores")
      ->check(CLI::Range(1, 256));
  command->callback([&context, arguments, seed] {
    if (!canTrain()) {
      std::fputs(
          "primer-model: training is not in this build: configure with -DPRIMER_TRAINING=ON (needs "
          "libtorch-dev)\n",
          stderr);
      context.exit_code = kExitUsage;
      return;
    }
    const auto report = runTrain(*arguments, seed->count() > 0, context.workshop);
    if (!report) return context.report(report.error());
    context.print(*report);
  });
}

}  // namespace primer::toolkit
