// pronunciation-prepare: decodes all recordings once, for the programs that learn from them.

#include <CLI/CLI.hpp>
#include <filesystem>

#include "data/corpus.h"
#include "primer/base/command_line.h"
#include "primer/base/program.h"

int main(int argc, char** argv) {
  const char* const program = "pronunciation-prepare";
  std::filesystem::path data, work;
  return primer::runCommandLine(
      program, "Decodes all recordings once into a working folder.", argc, argv,
      [&](CLI::App& app) -> primer::Job {
        app.add_option("--data", data, "folder of data sets")->envname("PRIMER_DATA")->required();
        app.add_option("--work", work, "working folder")->required();
        return [&] {
          std::filesystem::create_directories(work);
          const auto done = primer::pronunciation::workshop::prepareCorpus(data, work);
          return done ? int(primer::kExitOk) : primer::reportError(program, done.error());
        };
      });
}
