#pragma once

// A float .tflite graph as something that libtorch can run and differentiate.
//
// Values keep the file's layout (batch, height, width, channels); convolutions see them through a
// permuted view, which is libtorch's fast channels-last format, so no data is moved.

#include <torch/types.h>

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "primer/base/result.h"
#include "src/model_file.h"

namespace primer::toolkit {

class TorchGraph {
 public:
  struct Options {
    // Batch norm after every convolution or dense layer that is followed by an activation or a sum.
    bool batch_norm = true;
    // Where an output is a SOFTMAX or LOGISTIC, forward() gives what goes into it.
    bool scores = true;
  };

  // kUnsupported names an operator that cannot be trained.
  static Result<TorchGraph> import(const tflite::ModelT& model, const Options& options);

  // Inputs with a leading batch dimension, in the graph's order; outputs likewise, flattened to
  // batch x numbers. `training` uses the batch's own statistics in batch norm and updates the
  // running ones.
  std::vector<torch::Tensor> forward(const std::vector<torch::Tensor>& inputs, bool training);

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

  // Writes the weights back into the model that was imported, batch norm folded in.
  void writeBack(tflite::ModelT& model) const;

 private:
  struct Parameter {
    torch::Tensor value;
    bool decays = false;
  };

  struct Layer {
    tflite::BuiltinOperator code{};
    const tflite::OperatorT* op = nullptr;
    // Indices into parameters_ and statistics_, -1 for none.
    int weights = -1, bias = -1, norm_scale = -1, norm_shift = -1, norm_mean = -1,
        norm_variance = -1;
    std::vector<std::int64_t> numbers;  // of a constant second input: axes, margins, shape
  };

  Status importLayer(const tflite::OperatorT& op, std::size_t index, bool norm);
  Result<int> addParameter(std::int32_t tensor, bool decays);
  void shareFlat(bool with_parameters);
  torch::Tensor run(const Layer& layer, const std::vector<torch::Tensor>& inputs, bool training);
  torch::Tensor runWeighted(const Layer& layer, const torch::Tensor& x, bool training);

  const tflite::ModelT* model_ = nullptr;  // valid during import only
  std::set<std::int32_t> seen_;            // parameters' tensors, during import
  std::vector<std::int32_t> inputs_;
  std::vector<std::int32_t> outputs_;
  std::size_t tensor_count_ = 0;
  std::vector<std::shared_ptr<const tflite::OperatorT>> operators_;  // layers point at them
  std::vector<Layer> layers_;
  std::vector<Parameter> parameters_;
  std::vector<torch::Tensor> statistics_;
  torch::Tensor flat_parameters_;
  torch::Tensor flat_gradients_;
  torch::Tensor flat_decays_;
  torch::Tensor flat_statistics_;
};

}  // namespace primer::toolkit
