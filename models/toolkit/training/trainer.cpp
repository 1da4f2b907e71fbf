#include <torch/torch.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <numeric>
#include <thread>

#include "primer/base/file_system.h"
#include "primer/toolkit/metadata.h"
#include "primer/toolkit/train.h"
#include "src/model_file.h"
#include "training/batch_loader.h"
#include "training/checkpoint.h"
#include "training/crew.h"
#include "training/loss.h"
#include "training/optimiser.h"
#include "training/torch_graph.h"

namespace primer::toolkit {

namespace {

using Clock = std::chrono::steady_clock;
using torch::Tensor;

constexpr std::size_t kMeasuringBatch = 500;

double secondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

std::string minutesText(double seconds) {
  const auto whole = static_cast<long>(std::lround(std::max(seconds, 0.0)));
  char text[32];
  std::snprintf(text, sizeof(text), "%ld:%02ld", whole / 60, whole % 60);
  return text;
}

// Where in the graph's inputs or outputs each name of the task lies.
Result<std::vector<std::size_t>> placesOf(const std::vector<std::string>& wanted,
                                          const std::vector<std::string>& have,
                                          const std::string& kind) {
  std::vector<std::size_t> places;
  for (const auto& name : wanted) {
    const auto it = std::find(have.begin(), have.end(), name);
    if (it == have.end()) {
      return fail(ErrorCode::kInvalidArgument,
                  "the architecture has no " + kind + " '" + name + "', which the task speaks of");
    }
    places.push_back(static_cast<std::size_t>(it - have.begin()));
  }
  if (wanted.size() != have.size()) {
    return fail(ErrorCode::kInvalidArgument, "the architecture has " + std::to_string(have.size()) +
                                                 " " + kind + "s, the task " +
                                                 std::to_string(wanted.size()));
  }
  return places;
}

std::vector<SampleId> samplesOf(const Task& task, Split split) {
  std::vector<SampleId> samples(task.size(split));
  for (std::size_t i = 0; i < samples.size(); ++i) samples[i] = {split, i};
  return samples;
}

class Trainer {
 public:
  Trainer(const Recipe& recipe, const Workshop& workshop, const TrainOptions& options)
      : recipe_(recipe),
        workshop_(workshop),
        options_(options),
        threads_(options.threads > 0
                     ? options.threads
                     : static_cast<int>(std::max(1u, std::thread::hardware_concurrency()))),
        crew_(std::min(threads_, recipe.schedule.shares)) {}

  Result<Json> run() {
    PRIMER_TRY(open());
    PRIMER_TRY(checkData());
    Optimiser optimiser(graphs_[0], recipe_.schedule, total_steps_);
    PRIMER_TRY(restore(optimiser));
    for (; progress_.epoch < recipe_.schedule.epochs; ++progress_.epoch, progress_.batch = 0) {
      PRIMER_TRY(trainEpoch(optimiser));
    }
    return finish(optimiser);
  }

 private:
  std::filesystem::path checkpointPath() const { return options_.output.string() + ".checkpoint"; }

  Status open() {
    PRIMER_ASSIGN(task_, workshop_.openTask(recipe_.task, {options_.data, recipe_.task_options,
                                                           recipe_.augmentation}));
    const auto& info = task_->info();
    PRIMER_ASSIGN(
        const auto bytes,
        workshop_.build(recipe_.architecture, recipe_.architecture_options, info, recipe_.seed));
    PRIMER_ASSIGN(model_, parseModel(bytes, recipe_.architecture));
    PRIMER_ASSIGN(auto graph, TorchGraph::import(*model_, {recipe_.schedule.batch_norm, true}));
    for (int i = 1; i < recipe_.schedule.shares; ++i) graphs_.push_back(graph.replica());
    graphs_.insert(graphs_.begin(), std::move(graph));
    PRIMER_TRY(matchShapes(info));

    training_ = samplesOf(*task_, Split::kTraining);
    development_ = samplesOf(*task_, Split::kDevelopment);
    if (recipe_.schedule.all_data) {
      training_.insert(training_.end(), development_.begin(), development_.end());
    }
    if (training_.size() < 2) {
      return fail(ErrorCode::kNotFound, "task " + info.name + " has no training samples");
    }
    const auto batch = std::min(static_cast<std::size_t>(recipe_.schedule.batch), training_.size());
    batches_ = training_.size() / batch;
    total_steps_ = static_cast<std::int64_t>(batches_) * recipe_.schedule.epochs;
    identity_ = {{"recipe", recipe_.source},
                 {"seed", recipe_.seed},
                 {"training", training_.size()},
                 {"development", development_.size()}};
    return {};
  }

