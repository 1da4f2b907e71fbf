#include "training/material.h"

#include <algorithm>

namespace primer::toolkit {

namespace {

constexpr std::size_t kLookingBatch = 500;

std::string shapeText(const std::vector<std::int32_t>& shape) {
  std::string text;
  for (const auto dimension : shape) text += (text.empty() ? "" : "x") + std::to_string(dimension);
  return text;
}

// Where in the graph's inputs or outputs each name of the task lies.
Result<std::vector<std::size_t>> findAll(const std::vector<std::string>& wanted,
                                         const std::vector<std::string>& have,
                                         const std::string& kind) {
  std::vector<std::size_t> places;
  for (const auto& name : wanted) {
    const auto it = std::find(have.begin(), have.end(), name);
    if (it == have.end()) {
      return fail(ErrorCode::kInvalidArgument,
                  "the network has no " + kind + " '" + name + "', which the task speaks of");
    }
    places.push_back(static_cast<std::size_t>(it - have.begin()));
  }
  return places;
}

Status matchInputs(Places& places, const std::vector<InputSpec>& specs,
                   const tflite::ModelT& model) {
  std::vector<std::string> names;
  for (const auto& input : specs) names.push_back(input.name);
  PRIMER_ASSIGN(places.inputs, findAll(names, inputNames(model), "input"));
  const auto have_inputs = model.subgraphs[0]->inputs.size();
  if (have_inputs != specs.size()) {
    return fail(ErrorCode::kInvalidArgument, "the network has " + std::to_string(have_inputs) +
                                                 " inputs, the task " +
                                                 std::to_string(specs.size()));
  }
  const auto& graph = *model.subgraphs[0];
  for (std::size_t k = 0; k < specs.size(); ++k) {
    auto shape = specs[k].shape;
    shape.insert(shape.begin(), 1);
    const auto tensor = static_cast<std::size_t>(graph.inputs[places.inputs[k]]);
    const auto& have = graph.tensors[tensor]->shape;
    if (have != shape) {
      return fail(ErrorCode::kInvalidArgument, "input '" + specs[k].name + "' of the network is " +
                                                   shapeText(have) + ", the task's data " +
                                                   shapeText(shape));
    }
  }
  return {};
}

Status matchOutputs(Places& places, const std::vector<OutputSpec>& specs,
                    const tflite::ModelT& model) {
  std::vector<std::string> names;
  for (const auto& output : specs) names.push_back(output.name);
  PRIMER_ASSIGN(places.outputs, findAll(names, outputNames(model), "output"));
  const auto& graph = *model.subgraphs[0];
  for (std::size_t k = 0; k < specs.size(); ++k) {
    const auto tensor = static_cast<std::size_t>(graph.outputs[places.outputs[k]]);
    const auto have = elementCount(graph.tensors[tensor]->shape);
    if (have != static_cast<std::size_t>(specs[k].size)) {
      return fail(ErrorCode::kInvalidArgument,
                  "output '" + specs[k].name + "' of the network has " + std::to_string(have) +
                      " numbers, the task's " + std::to_string(specs[k].size));
    }
  }
  return {};
}

std::vector<SampleId> samplesOf(const Task& task, Split split) {
  std::vector<SampleId> samples(task.size(split));
  for (std::size_t i = 0; i < samples.size(); ++i) samples[i] = {split, i};
  return samples;
}

}  // namespace

Result<Places> placesOf(const TaskInfo& info, const tflite::ModelT& model) {
  Places places;
  PRIMER_TRY(matchInputs(places, info.inputs, model));
  PRIMER_TRY(matchOutputs(places, info.outputs, model));
  return places;
}

Result<Material> layOut(const Task& task, const tflite::ModelT& model, bool all_data) {
  Material material;
  material.task = &task;
  PRIMER_ASSIGN(material.places, placesOf(task.info(), model));
  material.training = samplesOf(task, Split::kTraining);
  material.development = samplesOf(task, Split::kDevelopment);
  if (all_data) {
    material.training.insert(material.training.end(), material.development.begin(),
                             material.development.end());
  }
  if (material.training.size() < 2) {
    return fail(ErrorCode::kNotFound, "task " + task.info().name + " has " +
                                          std::to_string(material.training.size()) +
                                          " training samples; at least 2 are needed");
  }
  return material;
}

Status checkSamples(const Material& material, int threads) {
  for (const auto* samples : {&material.training, &material.development}) {
    BatchLoader loader(*material.task, *samples, kLookingBatch, false, 0, nullptr, threads);
    while (const auto batch = loader.next()) {
      if (!batch->problem.empty()) return fail(ErrorCode::kDamaged, batch->problem);
    }
  }
  return {};
}

}  // namespace primer::toolkit
