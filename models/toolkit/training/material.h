#pragma once

// A task laid beside a graph: which input is which, which samples train and which judge.

#include <cstddef>
#include <string>
#include <vector>

#include "primer/base/result.h"
#include "primer/toolkit/task.h"
#include "src/model_file.h"
#include "training/batch_loader.h"

namespace primer::toolkit {

// Where the task's inputs and outputs are among a graph's.
struct Places {
  std::vector<std::size_t> inputs;
  std::vector<std::size_t> outputs;
};

// kInvalidArgument names an input or output that the graph has not, or has in another shape. A graph
// may have more outputs than the task speaks of; those are learned from nothing.
Result<Places> placesOf(const TaskInfo& info, const tflite::ModelT& model);

struct Material {
  const Task* task = nullptr;  // outlives this
  Places places;
  std::vector<SampleId> training;
  std::vector<SampleId> development;
};

// As placesOf; kNotFound where there is nothing to train on. `all_data` trains on the development
// split too.
Result<Material> layOut(const Task& task, const tflite::ModelT& model, bool all_data);

// Looks at every sample once, so that a bad one is named now and not in hours: kDamaged.
Status checkSamples(const Material& material, int threads);

}  // namespace primer::toolkit
