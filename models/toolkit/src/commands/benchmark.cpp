#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>

#include "primer/base/file_system.h"
#include "primer/inference/profile.h"
#include "primer/inference/session.h"
#include "src/commands/commands.h"
#include "src/commands/model_choice.h"
#include "src/latency.h"

namespace primer::toolkit {

namespace {

constexpr int kProfiledRuns = 50;

struct BenchmarkArguments {
  ModelChoice choice;
  int threads = 1;
  int runs = 0;
  bool per_op = false;
  std::string timeline;
};

double microseconds(std::chrono::steady_clock::duration time) {
  return std::chrono::duration<double, std::micro>(time).count();
}

// What every operator cost, with its least time over the runs of the profile.
Json operatorTimes(const inference::Profile& profile) {
  Json ops = Json::array();
  for (const auto& cost : profile.operators()) {
    ops.push_back({{"op", cost.op},
                   {"node", cost.node},
                   {"us", static_cast<double>(cost.least_nanoseconds) / 1000},
                   {"share", cost.share},
                   {"macs", cost.macs},
                   {"bytes", cost.bytes},
                   {"output", cost.output}});
  }
  return ops;
}

Result<Json> benchmark(const BenchmarkArguments& arguments) {
  const auto start = std::chrono::steady_clock::now();
  PRIMER_ASSIGN(const auto model, openModel(arguments.choice));
  inference::SessionOptions options;
  options.threads = arguments.threads;
  PRIMER_ASSIGN(auto session, inference::Session::create(model, options));
  const double init = microseconds(std::chrono::steady_clock::now() - start);
  fillInputs(session);
  PRIMER_ASSIGN(const auto latency, measureLatency(session, arguments.runs));
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  Json report = {
      {"model", modelPath(arguments.choice.model).string()},
      {"file_bytes", model->fileBytes()},
      {"cpu", session.cpuLevel()},
      {"threads", session.threads()},
      {"init_us", init},
      {"arena_bytes", session.arenaBytes()},
      {"packed_bytes", session.packedBytes()},
      {"peak_rss_bytes", static_cast<std::int64_t>(usage.ru_maxrss) * 1024},
      {"macs", session.macs()},
      {"runs", latency.runs},
      {"latency_us", {{"min", latency.min}, {"median", latency.median}, {"p99", latency.p99}}}};
  if (!arguments.per_op && arguments.timeline.empty()) return report;
  inference::Profile profile;
  for (int run = 0; run < std::min(latency.runs, kProfiledRuns); ++run) {
    PRIMER_TRY(profile.run(session));
  }
  if (arguments.per_op) report["ops"] = operatorTimes(profile);
  if (!arguments.timeline.empty()) {
    PRIMER_TRY(realFileSystem().writeAtomically(arguments.timeline, asBytes(profile.chromeTrace()),
                                                FileAccess::kAsUsual));
  }
  return report;
}

}  // namespace

void addBenchmarkCommand(CLI::App& app, CommandContext& context) {
  auto* command = app.add_subcommand("benchmark", "time a model on this machine");
  auto arguments = std::make_shared<BenchmarkArguments>();
  addModelChoice(*command, arguments->choice);
  command
      ->add_option("--threads", arguments->threads,
                   "that share a run; default 1, at most the machine's CPUs")
      ->check(CLI::Range(1, 256));
  command->add_option("--runs", arguments->runs, "default: as many as half a second holds")
      ->check(CLI::Range(1, 1'000'000));
  command->add_flag("--per-op", arguments->per_op, "the time of every operator");
  command->add_option("--timeline,--trace", arguments->timeline,
                      "when every operator ran, for a trace viewer (Trace Event Format)");
  command->callback([&context, arguments] {
    const auto report = benchmark(*arguments);
    if (!report) return context.report(report.error());
    context.print(*report);
  });
}

}  // namespace primer::toolkit
