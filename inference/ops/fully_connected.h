#pragma once

#include "ops/node_view.h"

namespace primer::inference {

// output[row][channel] = sum over depth of input[row][i] * weights[channel][i].
struct DenseLayer {
  std::int64_t rows = 0;
  std::int32_t depth = 0;
  std::int32_t channels = 0;
  tflite::ActivationFunctionType activation = tflite::ActivationFunctionType::NONE;
  Shape output_shape;
};

Checked<DenseLayer> denseLayer(const NodeView& node);

}  // namespace primer::inference
