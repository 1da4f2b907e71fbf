#include "primer/toolkit/evaluate.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <thread>

#include "primer/toolkit/metadata.h"
#include "src/engine_runner.h"
#include "src/model_file.h"

namespace primer::toolkit {

namespace {

// Numbers of one sample, with room for everything that a task writes.
class SampleBuffer {
 public:
  explicit SampleBuffer(const TaskInfo& info) {
    for (const auto& input : info.inputs) inputs_.emplace_back(elementCount(input.shape));
    for (const auto& output : info.outputs) {
      const auto size = static_cast<std::size_t>(output.size);
      targets_.emplace_back(targetCount(output));
      masks_.emplace_back(output.masked ? size : 0);
    }
  }

  // The inputs of a sample, in the task's order; valid until the next call.
  const std::vector<std::vector<float>>& fill(const Task& task, Split split, std::size_t index) {
    SampleView view;
    for (auto& values : inputs_) view.inputs.emplace_back(values);
    for (auto& values : targets_) view.targets.emplace_back(values);
    for (auto& values : masks_) {
      std::fill(values.begin(), values.end(), std::uint8_t{1});
      view.masks.emplace_back(values);
    }
    task.fill(split, index, nullptr, view);
    return inputs_;
  }

 private:
  std::vector<std::vector<float>> inputs_;
  std::vector<std::vector<float>> targets_;
  std::vector<std::vector<std::uint8_t>> masks_;
};

// Which of the model's inputs (outputs) each of the task's is.
struct Places {
  std::vector<std::size_t> inputs;
  std::vector<std::size_t> outputs;
};

Result<std::size_t> placeOf(const std::vector<std::string>& names, const std::string& name,
                            const std::string& kind) {
  const auto it = std::find(names.begin(), names.end(), name);
  if (it == names.end()) {
    return fail(ErrorCode::kInvalidArgument,
                "the model has no " + kind + " '" + name + "', which the task speaks of");
  }
  return static_cast<std::size_t>(it - names.begin());
}

Result<Places> placesOf(std::span<const std::byte> bytes, const TaskInfo& info) {
  PRIMER_ASSIGN(const auto model, parseModel(bytes, "the model"));
  const auto inputs = inputNames(*model);
  const auto outputs = outputNames(*model);
  const auto& graph = *model->subgraphs[0];
  Places places;
  if (inputs.size() != info.inputs.size()) {
    return fail(ErrorCode::kInvalidArgument, "the model has " + std::to_string(inputs.size()) +
                                                 " inputs, the task " +
                                                 std::to_string(info.inputs.size()));
  }
  const auto elements = [&](std::int32_t tensor) {
    return elementCount(graph.tensors[static_cast<std::size_t>(tensor)]->shape);
  };
  for (const auto& input : info.inputs) {
    PRIMER_ASSIGN(const auto at, placeOf(inputs, input.name, "input"));
    if (elements(graph.inputs[at]) != elementCount(input.shape)) {
      return fail(ErrorCode::kInvalidArgument,
                  "input '" + input.name + "' of the model has another size than the task's");
    }
    places.inputs.push_back(at);
  }
  for (const auto& output : info.outputs) {
    PRIMER_ASSIGN(const auto at, placeOf(outputs, output.name, "output"));
    if (elements(graph.outputs[at]) != static_cast<std::size_t>(output.size)) {
      return fail(ErrorCode::kInvalidArgument,
                  "output '" + output.name + "' of the model has another size than the task's");
    }
    places.outputs.push_back(at);
  }
  return places;
}

}  // namespace

Result<std::unique_ptr<Task>> taskOf(std::span<const std::byte> model, const std::string& name,
                                     const std::filesystem::path& data, const Workshop& workshop) {
  TaskRequest request{data, nullptr, nullptr, {}};
  if (!name.empty()) return workshop.openTask(name, request);
  PRIMER_ASSIGN(const auto metadata, readMetadata(model));
  const auto task = metadata.find("task");
  if (task == metadata.end() || !task->is_object() || !task->contains("name") ||
      !(*task)["name"].is_string()) {
    return fail(ErrorCode::kNotFound,
                "the model does not say what its task is; name it with --task");
  }
  if (task->contains("options")) request.options = (*task)["options"];
  request.fold = foldOf(metadata);
  return workshop.openTask((*task)["name"].get<std::string>(), request);
}

Result<std::vector<std::vector<float>>> outputsOn(std::span<const std::byte> bytes,
                                                  const Task& task, Split split) {
  const auto& info = task.info();
  const auto count = task.size(split);
  if (count == 0) {
    return fail(ErrorCode::kNotFound, "task " + info.name + " has no samples in its " +
                                          std::string(splitName(split)) + " split");
  }
  PRIMER_ASSIGN(const auto places, placesOf(bytes, info));
  PRIMER_ASSIGN(auto model, inference::Model::fromBytes({bytes.begin(), bytes.end()}, "the model"));
  PRIMER_TRY(requireNumbers(*model));
  std::vector<std::vector<float>> outputs;
  for (const auto& output : info.outputs) {
    outputs.emplace_back(count * static_cast<std::size_t>(output.size));
  }

  std::atomic<std::size_t> next = 0;
  std::mutex mutex;
  std::optional<Error> problem;
  const auto work = [&] {
    auto runner = EngineRunner::open(model);
    if (!runner) {
      const std::lock_guard lock(mutex);
      problem = std::move(runner).error();
      return;
    }
    SampleBuffer buffer(info);
    for (std::size_t i = next++; i < count; i = next++) {
      const auto& inputs = buffer.fill(task, split, i);
      for (std::size_t k = 0; k < inputs.size(); ++k) {
        runner->setInput(places.inputs[k], inputs[k]);
      }
      runner->session().reset();  // samples know nothing of one another
      if (auto ran = runner->session().run(); !ran) {
        const std::lock_guard lock(mutex);
        problem = std::move(ran).error();
        return;
      }
      for (std::size_t k = 0; k < outputs.size(); ++k) {
        const auto values = runner->output(places.outputs[k]);
        std::copy(values.begin(), values.end(),
                  outputs[k].begin() + static_cast<std::ptrdiff_t>(i * values.size()));
      }
    }
  };
  std::vector<std::thread> threads;
  const auto cores = std::max(1u, std::thread::hardware_concurrency());
  for (unsigned i = 1; i < cores; ++i) threads.emplace_back(work);
  work();
  for (auto& thread : threads) thread.join();
  if (problem) return fail(*problem);
  return outputs;
}

Result<Metrics> evaluate(std::span<const std::byte> bytes, const Task& task, Split split) {
  PRIMER_ASSIGN(const auto outputs, outputsOn(bytes, task, split));
  return task.measure(split, outputs);
}

Result<CalibrationSet> calibrationFrom(std::span<const std::byte> model, const Task& task,
                                       Split split, std::size_t count) {
  PRIMER_ASSIGN(const auto places, placesOf(model, task.info()));
  const auto size = task.size(split);
  SampleBuffer buffer(task.info());
  CalibrationSet set(std::min(count, size));
  for (std::size_t i = 0; i < set.size(); ++i) {
    const auto& inputs = buffer.fill(task, split, i * size / set.size());
    set[i].resize(inputs.size());
    for (std::size_t k = 0; k < inputs.size(); ++k) set[i][places.inputs[k]] = inputs[k];
  }
  return set;
}

}  // namespace primer::toolkit
