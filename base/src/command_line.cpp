#include "primer/base/command_line.h"

#include <CLI/CLI.hpp>
#include <exception>
#include <string>

#include "primer/base/program.h"

namespace primer {

int runCommandLine(const char* program, const char* purpose, int argc, const char* const* argv,
                   const std::function<Job(CLI::App&)>& declare) {
  try {
    CLI::App app(purpose, program);
    const Job job = declare(app);
    try {
      app.parse(argc, argv);
    } catch (const CLI::Success& asked) {  // --help
      return app.exit(asked);
    } catch (const CLI::RequiredError& missing) {
      const auto strange = app.remaining();
      return reportError(
          program,
          {ErrorCode::kInvalidArgument,
           strange.empty() ? missing.what() + std::string("; --help lists what there is")
                           : "there is no '" + strange.front() + "'; --help lists what there is"});
    } catch (const CLI::ParseError& wrong) {
      return reportError(program, {ErrorCode::kInvalidArgument, wrong.what()});
    }
    return job();
  } catch (const std::exception& problem) {  // no memory, or a standard output that is gone
    return reportError(program, {ErrorCode::kInternal, problem.what()});
  }
}

void addLaterVerb(CLI::App& app, const char* verb) {
  CLI::App* command = app.add_subcommand(verb, "not in this version");
  command->allow_extras()->fallthrough(false);
  command->callback(
      [name = std::string(verb)] { throw CLI::ParseError(name + ": not in this version", 1); });
}

}  // namespace primer
