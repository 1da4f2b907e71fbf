#include <algorithm>

#include "primer/base/file_system.h"
#include "primer/base/share.h"
#include "primer/toolkit/metadata.h"
#include "src/commands/commands.h"
#include "src/model_file.h"

namespace primer::toolkit {

namespace {

Status listModels(const CommandContext& context) {
  const auto folder = shareFolder() / "models";
  PRIMER_ASSIGN(const auto names, realFileSystem().list(folder));
  for (const auto& name : names) {
    const auto path = folder / name;
    if (path.extension() != ".tflite") continue;
    PRIMER_ASSIGN(const auto bytes, readFile(path));
    PRIMER_ASSIGN(const auto metadata, readMetadata(bytes));
    const auto entry = [&](const char* key) {
      const auto it = metadata.find(key);
      return it == metadata.end() ? Json() : *it;
    };
    const Json task = entry("task");
    context.print({{"name", path.stem().string()},
                   {"path", path.string()},
                   {"bytes", bytes.size()},
                   {"task", task.is_object() && task.contains("name") ? task["name"] : Json()},
                   {"figures", entry("figures")}});
  }
  return {};
}

}  // namespace

void addListCommand(CLI::App& app, CommandContext& context) {
  auto* command = app.add_subcommand("list", "the shipped models, one a line");
  command->callback([&context] {
    if (const auto status = listModels(context); !status) context.report(status.error());
  });
}

}  // namespace primer::toolkit
