#include "plain_training.h"

#include <dlfcn.h>
#include <torch/torch.h>

#include <chrono>

namespace primer::bench {

namespace {

torch::nn::Sequential network(const std::vector<int>& widths) {
  torch::nn::Sequential net;
  int channels = 1;
  for (std::size_t i = 0; i < widths.size(); ++i) {
    const int stride = i == 1 || i == 3 ? 2 : 1;
    const int padding = i + 1 == widths.size() ? 0 : 1;
    net->push_back(torch::nn::Conv2d(torch::nn::Conv2dOptions(channels, widths[i], 3)
                                         .stride(stride)
                                         .padding(padding)
                                         .bias(false)));
    net->push_back(torch::nn::BatchNorm2d(widths[i]));
    net->push_back(torch::nn::ReLU());
    channels = widths[i];
  }
  net->push_back(torch::nn::AdaptiveAvgPool2d(torch::nn::AdaptiveAvgPool2dOptions({1, 1})));
  net->push_back(torch::nn::Flatten());
  net->push_back(torch::nn::Linear(channels, 10));
  return net;
}

}  // namespace

double plainSamplesPerSecond(const Pictures& pictures, const std::vector<int>& widths, int epochs,
                             int batch, int threads) {
  torch::set_num_threads(threads);
  // Our trainer sets the BLAS to one thread, in the whole program.
  if (auto* symbol = dlsym(RTLD_DEFAULT, "openblas_set_num_threads"); symbol != nullptr) {
    reinterpret_cast<void (*)(int)>(symbol)(threads);
  }
  at::globalContext().setFlushDenormal(true);
  torch::manual_seed(1);
  const auto count = static_cast<std::int64_t>(pictures.classes.size());
  const auto all = torch::from_blob(const_cast<float*>(pictures.pixels.data()),
                                    {count, 1, pictures.side, pictures.side});
  const auto labels =
      torch::from_blob(const_cast<std::int64_t*>(pictures.classes.data()), {count}, torch::kInt64);
  auto net = network(widths);
  net->train();
  torch::optim::AdamW optimiser(net->parameters(), torch::optim::AdamWOptions(0.003));
  std::int64_t trained = 0;
  const auto start = std::chrono::steady_clock::now();
  for (int epoch = 0; epoch < epochs; ++epoch) {
    const auto order = torch::randperm(count);
    for (std::int64_t at = 0; at + batch <= count; at += batch) {
      const auto rows = order.slice(0, at, at + batch);
      optimiser.zero_grad();
      const auto scores = net->forward(all.index_select(0, rows));
      auto loss = torch::nn::functional::cross_entropy(scores, labels.index_select(0, rows));
      loss.backward();
      optimiser.step();
      trained += batch;
    }
  }
  const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start;
  return static_cast<double>(trained) / spent.count();
}

}  // namespace primer::bench
