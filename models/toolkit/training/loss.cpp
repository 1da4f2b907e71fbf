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

// What the labels of some rows say of one output.
struct Labels {
  Tensor targets;
  Tensor weights;                      // one a row
  const std::uint8_t* mask = nullptr;  // of the classes in the running; null: all
};

// Every position of a sample in a row of its own, where its labels have one, too.
Tensor byPosition(const OutputSpec& spec, const Tensor& scores) {
  return spec.positions == 1 ? scores : scores.reshape({-1, spec.size / spec.positions});
}

Labels byPosition(const OutputSpec& spec, Labels labels) {
  if (spec.positions > 1) labels.weights = labels.weights.repeat_interleave(spec.positions);
  return labels;
}

Tensor maskOf(const Labels& labels, const Tensor& scores) {
  return torch::from_blob(const_cast<std::uint8_t*>(labels.mask), scores.sizes(), torch::kUInt8)
      .ne(0);
}

Tensor inTheRunning(const Tensor& scores, const Labels& labels) {
  if (labels.mask == nullptr) return scores;
  return at::where(maskOf(labels, scores), scores, torch::full({1}, kOutOfTheRunning));
}

Tensor classesLoss(const Tensor& all_scores, const Labels& labels, double smoothing) {
  const auto classes = labels.targets.reshape({-1}).to(torch::kInt64);
  const auto counted = classes.ge(0).to(torch::kFloat32) * labels.weights;
  const auto index = at::clamp_min(classes, 0).unsqueeze(1);
  const auto log_p = at::log_softmax(inTheRunning(all_scores, labels), 1);
  auto losses = -log_p.gather(1, index).squeeze(1);
  if (smoothing > 0) {
    Tensor spread;
    if (labels.mask != nullptr) {
      const auto flags = maskOf(labels, all_scores).to(torch::kFloat32);
      spread = -(log_p * flags).sum(1) / at::clamp_min(flags.sum(1), 1);
    } else {
      spread = -log_p.mean(1);
    }
    losses = losses * (1 - smoothing) + spread * smoothing;
  }
  return (losses * counted).sum() / at::clamp_min(counted.sum(), 1e-6);
}

Tensor numbersLoss(const Tensor& outputs, const Labels& labels, Loss loss) {
  const auto known = labels.targets.isnan().logical_not();
  const auto weights = known.to(torch::kFloat32) * labels.weights.unsqueeze(1);
  const auto wanted = at::where(known, labels.targets, torch::zeros({1}));
  const auto losses = loss == Loss::kBinary ? at::binary_cross_entropy_with_logits(
                                                  outputs, wanted, {}, {}, at::Reduction::None)
                                            : (outputs - wanted).square() * 0.5;
  return (losses * weights).sum() / at::clamp_min(weights.sum(), 1e-6);
}

Tensor labelLoss(const OutputSpec& spec, const Tensor& outputs, const Labels& labels,
                 const LossOptions& options) {
  return spec.loss == Loss::kClasses
             ? classesLoss(byPosition(spec, outputs), labels, options.label_smoothing)
             : numbersLoss(outputs, labels, spec.loss);
}

// From the mean of what the teachers say; every row counts, labelled or not.
Tensor teacherLoss(const OutputSpec& spec, const Tensor& given_outputs,
                   const std::vector<std::vector<Tensor>>& taught, std::size_t output,
                   const Labels& labels, double temperature) {
  const auto outputs = byPosition(spec, given_outputs);
  const auto told = [&](const Tensor& given) {
    if (spec.loss == Loss::kClasses)
      return at::softmax(inTheRunning(given / temperature, labels), 1);
    return spec.loss == Loss::kBinary ? at::sigmoid(given) : given;
  };
  Tensor wanted;
  for (const auto& teacher : taught) {
    const auto one = told(byPosition(spec, teacher[output]));
    wanted = wanted.defined() ? wanted + one : one;
  }
  wanted = wanted / static_cast<double>(taught.size());
  if (spec.loss != Loss::kClasses) {
    return numbersLoss(outputs, {wanted, labels.weights, nullptr}, spec.loss);
  }
  const auto log_p = at::log_softmax(inTheRunning(outputs / temperature, labels), 1);
  const auto losses = -(wanted * log_p).sum(1) * (temperature * temperature);
  return (losses * labels.weights).sum() / at::clamp_min(labels.weights.sum(), 1e-6);
}

double rightPercent(const Tensor& scores, const Labels& labels) {
  const torch::NoGradGuard no_gradients;
  const auto classes = labels.targets.reshape({-1}).to(torch::kInt64);
  const auto labelled = classes.ge(0);
  const auto right = inTheRunning(scores, labels).argmax(1).eq(classes).logical_and(labelled);
  return 100 * right.sum().item<double>() / std::max(1.0, labelled.sum().item<double>());
}

}  // namespace

BatchLoss lossOf(const TaskInfo& info, const std::vector<Tensor>& outputs, const Batch& batch,
                 std::int64_t first, const std::vector<std::vector<Tensor>>& taught,
                 const LossOptions& options) {
  const auto rows = outputs[0].size(0);
  const auto labelsOf = [&](const auto& targets, const auto& masks, const auto& weights,
                            std::size_t k) {
    const auto* mask = masks[k].empty() ? nullptr : masks[k].data() + first * info.outputs[k].size;
    return byPosition(info.outputs[k],
                      Labels{view(targets[k], batch.size, first, rows),
                             view(weights, batch.size, first, rows).reshape({-1}), mask});
  };
  BatchLoss result;
  bool measured = false;
  for (std::size_t k = 0; k < info.outputs.size(); ++k) {
    const auto& spec = info.outputs[k];
    const auto labels = labelsOf(batch.targets, batch.masks, batch.weights, k);
    auto loss = labelLoss(spec, outputs[k], labels, options);
    if (!batch.other_targets.empty()) {
      const auto others = labelsOf(batch.other_targets, batch.other_masks, batch.other_weights, k);
      loss = loss * batch.share + labelLoss(spec, outputs[k], others, options) * (1 - batch.share);
    }
    if (!taught.empty()) {
      loss =
          loss * (1 - options.teaching) +
          teacherLoss(spec, outputs[k], taught, k, labels, options.temperature) * options.teaching;
    }
    if (spec.loss == Loss::kClasses && !measured) {
      result.right_percent = rightPercent(byPosition(spec, outputs[k]), labels);
      measured = true;
    }
    loss = loss * spec.weight;
    result.loss = result.loss.defined() ? result.loss + loss : loss;
  }
  return result;
}

}  // namespace primer::toolkit