  Status matchShapes(const TaskInfo& info) {
    std::vector<std::string> names;
    for (const auto& input : info.inputs) names.push_back(input.name);
    PRIMER_ASSIGN(input_places_, placesOf(names, inputNames(*model_), "input"));
    names.clear();
    for (const auto& output : info.outputs) names.push_back(output.name);
    PRIMER_ASSIGN(output_places_, placesOf(names, outputNames(*model_), "output"));
    const auto& graph = *model_->subgraphs[0];
    for (std::size_t k = 0; k < info.inputs.size(); ++k) {
      auto shape = info.inputs[k].shape;
      shape.insert(shape.begin(), 1);
      const auto tensor = static_cast<std::size_t>(graph.inputs[input_places_[k]]);
      if (graph.tensors[tensor]->shape != shape) {
        return fail(ErrorCode::kInvalidArgument,
                    "input '" + info.inputs[k].name +
                        "' of the architecture has another shape than the task's");
      }
    }
    for (std::size_t k = 0; k < info.outputs.size(); ++k) {
      const auto tensor = static_cast<std::size_t>(graph.outputs[output_places_[k]]);
      if (elementCount(graph.tensors[tensor]->shape) !=
          static_cast<std::size_t>(info.outputs[k].size)) {
        return fail(ErrorCode::kInvalidArgument,
                    "output '" + info.outputs[k].name +
                        "' of the architecture has another size than the task's");
      }
    }
    return {};
  }

  // Looks at every sample once, so that a bad one is named now and not in hours.
  Status checkData() {
    auto samples = training_;
    if (!recipe_.schedule.all_data) {
      samples.insert(samples.end(), development_.begin(), development_.end());
    }
    BatchLoader loader(*task_, std::move(samples), kMeasuringBatch, false, 0, nullptr, threads_);
    while (const auto batch = loader.next()) {
      if (!batch->problem.empty()) return fail(ErrorCode::kDamaged, batch->problem);
    }
    return {};
  }

  Status restore(Optimiser& optimiser) {
    if (!options_.resume) return {};
    if (!realFileSystem().exists(checkpointPath())) {
      std::fprintf(stderr, "no checkpoint yet: training from the beginning\n");
      return {};
    }
    PRIMER_ASSIGN(progress_, loadCheckpoint(checkpointPath(), identity_, optimiser.state()));
    for (std::size_t i = 1; i < graphs_.size(); ++i) {
      auto others = graphs_[i].statistics();
      others.copy_(graphs_[0].statistics());
    }
    std::fprintf(stderr, "going on at epoch %d, batch %zu\n", progress_.epoch + 1, progress_.batch);
    return {};
  }

  Status save(const Optimiser& optimiser) {
    last_saved_ = Clock::now();
    return saveCheckpoint(checkpointPath(), identity_, progress_, optimiser.state());
  }

  // A share of a batch.
  struct Rows {
    std::int64_t first;
    std::int64_t count;
  };

  Rows rowsOf(const Batch& batch, int share) const {
    const auto cut = [&](int i) {
      return static_cast<std::int64_t>(batch.size) * i / recipe_.schedule.shares;
    };
    return {cut(share), cut(share + 1) - cut(share)};
  }

  // The task's outputs for some rows of a batch. The batch must outlive them.
  std::vector<Tensor> outputsOf(TorchGraph& graph, const Batch& batch, Rows rows, bool training) {
    const auto& info = task_->info();
    std::vector<Tensor> inputs(info.inputs.size());
    for (std::size_t k = 0; k < info.inputs.size(); ++k) {
      std::vector<std::int64_t> shape(info.inputs[k].shape.begin(), info.inputs[k].shape.end());
      shape.insert(shape.begin(), rows.count);
      const auto each = static_cast<std::int64_t>(batch.inputs[k].size() / batch.size);
      auto* data = const_cast<float*>(batch.inputs[k].data()) + rows.first * each;
      inputs[input_places_[k]] = torch::from_blob(data, shape, torch::kFloat32);
    }
    const auto graph_outputs = graph.forward(inputs, training);
    std::vector<Tensor> outputs;
    for (const auto place : output_places_) outputs.push_back(graph_outputs[place]);
    return outputs;
  }

  struct StepResult {
    double loss = 0;
    double right = 0;
  };

  // Forward and back over a batch, a share on each core; the gradients come together in graph 0.
  StepResult stepOver(const Batch& batch) {
    std::vector<StepResult> results(graphs_.size());
    crew_.run(recipe_.schedule.shares, [&](int share) {
      const auto rows = rowsOf(batch, share);
      if (rows.count == 0) return;
      const auto at = static_cast<std::size_t>(share);
      const auto loss = lossOf(task_->info(), outputsOf(graphs_[at], batch, rows, true), batch,
                               rows.first, recipe_.schedule.label_smoothing);
      loss.loss.backward();
      results[at] = {loss.loss.item<double>(), loss.right_percent};
    });
    const torch::NoGradGuard no_gradients;
    auto gradients = graphs_[0].gradients();
    StepResult sum = results[0];
    for (std::size_t i = 1; i < graphs_.size(); ++i) {
      auto others = graphs_[i].gradients();
      gradients.add_(others);
      others.zero_();
      sum.loss += results[i].loss;
      sum.right += results[i].right;
    }
    const double shares = recipe_.schedule.shares;
    if (shares > 1) gradients.mul_(1 / shares);
    shareStatistics();
    return {sum.loss / shares, sum.right / shares};
  }

