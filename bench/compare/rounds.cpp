// bench-rounds MODEL.tflite [THREADS [opencl]]
// bench-rounds --nothing FILE.tflite
//
// Our engine as compare.py drives it: a line of JSON once the model is ready, then for each line
// "SAMPLES RUNS" of standard input a line with so many samples, each the nanoseconds of one run,
// averaged over RUNS runs. With --nothing it writes a model that only copies a byte, by which
// compare.py finds out what calling another engine costs. With "opencl", layers run on the first
// OpenCL device where that is quicker.

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>
#include <string_view>

#include "inference/model_builder.h"
#include "primer/base/program.h"
#include "primer/inference/session.h"

namespace {

using Clock = std::chrono::steady_clock;
using primer::inference::Model;
using primer::inference::Session;

double nanosecondsSince(Clock::time_point start) {
  return std::chrono::duration<double, std::nano>(Clock::now() - start).count();
}

// Memory in use now, in kilobytes: "VmRSS:", or "RssAnon:", which no file gives.
long kilobytesOf(std::string_view kind) {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    long kilobytes = 0;
    if (word == kind && status >> kilobytes) return kilobytes;
  }
  return 0;
}

// The inputs of compare.py: the same for every engine.
void fillInputs(Session& session) {
  for (std::size_t i = 0; i < session.model().inputCount(); ++i) {
    auto reals = session.input<float>(i);
    for (std::size_t k = 0; k < reals.size(); ++k) {
      reals[k] = (static_cast<float>(k * 37 % 251) - 125.0f) / 125.0f;
    }
    if (!reals.empty()) continue;
    auto bytes = session.inputBytes(i);
    for (std::size_t k = 0; k < bytes.size(); ++k) bytes[k] = static_cast<std::byte>(k * 37 % 251);
  }
}

primer::Status runRounds(const char* path, int threads, bool opencl) {
  const long before = kilobytesOf("VmRSS:");
  const long own_before = kilobytesOf("RssAnon:");
  const auto start = Clock::now();
  PRIMER_ASSIGN(const auto model, Model::open(path));
  primer::inference::SessionOptions options;
  options.threads = threads;
  if (opencl) {
    PRIMER_ASSIGN(options.accelerator, primer::inference::openClAccelerator());
  }
  PRIMER_ASSIGN(auto session, Session::create(model, options));
  const double init = nanosecondsSince(start) / 1000;
  fillInputs(session);
  const auto first = Clock::now();
  PRIMER_TRY(session.run());
  const double first_run = nanosecondsSince(first) / 1000;
  std::size_t accelerated = 0;
  for (const auto& op : session.operators()) accelerated += op.is_accelerated ? 1 : 0;
  std::printf(
      "{\"level\":\"%.*s\",\"init_us\":%.1f,\"first_us\":%.1f,\"memory_kb\":%ld,\"own_kb\":%ld,"
      "\"file_kb\":%ld,"
      "\"arena\":%zu,"
      "\"packed\":%zu,\"accelerated\":%zu}\n",
      static_cast<int>(session.cpuLevel().size()), session.cpuLevel().data(), init, first_run,
      kilobytesOf("VmRSS:") - before, kilobytesOf("RssAnon:") - own_before,
      static_cast<long>(model->fileBytes() / 1024), session.arenaBytes(), session.packedBytes(),
      accelerated);
  std::fflush(stdout);
  int samples = 0;
  int runs = 0;
  while (std::cin >> samples >> runs) {
    for (int sample = 0; sample < samples; ++sample) {
      const auto begin = Clock::now();
      for (int run = 0; run < runs; ++run) static_cast<void>(session.run());
      std::printf("%.1f ", nanosecondsSince(begin) / runs);
    }
    std::printf("\n");
    std::fflush(stdout);
  }
  return {};
}

primer::Status writeNothing(const char* path) {
  using namespace primer::inference;
  using namespace primer::inference::testing;
  ModelBuilder builder;
  const auto kInt8 = primer::tflite::TensorType::INT8;
  const int from = builder.input("from", kInt8, {1}, perTensor(1.0f, 0));
  const int shape = builder.constant<std::int32_t>("shape", {1}, {1});
  const int to = builder.tensor("to", kInt8, {1}, perTensor(1.0f, 0));
  builder.add(primer::tflite::BuiltinOperator::RESHAPE, {from, shape}, {to},
              primer::tflite::ReshapeOptionsT{});
  builder.output(to);
  const auto bytes = builder.build();
  std::ofstream file(path, std::ios::binary);
  file.write(reinterpret_cast<const char*>(bytes.data()),
             static_cast<std::streamsize>(bytes.size()));
  if (!file.flush()) return primer::fail(primer::ErrorCode::kIo, "the file cannot be written");
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  const bool writes = argc == 3 && std::string_view(argv[1]) == "--nothing";
  if (argc < 2 || argc > 4) {
    std::fprintf(stderr,
                 "usage: bench-rounds MODEL.tflite [THREADS [opencl]] | --nothing FILE.tflite\n");
    return primer::kExitUsage;
  }
  const auto done = writes ? writeNothing(argv[2])
                           : runRounds(argv[1], argc >= 3 ? std::atoi(argv[2]) : 1,
                                       argc == 4 && std::string_view(argv[3]) == "opencl");
  return done ? primer::kExitOk : primer::reportError("bench-rounds", done.error());
}
