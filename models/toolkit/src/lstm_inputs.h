#pragma once

// Where the format puts the inputs of UNIDIRECTIONAL_SEQUENCE_LSTM. Weights and biases lie in the
// order of the gates: input, forget, cell, output.

#include <cstddef>

#include "src/model_file.h"

namespace primer::toolkit::lstm {

inline constexpr std::size_t kGates = 4;
inline constexpr std::size_t kInputWeights = 1;
inline constexpr std::size_t kRecurrentWeights = 5;
inline constexpr std::size_t kPeepholes = 9;
inline constexpr std::size_t kBiases = 12;
inline constexpr std::size_t kProjection = 16;
inline constexpr std::size_t kHidden = 18;
inline constexpr std::size_t kCell = 19;
inline constexpr std::size_t kNorms = 20;

inline bool has(const tflite::OperatorT& op, std::size_t position) {
  return position < op.inputs.size() && op.inputs[position] >= 0;
}

inline bool hasAny(const tflite::OperatorT& op, std::size_t first, std::size_t count) {
  for (std::size_t i = first; i < first + count; ++i) {
    if (has(op, i)) return true;
  }
  return false;
}

}  // namespace primer::toolkit::lstm