  // Every share saw its own part of the batch: what batch norm keeps is their mean.
  void shareStatistics() {
    if (graphs_.size() == 1) return;
    const torch::NoGradGuard no_gradients;
    auto mean = graphs_[0].statistics();
    for (std::size_t i = 1; i < graphs_.size(); ++i) mean.add_(graphs_[i].statistics());
    mean.mul_(1.0 / static_cast<double>(graphs_.size()));
    for (std::size_t i = 1; i < graphs_.size(); ++i) {
      auto other = graphs_[i].statistics();
      other.copy_(mean);
    }
  }

  Status trainEpoch(Optimiser& optimiser) {
    auto order = training_;
    Random shuffle(recipe_.seed, 0x5817f1e, static_cast<std::uint64_t>(progress_.epoch));
    for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[shuffle.below(i)]);
    const Variation variation{recipe_.seed, static_cast<std::uint64_t>(progress_.epoch)};
    BatchLoader loader(*task_, std::move(order), static_cast<std::size_t>(recipe_.schedule.batch),
                       true, progress_.batch, recipe_.schedule.augment ? &variation : nullptr,
                       threads_);
    double loss_sum = 0;
    double right_sum = 0;
    int counted = 0;
    auto last = Clock::now();
    while (const auto batch = loader.next()) {
      if (!batch->problem.empty()) return fail(ErrorCode::kDamaged, batch->problem);
      const auto [value, right] = stepOver(*batch);
      if (!std::isfinite(value)) {
        return fail(ErrorCode::kDamaged, "the loss is not a number any more at epoch " +
                                             std::to_string(progress_.epoch + 1) +
                                             ": a lower learning_rate may help");
      }
      optimiser.step(progress_.step);
      ++progress_.step;
      ++progress_.batch;
      loss_sum += value;
      right_sum += right;
      ++counted;
      trained_samples_ += batch->size;
      const double spent = secondsSince(last);
      last = Clock::now();
      progress_.seconds += spent;
      trained_seconds_ += spent;
      if (options_.live_progress && counted % 10 == 0) {
        printProgress(loss_sum / counted, right_sum / counted, optimiser);
      }
      const bool stop = options_.stop && options_.stop();
      if (stop || secondsSince(last_saved_) > recipe_.schedule.checkpoint_minutes * 60) {
        PRIMER_TRY(save(optimiser));
      }
      if (stop) {
        return fail(ErrorCode::kCancelled, "stopped; --resume goes on from here");
      }
    }
    if (counted == 0) return {};
    return endEpoch(optimiser, loss_sum / counted, right_sum / counted);
  }

  Status endEpoch(Optimiser& optimiser, double loss, double right) {
    Json entry = {{"epoch", progress_.epoch + 1}, {"loss", loss}};
    PRIMER_ASSIGN(const auto metrics, measure(optimiser));
    std::string text;
    for (const auto& [name, value] : metrics) {
      entry[name] = value;
      char one[96];
      std::snprintf(one, sizeof(one), "  %s %.3f", name.c_str(), value);
      text += one;
    }
    progress_.history.push_back(entry);
    std::fprintf(stderr, "%sepoch %d/%d  loss %.4f  right %.2f %% %s  %.0f samples/s  left %s\n",
                 options_.live_progress ? "\r\033[K" : "", progress_.epoch + 1,
                 recipe_.schedule.epochs, loss, right, text.c_str(), samplesPerSecond(),
                 minutesText(secondsLeft()).c_str());
    Progress next = progress_;
    ++next.epoch;
    next.batch = 0;
    std::swap(progress_, next);
    const auto saved = save(optimiser);
    std::swap(progress_, next);
    return saved;
  }

  double samplesPerSecond() const {
    return static_cast<double>(trained_samples_) / std::max(trained_seconds_, 1e-9);
  }

  double secondsLeft() const {
    return static_cast<double>(total_steps_ - progress_.step) *
           (static_cast<double>(training_.size()) / static_cast<double>(batches_)) /
           samplesPerSecond();
  }

