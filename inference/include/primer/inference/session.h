#pragma once

// One planned execution of a model: its arena, its kernels, its inputs and outputs.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string_view>

#include "primer/base/result.h"
#include "primer/inference/model.h"
#include "primer/inference/tensor.h"

namespace primer::inference {

struct SessionOptions {
  // Keep every intermediate tensor, so that an observer can look at it after its operator ran.
  // Costs memory.
  bool keep_intermediates = false;
};

// What an observer sees after an operator has run.
struct OperatorEvent {
  std::size_t node = 0;
  std::string_view op;           // "CONV_2D"
  std::uint64_t macs = 0;        // multiply-accumulates, 0 where the operator has none
  std::int64_t nanoseconds = 0;  // time in the kernel
  std::size_t output_count = 0;
  std::function<TensorInfo(std::size_t)> output_info;
  std::function<std::span<const std::byte>(std::size_t)> output_bytes;
  std::function<int(std::size_t)> output_tensor;  // index of the tensor in the subgraph
};
using OperatorObserver = std::function<void(const OperatorEvent&)>;

// Used by one thread at a time; several sessions of one model may run at once. `create` plans
// everything: after it, `run` does not allocate, lock, throw or fail.
class Session {
 public:
  static Result<Session> create(std::shared_ptr<const Model> model,
                                const SessionOptions& options = {});

  ~Session();
  Session(Session&&) noexcept;
  Session& operator=(Session&&) noexcept;

  const Model& model() const;

  // Views into the arena, valid for the life of the session. Inputs may be overwritten by run():
  // write all before each run. Outputs hold what the last run() gave.
  std::span<std::byte> inputBytes(std::size_t index);
  std::span<const std::byte> outputBytes(std::size_t index) const;

  // The same as elements of T; an empty span where T is not the tensor's element type.
  template <typename T>
  std::span<T> input(std::size_t index);
  template <typename T>
  std::span<const T> output(std::size_t index) const;

  void run() noexcept;

  // Runs as run() does, and calls the observer after every operator: for traces, profiles and
  // calibration.
  void run(const OperatorObserver& observer);

  std::size_t arenaBytes() const;
  std::uint64_t macs() const;

 private:
  struct Impl;
  explicit Session(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

template <>
std::span<float> Session::input<float>(std::size_t index);
template <>
std::span<std::int8_t> Session::input<std::int8_t>(std::size_t index);
template <>
std::span<const float> Session::output<float>(std::size_t index) const;
template <>
std::span<const std::int8_t> Session::output<std::int8_t>(std::size_t index) const;

}  // namespace primer::inference
