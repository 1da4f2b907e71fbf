#include <memory>

#include "primer/base/file_system.h"
#include "primer/toolkit/evaluate.h"
#include "primer/toolkit/metadata.h"
#include "src/commands/commands.h"
#include "src/commands/status_line.h"
#include "src/distribution.h"
#include "src/model_card.h"
#include "src/model_file.h"

namespace primer::toolkit {

namespace {

struct DescribeArguments {
  std::string model;
  std::string output;
  std::string data;
};

// Samples on the two sides, as the training that the file tells of saw them.
Json splitOf(const Json& metadata, const Task& task) {
  auto training = task.size(Split::kTraining);
  const auto development = task.size(Split::kDevelopment);
  const Json::json_pointer all_data("/training/recipe/training/all_data");
  if (metadata.contains(all_data) && metadata[all_data] == true) training += development;
  return {{"training", training}, {"development", development}, {"by", task.info().grouped_by}};
}

// What training and quantising write into a file beside its weights, for one that was made before
// they did: what the task says of itself, the split, the reference distribution. Nothing changes
// in a file that has them.
Result<Json> describe(const DescribeArguments& arguments, const Workshop& workshop) {
  const auto path = modelPath(arguments.model);
  PRIMER_ASSIGN(const auto bytes, readFile(path));
  PRIMER_TRY(checkWritable(arguments.output));
  PRIMER_ASSIGN(auto metadata, readMetadata(bytes));
  PRIMER_ASSIGN(const auto data, dataFolder(arguments.data));
  PRIMER_ASSIGN(const auto task, taskOf(bytes, "", data, workshop));
  const StatusLine status;
  status.say("looking at the data");
  const auto& info = task->info();
  metadata["use"] = info.use;
  metadata["data"] = info.data;
  // One of several folds was split by its fold; its training wrote that down.
  if (!metadata.contains(Json::json_pointer("/task/fold"))) {
    metadata["split"] = splitOf(metadata, *task);
  }
  PRIMER_ASSIGN(metadata["reference"], referenceDistribution(bytes, *task));
  PRIMER_ASSIGN(const auto described, writeMetadata(bytes, metadata));
  PRIMER_TRY(realFileSystem().writeAtomically(arguments.output, described, FileAccess::kAsUsual));
  PRIMER_ASSIGN(const auto card, writeModelCard(arguments.output));
  return Json{{"model", path.string()},
              {"output", arguments.output},
              {"card", card.string()},
              {"task", info.name},
              {"split", metadata["split"]}};
}

}  // namespace

void addDescribeCommand(CLI::App& app, CommandContext& context) {
  auto* command = app.add_subcommand(
      "describe", "writes what its task says into a model: use, split, reference distribution");
  auto arguments = std::make_shared<DescribeArguments>();
  command->add_option("model", arguments->model, "file, or name of a shipped model")->required();
  command->add_option("-o,--output", arguments->output, "the .tflite to write")->required();
  command->add_option("--data", arguments->data, "folder of data sets (default: PRIMER_DATA)");
  command->callback([&context, arguments] {
    const auto report = describe(*arguments, context.workshop);
    if (!report) return context.reportUnusable(report.error());
    context.print(*report);
  });
}

}  // namespace primer::toolkit
