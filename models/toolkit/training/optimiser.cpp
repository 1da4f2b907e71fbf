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

Optimiser::Optimiser(Network& network, const Schedule& schedule, std::int64_t total_steps)
    : network_(network),
      schedule_(schedule),
      total_steps_(std::max<std::int64_t>(total_steps, 1)),
      first_moments_(at::zeros_like(network.parameters())),
      second_moments_(at::zeros_like(network.parameters())) {
  if (schedule.averaging > 0) {
    average_parameters_ = network.parameters().clone();
    average_statistics_ = network.statistics().clone();
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
  auto gradients = network_.gradients();
  if (schedule_.gradient_clip > 0) {
    const double norm = gradients.norm().item<double>();
    if (norm > schedule_.gradient_clip) gradients.mul_(schedule_.gradient_clip / norm);
  }
  const double rate = learningRate(step);
  const double correction1 = 1 - std::pow(kBeta1, static_cast<double>(step + 1));
  const double correction2 = 1 - std::pow(kBeta2, static_cast<double>(step + 1));
  auto values = network_.parameters();
  first_moments_.mul_(kBeta1).add_(gradients, 1 - kBeta1);
  second_moments_.mul_(kBeta2).addcmul_(gradients, gradients, 1 - kBeta2);
  values.addcmul_(values, network_.decays(), -rate * schedule_.weight_decay);
  const auto denominator = second_moments_.sqrt().div_(std::sqrt(correction2)).add_(kEpsilon);
  values.addcdiv_(first_moments_, denominator, -rate / correction1);
  // What decays is a weight.
  if (schedule_.nonnegative) {
    values.copy_(at::where(network_.decays() > 0, values.clamp_min(0), values));
  }
  gradients.zero_();
  if (!average_parameters_.defined()) return;
  // A young average follows faster, so that it forgets the initial weights.
  const auto age = static_cast<double>(step);
  const double decay = std::min(schedule_.averaging, (1 + age) / (10 + age));
  average_parameters_.lerp_(values, 1 - decay);
  average_statistics_.lerp_(network_.statistics(), 1 - decay);
}

void Optimiser::swapAverage() {
  if (!average_parameters_.defined()) return;
  const torch::NoGradGuard no_gradients;
  const auto swap = [](torch::Tensor a, torch::Tensor b) {
    const auto kept = a.clone();
    a.copy_(b);
    b.copy_(kept);
  };
  swap(network_.parameters(), average_parameters_);
  swap(network_.statistics(), average_statistics_);
}

std::vector<torch::Tensor> Optimiser::state() const {
  std::vector<torch::Tensor> all = {network_.parameters(), network_.statistics(), first_moments_,
                                    second_moments_};
  if (average_parameters_.defined()) {
    all.push_back(average_parameters_);
    all.push_back(average_statistics_);
  }
  return all;
}

}  // namespace primer::toolkit
