#pragma once

// Constants in fewer bytes: the modes whose activations stay float.

#include "primer/base/result.h"
#include "primer/toolkit/quantize.h"
#include "src/model_file.h"

namespace primer::toolkit {

// A plain float model under kDynamic, kFloat16, kWeights8 or kWeights4, in all subgraphs. Numbers
// that a kernel does not take in their stored form pass through a DEQUANTIZE, once, when a session
// is made. Constants beyond the range of float16 stay float32. kDamaged for weights that are not
// numbers.
Status writeStorage(tflite::ModelT& model, QuantizeMode mode);

}  // namespace primer::toolkit
