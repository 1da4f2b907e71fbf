#pragma once

// What a model's inputs and outputs look like on the data that it was made for: travels in the file
// as "reference" of its metadata, so that later data can be held against it (drift).
//
//   {"split":"development","samples":512,
//    "inputs":{"image":{"low":0,"high":1,"mean":0.13,"deviation":0.31,"counts":[... 32 ...]}},
//    "outputs":{"scores":{..., "best":[51,50,...]}}}
//
// `counts` are of equal steps from `low` to `high`, over all numbers of all samples; `best`, where
// an output is scores of classes, of the class with the highest one.

#include <cstddef>
#include <span>

#include "primer/base/result.h"
#include "primer/toolkit/fields.h"
#include "primer/toolkit/task.h"

namespace primer::toolkit {

inline constexpr std::size_t kReferenceSamples = 512;
inline constexpr std::size_t kReferenceSteps = 32;

// Of up to `samples` samples spread evenly over the development split (the training split where
// there is none), on the engine, in real numbers.
Result<Json> referenceDistribution(std::span<const std::byte> model, const Task& task,
                                   std::size_t samples = kReferenceSamples);

}  // namespace primer::toolkit
