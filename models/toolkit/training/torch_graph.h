#pragma once

// A float .tflite graph as something that libtorch can run and differentiate.
//
// Values keep the file's layout (batch, height, width, channels); convolutions see them through a
// permuted view, which is libtorch's fast channels-last format, so no data is moved.

#include <torch/types.h>

#include <vector>

#include "primer/base/result.h"
#include "src/model_file.h"
#include "training/torch_layer.h"

namespace primer::toolkit {

// What stands in a forward pass for the values that the graph computes with: quantisation-aware
// training puts those of the integer model there. Tensors are named by their index in the file.
class Substitution {
 public:
  virtual ~Substitution() = default;
  virtual torch::Tensor parameter(std::int32_t tensor, const torch::Tensor& value) = 0;
  // An input of the graph or what an operator gives, its activation done.
  virtual torch::Tensor activation(std::int32_t tensor, const torch::Tensor& value) = 0;
};

class TorchGraph {
 public:
  struct Options {
    // Batch norm after every convolution or dense layer that is followed by an activation or a sum.
    bool batch_norm = true;
    // Where an output is a SOFTMAX or LOGISTIC, forward() gives what goes into it.
    bool scores = true;
    // Numbers that are trained too, though no tensor of the file holds them; they begin as zero.
    std::int64_t extra = 0;
  };

  // kUnsupported names an operator that cannot be trained.
  static Result<TorchGraph> import(const tflite::ModelT& model, const Options& options);

  // Inputs with a leading batch dimension, in the graph's order; outputs likewise, flattened to
  // batch x numbers. `training` uses the batch's own statistics in batch norm and updates the
  // running ones.
  std::vector<torch::Tensor> forward(const std::vector<torch::Tensor>& inputs, bool training,
                                     Substitution* substitution = nullptr);

  // A graph with the same parameters (shared) and gradients and statistics of its own, for another
  // thread.
  TorchGraph replica() const;

  // What the optimiser changes, as one vector of numbers each; layers hold views of them.
  // backward() adds to the gradients. `decays` is 1 for numbers that weight decay pulls at, else 0.
  const torch::Tensor& parameters() const { return flat_parameters_; }
  const torch::Tensor& gradients() const { return flat_gradients_; }
  const torch::Tensor& decays() const { return flat_decays_; }
  // What batch norm keeps.
  const torch::Tensor& statistics() const { return flat_statistics_; }
  // The numbers of Options::extra, to compute with; a view of the last of the parameters.
  const torch::Tensor& extra() const { return parameters_.back().value; }

  // Writes the weights back into the model that was imported, batch norm folded in.
  void writeBack(tflite::ModelT& model) const;

 private:
  struct Parameter {
    torch::Tensor value;
    bool decays = false;
    std::int32_t tensor = -1;  // of the file; -1: none
  };

  // Batch norm of a layer; indices into parameters_ and statistics_.
  struct Norm {
    std::size_t scale = 0, shift = 0, mean = 0, variance = 0;
    std::int32_t bias = -1;  // the tensor in which the shift is written
  };

  struct Layer {
    TorchLayer what;
    // By input: where it comes from. -1: a computed value, or nothing.
    std::vector<int> parameters;
    Tensors constants;
    std::vector<Norm> norm;  // one or none
  };

  class Importer;

  void shareFlat(bool with_parameters);
  torch::Tensor normed(const Norm& norm, const torch::Tensor& x,
                       tflite::ActivationFunctionType activation, bool training) const;

  std::vector<std::int32_t> inputs_;
  std::vector<std::int32_t> outputs_;
  std::size_t tensor_count_ = 0;
  std::vector<Layer> layers_;
  std::vector<Parameter> parameters_;
  Tensors statistics_;
  torch::Tensor flat_parameters_;
  torch::Tensor flat_gradients_;
  torch::Tensor flat_decays_;
  torch::Tensor flat_statistics_;
};

}  // namespace primer::toolkit
