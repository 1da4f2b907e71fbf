#pragma once

// One planned execution of a model: its arena, its kernels, its inputs and outputs.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "primer/base/result.h"
#include "primer/inference/accelerator.h"
#include "primer/inference/model.h"
#include "primer/inference/tensor.h"
#include "primer/inference/tensor_view.h"

namespace primer::inference {

class Session;

struct SessionOptions {
  // Keep every intermediate tensor, so that an observer can look at it after its operator ran.
  // Costs memory.
  bool keep_intermediates = false;

  // Change the graph so that it runs faster in less memory and gives the same bytes: constants are
  // computed once, operators joined to their neighbours, tensors share memory. Observers then see
  // what is left. Off, every operator of the file runs as it stands there; keep_intermediates
  // switches it off.
  bool optimise = true;

  // How many threads share the larger operators of a run, the calling one among them: at least one,
  // and at most as many as CPUs that the process may use, whatever is asked for. The bytes are the
  // same. The session keeps the others; they sleep between runs. Each needs scratch of its own.
  int threads = 1;

  // Resource variables (VAR_HANDLE) that a session of another entry of the file has under the same
  // name are that session's: what one run writes, the other reads, and what CALL_ONCE has begun
  // there is not begun again. Only looked at by create(); neither session may run while the other
  // does. States of LSTM and SVDF layers have no name and are never shared.
  const Session* state_of = nullptr;

  // A device that may take layers, and which of them: see accelerator.h. None, unless the program
  // asks for it. Sessions that name the same one share what was tried.
  std::shared_ptr<Accelerator> accelerator = nullptr;
  AcceleratorUse accelerator_use = AcceleratorUse::kWhereQuicker;
};

// What the arena of a session takes, against what it would take with every tensor in a place of its
// own: laid out greedily by size, as others do it, and the most bytes that are needed at one time,
// which no layout of separate tensors can go below.
struct ArenaFigures {
  std::size_t bytes = 0;
  std::size_t greedy_bytes = 0;
  std::size_t bound_bytes = 0;
};

// One output of an operator that has run.
struct OperatorOutput {
  std::size_t tensor = 0;  // its index in the subgraph
  TensorInfo info;
  std::span<const std::byte> bytes;  // valid during the call; longer with keep_intermediates
};

// What an observer sees after an operator has run. `outputs` lives as long as the session.
struct OperatorEvent {
  std::size_t node = 0;  // its index in its subgraph's list of operators
  std::size_t subgraph = 0;
  std::string_view op;           // "CONV_2D"
  std::uint64_t macs = 0;        // multiply-accumulates, 0 where the operator has none
  std::uint64_t bytes = 0;       // of its inputs, weights among them, and its outputs
  std::int64_t began = 0;        // nanoseconds of the steady clock
  std::int64_t nanoseconds = 0;  // time in the kernel
  std::span<const OperatorOutput> outputs;
};
using OperatorObserver = std::function<void(const OperatorEvent&)>;

// One operator of what a session runs: not what ran when it was planned, nor what was joined to its
// neighbours.
struct PlannedOperator {
  std::size_t node = 0;  // its index in its subgraph's list of operators
  std::size_t subgraph = 0;
  std::string_view op;
  std::uint64_t macs = 0;
  std::uint64_t bytes = 0;  // of its inputs, weights among them, and its outputs
  bool is_accelerated = false;
};

// Used by one thread at a time; several sessions of one model may run at once. `create` plans
// everything: after it, `run` does not allocate, lock or throw. A model's first run takes longer:
// it brings the weights into the order in which kernels read them, once for all its sessions
// (others that begin meanwhile wait for that); who cannot wait then runs once before. It fails only
// where a WHILE passes the model's limits (Limits::max_loop_turns, Limits::max_work), and where
// another thread is in it already; that one's run is not disturbed.
//
// The best level of the CPU is used; PRIMER_CPU names another ("scalar", "avx2", "avxvnni",
// "avx512vnni", "amx"; on ARM "neon", "dotprod", "i8mm"), and `create` fails where this build
// or this machine lacks it. All levels give the same bytes. The first session asks Linux for AMX's
// tiles where the CPU has them and PRIMER_CPU names no other level; refused, the process does
// without.
class Session {
 public:
  static Result<Session> create(std::shared_ptr<const Model> model,
                                const SessionOptions& options = {});

  ~Session();
  Session(Session&&) noexcept;
  Session& operator=(Session&&) noexcept;

  const Model& model() const;

  // Views into the arena, valid for the life of the session. Inputs may be overwritten by run():
  // write all before each run. Outputs hold what the last run() gave, also while the inputs of the
  // next one are written. `index` is below inputCount() or outputCount() of the model.
  std::span<std::byte> inputBytes(std::size_t index);
  std::span<const std::byte> outputBytes(std::size_t index) const;

  // The same as elements of T; an empty view where T is not the tensor's element type.
  template <typename T>
  TensorView<T> input(std::size_t index) {
    return viewOf<T>(model().input(index), inputBytes(index));
  }
  template <typename T>
  TensorView<const T> output(std::size_t index) const {
    return viewOf<const T>(model().output(index), outputBytes(index));
  }

  // The same by name, with an error that says what is there instead: kNotFound for the name,
  // kInvalidArgument for the type.
  template <typename T>
  Result<TensorView<T>> findInput(std::string_view name) {
    PRIMER_ASSIGN(const auto index, model().findInput(name, kElementTypeOf<T>));
    return input<T>(index);
  }
  template <typename T>
  Result<TensorView<const T>> findOutput(std::string_view name) const {
    PRIMER_ASSIGN(const auto index, model().findOutput(name, kElementTypeOf<T>));
    return output<T>(index);
  }

  // Inputs and outputs as real numbers, whatever the tensor's type: see writeReals().
  Status setReals(std::size_t input, std::span<const float> reals);
  Status reals(std::size_t output, std::span<float> reals) const;

  // kLimitExceeded names the loop that took too many turns; the outputs are not to be used then.
  // kInvalidArgument: another thread runs this session.
  Status run() noexcept;

  // Runs as run() does, and calls the observer after every operator: for traces, profiles and
  // calibration.
  Status run(const OperatorObserver& observer);

  // Variables hold again what they held when the session was made, shared ones what they held when
  // the session was made that has them: a new sequence begins. Nothing to do for a model without
  // variables.
  void reset() noexcept;

  // What a run runs, in this order; of IF and WHILE, what they may run.
  std::vector<PlannedOperator> operators() const;

  int threads() const;  // that share a run
  std::size_t arenaBytes() const;
  ArenaFigures arenaFigures() const;
  std::size_t packedBytes() const;    // of rearranged weights, shared by the model's sessions
  std::uint64_t macs() const;         // of one run, loops counted at one turn
  std::string_view cpuLevel() const;  // "avx2"

 private:
  template <typename T, typename Bytes>
  static TensorView<T> viewOf(const TensorInfo& info, Bytes bytes) {
    if (info.type != kElementTypeOf<std::remove_const_t<T>>) return {};
    return {info, {reinterpret_cast<T*>(bytes.data()), bytes.size() / sizeof(T)}};
  }

  struct Impl;
  explicit Session(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace primer::inference
