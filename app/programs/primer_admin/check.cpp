// primer-admin check: are the records sound, and what was mended?

#include <memory>

#include "command.h"
#include "pin_entry.h"
#include "primer/base/clock.h"
#include "primer/storage/database.h"

namespace primer::admin {

namespace {

// The check needs no PIN; one that is given all the same has to be the right one.
Status tryGivenPin(storage::Database& database, const std::filesystem::path& pin_file) {
  if (pin_file.empty()) return {};
  PRIMER_ASSIGN(const auto pin, readPin(pin_file));
  PRIMER_ASSIGN(const auto classes, database.classes());
  if (classes.empty()) return {};
  PRIMER_TRY(database.unlock(classes.front().id, pin));
  return {};
}

Result<storage::CheckReport> check(const Context& context) {
  const SystemClock clock;
  storage::OpenOptions options;
  options.folder = context.data;
  options.clock = &clock;
  options.must_exist = true;
  PRIMER_ASSIGN(auto database, storage::Database::open(options));
  PRIMER_TRY(tryGivenPin(*database, context.pin_file));
  return database->check();
}

}  // namespace

void addCheck(CLI::App& app, Context& context) {
  auto* command = app.add_subcommand("check", "check the records and mend what can be mended");
  command->callback([&context] {
    if (context.data.empty()) throw CLI::RequiredError("--data");
    const auto report = check(context);
    if (!report) return context.report(report.error());
    nlohmann::ordered_json repaired = nlohmann::ordered_json::array();
    for (const auto& note : report->repaired) repaired.push_back(note.words);
    Context::print({{"sound", report->sound},
                    {"repaired", repaired},
                    {"answers", report->answers},
                    {"pupils", report->pupils}});
    context.exit_code = report->sound ? kExitOk : kExitSomeFailed;
  });
}

}  // namespace primer::admin
