#include "training/torch_graph.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cstring>

#include "training/fused_norm.h"
#include "training/torch_import.h"

namespace primer::toolkit {

namespace {

using tflite::ActivationFunctionType;
using torch::Tensor;

// The buffer of a tensor, for it alone.
std::vector<std::uint8_t>& ownBuffer(tflite::ModelT& model, std::int32_t tensor) {
  auto& description = *model.subgraphs[0]->tensors[static_cast<std::size_t>(tensor)];
  const auto& tensors = model.subgraphs[0]->tensors;
  const auto users = std::count_if(tensors.begin(), tensors.end(), [&](const auto& one) {
    return one->buffer == description.buffer;
  });
  if (users > 1) description.buffer = addBuffer(model, {});
  return model.buffers[description.buffer]->data;
}

void write(tflite::ModelT& model, std::int32_t tensor, const Tensor& value) {
  const auto flat = value.contiguous();
  auto& data = ownBuffer(model, tensor);
  data.resize(static_cast<std::size_t>(flat.numel()) * sizeof(float));
  std::memcpy(data.data(), flat.data_ptr<float>(), data.size());
}

}  // namespace

// Makes one vector of all parameters (unless they are shared already), one of their gradients and
// one of the statistics, and every tensor a view of its part.
void TorchGraph::shareFlat(bool with_parameters) {
  const at::NoGradGuard no_gradients;
  const auto joined = [](const Tensors& parts) {
    Tensors flat = {at::empty({0})};
    for (const auto& part : parts) flat.push_back(part.detach().reshape({-1}));
    return at::cat(flat);
  };
  if (with_parameters) {
    Tensors values;
    Tensors decays;
    for (const auto& parameter : parameters_) {
      values.push_back(parameter.value);
      decays.push_back(at::full_like(parameter.value, parameter.decays ? 1.0 : 0.0));
    }
    flat_parameters_ = joined(values);
    flat_decays_ = joined(decays);
  }
  flat_gradients_ = at::zeros_like(flat_parameters_);
  flat_statistics_ = joined(statistics_);
  std::int64_t at = 0;
  for (auto& parameter : parameters_) {
    const auto shape = parameter.value.sizes().vec();
    const auto count = parameter.value.numel();
    parameter.value = flat_parameters_.narrow(0, at, count).view(shape).detach();
    parameter.value.requires_grad_();
    parameter.value.mutable_grad() = flat_gradients_.narrow(0, at, count).view(shape);
    at += count;
  }
  at = 0;
  for (auto& statistic : statistics_) {
    const auto count = statistic.numel();
    statistic = flat_statistics_.narrow(0, at, count);
    at += count;
  }
}

TorchGraph TorchGraph::replica() const {
  TorchGraph copy = *this;
  copy.shareFlat(false);
  return copy;
}

Tensor TorchGraph::normed(const Norm& norm, const Tensor& x, ActivationFunctionType activation,
                          bool training) const {
  const auto& scale = parameters_[norm.scale].value;
  const auto& shift = parameters_[norm.shift].value;
  const auto& mean = statistics_[norm.mean];
  const auto& variance = statistics_[norm.variance];
  if (training && fusable(activation)) {
    return fusedNorm(x, scale, shift, mean, variance, kNormEpsilon, activation);
  }
  const bool image = x.dim() == 4;
  auto y = at::batch_norm(image ? asChannelsFirst(x) : x, scale, shift, mean, variance, training,
                          kNormMomentum, kNormEpsilon, false);
  if (image) y = asChannelsLast(y);
  return activated(y, activation);
}

Tensors TorchGraph::forward(const Tensors& inputs, bool training, Substitution* substitution) {
  Tensors values(tensor_count_);
  Tensors standing(parameters_.size());  // for parameters, made when first asked for
  const auto settle = [&](std::int32_t tensor, const Tensor& value) {
    values[static_cast<std::size_t>(tensor)] =
        substitution == nullptr ? value : substitution->activation(tensor, value);
  };
  const auto parameter = [&](std::size_t index) {
    const auto& [value, decays, tensor] = parameters_[index];
    if (substitution == nullptr || tensor < 0) return value;
    if (!standing[index].defined()) standing[index] = substitution->parameter(tensor, value);
    return standing[index];
  };
  for (std::size_t i = 0; i < inputs.size(); ++i) settle(inputs_[i], inputs[i]);
  for (const auto& layer : layers_) {
    const auto& op = *layer.what.op;
    Tensors arguments(op.inputs.size());
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      if (layer.parameters[i] >= 0) {
        arguments[i] = parameter(static_cast<std::size_t>(layer.parameters[i]));
      } else if (layer.constants[i].defined()) {
        arguments[i] = layer.constants[i];
      } else if (op.inputs[i] >= 0) {
        arguments[i] = values[static_cast<std::size_t>(op.inputs[i])];
      }
    }
    auto results = runTorchLayer(layer.what, arguments);
    const auto activation = fusedActivation(op);
    for (std::size_t k = 0; k < op.outputs.size(); ++k) {
      settle(op.outputs[k], layer.norm.empty()
                                ? activated(results[k], activation)
                                : normed(layer.norm[0], results[k], activation, training));
    }
  }
  Tensors outputs;
  for (const auto index : outputs_) {
    const auto& value = values[static_cast<std::size_t>(index)];
    outputs.push_back(value.reshape({value.size(0), -1}));
  }
  return outputs;
}

void TorchGraph::writeBack(tflite::ModelT& model) const {
  const at::NoGradGuard no_gradients;
  for (const auto& parameter : parameters_) {
    if (parameter.tensor >= 0) write(model, parameter.tensor, parameter.value);
  }
  const auto exact = [](const Tensor& value) { return value.to(at::kDouble); };
  for (const auto& layer : layers_) {
    if (layer.norm.empty()) continue;
    const auto& norm = layer.norm[0];
    const auto& weights = parameters_[static_cast<std::size_t>(layer.parameters[1])];
    const auto factor = exact(parameters_[norm.scale].value) /
                        at::sqrt(exact(statistics_[norm.variance]) + kNormEpsilon);
    const auto shift =
        exact(parameters_[norm.shift].value) - exact(statistics_[norm.mean]) * factor;
    std::vector<std::int64_t> along(static_cast<std::size_t>(weights.value.dim()), 1);
    along[static_cast<std::size_t>(channelDimension(layer.what.code))] = -1;
    write(model, weights.tensor, (exact(weights.value) * factor.reshape(along)).to(at::kFloat));
    write(model, norm.bias, shift.to(at::kFloat));
  }
}

}  // namespace primer::toolkit
