// What a step of quantisation-aware training costs beside a step of float training, on one thread:
// forward, backward and, where there is one, the making of the integer model. The kinds take turns,
// so that a busy machine slows all of them.
//
//   cmake --preset training && cmake --build --preset training --target training-step-bench
//   build/training/bench/training-step-bench [NET...]

#include <ATen/ATen.h>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <string>
#include <vector>

#include "primer/base/thread_clock.h"
#include "primer/toolkit/graph_builder.h"
#include "primer/toolkit/random.h"
#include "training/crew.h"
#include "training/qat/integer_forward.h"

namespace primer::toolkit {
namespace {

constexpr int kRounds = 15;
constexpr std::int64_t kBatch = 64;

// The network of the worked MNIST example.
std::vector<std::byte> pictureNet() {
  GraphBuilder graph("pictures", 1);
  auto x = graph.input("image", {28, 28, 1});
  const int widths[] = {10, 16, 20, 24, 26, 28};
  for (int i = 0; i < 6; ++i) {
    const int stride = i == 1 || i == 3 ? 2 : 1;
    x = graph.conv2d(x, {.channels = widths[i],
                         .stride = {stride, stride},
                         .padding = i == 5 ? Padding::kValid : Padding::kSame,
                         .activation = Activation::kRelu});
  }
  graph.output(graph.dense(graph.mean(x), {.units = 10}), "scores");
  return *graph.finish();
}

// Separable convolutions over steps of sound.
std::vector<std::byte> soundNet() {
  GraphBuilder graph("sound", 1);
  auto x = graph.input("frames", {1, 98, 40});
  x = graph.conv1d(x, {.channels = 48, .kernel = 5, .stride = 2, .activation = Activation::kRelu});
  for (int i = 0; i < 4; ++i) {
    auto y = graph.depthwiseConv1d(x, {.kernel = 9, .activation = Activation::kRelu});
    y = graph.conv1d(y, {.channels = 48, .kernel = 1});
    x = graph.add(x, y, Activation::kRelu);
  }
  graph.output(graph.dense(graph.mean(x), {.units = 12}), "words");
  return *graph.finish();
}

std::vector<std::byte> lstmNet() {
  GraphBuilder graph("lstm", 1);
  const auto x = graph.lstm(graph.input("frames", {1, 50, 40}), {.units = 64});
  graph.output(graph.dense(x.last, {.units = 12}), "words");
  return *graph.finish();
}

std::vector<std::byte> gruNet() {
  GraphBuilder graph("gru", 1);
  const auto x = graph.gru(graph.input("frames", {1, 20, 40}), {.units = 48});
  graph.output(graph.dense(x.last, {.units = 12}), "words");
  return *graph.finish();
}

void compare(const std::string& name, const std::vector<std::byte>& bytes,
             std::vector<std::int64_t> shape) {
  std::size_t size = 1;
  for (const auto dimension : shape) size *= static_cast<std::size_t>(dimension);
  Random random(4);
  CalibrationSet samples(32);
  for (auto& sample : samples) {
    sample.emplace_back(size);
    for (auto& value : sample[0]) value = static_cast<float>(random.uniform());
  }
  auto integer = IntegerForward::make(bytes, samples, {});
  if (!integer) {
    std::fprintf(stderr, "%s: %s\n", name.c_str(), integer.error().message.c_str());
    return;
  }
  const auto model = *parseModel(bytes, name);
  auto normed = *TorchGraph::import(*model, {true, true});
  auto plain = *TorchGraph::import(*model, {false, true});
  auto quantised = *integer->importGraph(true);
  shape.insert(shape.begin(), kBatch);
  const std::vector<at::Tensor> inputs = {at::rand(shape)};
  const auto finish = [](const std::vector<at::Tensor>& outputs) {
    outputs[0].square().mean().backward();
  };
  const std::function<void()> steps[] = {
      [&] { finish(normed.forward(inputs, true)); },
      [&] { finish(plain.forward(inputs, true)); },
      [&] {
        if (integer->update(quantised)) finish(integer->forward(quantised, inputs));
      },
      [&] { (void)integer->update(quantised); },
  };
  double least[4] = {1e9, 1e9, 1e9, 1e9};
  for (int round = 0; round < kRounds; ++round) {
    for (int kind = 0; kind < 4; ++kind) {
      least[kind] = std::min(least[kind], threadMilliseconds(steps[kind]));
    }
  }
  std::printf("%-10s %10.2f %10.2f %10.2f %10.2f %8.2f\n", name.c_str(), least[0], least[1],
              least[2], least[3], least[2] / least[0]);
}

}  // namespace
}  // namespace primer::toolkit

int main(int count, char** arguments) {
  using namespace primer::toolkit;
  workAlone();
  std::printf("least CPU ms of %d for a batch of %lld on one thread\n", kRounds,
              static_cast<long long>(kBatch));
  std::printf("%-10s %10s %10s %10s %10s %8s\n", "net", "float+bn", "float", "integer", "(writing)",
              "ratio");
  const struct {
    std::string name;
    std::vector<std::byte> (*build)();
    std::vector<std::int64_t> shape;
  } nets[] = {{"pictures", pictureNet, {28, 28, 1}},
              {"sound", soundNet, {1, 98, 40}},
              {"lstm", lstmNet, {1, 50, 40}},
              {"gru", gruNet, {1, 20, 40}}};
  for (const auto& net : nets) {
    const bool wanted = count < 2 || std::count(arguments + 1, arguments + count, net.name) > 0;
    if (wanted) compare(net.name, net.build(), net.shape);
  }
  return 0;
}
