#pragma once

// What the commands of primer-admin share.

#include <CLI/CLI.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "primer/base/program.h"
#include "primer/base/result.h"

namespace primer::admin {

inline constexpr const char* kProgram = "primer-admin";

struct Context {
  std::filesystem::path data;
  std::filesystem::path pin_file;
  int exit_code = kExitOk;

  // What a person gave cannot be used: one line on standard error, exit 3.
  void report(const Error& error);
  // One line on standard output, at once.
  static void print(const nlohmann::ordered_json& object);
};

void addCheck(CLI::App& app, Context& context);
void addTrialClass(CLI::App& app, Context& context);

}  // namespace primer::admin
