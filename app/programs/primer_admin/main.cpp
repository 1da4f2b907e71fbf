// primer-admin: what technicians and tests do with a tablet's records, without a screen.

#include <cstdio>
#include <exception>

#include "command.h"

namespace primer::admin {

void Context::report(const Error& error) {
  reportError(kProgram, error);
  exit_code = kExitUnusable;
}

void Context::print(const nlohmann::ordered_json& object) {
  // Names cannot come here; still, bytes that are not UTF-8 must not throw.
  std::printf("%s\n",
              object.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace).c_str());
  std::fflush(stdout);
}

namespace {

void addLater(CLI::App& app, Context& context, const char* name) {
  auto* command = app.add_subcommand(name, "not in this version");
  command->allow_extras();
  command->callback([&context, name] {
    std::fprintf(stderr, "%s: %s is not in this version\n", kProgram, name);
    context.exit_code = kExitUsage;
  });
}

int run(int argc, const char* const* argv) {
  CLI::App app("Looks after the records of a tablet.", kProgram);
  app.require_subcommand(1);
  app.fallthrough();  // --data and --pin-file may stand before or after the command
  Context context;
  app.add_option("--data", context.data, "the folder of records");
  app.add_option("--pin-file", context.pin_file,
                 "a file whose first line is the PIN; without it the PIN is asked for");
  addCheck(app, context);
  addTrialClass(app, context);
  for (const char* name :
       {"import-roster", "backup", "restore", "export-xapi", "export-csv", "report",
        "validate-xapi", "export-pupil", "erase-pupil", "carry-out", "carry-in", "doctor"}) {
    addLater(app, context, name);
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kExitOk : kExitUsage;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s: %s\n", kProgram, error.what());
    return kExitUnusable;
  }
  return context.exit_code;
}

}  // namespace
}  // namespace primer::admin

int main(int argc, char** argv) { return primer::admin::run(argc, argv); }
