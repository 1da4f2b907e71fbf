#pragma once

// Turns a float graph into its int8 form under given scales.

#include "primer/base/result.h"
#include "src/model_file.h"
#include "src/quantizer/int8_plan.h"

namespace primer::toolkit {

struct Int8Choices {
  bool float_io = false;
  // Means of the activations' channels, for correcting biases; null: no correction.
  const Statistics* correct_with = nullptr;
};

// `model` is float and checked; it becomes int8. kDamaged for weights that are not numbers.
Status writeInt8(tflite::ModelT& model, const std::vector<ScaleAndZero>& plan,
                 const Int8Choices& choices);

}  // namespace primer::toolkit
