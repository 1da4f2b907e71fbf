// primer-batch grade: short written answers beside reference answers.

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "json_lines.h"
#include "primer/base/program.h"
#include "primer/writing/grader.h"
#include "verb.h"

namespace primer::batch {

namespace {

using writing::Grader;

Result<std::string> textOf(const Json& record, const char* key) {
  const auto found = record.find(key);
  if (found != record.end() && found->is_string()) return found->get<std::string>();
  return fail(ErrorCode::kInvalidArgument, std::string("\"") + key + "\" must be a text");
}

Result<std::vector<std::string>> referencesOf(const Json& record) {
  const auto found = record.find("references");
  if (found == record.end() || !found->is_array()) {
    return fail(ErrorCode::kInvalidArgument, "\"references\" must be a list of texts");
  }
  std::vector<std::string> references;
  for (const auto& item : *found) {
    if (!item.is_string()) {
      return fail(ErrorCode::kInvalidArgument,
                  "reference " + std::to_string(references.size() + 1) + " must be a text");
    }
    references.push_back(item.get<std::string>());
  }
  return references;
}

int run(const Streams& streams) {
  const auto grader = Grader::openShipped();
  if (!grader) return reportError(kProgram, grader.error());
  return answerLines(streams, [&](const Json& record, Json& answer) -> Status {
    std::string question;
    if (record.contains("question") && !record["question"].is_null()) {
      PRIMER_ASSIGN(question, textOf(record, "question"));
    }
    PRIMER_ASSIGN(const auto references, referencesOf(record));
    PRIMER_ASSIGN(const auto text, textOf(record, "answer"));
    const auto grade = grader->grade({question, references, text});
    answer["verdict"] = std::string(writing::verdictName(grade.verdict));
    answer["score"] = rounded(grade.score);
    answer["confidence"] = rounded(grade.confidence);
    answer["feedback"] = grade.feedback;
    answer["missing"] = grade.missing;
    return {};
  });
}

}  // namespace

Verb addGrade(CLI::App&, const Streams& streams) {
  return [&streams] { return run(streams); };
}

}  // namespace primer::batch
