#include "training/loss.h"

#include <torch/torch.h>

namespace primer::toolkit {

namespace {

using torch::Tensor;

constexpr float kOutOfTheRunning = -1e9f;  // a score that soft-max turns into nothing

// A view of some rows of a batch's numbers; the batch must outlive it.
Tensor view(const std::vector<float>& values, std::size_t all_rows, std::int64_t first,
            std::int64_t rows) {
  const auto columns = static_cast<std::int64_t>(values.size() / all_rows);
  return torch::from_blob(const_cast<float*>(values.data()) + first * columns, {rows, columns},
                          torch::kFloat32);
}

Tensor classesLoss(const Tensor& all_scores, const Tensor& targets, const std::uint8_t* mask,
                   const Tensor& sample_weights, double smoothing, double* right_percent) {
  const auto classes = targets.reshape({-1}).to(torch::kInt64);
  const auto counted = classes.ge(0).to(torch::kFloat32) * sample_weights;
  const auto index = at::clamp_min(classes, 0).unsqueeze(1);
  Tensor scores = all_scores;
  Tensor allowed;  // 1 for classes in the running; undefined where all are
  if (mask != nullptr) {
    allowed =
        torch::from_blob(const_cast<std::uint8_t*>(mask), scores.sizes(), torch::kUInt8).ne(0);
    scores = at::where(allowed, scores, torch::full({1}, kOutOfTheRunning));
  }
  const auto log_p = at::log_softmax(scores, 1);
  auto losses = -log_p.gather(1, index).squeeze(1);
  if (smoothing > 0) {
    Tensor spread;
    if (allowed.defined()) {
      const auto flags = allowed.to(torch::kFloat32);
      spread = -(log_p * flags).sum(1) / at::clamp_min(flags.sum(1), 1);
    } else {
      spread = -log_p.mean(1);
    }
    losses = losses * (1 - smoothing) + spread * smoothing;
  }
  if (right_percent != nullptr) {
    const auto labelled = classes.ge(0);
    const auto right = scores.argmax(1).eq(classes).logical_and(labelled).sum().item<double>();
    *right_percent = 100 * right / std::max(1.0, labelled.sum().item<double>());
  }
  return (losses * counted).sum() / at::clamp_min(counted.sum(), 1e-6);
}

Tensor numbersLoss(const Tensor& outputs, const Tensor& targets, const Tensor& sample_weights,
                   Loss loss) {
  const auto known = targets.isnan().logical_not();
  const auto weights = known.to(torch::kFloat32) * sample_weights.unsqueeze(1);
  const auto wanted = at::where(known, targets, torch::zeros({1}));
  const auto losses = loss == Loss::kBinary ? at::binary_cross_entropy_with_logits(
                                                  outputs, wanted, {}, {}, at::Reduction::None)
                                            : (outputs - wanted).square() * 0.5;
  return (losses * weights).sum() / at::clamp_min(weights.sum(), 1e-6);
}

}  // namespace

BatchLoss lossOf(const TaskInfo& info, const std::vector<Tensor>& outputs, const Batch& batch,
                 std::int64_t first, const LossOptions& options) {
  const auto rows = outputs[0].size(0);
  const auto sample_weights = view(batch.weights, batch.size, first, rows).reshape({-1});
  BatchLoss result;
  bool measured = false;
  for (std::size_t k = 0; k < info.outputs.size(); ++k) {
    const auto& spec = info.outputs[k];
    const auto targets = view(batch.targets[k], batch.size, first, rows);
    Tensor loss;
    if (spec.loss == Loss::kClasses) {
      const auto* mask =
          batch.masks[k].empty() ? nullptr : batch.masks[k].data() + first * spec.size;
      loss = classesLoss(outputs[k], targets, mask, sample_weights, options.label_smoothing,
                         measured ? nullptr : &result.right_percent);
      measured = true;
    } else {
      loss = numbersLoss(outputs[k], targets, sample_weights, spec.loss);
    }
    loss = loss * spec.weight;
    result.loss = result.loss.defined() ? result.loss + loss : loss;
  }
  return result;
}

}  // namespace primer::toolkit
