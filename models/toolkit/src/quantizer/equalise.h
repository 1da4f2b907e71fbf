#pragma once

// Cross-layer equalisation (Nagel et al. 2019, "Data-free quantization through weight equalization
// and bias correction"): between two layers, a channel's values may be divided by any positive
// number if the next layer's weights for it are multiplied by the same. Chosen so that the weights
// of every channel have one range, channels of a tensor no longer drown each other.

#include <cstddef>

#include "src/model_file.h"

namespace primer::toolkit {

// Evens out every pair of layers of the entry graphs that has one way between them, through nothing
// but RELUs. The float function stays (to rounding). How many pairs there were.
std::size_t equaliseLayers(tflite::ModelT& model);

}  // namespace primer::toolkit
