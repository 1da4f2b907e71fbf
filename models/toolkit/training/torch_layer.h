#pragma once

// One operator of a float .tflite graph as libtorch runs and differentiates it.
//
// Values keep the file's layout with a batch of any size in place of the file's 1: images are
// (batch, height, width, channels), sequences (batch, steps, channels).

#include <torch/types.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "primer/base/result.h"
#include "src/model_file.h"

namespace primer::toolkit {

using Tensors = std::vector<torch::Tensor>;

struct TorchLayer {
  tflite::BuiltinOperator code{};
  std::shared_ptr<const tflite::OperatorT> op;
  std::vector<std::int64_t> output_shape;          // of the first output, in the file
  std::vector<std::vector<std::int64_t>> numbers;  // by input: those of an int32 constant
};

// kUnsupported names an operator that cannot be trained, or the form of it that cannot; kDamaged
// one that lacks an input or its options.
Result<TorchLayer> makeTorchLayer(const tflite::ModelT& model, std::size_t place);

// Inputs by the operator's positions, undefined where the input is absent or no float; outputs
// likewise, without the fused activation.
Tensors runTorchLayer(const TorchLayer& layer, const Tensors& inputs);

tflite::ActivationFunctionType fusedActivation(const tflite::OperatorT& op);
torch::Tensor activated(const torch::Tensor& x, tflite::ActivationFunctionType activation);

// Positions of the inputs that training changes: weights first, then the bias, where it has them.
struct TrainedInputs {
  std::vector<std::size_t> weights;  // weight decay pulls at them
  std::vector<std::size_t> biases;
};
TrainedInputs trainedInputs(tflite::BuiltinOperator code);

// Dimension of a convolution's or dense layer's weights that counts its output channels.
std::int64_t channelDimension(tflite::BuiltinOperator code);

// (batch, height, width, channels) as libtorch's operators want it, and back: views, no data moves.
inline torch::Tensor asChannelsFirst(const torch::Tensor& x) { return x.permute({0, 3, 1, 2}); }
inline torch::Tensor asChannelsLast(const torch::Tensor& x) { return x.permute({0, 2, 3, 1}); }

// The operators, by kind (torch_windows.cpp, torch_shapes.cpp, torch_recurrent.cpp).
Tensors runConv2d(const TorchLayer& layer, const Tensors& inputs);
Tensors runDepthwise(const TorchLayer& layer, const Tensors& inputs);
Tensors runMaxPool(const TorchLayer& layer, const Tensors& inputs);
Tensors runAveragePool(const TorchLayer& layer, const Tensors& inputs);
Tensors runPad(const TorchLayer& layer, const Tensors& inputs);
Tensors runReshape(const TorchLayer& layer, const Tensors& inputs);
Tensors runConcatenation(const TorchLayer& layer, const Tensors& inputs);
Tensors runSplit(const TorchLayer& layer, const Tensors& inputs);
Tensors runSlice(const TorchLayer& layer, const Tensors& inputs);
Tensors runStridedSlice(const TorchLayer& layer, const Tensors& inputs);
Tensors runTranspose(const TorchLayer& layer, const Tensors& inputs);
Tensors runPack(const TorchLayer& layer, const Tensors& inputs);
Tensors runLstm(const TorchLayer& layer, const Tensors& inputs);

// What is special about an operator's form: empty, or why it cannot be trained.
std::string whyNotReshape(const TorchLayer& layer);
std::string whyNotConcatenation(const TorchLayer& layer);
std::string whyNotSplit(const TorchLayer& layer);
std::string whyNotSlice(const TorchLayer& layer);
std::string whyNotStridedSlice(const TorchLayer& layer);
std::string whyNotTranspose(const TorchLayer& layer);
std::string whyNotPad(const TorchLayer& layer);
std::string whyNotPack(const TorchLayer& layer);
std::string whyNotLstm(const TorchLayer& layer);

}  // namespace primer::toolkit
