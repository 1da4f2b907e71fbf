// primer-batch simulate: simulated pupils taught by the tutor's policy, at random or in order.

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>

#include "json_lines.h"
#include "primer/base/program.h"
#include "simulation.h"
#include "verb.h"

namespace primer::batch {

namespace {

const std::map<std::string, Policy>& policies() {
  static const std::map<std::string, Policy> all = {
      {"primer", Policy::kPrimer}, {"random", Policy::kRandom}, {"linear", Policy::kLinear}};
  return all;
}

int run(const SimulationOptions& options, const std::string& policy, const Streams& streams) {
  const auto model = knowledge::KnowledgeModel::openShipped();
  if (!model) return reportError(kProgram, model.error());
  auto chosen = options;
  chosen.policy = policies().at(policy);
  const auto outcome = simulate(chosen, *model);
  if (!outcome) return reportError(kProgram, outcome.error());
  const Json result = {
      {"policy", policy},
      {"learners", options.learners},
      {"sessions", options.sessions},
      {"seed", options.seed},
      {"answers", outcome->answers},
      {"knowledge_before", outcome->knowledge_before},
      {"knowledge_after", outcome->knowledge_after},
      {"learning_gained", outcome->knowledge_after - outcome->knowledge_before},
      {"success_share", outcome->success_share},
      {"sessions_over_three_misses", outcome->sessions_over_three_misses},
  };
  if (streams.output.empty()) {
    std::cout << result.dump() << std::endl;
    return kExitOk;
  }
  std::ofstream file(streams.output);
  file << result.dump() << std::endl;
  if (!file) {
    return reportError(kProgram, {ErrorCode::kIo, streams.output.string() + ": cannot be written"});
  }
  return kExitOk;
}

}  // namespace

Verb addSimulate(CLI::App& command, const Streams& streams) {
  struct Arguments {
    SimulationOptions options;
    std::string policy = "primer";
  };
  auto arguments = std::make_shared<Arguments>();
  command.add_option("--learners", arguments->options.learners, "how many (default 40)")
      ->check(CLI::Range(1, 100'000));
  command.add_option("--sessions", arguments->options.sessions, "of 20 questions (default 20)")
      ->check(CLI::Range(1, 10'000));
  command.add_option("--policy", arguments->policy, "primer (the default), random or linear")
      ->check(CLI::IsMember(policies()));
  command.add_option("--seed", arguments->options.seed, "names the course and its learners");
  return [arguments, &streams] { return run(arguments->options, arguments->policy, streams); };
}

}  // namespace primer::batch
