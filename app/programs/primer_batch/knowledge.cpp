// primer-batch knowledge: a learner's answers a line, and the chance of success before each.

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "entry_fields.h"
#include "json_lines.h"
#include "primer/base/program.h"
#include "primer/knowledge/knowledge_model.h"
#include "verb.h"

namespace primer::batch {

namespace {

using knowledge::Answer;
using knowledge::History;
using knowledge::KnowledgeModel;
using knowledge::Learner;

struct KnowledgeOptions {
  std::string history;
  std::string model;
};

Result<History> historyOf(const Json& record) {
  History history;
  const auto take = [&](const EntryFields& event, const Json&) -> Status {
    Answer answer;
    PRIMER_ASSIGN(answer.question.skill, event.name("skill"));
    PRIMER_ASSIGN(answer.question.item, event.name("item"));
    PRIMER_ASSIGN(answer.right, event.verdict("correct"));
    PRIMER_ASSIGN(answer.question.at, event.number("at"));
    PRIMER_ASSIGN(answer.question.difficulty, event.difficulty("difficulty"));
    history.push_back(std::move(answer));
    return {};
  };
  PRIMER_TRY(forEntries(record, "events", "event", false, take));
  return history;
}

// A bad line of the history has no place in the output: it is named on standard error and left out.
Result<std::vector<History>> readHistories(const std::string& path, bool& any_bad) {
  std::vector<History> histories;
  PRIMER_TRY(readLines(path, [&](std::size_t number, const Result<Json>& line) {
    auto history = line.and_then([](const Json& record) -> Result<History> {
      if (!record.is_object()) {
        return fail(ErrorCode::kInvalidArgument, "the line is not a JSON object");
      }
      return historyOf(record);
    });
    if (history) {
      histories.push_back(std::move(*history));
      return;
    }
    any_bad = true;
    std::fprintf(stderr, "%s: %s: line %zu: %s\n", kProgram, path.c_str(), number,
                 history.error().message.c_str());
  }));
  return histories;
}

int run(const KnowledgeOptions& options, const Streams& streams) {
  auto model =
      options.model.empty() ? KnowledgeModel::openShipped() : KnowledgeModel::open(options.model);
  if (!model) return reportError(kProgram, model.error());
  bool bad_history = false;
  if (!options.history.empty()) {
    const auto histories = readHistories(options.history, bad_history);
    if (!histories) return reportError(kProgram, histories.error());
    model->fit(*histories);
  }
  const int code = answerLines(streams, [&](const Json& record, Json& answer) -> Status {
    PRIMER_ASSIGN(const History history, historyOf(record));
    Learner learner(*model);
    Json chances = Json::array();
    for (const auto& event : history) {
      chances.push_back(learner.chance(event.question));
      learner.observe(event);
    }
    answer["p"] = std::move(chances);
    return {};
  });
  return code == kExitOk && bad_history ? kExitSomeFailed : code;
}

}  // namespace

Verb addKnowledge(CLI::App& command, const Streams& streams) {
  auto options = std::make_shared<KnowledgeOptions>();
  command.add_option("--history", options->history,
                     "answers of a class that came before, in the same form: difficulties and "
                     "calibration are fitted on them");
  command.add_option("--model", options->model, "a model file in place of the shipped one");
  return [options, &streams] { return run(*options, streams); };
}

}  // namespace primer::batch
