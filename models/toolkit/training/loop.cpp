#include "training/loop.h"

#include <torch/torch.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <thread>

#include "primer/base/file_system.h"

namespace primer::toolkit {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::uint64_t kShuffle = 0x5817f1e;  // the stream of random numbers that shuffles

double secondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

std::size_t batchesOf(const Material& material, const Schedule& schedule) {
  const auto count = material.training.size();
  return count / std::min(static_cast<std::size_t>(schedule.batch), count);
}

}  // namespace

Result<LoopOptions> loopOptions(const Recipe& recipe, const Material& material,
                                const TrainOptions& options, Json identity) {
  if (recipe.schedule.patience > 0 && material.development.empty()) {
    return fail(ErrorCode::kInvalidArgument,
                recipe.name + ": patience needs a development split, and the task has none");
  }
  identity["recipe"] = recipe.source;
  identity["seed"] = recipe.seed;
  identity["training"] = material.training.size();
  identity["development"] = material.development.size();
  LoopOptions loop;
  loop.schedule = recipe.schedule;
  loop.distillation = recipe.distillation;
  loop.seed = recipe.seed;
  loop.identity = std::move(identity);
  loop.checkpoint = options.output.string() + ".checkpoint";
  loop.resume = options.resume;
  loop.threads = options.threads > 0
                     ? options.threads
                     : static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  loop.live_progress = options.live_progress;
  loop.stop = options.stop;
  return loop;
}

TrainingLoop::TrainingLoop(std::unique_ptr<Network> network, const Material& material,
                           LoopOptions options, std::vector<Teacher> teachers)
    : material_(material),
      options_(std::move(options)),
      batches_(batchesOf(material, options_.schedule)),
      learner_(std::move(network), std::move(teachers), material, options_.schedule.shares,
               options_.threads),
      optimiser_(learner_.network(), options_.schedule,
                 static_cast<std::int64_t>(batches_) * options_.schedule.epochs),
      lines_({options_.schedule.epochs, batches_,
              static_cast<std::int64_t>(batches_) * options_.schedule.epochs,
              options_.live_progress}),
      last_saved_(Clock::now()) {
  if (options_.schedule.patience > 0) {
    best_parameters_ = this->network().parameters().clone();
    best_statistics_ = this->network().statistics().clone();
  }
}

std::vector<torch::Tensor> TrainingLoop::state() const {
  auto all = optimiser_.state();
  if (best_parameters_.defined()) {
    all.push_back(best_parameters_);
    all.push_back(best_statistics_);
  }
  return all;
}

bool TrainingLoop::outOfPatience() const {
  const int patience = options_.schedule.patience;
  const int trained = static_cast<int>(progress_.history.size());
  return patience > 0 && progress_.best_epoch > 0 && trained - progress_.best_epoch >= patience;
}

Status TrainingLoop::run() {
  PRIMER_TRY(restore());
  while (progress_.epoch < options_.schedule.epochs && !outOfPatience()) {
    PRIMER_TRY(trainEpoch());
    beginNextEpoch();
  }
  if (!best_parameters_.defined()) {
    optimiser_.swapAverage();
    return {};
  }
  const torch::NoGradGuard no_gradients;
  network().parameters().copy_(best_parameters_);
  network().statistics().copy_(best_statistics_);
  return {};
}

void TrainingLoop::beginNextEpoch() {
  ++progress_.epoch;
  progress_.batch = 0;
  progress_.loss_sum = progress_.right_percent_sum = 0;
}

Status TrainingLoop::restore() {
  if (!options_.resume) return {};
  if (!realFileSystem().exists(options_.checkpoint)) {
    std::fprintf(stderr, "no checkpoint yet: training from the beginning\n");
    return {};
  }
  PRIMER_ASSIGN(progress_, loadCheckpoint(options_.checkpoint, options_.identity, state()));
  learner_.spreadStatistics();
  std::fprintf(stderr, "going on at epoch %d, batch %zu\n", progress_.epoch + 1, progress_.batch);
  return {};
}

Status TrainingLoop::save() {
  last_saved_ = Clock::now();
  return saveCheckpoint(options_.checkpoint, options_.identity, progress_, state());
}

