#pragma once

// Operators that a file names and the engine does not have. A program that has them puts them into
// a CustomOperators and hands it to Model::open; a file with an operator that is in no registry is
// refused by that operator's name.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "primer/base/result.h"
#include "primer/inference/tensor.h"

namespace primer::inference {

// Where a node's tensors lie during one run. The arena and scratch are aligned to 64 bytes,
// constants to their elements (they lie in the file where they can). A left-out input is null.
struct KernelIo {
  const std::byte* const* inputs = nullptr;
  std::byte* const* outputs = nullptr;
  std::byte* scratch = nullptr;

  template <typename T>
  const T* in(std::size_t i) const {
    return reinterpret_cast<const T*>(inputs[i]);
  }
  template <typename T>
  T* out(std::size_t i) const {
    return reinterpret_cast<T*>(outputs[i]);
  }
  template <typename T>
  T* scratchAs() const {
    return reinterpret_cast<T*>(scratch);
  }
};

class NodeView;

// A node of a file as its operator's functions see it. Indices, types, shapes and quantisations are
// sound; everything else about the node is for them to check. Views live as long as the model.
class CustomNode {
 public:
  explicit CustomNode(const NodeView& node) : node_(node) {}

  std::size_t inputCount() const;
  std::size_t outputCount() const;
  bool hasInput(std::size_t i) const;      // false for one that is left out
  TensorInfo input(std::size_t i) const;   // of one that is there
  TensorInfo output(std::size_t i) const;  // `shape` is known in prepare() only
  std::span<const std::byte> constant(std::size_t input) const;  // empty: computed at run time
  std::span<const std::byte> options() const;  // the file's custom_options, as they stand there
  int version() const;

  // "rule: text", for what is wrong in the file, and for what is sound and cannot be run.
  static tl::unexpected<Error> damaged(std::string_view rule, std::string_view text);
  static tl::unexpected<Error> unsupported(std::string_view rule, std::string_view text);

 private:
  const NodeView& node_;
};

// A node made ready, shared by all sessions of its model: `run` may be called by several threads at
// once. It is given what check() let pass, and must not allocate, lock, throw or fail; what it
// needs beside its inputs is in its captures (made once) or in scratch (its own for each session).
struct CustomKernel {
  std::function<void(const KernelIo&)> run;
  std::size_t scratch_bytes = 0;
  std::uint64_t macs = 0;  // multiply-accumulates of one run, for reports
};

struct CustomOperator {
  std::string name;        // the file's custom_code
  int newest_version = 1;  // of the operator; files with a later one are refused

  // The shapes of the outputs, or the rule that the node breaks. Trusts nothing: files come from
  // anywhere.
  std::function<Result<std::vector<Shape>>(const CustomNode&)> check;

  // Multiplications, or moved elements, of one run: bounds the time that a file can cost
  // (Limits::max_work). Where it is left out: the elements of the largest input or output.
  std::function<std::uint64_t(const CustomNode&)> work;

  // Called for a node that check() let pass; the outputs have their shapes now.
  std::function<Result<CustomKernel>(const CustomNode&)> prepare;
};

// Operators by name. Fill one, then share it: a model keeps the registry that it was opened with.
class CustomOperators {
 public:
  // kInvalidArgument: no name, no check or no prepare, or a name that is taken.
  Status add(CustomOperator op);

  const CustomOperator* find(std::string_view name) const;  // or null

 private:
  std::map<std::string, CustomOperator, std::less<>> by_name_;
};

}  // namespace primer::inference
