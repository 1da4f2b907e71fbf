#pragma once

// What the tasks of this room have in common: samples in memory, in two halves, whose features are
// numbers and hashed sequences.

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

#include "primer/toolkit/task.h"
#include "primer/writing/answer_features.h"

namespace primer::writing::workshop {

template <typename Sample>
class TextTask : public toolkit::Task {
 public:
  const toolkit::TaskInfo& info() const final { return info_; }
  std::size_t size(toolkit::Split split) const final { return samplesOf(split).size(); }

 protected:
  const std::vector<Sample>& samplesOf(toolkit::Split split) const {
    return split == toolkit::Split::kTraining ? training_ : development_;
  }

  // A sequence as the network takes it: 0 but for its buckets.
  static void fillBuckets(const std::vector<Bucket>& buckets, std::span<float> input) {
    std::fill(input.begin(), input.end(), 0.0f);
    for (const auto& bucket : buckets) input[bucket.at] = bucket.weight;
  }

  toolkit::TaskInfo info_;
  std::vector<Sample> training_;
  std::vector<Sample> development_;
};

}  // namespace primer::writing::workshop