  void printProgress(double loss, double right, const Optimiser& optimiser) const {
    std::fprintf(stderr,
                 "\r\033[Kepoch %d/%d  batch %zu/%zu  loss %.4f  right %.2f %%  rate %.2g  %.0f "
                 "samples/s  left %s",
                 progress_.epoch + 1, recipe_.schedule.epochs, progress_.batch, batches_, loss,
                 right, optimiser.learningRate(progress_.step), samplesPerSecond(),
                 minutesText(secondsLeft()).c_str());
    std::fflush(stderr);
  }

  // The task's figures on the development split, with averaged weights where there are any.
  Result<Metrics> measure(Optimiser& optimiser) {
    if (development_.empty()) return Metrics{};
    const torch::NoGradGuard no_gradients;
    optimiser.swapAverage();
    std::vector<std::vector<float>> outputs(task_->info().outputs.size());
    BatchLoader loader(*task_, development_, kMeasuringBatch, false, 0, nullptr, threads_);
    while (const auto batch = loader.next()) {
      std::vector<std::vector<Tensor>> given(graphs_.size());
      crew_.run(recipe_.schedule.shares, [&](int share) {
        const torch::NoGradGuard no_gradients_here;
        const auto rows = rowsOf(*batch, share);
        const auto at = static_cast<std::size_t>(share);
        if (rows.count > 0) given[at] = outputsOf(graphs_[0], *batch, rows, false);
      });
      for (const auto& share : given) {
        for (std::size_t k = 0; k < share.size(); ++k) {
          const auto flat = share[k].contiguous();
          outputs[k].insert(outputs[k].end(), flat.data_ptr<float>(),
                            flat.data_ptr<float>() + flat.numel());
        }
      }
    }
    optimiser.swapAverage();
    return task_->measure(Split::kDevelopment, outputs);
  }

  Result<Json> finish(Optimiser& optimiser) {
    PRIMER_ASSIGN(const auto metrics, measure(optimiser));
    optimiser.swapAverage();
    graphs_[0].writeBack(*model_);
    const auto& info = task_->info();
    Json labels = Json::object();
    for (const auto& output : info.outputs) {
      if (!output.labels.empty()) labels[output.name] = output.labels;
    }
    Json figures = metrics;
    if (recipe_.schedule.all_data && !development_.empty()) figures["seen_in_training"] = true;
    const Json description = {
        {"name", recipe_.name},
        {"task", {{"name", recipe_.task}, {"options", recipe_.task_options}}},
        {"labels", labels},
        {"preprocessing", info.preprocessing},
        {"data", info.data},
        {"figures", {{"development_float", figures}, {"development_samples", development_.size()}}},
        {"training",
         {{"samples", training_.size()}, {"seed", recipe_.seed}, {"recipe", recipe_.source}}}};
    setMetadata(*model_, kMetadataEntry,
                asBytes(description.dump(-1, ' ', false, Json::error_handler_t::replace)));
    const auto bytes = serialiseModel(*model_);
    PRIMER_TRY(realFileSystem().writeAtomically(options_.output, bytes, FileAccess::kAsUsual));
    if (realFileSystem().exists(checkpointPath())) {
      PRIMER_TRY(realFileSystem().remove(checkpointPath()));
    }
    return Json{{"model", options_.output.string()},
                {"recipe", recipe_.name},
                {"epochs", recipe_.schedule.epochs},
                {"seconds", progress_.seconds},
                {"samples_per_second", samplesPerSecond()},
                {"parameters", graphs_[0].parameters().numel()},
                {"bytes", bytes.size()},
                {"metrics", metrics},
                {"history", progress_.history}};
  }

  const Recipe& recipe_;
  const Workshop& workshop_;
  const TrainOptions& options_;
  const int threads_;
  Crew crew_;

  std::unique_ptr<Task> task_;
  ModelObject model_;
  std::vector<TorchGraph> graphs_;         // one a share of the batch, with common parameters
  std::vector<std::size_t> input_places_;  // of the task's inputs among the graph's
  std::vector<std::size_t> output_places_;
  std::vector<SampleId> training_;
  std::vector<SampleId> development_;
  std::size_t batches_ = 0;  // an epoch
  std::int64_t total_steps_ = 0;
  Json identity_;
  Progress progress_;
  Clock::time_point last_saved_ = Clock::now();
  std::size_t trained_samples_ = 0;  // since this program started
  double trained_seconds_ = 0;
};

}  // namespace

bool canTrain() { return true; }

Result<Json> train(const Recipe& recipe, const Workshop& workshop, const TrainOptions& options) {
  try {
    return Trainer(recipe, workshop, options).run();
  } catch (const c10::Error& error) {  // libtorch throws; exceptions end here
    return fail(ErrorCode::kInternal, std::string("libtorch: ") + error.what_without_backtrace());
  } catch (const std::exception& error) {
    return fail(ErrorCode::kInternal, std::string("training: ") + error.what());
  }
}

}  // namespace primer::toolkit
