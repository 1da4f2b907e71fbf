#pragma once

// Who writes and who reads each tensor of a graph: what passes ask before they change anything.

#include <cstddef>
#include <span>
#include <vector>

#include "src/graph.h"

namespace primer::inference {

inline constexpr std::size_t kNobody = static_cast<std::size_t>(-1);

struct GraphUse {
  explicit GraphUse(const Graph& graph);

  // Of a tensor: a node for each of its inputs that read it.
  std::span<const std::size_t> readersOf(int tensor) const {
    const auto t = static_cast<std::size_t>(tensor);
    return std::span(readers_).subspan(first_reader_[t], first_reader_[t + 1] - first_reader_[t]);
  }

  std::vector<std::size_t> writer;  // of each tensor: a node that runs, or kNobody
  std::vector<bool> is_input;       // of the entry
  std::vector<bool> is_result;      // an output of the entry
  // Where values meet that belong to several blocks: what IF and WHILE are given and give, the
  // inputs and outputs of what they call, variables. Passes leave these tensors as they are.
  std::vector<bool> is_fixed;
  std::vector<std::size_t> block_of;  // of each node

  // Written by a plain node, read by one other alone, of the same block, and by nobody outside.
  bool isLink(int tensor) const;

 private:
  void findReaders(const Graph& graph);

  // The readers of all tensors, one tensor's after another's, and where each one's begin.
  std::vector<std::size_t> readers_;
  std::vector<std::size_t> first_reader_;
};

// The nodes that still run, a caller right before what it calls.
std::vector<Node*> runningNodes(Graph& graph);

// Takes nodes out of every order; they no longer run.
void dropNodes(Graph& graph, const std::vector<bool>& gone);

// A graph of its own that looks into the constants of `graph`, which must outlive it.
Graph copyOf(const Graph& graph);

}  // namespace primer::inference
