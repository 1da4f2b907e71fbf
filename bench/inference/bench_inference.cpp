// bench-inference [MODEL.tflite...] [Google Benchmark options]
//
// Latency of one run, and multiply-accumulates a second, of made-up networks and of the models
// named on the command line.

#include <benchmark/benchmark.h>

#include <cstdio>
#include <string_view>

#include "networks.h"
#include "primer/base/program.h"
#include "primer/inference/session.h"

namespace {

using primer::inference::Model;
using primer::inference::Session;

void runSession(benchmark::State& state, const std::shared_ptr<const Model>& model) {
  auto session = Session::create(model);
  if (!session) {
    state.SkipWithError(session.error().message.c_str());
    return;
  }
  for (auto _ : state) session->run();
  using benchmark::Counter;
  state.counters["MAC/s"] =
      Counter(static_cast<double>(session->macs()) * static_cast<double>(state.iterations()),
              Counter::kIsRate);
  state.counters["MAC"] = static_cast<double>(session->macs());
  state.counters["arena"] = static_cast<double>(session->arenaBytes());
  state.counters["packed"] = static_cast<double>(session->packedBytes());
}

// From a checked file to the first answer's readiness.
void createSession(benchmark::State& state, const std::shared_ptr<const Model>& model) {
  std::vector<std::byte> bytes(model->bytes().begin(), model->bytes().end());
  for (auto _ : state) {
    auto opened = Model::fromBytes(bytes, "model");
    auto session = Session::create(std::move(*opened));
    benchmark::DoNotOptimize(session);
  }
}

void registerModel(const std::string& name, const std::shared_ptr<const Model>& model) {
  benchmark::RegisterBenchmark((name + "/run").c_str(), runSession, model)
      ->Unit(benchmark::kMicrosecond);
  benchmark::RegisterBenchmark((name + "/open").c_str(), createSession, model)
      ->Unit(benchmark::kMicrosecond);
}

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  for (auto& network : primer::bench::syntheticNetworks()) {
    auto model = Model::fromBytes(std::move(network.bytes), network.name);
    if (!model) return primer::reportError("bench-inference", model.error());
    registerModel(network.name, *model);
  }
  for (int i = 1; i < argc; ++i) {
    auto model = Model::open(argv[i]);
    if (!model) return primer::reportError("bench-inference", model.error());
    registerModel(std::string((*model)->name()), *model);
  }
  benchmark::RunSpecifiedBenchmarks();
  return primer::kExitOk;
}
