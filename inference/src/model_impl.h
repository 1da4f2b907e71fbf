#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "planner/planned_graph.h"
#include "primer/inference/custom_operator.h"
#include "primer/inference/model.h"
#include "src/graph.h"
#include "src/mapped_file.h"

namespace primer::inference {

// What the signatures of a file share.
struct ModelFile {
  std::string name;
  MappedFile mapped;              // empty for a model from memory
  std::vector<std::byte> memory;  // empty for a model from a file
  std::span<const std::byte> bytes;
  Limits limits;
  std::shared_ptr<const CustomOperators> custom;  // never null
};

// What sessions run is planned when the first of them needs it, its weights are packed when the
// first of them runs, and both are shared from then on.
struct Model::Impl {
  explicit Impl(std::shared_ptr<const ModelFile> model_file)
      : file(std::move(model_file)), name(file->name), bytes(file->bytes), limits(file->limits) {}

  std::shared_ptr<const ModelFile> file;
  const std::string& name;
  std::span<const std::byte> bytes;
  const Limits& limits;
  Graph graph;
  // What inputs and outputs are called from outside: by a signature, else as their tensors are.
  std::vector<std::string_view> input_names;
  std::vector<std::string_view> output_names;

  // Where it begins, and what it was resized to: of each input.
  std::size_t subgraph = 0;
  const tflite::SignatureDef* signature = nullptr;
  std::vector<std::optional<Shape>> shapes;

  // Reads and checks the graph that begins at `subgraph`.
  Status load();

  Result<std::shared_ptr<const PlannedGraph>> planned(const PlanOptions& options) const;

  // "mnist.tflite: operator 3 CONV_2D: " + error
  Error nodeError(const Node& node, const Error& error) const;

 private:
  Status applyShapes();
  Status readNames();

  struct Planned {
    PlanOptions options;
    std::shared_ptr<const PlannedGraph> graph;
  };
  mutable std::mutex mutex_;
  mutable std::vector<Planned> planned_;
};

}  // namespace primer::inference
