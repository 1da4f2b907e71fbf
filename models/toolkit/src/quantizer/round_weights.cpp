#include "src/quantizer/round_weights.h"

#include <algorithm>
#include <array>
#include <map>

#include "src/quantizer/moments.h"

namespace primer::toolkit {

namespace {

using tflite::BuiltinOperator;

constexpr std::size_t kGreatestSize = 640;     // weights of one output
constexpr std::size_t kSamples = 32;           // of the calibration data that are looked at
constexpr std::size_t kPatchesOfASample = 64;  // spread evenly over a picture

struct Window {
  std::int32_t kernel_height = 1, kernel_width = 1;
  std::int32_t stride_height = 1, stride_width = 1;
  std::int32_t dilation_height = 1, dilation_width = 1;
  bool same = false;
};

struct Layer {
  std::size_t place = 0;
  BuiltinOperator code = BuiltinOperator::CONV_2D;
  std::vector<std::int32_t> input;    // shape
  std::vector<std::int32_t> weights;  // shape
  std::int32_t weights_tensor = -1;
  Window window;
  std::vector<Moments> moments;  // one; of a depthwise layer, one a channel of the output
};

// Copies what the weights meet at one place of the input; outside it is zero.
void copyPatch(const Layer& layer, std::span<const float> values, std::int32_t top,
               std::int32_t left, std::vector<float>& patch) {
  const auto channels = static_cast<std::size_t>(layer.input[3]);
  patch.assign(static_cast<std::size_t>(layer.window.kernel_height) *
                   static_cast<std::size_t>(layer.window.kernel_width) * channels,
               0.0f);
  std::size_t to = 0;
  for (std::int32_t i = 0; i < layer.window.kernel_height; ++i) {
    for (std::int32_t j = 0; j < layer.window.kernel_width; ++j, to += channels) {
      const auto y = top + i * layer.window.dilation_height;
      const auto x = left + j * layer.window.dilation_width;
      if (y < 0 || x < 0 || y >= layer.input[1] || x >= layer.input[2]) continue;
      const auto from = static_cast<std::size_t>(y * layer.input[2] + x) * channels;
      std::copy_n(values.begin() + static_cast<std::ptrdiff_t>(from), channels,
                  patch.begin() + static_cast<std::ptrdiff_t>(to));
    }
  }
}

void takePatch(Layer& layer, const std::vector<float>& patch) {
  if (layer.code != BuiltinOperator::DEPTHWISE_CONV_2D) {
    layer.moments[0].take(patch);
    return;
  }
  const auto channels = static_cast<std::size_t>(layer.input[3]);
  const auto multiplier = std::max<std::size_t>(1, layer.moments.size() / channels);
  std::vector<float> own(patch.size() / channels);
  for (std::size_t c = 0; c < layer.moments.size(); ++c) {
    for (std::size_t k = 0; k < own.size(); ++k) own[k] = patch[k * channels + c / multiplier];
    layer.moments[c].take(own);
  }
}

void takeValues(Layer& layer, std::span<const float> values) {
  if (layer.code == BuiltinOperator::FULLY_CONNECTED) {
    const auto size = layer.moments[0].size();
    for (std::size_t at = 0; at + size <= values.size(); at += size) {
      layer.moments[0].take(values.subspan(at, size));
    }
    return;
  }
  const auto& window = layer.window;
  const auto reach = [](std::int32_t kernel, std::int32_t dilation) {
    return (kernel - 1) * dilation + 1;
  };
  const auto outputs = [&](std::int32_t size, std::int32_t kernel, std::int32_t stride) {
    return window.same ? (size + stride - 1) / stride : (size - kernel) / stride + 1;
  };
  const auto tall = reach(window.kernel_height, window.dilation_height);
  const auto wide = reach(window.kernel_width, window.dilation_width);
  const auto rows = outputs(layer.input[1], tall, window.stride_height);
  const auto columns = outputs(layer.input[2], wide, window.stride_width);
  if (rows <= 0 || columns <= 0) return;
  const auto margin = [&](std::int32_t out, std::int32_t stride, std::int32_t kernel,
                          std::int32_t size) {
    return window.same ? std::max((out - 1) * stride + kernel - size, 0) / 2 : 0;
  };
  const auto above = margin(rows, window.stride_height, tall, layer.input[1]);
  const auto before = margin(columns, window.stride_width, wide, layer.input[2]);
  const auto all = static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns);
  const auto step = std::max<std::size_t>(1, all / kPatchesOfASample);
  const auto picture = elementCount(layer.input) / static_cast<std::size_t>(layer.input[0]);
  std::vector<float> patch;
  for (std::size_t begin = 0; begin + picture <= values.size(); begin += picture) {
    for (std::size_t at = step / 2; at < all; at += step) {
      const auto row = static_cast<std::int32_t>(at / static_cast<std::size_t>(columns));
      const auto column = static_cast<std::int32_t>(at % static_cast<std::size_t>(columns));
      copyPatch(layer, values.subspan(begin, picture), row * window.stride_height - above,
                column * window.stride_width - before, patch);
      takePatch(layer, patch);
    }
  }
}

bool readWindow(const tflite::OperatorT& op, Layer& layer) {
  auto& window = layer.window;
  window.kernel_height = layer.weights.size() == 4 ? layer.weights[1] : 1;
  window.kernel_width = layer.weights.size() == 4 ? layer.weights[2] : 1;
  const auto read = [&](const auto& options) {
    window.stride_height = options.stride_h;
    window.stride_width = options.stride_w;
    window.dilation_height = options.dilation_h_factor;
    window.dilation_width = options.dilation_w_factor;
    window.same = options.padding == tflite::Padding::SAME;
    return window.stride_height > 0 && window.stride_width > 0;
  };
  if (const auto* conv = op.builtin_options.AsConv2DOptions()) return read(*conv);
  if (const auto* depthwise = op.builtin_options.AsDepthwiseConv2DOptions()) {
    return read(*depthwise);
  }
  return false;
}

// The layer at a place, or one without moments where it is left out.
Layer layerAt(const tflite::ModelT& model, const tflite::SubGraphT& graph, std::size_t place) {
  const auto& op = *graph.operators[place];
  Layer layer;
  layer.place = place;
  layer.code = operatorCode(model, op);
  const bool dense = layer.code == BuiltinOperator::FULLY_CONNECTED;
  const bool depthwise = layer.code == BuiltinOperator::DEPTHWISE_CONV_2D;
  if (!dense && !depthwise && layer.code != BuiltinOperator::CONV_2D) return layer;
  layer.weights_tensor = op.inputs[1];
  layer.input = graph.tensors[static_cast<std::size_t>(op.inputs[0])]->shape;
  layer.weights = graph.tensors[static_cast<std::size_t>(op.inputs[1])]->shape;
  if (!dense && (layer.input.size() != 4 || layer.weights.size() != 4)) return layer;
  if (!dense && !readWindow(op, layer)) return layer;
  if (layer.code == BuiltinOperator::CONV_2D && layer.weights[3] != layer.input[3]) return layer;
  const auto outputs = static_cast<std::size_t>(depthwise ? layer.weights[3] : layer.weights[0]);
  const auto size = elementCount(layer.weights) / std::max<std::size_t>(outputs, 1);
  if (size == 0 || size > kGreatestSize) return layer;
  layer.moments.assign(depthwise ? outputs : 1, Moments(size));
  return layer;
}

QuantisedWeights roundLayer(const Layer& layer, std::span<const float> weights,
                            std::vector<float> scales) {
  const bool depthwise = layer.code == BuiltinOperator::DEPTHWISE_CONV_2D;
  const auto layout = layoutOf(layer.weights, depthwise ? 3 : 0);
  auto quantised = roundToNearest(weights, layout, std::move(scales), kInt8Limit);
  std::vector<double> factor;
  const auto size = layer.moments[0].size();
  std::vector<float> own(size);
  for (std::size_t c = 0; c < layout.channels; ++c) {
    if (depthwise || c == 0) factor = inverseFactor(layer.moments[depthwise ? c : 0]);
    if (factor.empty()) continue;  // nothing was seen: to the nearest
    const auto index = [&](std::size_t k) {
      return depthwise ? k * layout.channels + c : c * size + k;
    };
    for (std::size_t k = 0; k < size; ++k) own[k] = weights[index(k)];
    const auto levels = roundAgainst(factor, own, quantised.scales[c], kInt8Limit);
    for (std::size_t k = 0; k < size; ++k) quantised.values[index(k)] = levels[k];
  }
  return quantised;
}

}  // namespace

