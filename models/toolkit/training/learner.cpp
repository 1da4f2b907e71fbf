#include "training/learner.h"

#include <torch/torch.h>

#include <algorithm>

namespace primer::toolkit {

namespace {

using torch::Tensor;

constexpr std::size_t kMeasuringBatch = 500;

}  // namespace

Learner::Learner(std::unique_ptr<Network> network, std::vector<Teacher> teachers,
                 const Material& material, int shares, int threads)
    : material_(material), threads_(threads), crew_(std::min(threads, shares)) {
  for (int i = 1; i < shares; ++i) {
    networks_.push_back(network->replica());
    auto& replicas = teachers_.emplace_back();
    for (const auto& one : teachers) replicas.push_back({one.network->replica(), one.places});
  }
  teachers_.insert(teachers_.begin(), std::move(teachers));
  networks_.insert(networks_.begin(), std::move(network));
}

Learner::Rows Learner::rowsOf(const Batch& batch, int share) const {
  const auto cut = [&](int i) { return static_cast<std::int64_t>(batch.size) * i / shares(); };
  return {cut(share), cut(share + 1) - cut(share)};
}

// The task's outputs for some rows of a batch. The batch must outlive them.
std::vector<Tensor> Learner::outputsOf(Network& network, const Places& places, const Batch& batch,
                                       Rows rows, bool training) const {
  const auto& specs = material_.task->info().inputs;
  std::vector<Tensor> inputs(specs.size());
  for (std::size_t k = 0; k < specs.size(); ++k) {
    std::vector<std::int64_t> shape(specs[k].shape.begin(), specs[k].shape.end());
    shape.insert(shape.begin(), rows.count);
    const auto each = static_cast<std::int64_t>(batch.inputs[k].size() / batch.size);
    auto* data = const_cast<float*>(batch.inputs[k].data()) + rows.first * each;
    inputs[places.inputs[k]] = torch::from_blob(data, shape, torch::kFloat32);
  }
  const auto given = network.forward(inputs, training);
  std::vector<Tensor> outputs;
  for (const auto place : places.outputs) outputs.push_back(given[place]);
  return outputs;
}

std::vector<std::vector<Tensor>> Learner::taughtOn(const Batch& batch, Rows rows,
                                                   std::size_t share) {
  const torch::NoGradGuard no_gradients;
  std::vector<std::vector<Tensor>> taught;
  for (auto& teacher : teachers_[share]) {
    taught.push_back(outputsOf(*teacher.network, teacher.places, batch, rows, false));
  }
  return taught;
}

Learner::Step Learner::step(const Batch& batch, const LossOptions& options) {
  network().parametersChanged();
  std::vector<Step> results(networks_.size());
  crew_.run(shares(), [&](int share) {
    const auto rows = rowsOf(batch, share);
    if (rows.count == 0) return;
    const auto at = static_cast<std::size_t>(share);
    const auto taught = taughtOn(batch, rows, at);
    const auto outputs = outputsOf(*networks_[at], material_.places, batch, rows, true);
    const auto loss = lossOf(material_.task->info(), outputs, batch, rows.first, taught, options);
    loss.loss.backward();
    results[at] = {loss.loss.item<double>(), loss.right_percent};
  });
  const torch::NoGradGuard no_gradients;
  auto gradients = network().gradients();
  Step sum = results[0];
  for (std::size_t i = 1; i < networks_.size(); ++i) {
    auto others = networks_[i]->gradients();
    gradients.add_(others);
    others.zero_();
    sum.loss += results[i].loss;
    sum.right_percent += results[i].right_percent;
  }
  if (shares() > 1) gradients.mul_(1.0 / shares());
  joinStatistics();
  return {sum.loss / shares(), sum.right_percent / shares()};
}

// Every share saw its own part of the batch: what is kept is their mean.
void Learner::joinStatistics() {
  if (networks_.size() == 1) return;
  const torch::NoGradGuard no_gradients;
  auto mean = network().statistics();
  for (std::size_t i = 1; i < networks_.size(); ++i) mean.add_(networks_[i]->statistics());
  mean.mul_(1.0 / static_cast<double>(networks_.size()));
  spreadStatistics();
}

void Learner::spreadStatistics() {
  const torch::NoGradGuard no_gradients;
  for (std::size_t i = 1; i < networks_.size(); ++i) {
    networks_[i]->statistics().copy_(network().statistics());
  }
}

std::vector<std::vector<float>> Learner::outputs(const std::vector<SampleId>& samples) {
  const torch::NoGradGuard no_gradients;
  spreadStatistics();
  network().parametersChanged();
  std::vector<std::vector<float>> outputs(material_.task->info().outputs.size());
  BatchLoader loader(*material_.task, samples, kMeasuringBatch, false, 0, nullptr, threads_);
  while (const auto batch = loader.next()) {
    std::vector<std::vector<Tensor>> given(networks_.size());
    crew_.run(shares(), [&](int share) {
      const torch::NoGradGuard no_gradients_here;
      const auto rows = rowsOf(*batch, share);
      const auto at = static_cast<std::size_t>(share);
      if (rows.count > 0)
        given[at] = outputsOf(*networks_[at], material_.places, *batch, rows, false);
    });
    for (const auto& share : given) {
      for (std::size_t k = 0; k < share.size(); ++k) {
        const auto flat = share[k].contiguous();
        outputs[k].insert(outputs[k].end(), flat.data_ptr<float>(),
                          flat.data_ptr<float>() + flat.numel());
      }
    }
  }
  return outputs;
}

}  // namespace primer::toolkit
