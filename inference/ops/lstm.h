#pragma once

#include <array>

#include "ops/node_view.h"

namespace primer::inference {

// LSTM and UNIDIRECTIONAL_SEQUENCE_LSTM (Hochreiter and Schmidhuber, 1997; with peepholes, a
// projection and a forget gate that serves as input gate as in Sak et al., 2014; with layer
// normalisation as in Ba et al., 2016). One step of a row:
//   i, f, o = logistic(W x + R h + p * c + b)      i = 1 - f where the forget gate serves for both
//   c = clip(f * c + i * activation(W x + R h + b))
//   h = clip(P (o * activation(c)) + b)            without a projection h = o * activation(c)
enum LstmGate : std::uint8_t { kInputGate, kForgetGate, kCellGate, kOutputGate };
inline constexpr std::size_t kLstmGates = 4;

// Where the format puts the inputs; those of gates begin with the input gate's.
inline constexpr std::size_t kLstmInputWeights = 1;
inline constexpr std::size_t kLstmRecurrentWeights = 5;
inline constexpr std::array<std::size_t, kLstmGates> kLstmPeepholes = {9, 10, 0, 11};
inline constexpr std::size_t kLstmBiases = 12;
inline constexpr std::size_t kLstmProjection = 16;
inline constexpr std::size_t kLstmProjectionBias = 17;
inline constexpr std::size_t kLstmHidden = 18;
inline constexpr std::size_t kLstmCell = 19;
inline constexpr std::size_t kLstmNorms = 20;

struct LstmLayer {
  Shape output_shape;
  std::int64_t time = 1, batch = 1, depth = 0, cells = 0, outputs = 0;
  bool time_major = false;
  bool coupled = false;  // the forget gate serves as input gate
  bool peepholes = false;
  bool normalised = false;
  bool projected = false;
  bool asymmetric_inputs = false;  // int8 weights under float: inputs have a zero point
  tflite::ActivationFunctionType activation = tflite::ActivationFunctionType::TANH;
  float cell_clip = 0.0f;  // 0: none
  float projection_clip = 0.0f;

  // The gates that the layer computes.
  std::size_t firstGate() const { return coupled ? kForgetGate : kInputGate; }
  // Of step t of row b, in rows of the input or output.
  std::int64_t row(std::int64_t b, std::int64_t t) const {
    return time_major ? t * batch + b : b * time + t;
  }
  std::uint64_t macs() const;
};

Checked<LstmLayer> lstmLayer(const NodeView& node);

// The older kernel of five inputs (LSTMKernelType::BASIC): x, h, W, b and c, with the gates in the
// order i, candidate, f, o, and W over x and h. Outputs are h, c, and two that are only there
// because older engines worked in them: x and h side by side, and the gates before their functions.
struct BasicLstmLayer {
  std::int64_t rows = 0, depth = 0, cells = 0;

  std::uint64_t macs() const {
    return static_cast<std::uint64_t>(rows) * kLstmGates * static_cast<std::uint64_t>(cells) *
           static_cast<std::uint64_t>(depth + cells);
  }
};
bool isBasicLstm(const NodeView& node);
Checked<BasicLstmLayer> basicLstmLayer(const NodeView& node);

}  // namespace primer::inference
