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

struct Material {
  const Task* task = nullptr;        // outlives this
  std::vector<std::size_t> inputs;   // of the task's inputs among the graph's
  std::vector<std::size_t> outputs;  // likewise
  std::vector<SampleId> training;
  std::vector<SampleId> development;
};

// kInvalidArgument names an input or output that the graph has not, or has in another shape;
// kNotFound where there is nothing to train on. `all_data` trains on the development split too.
Result<Material> layOut(const Task& task, const tflite::ModelT& model, bool all_data);

// Looks at every sample once, so that a bad one is named now and not in hours: kDamaged.
Status checkSamples(const Material& material, int threads);

}  // namespace primer::toolkit