Result<RoundedWeights> roundWeights(const tflite::ModelT& model, std::size_t g,
                                    std::span<const std::byte> bytes, const GraphPlan& plan,
                                    const CalibrationSet& samples) {
  const auto& graph = *model.subgraphs[g];
  std::map<std::size_t, std::vector<Layer>> layers;  // by the tensor that they take
  for (std::size_t i = 0; i < graph.operators.size(); ++i) {
    if (plan.precisions[i] == Precision::kFloat) continue;
    auto layer = layerAt(model, graph, i);
    if (layer.moments.empty()) continue;
    layers[static_cast<std::size_t>(graph.operators[i]->inputs[0])].push_back(std::move(layer));
  }
  PRIMER_TRY(visitValues(bytes, samples, kSamples,
                         [&](std::size_t tensor, std::span<const float> values, std::size_t) {
                           const auto taking = layers.find(tensor);
                           if (taking == layers.end()) return;
                           for (auto& layer : taking->second) takeValues(layer, values);
                         }));
  RoundedWeights rounded;
  for (const auto& [tensor, taking] : layers) {
    for (const auto& layer : taking) {
      const auto& op = *graph.operators[layer.place];
      const auto weights = constantValues<float>(
          model, *graph.tensors[static_cast<std::size_t>(layer.weights_tensor)]);
      const bool depthwise = layer.code == BuiltinOperator::DEPTHWISE_CONV_2D;
      const auto layout = layoutOf(layer.weights, depthwise ? 3 : 0);
      std::vector<float> least;
      const auto precision = plan.precisions[layer.place];
      if (precision == Precision::kInt8 && op.inputs.size() > 2 && op.inputs[2] >= 0) {
        const auto bias =
            constantValues<float>(model, *graph.tensors[static_cast<std::size_t>(op.inputs[2])]);
        if (bias.size() == layout.channels) {
          least = leastScales(bias, plan.at(precision, op.inputs[0]).scale);
        }
      }
      rounded[layer.place] =
          roundLayer(layer, weights, weightScales(weights, layout, kInt8Limit, least));
    }
  }
  return rounded;
}

}  // namespace primer::toolkit
