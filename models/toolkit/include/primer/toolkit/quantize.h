#pragma once

// Quantising a float .tflite, ours or a stranger's: file to file, with real data.
//
// In integers, weights are int8 per output channel, symmetric; activations int8 per tensor (or
// int16, symmetric); biases int32 (int64). Operators that only move or choose values keep one scale
// from input to output; soft-max, logistic and tanh give what the format prescribes. Every subgraph
// and signature stays; bodies of control flow, and variables, stay float.

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "primer/base/result.h"
#include "primer/toolkit/fields.h"

namespace primer::toolkit {

enum class QuantizeMode : std::uint8_t {
  kInt8,      // activations and weights int8
  kInt16x8,   // activations int16, weights int8
  kDynamic,   // int8 weights, float activations that the kernels bring to int8 on the fly
  kFloat16,   // constants stored as float16
  kWeights8,  // weights stored as int8, arithmetic in float
  kWeights4,  // weights stored as int4, arithmetic in float
};
std::string_view modeName(QuantizeMode mode);  // "int8", "int16x8", "dynamic", "float16", ...
std::optional<QuantizeMode> modeOf(std::string_view name);
bool needsData(QuantizeMode mode);  // to calibrate integer activations

// What one operator computes in.
enum class Precision : std::uint8_t { kFloat, kInt8, kInt16 };
std::string_view precisionName(Precision precision);  // "float", "int8", "int16"
std::optional<Precision> precisionOf(std::string_view name);

// How the range of an activation is chosen from the values seen in calibration.
enum class RangeRule : std::uint8_t {
  kAuto,        // try the others and take what brings the outputs nearest to the float model's
  kMinMax,      // all that was seen
  kPercentile,  // all but 1 value in 20,000 at either end
  kMse,         // the range with the least squared error of rounding and clipping together
  kEntropy,     // the range whose 256 levels lose the least information (Kullback-Leibler; Migacz
                // 2017)
};
std::string_view rangeRuleName(RangeRule rule);
std::optional<RangeRule> rangeRuleOf(std::string_view name);

// A step that may help or not.
enum class Choice : std::uint8_t {
  kNo,
  kYes,
  kTry
};  // kTry: kept where it brings the outputs
    // nearer to the float model's

// An exception from the mode for some operators. All that is given must fit.
struct Override {
  std::string name;  // of its first output, with * for any text; empty: any
  std::string op;    // "SOFTMAX"; empty: any
  Precision precision = Precision::kFloat;
};

struct QuantizeOptions {
  QuantizeMode mode = QuantizeMode::kInt8;
  bool float_io = false;  // inputs and outputs stay float, with QUANTIZE and DEQUANTIZE inside
  RangeRule range = RangeRule::kAuto;
  // Move the biases by what the rounding of the weights shifts the means.
  Choice bias_correction = Choice::kTry;
  // Even out the channels' ranges between two layers (cross-layer equalisation; Nagel et al. 2019).
  Choice equalise = Choice::kTry;
  // Round each weight up or down so that the layer's outputs on the calibration data change least
  // (Frantar et al. 2022).
  Choice round_weights = Choice::kNo;
  // An operator without an integer form stays float instead of being refused.
  bool float_fallback = false;
  std::vector<Override> overrides;  // a later one wins
  // So many operators, those that cost the outputs most when they alone are quantised, are
  // computed in `sensitive_precision`.
  std::size_t sensitive = 0;
  Precision sensitive_precision = Precision::kInt16;
};

// Reads options from TOML (README, "A recipe for quantising"). Errors name the file and the key.
Result<QuantizeOptions> parseQuantizeRecipe(std::string_view text, const std::string& where);

// Inputs to calibrate on: samples, then the model's inputs in order, then numbers.
using CalibrationSet = std::vector<std::vector<std::vector<float>>>;

struct CalibrationData {
  CalibrationData() = default;
  CalibrationData(CalibrationSet set) : samples(std::move(set)) {}  // NOLINT: meant to convert

  CalibrationSet samples;                            // of the main graph
  std::map<std::string, CalibrationSet> signatures;  // of signatures that begin elsewhere
};

// How near one tensor of the quantised model is to the float model's.
struct TensorError {
  std::string name;
  std::string op;     // that gives it
  std::string type;   // "int8", ...
  double snr_db = 0;  // power of the float values over the power of the difference
  double cosine = 0;
  double max_abs = 0;
  double saturation = 0;  // share of the elements that stand at the end of the type's range
};
using OutputError = TensorError;

struct Quantized {
  std::vector<std::byte> bytes;
  RangeRule range = RangeRule::kMinMax;  // the one taken
  bool bias_corrected = false;
  bool equalised = false;
  bool weights_rounded = false;
  std::vector<std::string> kept_float;  // "operator 3 (WHILE)": what was not quantised, and...
  std::vector<std::string> in_int16;    // ...what an exception put into int16
  std::vector<TensorError> tensors;     // every activation of the main graph, in order of execution
  std::vector<OutputError> errors;      // of the main graph's outputs; both on the calibration set
};

// Errors: kUnsupported for a model that is quantised already or an operator without an integer form
// (named with its place), kDamaged for weights that are not numbers, kInvalidArgument for data that
// cannot calibrate (fewer than two samples, not numbers, all zero, another size, none for a
// signature) or an exception that fits no operator. Modes without integer activations need no data,
// and tell no errors without.
Result<Quantized> quantize(std::span<const std::byte> model, const CalibrationData& calibration,
                           const QuantizeOptions& options);

// How far the outputs of one model are from another's (both on the engine, both given the same
// floats).
Result<std::vector<OutputError>> compareOutputs(std::span<const std::byte> model,
                                                std::span<const std::byte> reference,
                                                const CalibrationSet& inputs);

}  // namespace primer::toolkit
