#pragma once

// Prepares batches of samples on background threads, a few ahead of the training loop.

#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "primer/base/result.h"
#include "primer/toolkit/task.h"

namespace primer::toolkit {

// A sample of a task: which split, and where in it.
struct SampleId {
  Split split = Split::kTraining;
  std::size_t index = 0;
};

struct Batch {
  std::size_t size = 0;
  std::vector<std::vector<float>> inputs;        // per input: size x numbers of a sample
  std::vector<std::vector<float>> targets;       // per output: size x targets of a sample
  std::vector<std::vector<std::uint8_t>> masks;  // per output: size x classes, or empty
  std::vector<float> weights;                    // one a sample
  // Where samples are blended (Variation::mixup): inputs hold `share` of a sample and the rest of
  // another one, whose targets, masks and weights these are; else empty.
  float share = 1;
  std::vector<std::vector<float>> other_targets;
  std::vector<std::vector<std::uint8_t>> other_masks;
  std::vector<float> other_weights;
  std::string problem;  // why the batch cannot be used (a sample that is not a number), or empty
};

std::size_t numberCount(const std::vector<std::int32_t>& shape);

// Fills a batch; where `variation` is given, every sample is varied by it and its place in `epoch`.
struct Variation {
  std::uint64_t seed = 0;
  std::uint64_t epoch = 0;
  bool augment = true;  // the task varies each sample
  double mixup = 0;     // samples are blended in pairs, see Schedule
};
std::unique_ptr<Batch> makeBatch(const Task& task, const std::vector<SampleId>& samples,
                                 const Variation* variation);

// Gives the batches of one pass over a list of samples, in order. Owned and used by one thread.
class BatchLoader {
 public:
  // The task must outlive the loader. `order` is cut into batches of `batch_size`; a shorter last
  // one is left out where `whole` asks for equal ones. `first` batches are skipped (resuming).
  BatchLoader(const Task& task, std::vector<SampleId> order, std::size_t batch_size, bool whole,
              std::size_t first, const Variation* variation, int threads);
  ~BatchLoader();
  BatchLoader(const BatchLoader&) = delete;
  BatchLoader& operator=(const BatchLoader&) = delete;

  std::size_t batchCount() const { return batch_count_; }

  // The next batch; nothing after the last.
  std::unique_ptr<Batch> next();

 private:
  void work();

  const Task& task_;
  const std::vector<SampleId> order_;
  const std::size_t batch_size_;
  std::size_t batch_count_ = 0;
  const bool varied_;
  const Variation variation_;
  const std::size_t ahead_;

  std::mutex mutex_;
  std::condition_variable ready_;
  std::condition_variable room_;
  std::map<std::size_t, std::unique_ptr<Batch>> done_;
  std::size_t next_made_;
  std::size_t next_given_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace primer::toolkit
