#pragma once

// Turns the operators of a float graph into their integer forms under a plan.

#include <map>
#include <vector>

#include "primer/base/result.h"
#include "src/model_file.h"
#include "src/quantizer/plan.h"
#include "src/quantizer/weights.h"

namespace primer::toolkit {

// Weights of operators, by their place, that were rounded with care. Made for the same plan.
using RoundedWeights = std::map<std::size_t, QuantisedWeights>;

struct WriteChoices {
  bool float_io = false;
  // Means of the activations' channels, for correcting biases; null: no correction.
  const Statistics* correct_with = nullptr;
  const RoundedWeights* rounded = nullptr;  // null: every weight to the nearest level
};

// Subgraph `g` of a plain float model becomes what the plan says; tensors that were there keep
// their indices (the caller drops what is no longer used). kDamaged for weights that are not
// numbers, kUnsupported for an activation of which no values were seen.
Status writeIntegers(tflite::ModelT& model, std::size_t g, const GraphPlan& plan,
                     const WriteChoices& choices);

}  // namespace primer::toolkit
