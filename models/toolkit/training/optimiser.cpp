#include "training/optimiser.h"

#include <torch/torch.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace primer::toolkit {

namespace {

constexpr double kBeta1 = 0.9;
constexpr double kBeta2 = 0.999;
constexpr double kEpsilon = 1e-8;
constexpr double kStartDivisor = 25;
constexpr double kEndDivisor = 10'000;

double cosineBetween(double from, double to, double share) {
  return to + (from - to) * 0.5 * (1 + std::cos(std::numbers::pi * share));
}

}  // namespace

Optimiser::Optimiser(TorchGraph& graph, const Schedule& schedule, std::int64_t total_steps)
    : graph_(graph), schedule_(schedule), total_steps_(std::max<std::int64_t>(total_steps, 1)) {
  const torch::NoGradGuard no_gradients;
  for (const auto& parameter : graph.parameters()) {
    first_moments_.push_back(at::zeros_like(parameter.value));
    second_moments_.push_back(at::zeros_like(parameter.value));
    if (schedule.averaging > 0) averages_.push_back(parameter.value.detach().clone());
  }
  if (schedule.averaging > 0) {
    for (const auto& statistic : graph.statistics()) averages_.push_back(statistic.clone());
  }
}

double Optimiser::learningRate(std::int64_t step) const {
  const double at = static_cast<double>(step) / static_cast<double>(total_steps_);
  const double peak = schedule_.learning_rate;
  if (at < schedule_.warm_up) {
    return cosineBetween(peak / kStartDivisor, peak, at / schedule_.warm_up);
  }
  const double rest = 1 - schedule_.warm_up;
  return cosineBetween(peak, peak / kEndDivisor, rest > 0 ? (at - schedule_.warm_up) / rest : 1);
}

void Optimiser::step(std::int64_t step) {
  const torch::NoGradGuard no_gradients;
  auto& parameters = graph_.parameters();
  double gradient_scale = 1;
  if (schedule_.gradient_clip > 0) {
    double sum = 0;
    for (const auto& parameter : parameters) {
      if (parameter.value.grad().defined()) {
        sum += parameter.value.grad().square().sum().item<double>();
      }
    }
    const double norm = std::sqrt(sum);
    if (norm > schedule_.gradient_clip) gradient_scale = schedule_.gradient_clip / norm;
  }
  const double rate = learningRate(step);
  const double correction1 = 1 - std::pow(kBeta1, static_cast<double>(step + 1));
  const double correction2 = 1 - std::pow(kBeta2, static_cast<double>(step + 1));
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    auto& value = parameters[i].value;
    auto& gradient = value.mutable_grad();
    if (!gradient.defined()) continue;
    if (gradient_scale != 1) gradient.mul_(gradient_scale);
    auto& first = first_moments_[i];
    auto& second = second_moments_[i];
    first.mul_(kBeta1).add_(gradient, 1 - kBeta1);
    second.mul_(kBeta2).addcmul_(gradient, gradient, 1 - kBeta2);
    if (parameters[i].decays) value.mul_(1 - rate * schedule_.weight_decay);
    const auto denominator = second.sqrt().div_(std::sqrt(correction2)).add_(kEpsilon);
    value.addcdiv_(first, denominator, -rate / correction1);
    gradient.zero_();
  }
  if (averages_.empty()) return;
  // A young average follows faster, so that it forgets the initial weights.
  const double decay = std::min(
      schedule_.averaging, (1.0 + static_cast<double>(step)) / (10.0 + static_cast<double>(step)));
  std::size_t k = 0;
  for (const auto& parameter : parameters) averages_[k++].lerp_(parameter.value, 1 - decay);
  for (const auto& statistic : graph_.statistics()) averages_[k++].lerp_(statistic, 1 - decay);
}

void Optimiser::swapAverage() {
  if (averages_.empty()) return;
  const torch::NoGradGuard no_gradients;
  std::size_t k = 0;
  const auto swap = [&](torch::Tensor value) {
    const auto kept = value.clone();
    value.copy_(averages_[k]);
    averages_[k++].copy_(kept);
  };
  for (const auto& parameter : graph_.parameters()) swap(parameter.value.detach());
  for (const auto& statistic : graph_.statistics()) swap(statistic);
}

std::vector<torch::Tensor> Optimiser::state() const {
  std::vector<torch::Tensor> all;
  for (const auto& parameter : graph_.parameters()) all.push_back(parameter.value.detach());
  for (const auto& statistic : graph_.statistics()) all.push_back(statistic);
  for (const auto& list : {first_moments_, second_moments_, averages_}) {
    all.insert(all.end(), list.begin(), list.end());
  }
  return all;
}

}  // namespace primer::toolkit
