// primer-batch knowledge: a learner's answers a line, and the chance of success before each.

#include <CLI/CLI.hpp>
#include <cmath>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

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

tl::unexpected<Error> wrong(std::size_t index, const std::string& what) {
  return fail(ErrorCode::kInvalidArgument, "event " + std::to_string(index + 1) + ": " + what);
}

const Json* given(const Json& event, const char* key) {
  const auto found = event.find(key);
  return found == event.end() || found->is_null() ? nullptr : &*found;
}

Result<std::string> nameOf(const Json& event, const char* key, std::size_t index) {
  const auto* name = given(event, key);
  if (name != nullptr && name->is_string()) return name->get<std::string>();
  if (name != nullptr && name->is_number_integer()) return name->dump();
  return wrong(index, std::string("\"") + key + "\" must be a text");
}

Result<bool> verdictOf(const Json& event, std::size_t index) {
  const auto* correct = given(event, "correct");
  if (correct != nullptr && correct->is_boolean()) return correct->get<bool>();
  if (correct != nullptr && correct->is_number()) {
    const auto number = correct->get<double>();
    if (number == 0 || number == 1) return number == 1;
  }
  return wrong(index, "\"correct\" must be 0 or 1");
}

Result<std::optional<double>> numberOf(const Json& event, const char* key, std::size_t index) {
  const auto* number = given(event, key);
  if (number == nullptr) return std::optional<double>();
  if (number->is_number() && std::isfinite(number->get<double>())) return number->get<double>();
  return wrong(index, std::string("\"") + key + "\" must be a number");
}

Result<Answer> answerOf(const Json& event, std::size_t index) {
  if (!event.is_object()) return wrong(index, "must be an object");
  Answer answer;
  PRIMER_ASSIGN(answer.question.skill, nameOf(event, "skill", index));
  PRIMER_ASSIGN(answer.question.item, nameOf(event, "item", index));
  PRIMER_ASSIGN(answer.right, verdictOf(event, index));
  PRIMER_ASSIGN(answer.question.at, numberOf(event, "at", index));
  PRIMER_ASSIGN(answer.question.difficulty, numberOf(event, "difficulty", index));
  const auto difficulty = answer.question.difficulty.value_or(0);
  if (difficulty < 0 || difficulty > 1) return wrong(index, "\"difficulty\" must be 0 to 1");
  return answer;
}

Result<History> historyOf(const Json& record) {
  const auto events = record.find("events");
  if (events == record.end() || !events->is_array()) {
    return fail(ErrorCode::kInvalidArgument, "\"events\" must be a list");
  }
  History history;
  history.reserve(events->size());
  for (std::size_t i = 0; i < events->size(); ++i) {
    PRIMER_ASSIGN(auto answer, answerOf((*events)[i], i));
    history.push_back(std::move(answer));
  }
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
