#include <cstdio>
#include <memory>

#include "primer/base/file_system.h"
#include "src/commands/commands.h"
#include "src/model_card.h"
#include "src/model_file.h"

namespace primer::toolkit {

namespace {

Status printCard(const std::string& name, const std::string& output) {
  const auto path = modelPath(name);
  PRIMER_ASSIGN(const auto bytes, readFile(path));
  PRIMER_ASSIGN(const auto card, modelCard(bytes, path.filename().string()));
  if (!output.empty()) {
    return realFileSystem().writeAtomically(output, asBytes(card), FileAccess::kAsUsual);
  }
  std::fputs(card.c_str(), stdout);
  return {};
}

}  // namespace

void addCardCommand(CLI::App& app, CommandContext& context) {
  auto* command = app.add_subcommand("card", "a model's card, from what travels in the file");
  struct Arguments {
    std::string model;
    std::string output;
  };
  auto arguments = std::make_shared<Arguments>();
  command->add_option("model", arguments->model, "file, or name of a shipped model")->required();
  command->add_option("-o,--output", arguments->output, "Markdown (default: standard output)");
  command->callback([&context, arguments] {
    if (const auto status = printCard(arguments->model, arguments->output); !status) {
      context.report(status.error());
    }
  });
}

}  // namespace primer::toolkit
