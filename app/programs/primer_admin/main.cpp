// primer-admin: what technicians and tests do with a tablet's records, without a screen.

#include <cstdio>

#include "command.h"
#include "primer/base/command_line.h"

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

Job declare(CLI::App& app, Context& context) {
  app.require_subcommand(1);
  app.fallthrough();  // --data and --pin-file may stand before or after the command
  app.add_option("--data", context.data, "the folder of records");
  app.add_option("--pin-file", context.pin_file,
                 "a file whose first line is the PIN; without it the PIN is asked for");
  addCheck(app, context);
  addTrialClass(app, context);
  for (const char* verb :
       {"import-roster", "backup", "restore", "export-xapi", "export-csv", "report",
        "validate-xapi", "export-pupil", "erase-pupil", "carry-out", "carry-in", "doctor"}) {
    addLaterVerb(app, verb);
  }
  return [&context] { return context.exit_code; };
}

}  // namespace
}  // namespace primer::admin

int main(int argc, char** argv) {
  primer::admin::Context context;
  return primer::runCommandLine(
      primer::admin::kProgram, "Looks after the records of a tablet.", argc, argv,
      [&context](CLI::App& app) { return primer::admin::declare(app, context); });
}
