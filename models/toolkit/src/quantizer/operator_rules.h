#pragma once

// What the format says of each operator's integer form: one row an operator.

#include <cstdint>

#include "primer/toolkit/quantize.h"
#include "src/model_file.h"

namespace primer::toolkit {

// How the scales of an operator's float outputs come about.
enum class ScaleRule : std::uint8_t {
  kOwn,     // each from the values seen in it
  kShared,  // all float inputs and outputs have one scale: values are moved or chosen
  kFixed,   // the format prescribes it: fixedScale()
};

struct OperatorRule {
  tflite::BuiltinOperator code = tflite::BuiltinOperator::CUSTOM;
  ScaleRule output = ScaleRule::kOwn;
  // Least version of the operator that has the form; 0: there is none.
  int int8_version = 0;
  int int16_version = 0;    // int16 activations, int8 weights
  int dynamic_version = 0;  // float activations, int8 weights that the kernel takes as they are
  // Which input holds weights, along which axis each of them has a scale of its own (-1: one for
  // all), and which holds the bias. -1: none. Every other float input is an activation.
  int weights = -1;
  int axis = -1;
  int bias = -1;
  int dynamic_axis = -1;  // as `axis`, for the dynamic form
  // Input 0 is an activation; weights, biases and states have rules of their own (lstm_writer.h).
  bool recurrent = false;
};

// Null for an operator without a row.
const OperatorRule* findOperatorRule(tflite::BuiltinOperator code);

// Operators that hold or pass on float values by their nature (variables, control flow): they stay
// float in every mode, with conversions around them.
bool staysFloat(tflite::BuiltinOperator code);

// The version of the operator's form in a precision; 0 where there is none, or no row.
int versionFor(const OperatorRule* rule, Precision precision);

struct ScaleAndZero {
  float scale = 0;  // 0: the tensor is no activation
  std::int64_t zero_point = 0;

  bool operator==(const ScaleAndZero&) const = default;
};

// Of the outputs of an operator with ScaleRule::kFixed.
ScaleAndZero fixedScale(tflite::BuiltinOperator code, Precision precision);

}  // namespace primer::toolkit
