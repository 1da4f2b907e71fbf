#include <unistd.h>

#include <cstdio>
#include <map>
#include <memory>

#include "primer/toolkit/metadata.h"
#include "primer/toolkit/train.h"
#include "src/commands/commands.h"
#include "src/commands/interruptions.h"
#include "src/model_file.h"

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
  std::string fold;
  int folds = 0;
};

// "2/5": the second of five.
Result<Fold> readFold(const std::string& text) {
  Fold fold;
  char rest = 0;
  const int read = std::sscanf(text.c_str(), "%d/%d%c", &fold.index, &fold.count, &rest);
  if (read != 2 || fold.count < 2 || fold.index < 1 || fold.index > fold.count) {
    return fail(ErrorCode::kInvalidArgument, "--fold " + text + ": should be like 2/5");
  }
  --fold.index;
  return fold;
}

// digits.tflite, the second fold: digits.fold2.tflite.
std::filesystem::path foldPath(std::filesystem::path output, int fold) {
  const auto extension = output.extension().string();
  output.replace_extension(".fold" + std::to_string(fold) + extension);
  return output;
}

// A model a fold, each judged on the groups that it did not see; those that a stopped run finished
// are kept where it goes on.
Result<Json> trainFolds(const Recipe& recipe, const Workshop& workshop, TrainOptions options,
                        int count) {
  const auto output = options.output;
  Json report = {{"recipe", recipe.name}, {"folds", Json::array()}};
  std::map<std::string, double> sums;
  for (int i = 0; i < count; ++i) {
    options.output = foldPath(output, i + 1);
    options.fold = Fold{i, count};
    std::fprintf(stderr, "fold %d/%d\n", i + 1, count);
    Json metrics;
    if (const auto bytes = readFile(options.output); options.resume && bytes) {
      PRIMER_ASSIGN(const auto metadata, readMetadata(*bytes));
      const auto fold = foldOf(metadata);
      const Json::json_pointer made("/training/recipe"), seed("/training/seed");
      if (fold && fold->index == i && fold->count == count && metadata.contains(made) &&
          metadata[made] == recipe.source && metadata.contains(seed) &&
          metadata[seed] == recipe.seed) {
        metrics = metadata["figures"]["development_float"];
      }
    }
    if (metrics.is_null()) {
      PRIMER_ASSIGN(const auto trained, train(recipe, workshop, options));
      metrics = trained["metrics"];
    }
    for (const auto& [name, value] : metrics.items()) sums[name] += value.get<double>();
    report["folds"].push_back({{"model", options.output.string()}, {"metrics", metrics}});
  }
  for (const auto& [name, sum] : sums) report["mean"][name] = sum / count;
  return report;
}

Result<Json> runTrain(const TrainArguments& arguments, bool has_seed, const Workshop& workshop) {
  PRIMER_ASSIGN(auto recipe, readRecipe(arguments.recipe));
  PRIMER_TRY(checkWritable(arguments.output));
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
  if (arguments.folds > 0) return trainFolds(recipe, workshop, options, arguments.folds);
  if (!arguments.fold.empty()) {
    PRIMER_ASSIGN(options.fold, readFold(arguments.fold));
  }
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
  auto* fold = command
                   ->add_option("--fold", arguments->fold,
                                "like 2/5: hold out the second of five folds by writer, "
                                "speaker, ... in place of the task's own split")
                   ->check([](const std::string& text) {
                     const auto read = readFold(text);
                     return read ? std::string() : read.error().message;
                   });
  command
      ->add_option("--folds", arguments->folds,
                   "a model for each of so many folds (OUTPUT.fold1..., k-fold and cross-fitting)")
      ->check(CLI::Range(2, 100))
      ->excludes(fold);
  command->add_option("--threads", arguments->threads, "default: all cores")
      ->check(CLI::Range(1, 256));
  command->callback([&context, arguments, seed] {
    if (context.refusesToTrain()) return;
    const auto report = runTrain(*arguments, seed->count() > 0, context.workshop);
    if (!report) return context.reportUnusable(report.error());
    context.print(*report);
  });
}

}  // namespace primer::toolkit
