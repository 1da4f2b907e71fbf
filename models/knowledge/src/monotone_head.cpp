#include "src/monotone_head.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include "src/numbers.h"

namespace primer::knowledge {

namespace {

constexpr float kBeta1 = 0.9f;
constexpr float kBeta2 = 0.999f;
constexpr float kEpsilon = 1e-7f;
constexpr double kWarmSteps = 50;   // the rate rises over so many steps
constexpr double kFullShare = 0.3;  // then stays up to here, and falls to nothing

// Adam (Kingma and Ba 2015), without its correction of the first steps: the rate is low then.
class Adam {
 public:
  explicit Adam(std::size_t count) : first_(count), second_(count) {}

  // The first `held` weights are kept at or above 0.
  void step(std::vector<float>& weights, const std::vector<float>& gradient, float rate,
            std::size_t held) {
    for (std::size_t i = 0; i < weights.size(); ++i) {
      first_[i] = kBeta1 * first_[i] + (1 - kBeta1) * gradient[i];
      second_[i] = kBeta2 * second_[i] + (1 - kBeta2) * gradient[i] * gradient[i];
      weights[i] -= rate * first_[i] / (std::sqrt(second_[i]) + kEpsilon);
    }
    for (std::size_t i = 0; i < held; ++i) weights[i] = std::max(weights[i], 0.0f);
  }

 private:
  std::vector<float> first_;
  std::vector<float> second_;
};

double rateAt(double step, double steps) {
  const double share = step / steps;
  const double fall =
      share < kFullShare
          ? 1
          : 0.5 * (1 + std::cos(std::numbers::pi * (share - kFullShare) / (1 - kFullShare)));
  return std::min(1.0, step / kWarmSteps) * fall;
}

}  // namespace

MonotoneHead MonotoneHead::fit(std::span<const float> rows, std::size_t inputs,
                               std::span<const float> targets, const Options& options) {
  MonotoneHead head;
  head.inputs_ = inputs;
  head.weights_.assign(head.constantAt() + 1, 0.0f);
  auto& weights = head.weights_;
  Numbers numbers(options.seed);
  // Few inputs speak in each step at first, and steps lie at different places.
  for (std::size_t i = 0; i < head.directAt(); ++i) {
    weights[i] = numbers.chance(0.2) ? static_cast<float>(numbers.uniform()) : 0.02f;
  }
  for (std::size_t h = 0; h < kHidden; ++h) {
    weights[head.outputAt() + h] = static_cast<float>(0.1 * numbers.uniform());
    weights[head.biasesAt() + h] = static_cast<float>(3 * numbers.uniform() - 1.5);
  }
  std::vector<std::size_t> order(targets.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const std::size_t batch = std::min(options.batch, targets.size());
  const std::size_t batches = batch > 0 ? targets.size() / batch : 0;
  const double steps = static_cast<double>(batches) * options.epochs;
  Adam adam(weights.size());
  std::vector<float> gradient(weights.size());
  Hidden hidden;
  double step = 0;
  for (int epoch = 0; epoch < options.epochs; ++epoch) {
    numbers.shuffle(order);
    for (std::size_t b = 0; b < batches; ++b, ++step) {
      for (std::size_t i = 0; i < weights.size(); ++i) gradient[i] = options.decay * weights[i];
      for (std::size_t i = b * batch; i < (b + 1) * batch; ++i) {
        const auto row = rows.subspan(order[i] * inputs, inputs);
        const float score = head.forward(row, hidden);
        const float error =
            (1 / (1 + std::exp(-score)) - targets[order[i]]) / static_cast<float>(batch);
        head.addGradient(row, hidden, error, gradient);
      }
      adam.step(weights, gradient, options.learning_rate * static_cast<float>(rateAt(step, steps)),
                head.biasesAt());
    }
  }
  return head;
}

float MonotoneHead::forward(std::span<const float> inputs, Hidden& hidden) const {
  const float* weights = weights_.data();
  float score = weights[constantAt()];
  std::copy_n(weights + biasesAt(), kHidden, hidden.begin());
  for (std::size_t i = 0; i < inputs_; ++i) {
    const float x = inputs[i];
    for (std::size_t h = 0; h < kHidden; ++h) hidden[h] += x * weights[i * kHidden + h];
    score += x * weights[directAt() + i];
  }
  for (std::size_t h = 0; h < kHidden; ++h) {
    hidden[h] = std::tanh(hidden[h]);
    score += hidden[h] * weights[outputAt() + h];
  }
  return score;
}

void MonotoneHead::addGradient(std::span<const float> inputs, const Hidden& hidden, float error,
                               std::vector<float>& gradient) const {
  Hidden back;
  for (std::size_t h = 0; h < kHidden; ++h) {
    gradient[outputAt() + h] += error * hidden[h];
    back[h] = error * weights_[outputAt() + h] * (1 - hidden[h] * hidden[h]);
    gradient[biasesAt() + h] += back[h];
  }
  for (std::size_t i = 0; i < inputs_; ++i) {
    const float x = inputs[i];
    float* row = gradient.data() + i * kHidden;
    for (std::size_t h = 0; h < kHidden; ++h) row[h] += x * back[h];
    gradient[directAt() + i] += x * error;
  }
  gradient[constantAt()] += error;
}

float MonotoneHead::logit(std::span<const float> inputs) const {
  Hidden hidden;
  return forward(inputs, hidden);
}

}  // namespace primer::knowledge
