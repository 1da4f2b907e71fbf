#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <memory>

#include "primer/inference/session.h"
#include "primer/toolkit/random.h"
#include "src/commands/commands.h"
#include "src/commands/latency.h"

namespace primer::toolkit {

namespace {

struct BenchmarkArguments {
  std::string model;
  int threads = 1;
  int runs = 0;
  bool per_op = false;
};

double microseconds(std::chrono::steady_clock::duration time) {
  return std::chrono::duration<double, std::micro>(time).count();
}

// The least time of every operator over some runs.
Json operatorTimes(inference::Session& session, int runs) {
  struct OperatorTime {
    std::string op;
    std::size_t node;
    std::int64_t nanoseconds;
    std::uint64_t macs;
  };
  std::vector<OperatorTime> least;
  for (int run = 0; run < runs; ++run) {
    std::size_t place = 0;
    session.run([&](const inference::OperatorEvent& event) {
      if (place == least.size()) {
        least.push_back({std::string(event.op), event.node, event.nanoseconds, event.macs});
      }
      least[place].nanoseconds = std::min(least[place].nanoseconds, event.nanoseconds);
      ++place;
    });
  }
  Json ops = Json::array();
  for (const auto& one : least) {
    ops.push_back({{"op", one.op},
                   {"node", one.node},
                   {"us", static_cast<double>(one.nanoseconds) / 1000},
                   {"macs", one.macs}});
  }
  return ops;
}

Result<Json> benchmark(const BenchmarkArguments& arguments) {
  if (arguments.threads != 1) {
    return fail(ErrorCode::kInvalidArgument, "more than one thread is not in this version");
  }
  const auto path = modelPath(arguments.model);
  const auto start = std::chrono::steady_clock::now();
  PRIMER_ASSIGN(const auto model, inference::Model::open(path));
  PRIMER_ASSIGN(auto session, inference::Session::create(model));
  const double init = microseconds(std::chrono::steady_clock::now() - start);
  fillInputs(session);
  const auto latency = measureLatency(session, arguments.runs);
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  Json report = {
      {"model", path.string()},
      {"file_bytes", model->fileBytes()},
      {"cpu", session.cpuLevel()},
      {"threads", 1},
      {"init_us", init},
      {"arena_bytes", session.arenaBytes()},
      {"packed_bytes", session.packedBytes()},
      {"peak_rss_bytes", static_cast<std::int64_t>(usage.ru_maxrss) * 1024},
      {"macs", session.macs()},
      {"runs", latency.runs},
      {"latency_us", {{"min", latency.min}, {"median", latency.median}, {"p99", latency.p99}}}};
  if (arguments.per_op) report["ops"] = operatorTimes(session, std::min(latency.runs, 50));
  return report;
}

}  // namespace

void fillInputs(inference::Session& session) {
  Random random(12345);
  for (std::size_t i = 0; i < session.model().inputCount(); ++i) {
    if (session.model().input(i).type == inference::ElementType::kFloat32) {
      for (auto& value : session.input<float>(i)) {
        value = static_cast<float>(random.uniform(-1, 1));
      }
    } else {
      for (auto& byte : session.inputBytes(i)) byte = static_cast<std::byte>(random.bits() >> 56);
    }
  }
}

Latency measureLatency(inference::Session& session, int runs) {
  using Clock = std::chrono::steady_clock;
  constexpr auto kLongEnough = std::chrono::milliseconds(500);
  constexpr std::size_t kFewest = 10, kMost = 10'000;
  session.run();  // warms the caches
  std::vector<double> times;
  const auto start = Clock::now();
  const auto enough = [&] {
    if (runs > 0) return times.size() >= static_cast<std::size_t>(runs);
    return times.size() >= kMost || (times.size() >= kFewest && Clock::now() - start > kLongEnough);
  };
  while (!enough()) {
    const auto before = Clock::now();
    session.run();
    times.push_back(microseconds(Clock::now() - before));
  }
  std::sort(times.begin(), times.end());
  return {times.front(), times[times.size() / 2], times[times.size() * 99 / 100],
          static_cast<int>(times.size())};
}

void addBenchmarkCommand(CLI::App& app, CommandContext& context) {
  auto* command = app.add_subcommand("benchmark", "time a model on this machine");
  auto arguments = std::make_shared<BenchmarkArguments>();
  command->add_option("model", arguments->model, "file, or name of a shipped model")->required();
  command->add_option("--threads", arguments->threads, "default 1");
  command->add_option("--runs", arguments->runs, "default: as many as half a second holds")
      ->check(CLI::Range(1, 1'000'000));
  command->add_flag("--per-op", arguments->per_op, "the time of every operator");
  command->callback([&context, arguments] {
    const auto report = benchmark(*arguments);
    if (!report) return context.report(report.error());
    context.print(*report);
  });
}

}  // namespace primer::toolkit
