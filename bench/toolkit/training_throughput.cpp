// training-throughput: samples a second of our trainer and of a hand-written libtorch loop on the
// same network and data, in turns; the best round of each counts. JSON on standard output.

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>

#include "plain_training.h"
#include "primer/toolkit/graph_builder.h"
#include "primer/toolkit/train.h"

namespace primer::bench {
namespace {

using toolkit::Json;

constexpr int kBatch = 128;
constexpr int kSide = 28;

Pictures drawn(std::size_t count) {
  Pictures set;
  set.side = kSide;
  toolkit::Random random(3);
  for (std::size_t i = 0; i < count; ++i) {
    const auto kind = static_cast<std::int64_t>(random.below(10));
    set.classes.push_back(kind);
    for (int at = 0; at < kSide * kSide; ++at) {
      const bool ink = at / kSide / 3 == kind;
      set.pixels.push_back(static_cast<float>(random.uniform(0, 0.5) + (ink ? 0.5 : 0)));
    }
  }
  return set;
}

class PictureTask final : public toolkit::Task {
 public:
  explicit PictureTask(const Pictures& set) : set_(set) {
    info_.name = "pictures";
    info_.inputs = {{"image", {kSide, kSide, 1}}};
    toolkit::OutputSpec scores;
    scores.name = "scores";
    scores.size = 10;
    info_.outputs = {scores};
    info_.main_metric = "accuracy";
  }
  const toolkit::TaskInfo& info() const override { return info_; }
  std::size_t size(toolkit::Split split) const override {
    return split == toolkit::Split::kTraining ? set_.classes.size() : 0;
  }
  void fill(toolkit::Split, std::size_t index, toolkit::Random*,
            toolkit::SampleView& sample) const override {
    const auto first = set_.pixels.begin() + static_cast<std::ptrdiff_t>(index * kSide * kSide);
    std::copy(first, first + kSide * kSide, sample.inputs[0].begin());
    sample.targets[0][0] = static_cast<float>(set_.classes[index]);
  }
  toolkit::Metrics measure(toolkit::Split, const std::vector<std::vector<float>>&) const override {
    return {};
  }

 private:
  const Pictures& set_;
  toolkit::TaskInfo info_;
};

toolkit::Workshop workshop(const Pictures& set, const std::vector<int>& widths) {
  toolkit::Workshop shop;
  shop.addTask("pictures", "", [&set](const toolkit::TaskRequest&) {
    return Result<std::unique_ptr<toolkit::Task>>(std::make_unique<PictureTask>(set));
  });
  shop.addArchitecture(
      "cnn", [widths](const Json&, const toolkit::TaskInfo& task, std::uint64_t seed) {
        toolkit::GraphBuilder graph("cnn", seed);
        auto x = graph.input("image", task.inputs[0].shape);
        for (std::size_t i = 0; i < widths.size(); ++i) {
          const int stride = i == 1 || i == 3 ? 2 : 1;
          const bool last = i + 1 == widths.size();
          x = graph.conv2d(x, {.channels = widths[i],
                               .stride = {stride, stride},
                               .padding = last ? toolkit::Padding::kValid : toolkit::Padding::kSame,
                               .activation = toolkit::Activation::kRelu});
        }
        graph.output(graph.dense(graph.mean(x), {.units = 10}), "scores");
        return graph.finish();
      });
  return shop;
}

Result<Json> ours(const Pictures& set, const std::vector<int>& widths, int epochs, int threads) {
  const Json json = {{"name", "throughput"},
                     {"architecture", {{"name", "cnn"}}},
                     {"data", {{"name", "pictures"}}},
                     {"training", {{"epochs", epochs}, {"batch", kBatch}, {"shares", threads}}}};
  PRIMER_ASSIGN(const auto recipe, toolkit::parseRecipe(json, "throughput"));
  toolkit::TrainOptions options;
  options.output = std::filesystem::temp_directory_path() /
                   ("training-throughput-" + std::to_string(std::rand()) + ".tflite");
  options.threads = threads;
  const auto report = toolkit::train(recipe, workshop(set, widths), options);
  for (const char* leftover : {".tflite", ".md", ".svg"}) {
    auto path = options.output;
    std::error_code ignored;
    std::filesystem::remove(path.replace_extension(leftover), ignored);
  }
  return report;
}

int run(std::size_t samples, int rounds) {
  const int cores = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  const auto set = drawn(samples);
  const std::vector<int> small = {10, 16, 20, 24, 26, 28}, large = {32, 32, 64, 64, 96, 96};
  // One thread is the comparison that a busy machine does not disturb.
  for (const auto& [widths, threads] :
       {std::pair{small, 1}, {small, cores}, {large, 1}, {large, cores}}) {
    double plain_best = 0, our_best = 0, waiting = 0;
    for (int round = 0; round < rounds; ++round) {
      plain_best = std::max(plain_best, plainSamplesPerSecond(set, widths, 1, kBatch, threads));
      const auto report = ours(set, widths, 1, threads);
      if (!report) {
        std::fprintf(stderr, "training-throughput: %s\n", report.error().message.c_str());
        return 1;
      }
      const double speed = (*report)["samples_per_second"].get<double>();
      if (speed > our_best) {
        our_best = speed;
        waiting = (*report)["waiting_for_data"].get<double>();
      }
    }
    std::printf("%s\n", Json{{"widths", widths},
                             {"threads", threads},
                             {"plain_samples_per_second", plain_best},
                             {"samples_per_second", our_best},
                             {"ratio", our_best / plain_best},
                             {"waiting_for_data", waiting}}
                            .dump()
                            .c_str());
    std::fflush(stdout);
  }
  return 0;
}

}  // namespace
}  // namespace primer::bench

int main(int argc, char** argv) {
  const int samples = argc > 1 ? std::atoi(argv[1]) : 10'000;
  const int rounds = argc > 2 ? std::atoi(argv[2]) : 3;
  if (samples < 256 || rounds < 1) {
    std::fputs("usage: training-throughput [SAMPLES (10000)] [ROUNDS (3)]\n", stderr);
    return 2;
  }
  return primer::bench::run(static_cast<std::size_t>(samples), rounds);
}
