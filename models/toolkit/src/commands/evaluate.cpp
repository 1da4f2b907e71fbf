#include "primer/toolkit/evaluate.h"

#include <memory>

#include "primer/toolkit/metadata.h"
#include "src/commands/commands.h"
#include "src/commands/status_line.h"
#include "src/model_file.h"

namespace primer::toolkit {

namespace {

struct EvaluateArguments {
  std::string model;
  std::string data;
  std::string split = "development";
  std::string task;
};

Result<Json> evaluateChain(const EvaluateArguments& arguments, const MeasureChain& measure,
                           Split split) {
  PRIMER_ASSIGN(const auto data, dataFolder(arguments.data));
  const StatusLine status;
  status.say("measuring");
  PRIMER_ASSIGN(const auto figures, measure(data, split));
  return Json{{"model", arguments.model}, {"task", arguments.model},    {"split", arguments.split},
              {"n", figures.count},       {"metrics", figures.metrics}, {"float", nullptr}};
}

Result<Json> evaluateModel(const EvaluateArguments& arguments, const Workshop& workshop) {
  const auto split =
      arguments.split == splitName(Split::kTraining) ? Split::kTraining : Split::kDevelopment;
  if (const auto* chain = workshop.chain(arguments.model)) {
    return evaluateChain(arguments, *chain, split);
  }
  const auto path = modelPath(arguments.model);
  PRIMER_ASSIGN(const auto bytes, readFile(path));
  PRIMER_ASSIGN(const auto metadata, readMetadata(bytes));
  PRIMER_ASSIGN(const auto data, dataFolder(arguments.data));
  PRIMER_ASSIGN(const auto task, taskOf(bytes, arguments.task, data, workshop));
  const StatusLine status;
  status.say("measuring");
  PRIMER_ASSIGN(const auto metrics, evaluate(bytes, *task, split));
  // What the float model reached on the development split, as the file tells.
  Json float_figures;
  if (split == Split::kDevelopment && metadata.contains("figures") &&
      metadata["figures"].is_object() && metadata["figures"].contains("development_float")) {
    float_figures = metadata["figures"]["development_float"];
  }
  return Json{{"model", path.string()}, {"task", task->info().name}, {"split", arguments.split},
              {"n", task->size(split)}, {"metrics", metrics},        {"float", float_figures}};
}

}  // namespace

void addEvaluateCommand(CLI::App& app, CommandContext& context) {
  auto* command = app.add_subcommand("evaluate", "how well a model does its task, on the engine");
  auto arguments = std::make_shared<EvaluateArguments>();
  command
      ->add_option("model", arguments->model,
                   "file, or name of a shipped model or of several together")
      ->required();
  command->add_option("--data", arguments->data, "folder of data sets (default: PRIMER_DATA)");
  command->add_option("--split", arguments->split, "development (default) or training")
      ->check(CLI::IsMember({"development", "training"}));
  command->add_option("--task", arguments->task, "default: the one that the model file names");
  command->callback([&context, arguments] {
    const auto report = evaluateModel(*arguments, context.workshop);
    if (!report) return context.reportUnusable(report.error());
    context.print(*report);
  });
}

}  // namespace primer::toolkit
