// primer-batch working: the lines of one worked problem a record, judged.

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "json_lines.h"
#include "primer/base/program.h"
#include "primer/maths/working.h"
#include "verb.h"

namespace primer::batch {

namespace {

struct WorkingOptions {
  std::string language = "en";
};

// A text of the record, or `otherwise` where it is missing or null.
Result<std::string> text(const Json& record, const char* key, bool needed) {
  const auto value = record.find(key);
  if (value == record.end() || value->is_null()) {
    if (!needed) return std::string();
    return fail(ErrorCode::kInvalidArgument, std::string("\"") + key + "\" is missing");
  }
  if (value->is_string()) return value->get<std::string>();
  // An answer may come as a number.
  if (value->is_number() && !needed) return value->dump();
  return fail(ErrorCode::kInvalidArgument, std::string("\"") + key + "\" must be a text");
}

Result<std::vector<maths::WrittenLine>> writtenLines(const Json& record) {
  const auto lines = record.find("lines");
  if (lines == record.end() || !lines->is_array()) {
    return fail(ErrorCode::kInvalidArgument, "\"lines\" is missing or not a list");
  }
  std::vector<maths::WrittenLine> written;
  for (const auto& line : *lines) {
    if (!line.is_string()) {
      return fail(ErrorCode::kInvalidArgument,
                  "line " + std::to_string(written.size()) + " is not a text");
    }
    written.push_back({line.get<std::string>(), {}});
  }
  return written;
}

void putVerdict(const maths::Verdict& verdict, Json& answer) {
  auto lines = Json::array();
  for (const auto& line : verdict.lines) {
    Json entry = {{"state", maths::stateName(line.state)}};
    entry["misconception"] = line.misconception.empty() ? Json(nullptr) : Json(line.misconception);
    entry["also"] = line.also;
    entry["follows_error"] = line.follows_error;
    entry["explanation"] = line.explanation;
    entry["hints"] = line.hints;
    lines.push_back(std::move(entry));
  }
  answer["lines"] = std::move(lines);
  answer["finished"] = verdict.finished;
}

int run(const WorkingOptions& options, const Streams& streams) {
  if (options.language != "en") {
    std::fprintf(stderr, "%s: working --language %s: only en in this version\n", kProgram,
                 options.language.c_str());
    return kExitUsage;
  }
  return answerLines(streams, [](const Json& record, Json& answer) -> Status {
    maths::ProblemSource source;
    PRIMER_ASSIGN(source.text, text(record, "problem", true));
    PRIMER_ASSIGN(source.task, text(record, "task", false));
    PRIMER_ASSIGN(source.answer, text(record, "answer", false));
    PRIMER_ASSIGN(const auto lines, writtenLines(record));
    PRIMER_ASSIGN(const auto verdict, maths::checkWorking(source, lines));
    putVerdict(verdict, answer);
    return {};
  });
}

}  // namespace

Verb addWorking(CLI::App& command, const Streams& streams) {
  auto options = std::make_shared<WorkingOptions>();
  command.add_option("--language", options->language, "of explanations and hints: en");
  return [options, &streams] { return run(*options, streams); };
}

}  // namespace primer::batch
