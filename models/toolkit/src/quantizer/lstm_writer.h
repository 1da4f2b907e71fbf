#pragma once

// The integer form of UNIDIRECTIONAL_SEQUENCE_LSTM: int8 in and out, int8 weights of one scale
// each, a cell of int16 on a scale that is a power of two, gates in fixed point with 12 bits below
// the point.

#include <string>

#include "primer/base/result.h"
#include "src/model_file.h"
#include "src/quantizer/operator_rules.h"

namespace primer::toolkit {

// What keeps a layer from it: empty, or e.g. "peepholes".
std::string lstmObstacle(const tflite::ModelT& model, const tflite::SubGraphT& graph,
                         const tflite::OperatorT& op);

// The operator's input has its integer type already; `output` is the scale of its output and state.
Status writeLstm(tflite::ModelT& model, tflite::SubGraphT& graph, tflite::OperatorT& op,
                 const ScaleAndZero& output);

}  // namespace primer::toolkit
