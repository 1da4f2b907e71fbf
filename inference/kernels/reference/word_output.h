#pragma once

// What sums of int16 and int8 products ("16x8") go through on their way out.

#include <algorithm>
#include <cstdint>
#include <vector>

#include "kernels/fixed_point.h"
#include "ops/weights.h"

namespace primer::inference::reference {

// Convolutions: sums and biases of 64 bits, one rounding with a multiplier of 15 bits; or, where
// the file says that biases have 32 bits, sums of 32 bits that wrap, and the two roundings of
// bytes.
struct WordOutput {
  std::vector<std::int64_t> bias;
  std::vector<WordRounding> wide;
  std::vector<DoubleRounding> narrow;  // empty, or `wide` is
  IntegerRange range;

  std::int16_t operator()(std::int64_t sum, std::int64_t channel) const {
    const auto c = static_cast<std::size_t>(channel);
    const std::int64_t scaled = narrow.empty()
                                    ? wide[c](sum, bias[c])
                                    : narrow[c](static_cast<std::int32_t>(sum + bias[c]));
    return static_cast<std::int16_t>(std::clamp<std::int64_t>(scaled, range.low, range.high));
  }
};

inline WordOutput wordOutput(const NodeView& node, std::int32_t channels,
                             tflite::ActivationFunctionType activation) {
  WordOutput output;
  output.bias = wideBiasValues(node, channels);
  for (const double factor : outputFactors(node, channels, ScaleProduct::kDouble)) {
    const auto multiplier = quantizeMultiplier(factor);
    if (sumsAreNarrow(node)) {
      output.narrow.emplace_back(multiplier);
    } else {
      output.wide.emplace_back(multiplier);
    }
  }
  output.range = activationRange(activation, node.output(0));
  return output;
}

// Dense layers: the real product, rounded once.
struct WordDenseOutput {
  std::vector<std::int64_t> bias;
  std::vector<RealRounding> rounding;
  IntegerRange range;
  bool narrow = false;

  std::int16_t operator()(std::int64_t sum, std::int64_t channel) const {
    const auto c = static_cast<std::size_t>(channel);
    // A hostile bias wraps, as in two's complement.
    const auto wide = static_cast<std::int64_t>(static_cast<std::uint64_t>(sum) +
                                                static_cast<std::uint64_t>(bias[c]));
    const std::int32_t scaled =
        narrow ? rounding[c](static_cast<std::int32_t>(wide)) : rounding[c](wide);
    return static_cast<std::int16_t>(std::clamp(scaled, range.low, range.high));
  }
};

inline WordDenseOutput wordDenseOutput(const NodeView& node, std::int32_t channels,
                                       tflite::ActivationFunctionType activation) {
  WordDenseOutput output;
  output.bias = wideBiasValues(node, channels);
  output.narrow = sumsAreNarrow(node);
  for (const double factor : outputFactors(node, channels, ScaleProduct::kDouble)) {
    output.rounding.emplace_back(factor);
  }
  output.range = activationRange(activation, node.output(0));
  return output;
}

}  // namespace primer::inference::reference
