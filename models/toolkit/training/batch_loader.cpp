#include "training/batch_loader.h"

#include <algorithm>
#include <cmath>

namespace primer::toolkit {

namespace {

// Empty, or what is wrong with a sample just written.
std::string problemOf(const TaskInfo& info, const SampleView& view, const SampleId& id) {
  const auto where = std::string(splitName(id.split)) + " sample " + std::to_string(id.index);
  for (std::size_t k = 0; k < info.inputs.size(); ++k) {
    const auto& values = view.inputs[k];
    if (!std::all_of(values.begin(), values.end(), [](float v) { return std::isfinite(v); })) {
      return "task " + info.name + ": input '" + info.inputs[k].name + "' of " + where +
             " holds something that is not a number";
    }
  }
  for (std::size_t k = 0; k < info.outputs.size(); ++k) {
    const auto& output = info.outputs[k];
    if (output.loss != Loss::kClasses) continue;
    const auto classes = output.size / output.positions;
    const auto isLabel = [&](float target) {
      return target < static_cast<float>(classes) && target == std::floor(target);
    };
    const auto& targets = view.targets[k];
    if (!std::all_of(targets.begin(), targets.end(), isLabel)) {
      return "task " + info.name + ": the label of " + where + " is none of the " +
             std::to_string(classes) + " classes of '" + output.name + "'";
    }
  }
  return {};
}

// Beta(a, a) for 0 < a <= 1 (Joehnk 1964).
double betaShare(Random& random, double a) {
  while (true) {
    const double x = std::pow(random.uniform(), 1 / a);
    const double y = std::pow(random.uniform(), 1 / a);
    if (x + y <= 1 && x + y > 0) return x / (x + y);
  }
}

// What row i of the blended batch takes from row i + by.
template <typename T>
std::vector<T> rotated(const std::vector<T>& rows, std::size_t count, std::size_t by) {
  std::vector<T> turned = rows;
  const auto each = rows.size() / count;
  std::rotate(turned.begin(), turned.begin() + static_cast<std::ptrdiff_t>(by * each),
              turned.end());
  return turned;
}

void blend(Batch& batch, double mixup, Random random) {
  if (batch.size < 2) return;
  const auto by = static_cast<std::size_t>(1 + random.below(batch.size - 1));
  batch.share = static_cast<float>(betaShare(random, mixup));
  for (auto& values : batch.inputs) {
    const auto other = rotated(values, batch.size, by);
    for (std::size_t i = 0; i < values.size(); ++i) {
      values[i] = batch.share * values[i] + (1 - batch.share) * other[i];
    }
  }
  for (const auto& values : batch.targets) {
    batch.other_targets.push_back(rotated(values, batch.size, by));
  }
  for (const auto& flags : batch.masks) {
    batch.other_masks.push_back(rotated(flags, batch.size, by));
  }
  batch.other_weights = rotated(batch.weights, batch.size, by);
}

}  // namespace

std::size_t numberCount(const std::vector<std::int32_t>& shape) {
  std::size_t count = 1;
  for (const auto dimension : shape) count *= static_cast<std::size_t>(dimension);
  return count;
}

std::unique_ptr<Batch> makeBatch(const Task& task, const std::vector<SampleId>& samples,
                                 const Variation* variation) {
  const auto& info = task.info();
  auto batch = std::make_unique<Batch>();
  batch->size = samples.size();
  batch->weights.resize(samples.size());
  for (const auto& input : info.inputs) {
    batch->inputs.emplace_back(samples.size() * numberCount(input.shape));
  }
  for (const auto& output : info.outputs) {
    batch->targets.emplace_back(samples.size() * targetCount(output));
    batch->masks.emplace_back(
        output.masked ? samples.size() * static_cast<std::size_t>(output.size) : 0,
        std::uint8_t{1});
  }
  for (std::size_t i = 0; i < samples.size(); ++i) {
    SampleView view;
    const auto slice = [&](auto& all) {
      const auto each = all.size() / samples.size();
      return std::span(all).subspan(i * each, each);
    };
    for (auto& values : batch->inputs) view.inputs.push_back(slice(values));
    for (auto& values : batch->targets) view.targets.push_back(slice(values));
    for (auto& values : batch->masks) view.masks.push_back(slice(values));
    const auto& id = samples[i];
    if (variation != nullptr && variation->augment) {
      Random random(variation->seed, variation->epoch, static_cast<std::uint64_t>(id.split),
                    static_cast<std::uint64_t>(id.index));
      task.fill(id.split, id.index, &random, view);
    } else {
      task.fill(id.split, id.index, nullptr, view);
    }
    batch->weights[i] = view.weight;
    if (batch->problem.empty()) batch->problem = problemOf(info, view, id);
  }
  if (variation != nullptr && variation->mixup > 0) {
    constexpr std::uint64_t kBlending = 0xb1e2d;  // a stream of random numbers of its own
    blend(*batch, variation->mixup,
          Random(variation->seed, variation->epoch, kBlending,
                 static_cast<std::uint64_t>(samples[0].split),
                 static_cast<std::uint64_t>(samples[0].index)));
  }
  return batch;
}

BatchLoader::BatchLoader(const Task& task, std::vector<SampleId> order, std::size_t batch_size,
                         bool whole, std::size_t first, const Variation* variation, int threads)
    : task_(task),
      order_(std::move(order)),
      batch_size_(std::min(batch_size, std::max<std::size_t>(order_.size(), 1))),
      varied_(variation != nullptr),
      variation_(variation != nullptr ? *variation : Variation{}),
      ahead_(static_cast<std::size_t>(threads) + 3),
      next_made_(first),
      next_given_(first) {
  batch_count_ =
      whole ? order_.size() / batch_size_ : (order_.size() + batch_size_ - 1) / batch_size_;
  for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
}

BatchLoader::~BatchLoader() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  room_.notify_all();
  for (auto& thread : threads_) thread.join();
}

void BatchLoader::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    room_.wait(lock, [this] {
      return stopping_ || next_made_ >= batch_count_ || next_made_ < next_given_ + ahead_;
    });
    if (stopping_ || next_made_ >= batch_count_) return;
    const std::size_t number = next_made_++;
    lock.unlock();
    const auto begin = order_.begin() + static_cast<std::ptrdiff_t>(number * batch_size_);
    const auto count = std::min(batch_size_, order_.size() - number * batch_size_);
    auto batch = makeBatch(task_, {begin, begin + static_cast<std::ptrdiff_t>(count)},
                           varied_ ? &variation_ : nullptr);
    lock.lock();
    done_[number] = std::move(batch);
    ready_.notify_one();
  }
}

std::unique_ptr<Batch> BatchLoader::next() {
  std::unique_lock lock(mutex_);
  if (next_given_ >= batch_count_) return nullptr;
  ready_.wait(lock, [this] { return done_.count(next_given_) != 0; });
  auto batch = std::move(done_[next_given_]);
  done_.erase(next_given_);
  ++next_given_;
  room_.notify_all();
  return batch;
}

}  // namespace primer::toolkit
