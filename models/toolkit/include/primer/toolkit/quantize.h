#pragma once

// Quantising a float .tflite to int8: file to file, with real data.
//
// Weights are int8 per output channel, symmetric; activations int8 per tensor; biases int32.
// Operators that only move or choose values (pools, reshape, pad, concatenation) keep one scale
// from input to output; soft-max and logistic give 1/256 from -128, as the format prescribes.

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "primer/base/result.h"
#include "primer/toolkit/fields.h"

namespace primer::toolkit {

// How the range of an activation is chosen from the values seen in calibration.
enum class RangeRule : std::uint8_t {
  kAuto,        // try the others and take what brings the outputs nearest to the float model's
  kMinMax,      // all that was seen
  kMse,         // the range with the least squared error of rounding and clipping together
  kPercentile,  // all but 1 value in 20,000 at either end
};

struct QuantizeOptions {
  bool float_io = false;  // inputs and outputs stay float, with QUANTIZE and DEQUANTIZE inside
  RangeRule range = RangeRule::kAuto;
  // Move the biases by what the rounding of the weights shifts the means: kept only where it brings
  // the outputs nearer to the float model's.
  bool bias_correction = true;
};

// Inputs to calibrate on: samples, then the model's inputs in order, then numbers.
using CalibrationSet = std::vector<std::vector<std::vector<float>>>;

struct OutputError {
  std::string name;
  double snr_db = 0;  // power of the float output over the power of the difference
  double cosine = 0;
  double max_abs = 0;
};

struct Quantized {
  std::vector<std::byte> bytes;
  RangeRule range = RangeRule::kMinMax;  // the one taken
  bool bias_corrected = false;
  std::vector<OutputError> errors;  // against the float model on the calibration set
};

// Errors: kUnsupported for a model that is quantised already or an operator without an int8 form
// here, kDamaged for weights that are not numbers, kInvalidArgument for data that cannot calibrate
// (fewer than two samples, not numbers, all zero, another size).
Result<Quantized> quantizeInt8(std::span<const std::byte> model, const CalibrationSet& calibration,
                               const QuantizeOptions& options);

// How far the outputs of one model are from another's (both on the engine, both given the same
// floats).
Result<std::vector<OutputError>> compareOutputs(std::span<const std::byte> model,
                                                std::span<const std::byte> reference,
                                                const CalibrationSet& inputs);

std::string_view rangeRuleName(RangeRule rule);

}  // namespace primer::toolkit
