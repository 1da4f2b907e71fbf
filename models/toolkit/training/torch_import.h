#pragma once

// The hand that makes a TorchGraph of a model; inside training/ only.

#include <map>
#include <utility>

#include "training/torch_graph.h"

namespace primer::toolkit {

inline constexpr double kNormEpsilon = 1e-3;
inline constexpr double kNormMomentum = 0.1;

class TorchGraph::Importer {
 public:
  Importer(const tflite::ModelT& model, const Options& options)
      : model_(model), subgraph_(*model.subgraphs[0]), options_(options) {}

  Result<TorchGraph> run();

 private:
  Status add(std::size_t place);
  Result<torch::Tensor> constant(std::int32_t tensor) const;
  Result<int> parameter(std::int32_t tensor, bool decays);
  std::size_t addParameter(torch::Tensor value);
  bool takesNorm(const tflite::OperatorT& op, tflite::BuiltinOperator code) const;
  void addNorm(Layer& layer);
  void takeScores();

  const tflite::ModelT& model_;
  const tflite::SubGraphT& subgraph_;
  const Options options_;
  std::map<std::int32_t, int> places_;  // of tensors among the parameters
  TorchGraph graph_;
};

}  // namespace primer::toolkit
