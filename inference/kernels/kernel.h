#pragma once

// What a kernel is: a row of a table that says for which operator and types it is, and a function
// that prepares one node for it. Everything is decided, and all memory taken, in `prepare`; `run`
// is given pointers and runs blind. What prepares is [[gnu::cold]]: it runs once a model, and is
// compiled for size in files whose runs are compiled for speed.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <type_traits>
#include <utility>

#include "kernels/cpu.h"
#include "ops/node_view.h"
#include "primer/base/result.h"
#include "primer/inference/custom_operator.h"

namespace primer::inference {

using KernelFunction = void (*)(const void* params, const KernelIo& io) noexcept;

// What one of several threads does of a node. Each has scratch of its own.
struct Share {
  std::int64_t index = 0;
  std::int64_t count = 1;
};
using SharedKernelFunction = void (*)(const void* params, const KernelIo& io, Share share) noexcept;

// The part of 0 .. count - 1 that is a share's, in whole units but for the last.
struct Part {
  Part(std::int64_t count, std::int64_t unit, Share share) {
    const std::int64_t units = (count + unit - 1) / unit;
    begin = units * share.index / share.count * unit;
    end = std::min(units * (share.index + 1) / share.count * unit, count);
  }
  std::int64_t begin;
  std::int64_t end;
};

// A node, ready to run: immutable, shared by all sessions of its model.
struct PreparedNode {
  KernelFunction run = nullptr;
  SharedKernelFunction run_share = nullptr;  // null: it is one thread's
  // What `run` needs and opening a model need not wait for: weights in another order. Called once,
  // before the first `run`; takes no memory and cannot fail. What it reads of the graph must still
  // be there.
  void (*pack)(void* params) noexcept = nullptr;
  std::shared_ptr<void> params;  // changed by `pack` alone
  std::size_t scratch_bytes = 0;
  std::size_t packed_bytes = 0;  // held by params
  std::uint64_t macs = 0;
  std::uint64_t bytes = 0;  // of inputs and outputs; the engine fills it in
  // Bit i: output 0 may lie where input i lies, if the two are of one size. The kernel has then
  // read all that it needs of an element's place before it writes there, and of no other place that
  // it has written already. It must not promise the compiler (__restrict) that they lie apart.
  std::uint32_t in_place = 0;
  bool is_accelerated = false;  // runs on a device beside the CPU, while that lives

  // For those who run a node that they have just prepared.
  void packNow() {
    if (pack != nullptr) pack(params.get());
    pack = nullptr;
  }
};

inline constexpr std::uint32_t kOverInput0 = 1;
inline constexpr std::uint32_t kOverInput0Or1 = 3;

// A prepared node that needs scratch, and takes so many multiplications. Like inPlace(), it gives
// back what it was given: to return at once.
inline PreparedNode&& costing(PreparedNode&& node, std::size_t scratch_bytes, std::uint64_t macs,
                              std::size_t packed_bytes = 0) {
  node.scratch_bytes = scratch_bytes;
  node.macs = macs;
  node.packed_bytes = packed_bytes;
  return std::move(node);
}

// A prepared node that may write its output over its inputs.
inline PreparedNode&& inPlace(PreparedNode&& node, std::uint32_t inputs = kOverInput0) {
  node.in_place = inputs;
  return std::move(node);
}

// A function of a parameter struct as the engine calls it.
template <auto kRun, typename Params>
inline constexpr KernelFunction kErased = [](const void* erased, const KernelIo& io) noexcept {
  kRun(*static_cast<const Params*>(erased), io);
};

// A node that owns `params`: one kind of owner for all structs, not one each as make_shared has.
PreparedNode owning(KernelFunction run, void* params, void (*destroy)(void* params));

// For one of several functions: makePreparedFor(kErased<runPool<T>, PoolParams>, params).
template <typename Given, typename Params = std::remove_cvref_t<Given>>
PreparedNode makePreparedFor(KernelFunction run, Given&& params) {
  PreparedNode node = owning(run, new Params(std::forward<Given>(params)),
                             [](void* erased) { delete static_cast<Params*>(erased); });
  if constexpr (requires(Params & some) { some.pack(); }) {
    node.pack = [](void* erased) noexcept { static_cast<Params*>(erased)->pack(); };
  }
  return node;
}

// Ties a parameter struct to the function that runs it: makePrepared<runConv>(params). A function
// that takes a Share as well can run on several threads. What a struct leaves to the first run it
// does in a member function pack().
template <auto kRun, typename Given, typename Params = std::remove_cvref_t<Given>>
PreparedNode makePrepared(Given&& params) {
  if constexpr (std::is_invocable_v<decltype(kRun), const Params&, const KernelIo&, Share>) {
    PreparedNode node = makePreparedFor(nullptr, std::forward<Given>(params));
    node.run = [](const void* erased, const KernelIo& io) noexcept {
      kRun(*static_cast<const Params*>(erased), io, Share{});
    };
    node.run_share = [](const void* erased, const KernelIo& io, Share share) noexcept {
      kRun(*static_cast<const Params*>(erased), io, share);
    };
    return node;
  } else {
    return makePreparedFor(kErased<kRun, Params>, std::forward<Given>(params));
  }
}

struct KernelRow {
  tflite::BuiltinOperator op;
  ElementType input;                  // of input 0
  std::optional<ElementType> second;  // of input 1, where that is data (weights, an operand)
  ElementType output;                 // of output 0
  Checked<PreparedNode> (*prepare)(const NodeView& node);
};

// The kernel for a node's operator and types at a level, or null: the level's own, else the
// reference's.
const KernelRow* findKernel(CpuLevel level, const NodeView& node);

// The rows that a level has of its own, an operator's together; those of one operator.
std::span<const KernelRow> kernelRows(CpuLevel level);
std::span<const KernelRow> kernelRows(CpuLevel level, tflite::BuiltinOperator op);

}  // namespace primer::inference
