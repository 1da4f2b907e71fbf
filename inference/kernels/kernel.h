#pragma once

// What a kernel is: a row of a table that says for which operator and types it is, and a function
// that prepares one node for it. Everything is decided and packed in `prepare`; `run` is given
// pointers and runs blind.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "kernels/cpu.h"
#include "ops/node_view.h"
#include "primer/base/result.h"
#include "primer/inference/custom_operator.h"

namespace primer::inference {

using KernelFunction = void (*)(const void* params, const KernelIo& io) noexcept;

// A node, ready to run: immutable, shared by all sessions of its model.
struct PreparedNode {
  KernelFunction run = nullptr;
  std::shared_ptr<const void> params;
  std::size_t scratch_bytes = 0;
  std::size_t packed_bytes = 0;  // held by params
  std::uint64_t macs = 0;
  std::uint64_t bytes = 0;  // of inputs and outputs; the engine fills it in
  // Bit i: output 0 may lie where input i lies, if the two are of one size. The kernel has then
  // read all that it needs of an element's place before it writes there, and of no other place that
  // it has written already. It must not promise the compiler (__restrict) that they lie apart.
  std::uint32_t in_place = 0;
};

inline constexpr std::uint32_t kOverInput0 = 1;
inline constexpr std::uint32_t kOverInput0Or1 = 3;

// A prepared node that needs scratch, and takes so many multiplications.
inline PreparedNode costing(PreparedNode node, std::size_t scratch_bytes, std::uint64_t macs,
                            std::size_t packed_bytes = 0) {
  node.scratch_bytes = scratch_bytes;
  node.macs = macs;
  node.packed_bytes = packed_bytes;
  return node;
}

// A prepared node that may write its output over its inputs.
inline PreparedNode inPlace(PreparedNode node, std::uint32_t inputs = kOverInput0) {
  node.in_place = inputs;
  return node;
}

// Ties a parameter struct to the function that runs it: makePrepared<runConv>(params).
template <auto kRun, typename Params>
PreparedNode makePrepared(Params params) {
  PreparedNode node;
  node.params = std::make_shared<const Params>(std::move(params));
  node.run = [](const void* erased, const KernelIo& io) noexcept {
    kRun(*static_cast<const Params*>(erased), io);
  };
  return node;
}

struct KernelRow {
  tflite::BuiltinOperator op;
  ElementType input;                  // of input 0
  std::optional<ElementType> second;  // of input 1, where that is data (weights, an operand)
  ElementType output;                 // of output 0
  Result<PreparedNode> (*prepare)(const NodeView& node);
};

// The kernel for a node's operator and types at a level, or null: the level's own, else the
// reference's.
const KernelRow* findKernel(CpuLevel level, const NodeView& node);

// The rows that a level has of its own, an operator's together; those of one operator.
std::span<const KernelRow> kernelRows(CpuLevel level);
std::span<const KernelRow> kernelRows(CpuLevel level, tflite::BuiltinOperator op);

}  // namespace primer::inference
