#pragma once

// Where the variables of a session lie: in memory of their own, or, by their name, where another
// session has them, so that two entries of a file work on one state.

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "primer/base/result.h"
#include "src/aligned_block.h"
#include "src/graph.h"

namespace primer::inference {

class VariableMemory {
 public:
  // `other` may be null.
  explicit VariableMemory(std::shared_ptr<const VariableMemory> other) : other_(std::move(other)) {}

  // Finds which variables of a graph are the other's. One that has another size there is refused.
  Status find(const Graph& graph);

  // Of those that are not.
  std::uint64_t ownBytes(const Graph& graph) const;

  // Gives every variable its place: in `block`, of ownBytes(), or in the other's. Own ones begin as
  // zero, which is the zero point where they are int8, as the specification has it.
  void place(const Graph& graph, AlignedBlock block, std::vector<std::byte*>& places);

  bool isBorrowed(int tensor) const { return borrowed_.count(tensor) != 0; }

  // What own variables hold now is what reset() brings back, with the other's.
  void keepFirst() { first_.assign(block_.data(), block_.data() + block_.size()); }
  void reset() const noexcept;

 private:
  struct Place {
    std::byte* data = nullptr;
    ElementType type = ElementType::kFloat32;
    std::size_t bytes = 0;
  };
  const Place* findName(const std::string& name) const;

  std::shared_ptr<const VariableMemory> other_;
  AlignedBlock block_;
  std::vector<std::byte> first_;
  std::map<std::string, Place> by_name_;
  std::map<int, Place> borrowed_;  // by tensor
};

}  // namespace primer::inference
