#pragma once

// Resource variables: handles are names of tensors that outlive a run. VAR_HANDLE disappears from
// the graph; READ_VARIABLE and ASSIGN_VARIABLE become copies from and to such a tensor.

#include <map>
#include <string>
#include <utility>

#include "ops/verdict.h"
#include "src/graph.h"

namespace primer::inference {

class Variables : public Refuser {
 public:
  explicit Variables(Error* reason) : Refuser(reason) {}

  // VAR_HANDLE: its output stands for the variable of that name from now on.
  Verdict name(const tflite::Operator& source, const Node& node, Graph& graph);

  // Puts the variable itself in the place of its handle.
  Verdict resolve(Node& node, Graph& graph);

  // If `from` is a handle, `to` is one of the same variable.
  void alias(int from, int to);

  // Takes the handles out of a list of tensors: they have nothing to move.
  void dropHandles(std::vector<int>& tensors) const;

 private:
  Checked<int> variableOf(int handle) const;

  std::map<std::pair<std::string, std::string>, int> by_name_;  // container and name
  std::map<int, int> by_handle_;
};

}  // namespace primer::inference
