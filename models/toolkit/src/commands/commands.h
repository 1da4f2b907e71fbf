#pragma once

// The commands of `primer-model`, one file each.

#include <CLI/CLI.hpp>
#include <filesystem>
#include <string>

#include "primer/base/program.h"
#include "primer/base/result.h"
#include "primer/toolkit/fields.h"
#include "primer/toolkit/workshop.h"

namespace primer::toolkit {

struct CommandContext {
  const Workshop& workshop;
  int exit_code = kExitOk;

  // Prints one JSON object as a line on standard output.
  void print(const Json& object) const;

  // Says what is wrong, once, and keeps the exit code that fits.
  void report(const Error& error);

  // The same for what came after the command line was read: files, recipes and data that cannot be
  // used, whatever is wrong with them (exit code 3).
  void reportUnusable(Error error);

  // True, and told, where this build cannot train (exit code 2).
  bool refusesToTrain();
};

void addListCommand(CLI::App& app, CommandContext& context);
void addRunCommand(CLI::App& app, CommandContext& context);
void addBenchmarkCommand(CLI::App& app, CommandContext& context);
void addInspectCommand(CLI::App& app, CommandContext& context);
void addQuantizeCommand(CLI::App& app, CommandContext& context);
void addTrainCommand(CLI::App& app, CommandContext& context);
void addCardCommand(CLI::App& app, CommandContext& context);
void addDescribeCommand(CLI::App& app, CommandContext& context);
void addEvaluateCommand(CLI::App& app, CommandContext& context);

// A path as it is, or the name of a shipped model ("mnist").
std::filesystem::path modelPath(const std::string& path_or_name);

// The folder named on the command line, else by PRIMER_DATA. kNotFound where neither is.
Result<std::filesystem::path> dataFolder(const std::string& option);

// Asked before a long run that would write there at its end: kNotFound or kReadOnly.
Status checkWritable(const std::filesystem::path& output);

}  // namespace primer::toolkit
