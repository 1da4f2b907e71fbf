#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "kernels/kernel.h"
#include "primer/inference/custom_operator.h"
#include "primer/inference/model.h"
#include "src/graph.h"
#include "src/mapped_file.h"

namespace primer::inference {

// Nodes are prepared when the first session needs them, and shared by all sessions from then on.
struct Model::Impl {
  std::string name;
  MappedFile file;                // empty for a model from memory
  std::vector<std::byte> memory;  // empty for a model from a file
  std::span<const std::byte> bytes;
  Limits limits;
  std::shared_ptr<const CustomOperators> custom;
  Graph graph;

  Result<std::shared_ptr<const PreparedNode>> prepared(CpuLevel level, std::size_t node) const;

  // "mnist.tflite: operator 3 CONV_2D: " + error
  Error nodeError(const Node& node, const Error& error) const;

 private:
  struct Key {
    CpuLevel level;
    std::shared_ptr<const PreparedNode> node;
  };
  mutable std::mutex mutex_;
  mutable std::vector<std::vector<Key>> prepared_;  // of each node
};

}  // namespace primer::inference
