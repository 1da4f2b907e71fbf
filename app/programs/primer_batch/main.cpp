// primer-batch: the tutor's senses and judgement without a screen, on files. One JSON object a line
// in, one out.

#include <CLI/CLI.hpp>
#include <array>
#include <cstdio>
#include <exception>
#include <string>
#include <utility>
#include <vector>

#include "primer/base/program.h"
#include "verb.h"

namespace {

using primer::batch::kProgram;

// Named in the contracts, not built yet.
constexpr std::array<const char*, 9> kLater = {
    "lines", "working", "speech", "choose", "knowledge", "review", "grade", "reading", "simulate"};

int notInThisVersion(const std::string& verb) {
  std::fprintf(stderr, "%s: %s: not in this version\n", kProgram, verb.c_str());
  return primer::kExitUsage;
}

int runProgram(int argc, char** argv) {
  for (const char* verb : kLater) {
    // Whatever options would belong to it.
    if (argc > 1 && std::string(argv[1]) == verb) return notInThisVersion(verb);
  }

  CLI::App app("The tutor's senses and judgement on files: one JSON object a line in, one out.",
               kProgram);
  app.require_subcommand(1);
  primer::batch::Streams streams;
  std::vector<std::pair<CLI::App*, primer::batch::Verb>> verbs;
  const auto add = [&](const char* name, const char* what, auto adder) {
    auto* command = app.add_subcommand(name, what);
    command->add_option("--input", streams.input, "JSON lines (default: standard input)");
    command->add_option("--output", streams.output, "JSON lines (default: standard output)");
    verbs.emplace_back(command, adder(*command, streams));
  };
  add("symbols", "reads one symbol's ink: {\"id\",\"strokes\"}", primer::batch::addSymbols);
  add("images", "reads small pictures of digits: {\"id\",\"width\",\"height\",\"pixels\"}",
      primer::batch::addImages);

  try {
    app.parse(argc, argv);
    for (const auto& [command, run] : verbs) {
      if (command->parsed()) return run();
    }
    return primer::kExitUsage;
  } catch (const CLI::Success& asked) {  // --help
    return app.exit(asked);
  } catch (const CLI::ParseError& wrong) {
    std::fprintf(stderr, "%s: %s\n", kProgram, wrong.what());
    return primer::kExitUsage;
  }
}

}  // namespace

int main(int argc, char** argv) try {
  return runProgram(argc, argv);
} catch (const std::exception& problem) {
  return primer::reportError(kProgram, {primer::ErrorCode::kInternal, problem.what()});
}
