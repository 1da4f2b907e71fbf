#pragma once

// How well a model does its task, on the engine.

#include <cstddef>
#include <memory>
#include <span>
#include <string>

#include "primer/base/result.h"
#include "primer/toolkit/quantize.h"
#include "primer/toolkit/workshop.h"

namespace primer::toolkit {

// The task that a model file names in its metadata (or `name`, if not empty), opened on a folder of
// data. kNotFound where the file names none.
Result<std::unique_ptr<Task>> taskOf(std::span<const std::byte> model, const std::string& name,
                                     const std::filesystem::path& data, const Workshop& workshop);

// What the model gives for every sample of a split: by output of the task, then sample, then
// number. With a model of each fold (`train --folds`) and its development split this is
// cross-fitting: what models say of samples that they did not learn from, for the next model to
// learn from.
Result<std::vector<std::vector<float>>> outputsOn(std::span<const std::byte> model,
                                                  const Task& task, Split split);

// The task's figures on a split. Uses all cores, a session each.
Result<Metrics> evaluate(std::span<const std::byte> model, const Task& task, Split split);

// Up to `count` samples spread evenly over a split, in the order of the model's inputs.
Result<CalibrationSet> calibrationFrom(std::span<const std::byte> model, const Task& task,
                                       Split split, std::size_t count);

}  // namespace primer::toolkit
