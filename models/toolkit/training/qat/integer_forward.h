#pragma once

// Quantisation-aware training: the forward pass is the integer model itself, on the engine.
//
// Before every step the float weights and the learnt ranges are written as the integer model that
// they stand for, by the quantiser's own writer, and the engine runs it. Each layer of the float
// graph is then computed by libtorch from what the engine gave for its inputs and from the rounded
// weights; its result is replaced by what the engine gave, and gradients go straight through the
// rounding (Bengio et al. 2013), but not where a value was cut off at the end of its range. So the
// forward pass agrees with the file to the last bit whatever the operator, and every operator that
// the engine has in integers and libtorch can differentiate can be trained.
//
// The ends of every range are trained too (as in Esser et al. 2020 and Jain et al. 2020): end =
// first end * exp(number), and the numbers are parameters of the graph beside the weights, so that
// optimiser, averages and checkpoints hold them like these. Batch norm must be folded before:
// a model file has none.

#include <torch/types.h>

#include <functional>
#include <memory>
#include <vector>

#include "primer/base/result.h"
#include "primer/toolkit/quantize.h"
#include "training/torch_graph.h"

namespace primer::toolkit {

class IntegerForward {
 public:
  // From a float model file. Before any training, an error names: a model that is quantised
  // already, an operator without an integer form or that cannot be trained, a weight that is not a
  // number, samples that cannot calibrate.
  static Result<IntegerForward> make(std::span<const std::byte> model,
                                     const CalibrationSet& calibration,
                                     const QuantizeOptions& options);
  ~IntegerForward();
  IntegerForward(IntegerForward&&) noexcept;
  IntegerForward& operator=(IntegerForward&&) noexcept;

  // The graph to train; replicas of it may be used with forward() too. `scores` as in
  // TorchGraph::Options.
  Result<TorchGraph> importGraph(bool scores) const;

  // Makes the integer model of the graph's parameters as they are now. Call it whenever they have
  // changed, while no forward() runs.
  Status update(const TorchGraph& graph);

  // Called with every activation of the float graph, by its index in the file, as the next layers
  // see it (`integer`), and as libtorch computes it from what the engine gave before (`real`).
  using Watch = std::function<void(std::int32_t tensor, const torch::Tensor& integer,
                                   const torch::Tensor& real)>;

  // As TorchGraph::forward, with the values of the last update()'s model. Any number of threads,
  // each with a graph of its own. Throws std::runtime_error where the engine cannot run the model.
  std::vector<torch::Tensor> forward(TorchGraph& graph, const std::vector<torch::Tensor>& inputs,
                                     const Watch& watch = {}) const;

  // The file of the last update(), with the metadata of the float model.
  Result<std::vector<std::byte>> file() const;

  // The same with what is told of it beside errors.
  Result<Quantized> quantized() const;

 private:
  struct Impl;
  explicit IntegerForward(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace primer::toolkit
