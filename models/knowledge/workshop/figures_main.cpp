// knowledge-figures: the knowledge model beside Elo and logistic regression on
// the platforms whose logs are at hand, in one run; first attempts only,
// learners split by name into those who came before (the class's history) and
// those who are judged. Writes a table and, with --plot, calibration as SVG.

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "answer_logs.h"
#include "baselines.h"
#include "calibration_plot.h"
#include "primer/base/command_line.h"
#include "primer/base/program.h"
#include "primer/knowledge/knowledge_model.h"
#include "primer/toolkit/chances.h"

namespace {

using namespace primer::knowledge;
using namespace primer::knowledge::workshop;

constexpr const char* kProgram = "knowledge-figures";

struct Options {
  std::string data;
  std::string model;
  std::string plot;
};

struct Platform {
  std::string name;
  std::vector<LogOfLearner> logs;

  std::vector<const History*> half(bool of_history) const {
    std::vector<const History*> histories;
    for (const auto& log : logs) {
      if (isOfHistory(log.learner) == of_history) histories.push_back(&log.answers);
    }
    return histories;
  }
};

// Hands every first attempt of a history, its features and its place to `take`.
template <typename Take>
void forFirstAttempts(const History& history, const ClassDifficulty& difficulty, Take take) {
  LearnerState state;
  const Answer* before = nullptr;
  for (std::size_t i = 0; i < history.size(); ++i) {
    const auto& answer = history[i];
    const auto easiness = difficulty.of(answer.question);
    if (!isRetry(answer.question, before)) {
      take(i, state.features(answer.question, easiness), answer.right);
    }
    state.observe(answer, easiness);
    before = &answer;
  }
}

void print(const Platform& platform, const char* history, const char* what,
           const std::vector<primer::toolkit::Judged>& judged) {
  std::printf("| %s | %s | %s | %.4f | %.4f | %.4f | %zu |\n", platform.name.c_str(), history, what,
              areaUnderCurve(judged), calibrationError(judged), logLoss(judged), judged.size());
  std::fflush(stdout);
}

std::vector<primer::toolkit::Judged> judgeElo(const std::vector<const History*>& here,
                                              const std::vector<const History*>& gone) {
  EloBaseline elo;
  elo.fit(gone);
  std::vector<primer::toolkit::Judged> judged;
  for (const auto* history : here) {
    const auto chances = elo.chances(*history);
    forFirstAttempts(*history, {}, [&](std::size_t i, const Features&, bool right) {
      judged.push_back({chances[i], right});
    });
  }
  return judged;
}

// Fitted on histories by difficulties that other histories gave, as the model's
// own head is.
std::vector<primer::toolkit::Judged> judgeLogistic(const std::vector<const History*>& here,
                                                   const std::vector<const History*>& gone) {
  std::vector<Features> rows;
  std::vector<bool> right;
  constexpr std::size_t kFolds = 5;
  for (std::size_t fold = 0; fold < kFolds; ++fold) {
    std::vector<const History*> others;
    for (std::size_t i = 0; i < gone.size(); ++i) {
      if (i % kFolds != fold) others.push_back(gone[i]);
    }
    const auto difficulty = ClassDifficulty::fit(others);
    for (std::size_t i = fold; i < gone.size(); i += kFolds) {
      forFirstAttempts(*gone[i], difficulty, [&](std::size_t, const Features& features, bool is) {
        rows.push_back(features);
        right.push_back(is);
      });
    }
  }
  LogisticBaseline logistic;
  logistic.fit(rows, right);
  const auto difficulty = ClassDifficulty::fit(gone);
  std::vector<primer::toolkit::Judged> judged;
  for (const auto* history : here) {
    forFirstAttempts(*history, difficulty, [&](std::size_t, const Features& features, bool is) {
      judged.push_back({logistic.chance(features), is});
    });
  }
  return judged;
}

std::vector<primer::toolkit::Judged> judgeModel(const KnowledgeModel& model,
                                                const std::vector<const History*>& here) {
  std::vector<primer::toolkit::Judged> judged;
  for (const auto* history : here) {
    Learner learner(model);
    const Answer* before = nullptr;
    for (const auto& answer : *history) {
      if (!isRetry(answer.question, before)) {
        judged.push_back({static_cast<float>(learner.chance(answer.question)), answer.right});
      }
      learner.observe(answer);
      before = &answer;
    }
  }
  return judged;
}

primer::Status report(const Options& options) {
  const std::filesystem::path data = options.data;
  std::vector<Platform> platforms;
  const auto add = [&](const char* name, auto read) -> primer::Status {
    PRIMER_ASSIGN(auto logs, read(data));
    platforms.push_back({name, std::move(logs)});
    return {};
  };
  PRIMER_TRY(add("ASSISTments 2009", readAssistments09));
  PRIMER_TRY(add("ASSISTments 2015", readAssistments15));
  PRIMER_TRY(add("EdNet", readEdnet));
  platforms.push_back({"ASSISTments 2009, five levels", platforms[0].logs});
  putAuthorsLevels(platforms.back().logs);

  const auto open = [&] {
    return options.model.empty() ? KnowledgeModel::openShipped()
                                 : KnowledgeModel::open(options.model);
  };
  std::vector<CalibrationCurve> curves;
  std::printf(
      "| platform | history | what | AUC | ECE | log loss | answers "
      "|\n|---|---|---|---:|---:|---:|---:|\n");
  for (const auto& platform : platforms) {
    const auto here = platform.half(false);
    print(platform, "none", "Elo", judgeElo(here, {}));
    PRIMER_ASSIGN(auto model, open());
    const auto first_day = judgeModel(model, here);
    print(platform, "none", "model", first_day);
    curves.push_back({platform.name + ", first day", first_day});

    const auto gone = platform.half(true);
    for (const std::size_t learners : {std::size_t{30}, std::size_t{200}, gone.size()}) {
      const std::vector<const History*> some(
          gone.begin(),
          gone.begin() + static_cast<std::ptrdiff_t>(std::min(learners, gone.size())));
      const auto count = std::to_string(some.size()) + " learners";
      print(platform, count.c_str(), "Elo", judgeElo(here, some));
      print(platform, count.c_str(), "logistic regression", judgeLogistic(here, some));
      std::vector<History> histories;
      histories.reserve(some.size());
      for (const auto* history : some) histories.push_back(*history);
      model.fit(histories);
      const auto judged = judgeModel(model, here);
      print(platform, count.c_str(), "model", judged);
      if (some.size() == gone.size()) curves.push_back({platform.name + ", with history", judged});
    }
  }
  if (options.plot.empty()) return {};
  std::ofstream file(options.plot);
  file << calibrationPlot(curves);
  if (!file) return primer::fail(primer::ErrorCode::kIo, options.plot + ": cannot be written");
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  const char* data = std::getenv("PRIMER_DATA");
  options.data = data != nullptr ? data : "";
  return primer::runCommandLine(
      kProgram, "The knowledge model beside plainer ones, on logs of other platforms.", argc, argv,
      [&options](CLI::App& app) -> primer::Job {
        app.add_option("--data", options.data, "the folder of data sets (default: PRIMER_DATA)");
        app.add_option("--model", options.model, "a model file in place of the shipped one");
        app.add_option("--plot", options.plot, "an SVG of calibration");
        return [&options] {
          const auto done = report(options);
          return done ? int(primer::kExitOk) : primer::reportError(kProgram, done.error());
        };
      });
}