Status TrainingLoop::trainEpoch() {
  const auto& schedule = options_.schedule;
  const auto epoch = static_cast<std::uint64_t>(progress_.epoch);
  auto order = material_.training;
  Random shuffle(options_.seed, kShuffle, epoch);
  for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[shuffle.below(i)]);
  const Variation variation{options_.seed, epoch, schedule.augment, schedule.mixup};
  BatchLoader loader(*material_.task, std::move(order), static_cast<std::size_t>(schedule.batch),
                     true, progress_.batch, &variation, options_.threads);
  const LossOptions loss{schedule.label_smoothing, options_.distillation.weight,
                         options_.distillation.temperature};
  const auto mean = [&]() -> Learner::Step {
    const auto trained = static_cast<double>(progress_.batch);
    return {progress_.loss_sum / trained, progress_.right_percent_sum / trained};
  };
  auto last = Clock::now();
  while (const auto batch = loader.next()) {
    waited_ += secondsSince(last);
    if (!batch->problem.empty()) return fail(ErrorCode::kDamaged, batch->problem);
    const auto step = learner_.step(*batch, loss);
    if (!std::isfinite(step.loss)) {
      return fail(ErrorCode::kDamaged, "the loss is not a number any more at epoch " +
                                           std::to_string(progress_.epoch + 1) +
                                           ": a lower learning_rate may help");
    }
    optimiser_.step(progress_.step);
    ++progress_.step;
    ++progress_.batch;
    progress_.loss_sum += step.loss;
    progress_.right_percent_sum += step.right_percent;
    const double spent = secondsSince(last);
    last = Clock::now();
    progress_.seconds += spent;
    trained_ += spent;
    lines_.batchDone(progress_, batch->size, spent, mean(),
                     optimiser_.learningRate(progress_.step));
    const bool stop = options_.stop && options_.stop();
    if (stop || secondsSince(last_saved_) > schedule.checkpoint_minutes * 60) PRIMER_TRY(save());
    if (stop) return fail(ErrorCode::kCancelled, "stopped; --resume goes on from here");
  }
  // A training that was stopped after an epoch's last batch ends that epoch when it goes on.
  return progress_.batch == 0 ? Status() : endEpoch(mean());
}

Status TrainingLoop::endEpoch(const Learner::Step& mean) {
  Json entry = {{"epoch", progress_.epoch + 1}, {"loss", mean.loss}};
  optimiser_.swapAverage();
  const auto metrics = measure();
  const auto noted = metrics ? noteBest(*metrics) : Status();
  optimiser_.swapAverage();
  learner_.spreadStatistics();
  if (!metrics) return fail(metrics.error());
  PRIMER_TRY(noted);
  for (const auto& [name, value] : *metrics) entry[name] = value;
  progress_.history.push_back(entry);
  lines_.epochDone(progress_, mean, *metrics, progress_.best_epoch == progress_.epoch + 1);
  if (options_.epoch_done) options_.epoch_done(progress_.history);
  // What is saved begins with the next epoch.
  const Progress ended = progress_;
  beginNextEpoch();
  const auto saved = save();
  progress_ = ended;
  return saved;
}

// The weights that are measured stand in the network now.
Status TrainingLoop::noteBest(const Metrics& metrics) {
  if (material_.development.empty()) return {};
  const auto& name = material_.task->info().main_metric;
  const auto figure = metrics.find(name);
  if (figure == metrics.end()) {
    return fail(ErrorCode::kInternal, "task " + material_.task->info().name +
                                          " does not measure its main figure '" + name + "'");
  }
  if (progress_.best_epoch > 0 && !(figure->second > progress_.best_figure)) return {};
  progress_.best_epoch = progress_.epoch + 1;
  progress_.best_figure = figure->second;
  if (!best_parameters_.defined()) return {};
  const torch::NoGradGuard no_gradients;
  best_parameters_.copy_(network().parameters());
  best_statistics_.copy_(network().statistics());
  return {};
}

Result<Metrics> TrainingLoop::measure() {
  if (material_.development.empty()) return Metrics{};
  return material_.task->measure(Split::kDevelopment, learner_.outputs(material_.development));
}

}  // namespace primer::toolkit
