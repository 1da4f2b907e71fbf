#pragma once

// Dividing samples into folds by who made them, so that nobody stands on both sides of a split: for
// figures from little data (k-fold), and for outputs on samples that a model did not see, which the
// next model learns from (cross-fitting).

#include <string>
#include <vector>

#include "primer/base/result.h"

namespace primer::toolkit {

// Fold `index` of `count` is the development split, the others train.
struct Fold {
  int index = 0;
  int count = 1;
};

// The fold (0 .. count-1) of every sample: all samples of a group (a writer, a speaker, a learner)
// in one, the folds as even as that allows. Depends on the names and sizes of the groups alone.
// kInvalidArgument where there are fewer groups than folds.
Result<std::vector<int>> dealFolds(const std::vector<std::string>& group_of_sample, int count);

}  // namespace primer::toolkit
