#include "primer/toolkit/program.h"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "primer/base/command_line.h"
#include "primer/base/share.h"
#include "primer/toolkit/train.h"
#include "src/commands/commands.h"

namespace primer::toolkit {

namespace {

constexpr const char* kProgram = "primer-model";

}  // namespace

void CommandContext::print(const Json& object) const {
  std::printf("%s\n", object.dump(-1, ' ', false, Json::error_handler_t::replace).c_str());
}

void CommandContext::report(const Error& error) { exit_code = reportError(kProgram, error); }

std::filesystem::path modelPath(const std::string& path_or_name) {
  const bool is_name =
      path_or_name.find('/') == std::string::npos && path_or_name.find('.') == std::string::npos;
  if (!is_name) return path_or_name;
  std::error_code ignored;
  if (std::filesystem::exists(path_or_name, ignored)) return path_or_name;
  return shareFolder() / "models" / (path_or_name + ".tflite");
}

bool CommandContext::refusesToTrain() {
  if (canTrain()) return false;
  std::fputs(
      "primer-model: training is not in this build: configure with -DPRIMER_TRAINING=ON (needs "
      "libtorch-dev)\n",
      stderr);
  exit_code = kExitUsage;
  return true;
}

void CommandContext::reportUnusable(Error error) {
  if (error.code == ErrorCode::kInvalidArgument) error.code = ErrorCode::kDamaged;
  report(error);
}

Status checkWritable(const std::filesystem::path& output) {
  const auto folder = output.has_parent_path() ? output.parent_path() : std::filesystem::path(".");
  std::error_code ignored;
  if (!std::filesystem::is_directory(folder, ignored)) {
    return fail(ErrorCode::kNotFound, output.string() + ": there is no folder " + folder.string());
  }
  if (std::filesystem::is_directory(output, ignored)) {
    return fail(ErrorCode::kReadOnly, output.string() + " is a folder");
  }
  if (access(folder.c_str(), W_OK) != 0) {
    return fail(ErrorCode::kReadOnly, output.string() + ": the folder cannot be written");
  }
  return {};
}

Result<std::filesystem::path> dataFolder(const std::string& option) {
  std::filesystem::path folder = option;
  if (folder.empty()) {
    if (const char* named = std::getenv("PRIMER_DATA"); named != nullptr) folder = named;
  }
  if (folder.empty()) {
    return fail(ErrorCode::kNotFound,
                "no data: name the folder of data sets with --data or PRIMER_DATA");
  }
  std::error_code ignored;
  if (!std::filesystem::is_directory(folder, ignored)) {
    return fail(ErrorCode::kNotFound, "the data folder " + folder.string() + " is not there");
  }
  return folder;
}

int runModelProgram(int argc, const char* const* argv, const Workshop& workshop) {
  CommandContext context{workshop};
  return runCommandLine(
      kProgram, "Makes, shrinks, checks and runs the models.", argc, argv, [&](CLI::App& app) {
        app.require_subcommand(1);
        addListCommand(app, context);
        addRunCommand(app, context);
        addBenchmarkCommand(app, context);
        addInspectCommand(app, context);
        addQuantizeCommand(app, context);
        addTrainCommand(app, context);
        addEvaluateCommand(app, context);
        addCardCommand(app, context);
        addDescribeCommand(app, context);
        for (const char* verb : {"prune", "cluster", "compress", "decompress", "drift"}) {
          addLaterVerb(app, verb);
        }
        return [&context] { return context.exit_code; };
      });
}

}  // namespace primer::toolkit
