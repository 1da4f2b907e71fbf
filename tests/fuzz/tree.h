#pragma once

// Changes a model as a tree of objects, so that the file stays sound as a FlatBuffer and what is
// broken lies deeper: an index, a shape, an option, a call that ends in itself.

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "fuzz/choices.h"
#include "primer/inference/tflite_schema.h"

namespace primer::inference::fuzz {

using Bytes = std::vector<std::uint8_t>;

// The model in a file, or nothing where the file is not a FlatBuffer of this kind.
std::optional<tflite::ModelT> unpack(std::span<const std::uint8_t> bytes);

// With every field written out, also those that hold what the format takes by default.
Bytes pack(const tflite::ModelT& model);

// One to eight changes: whole objects in the tree, then numbers in the packed bytes. Most results
// are mended where a reader would trip at once (bytes of constants as long as their shapes say,
// computed shapes left open), so that many reach the operators.
Bytes mutate(tflite::ModelT model, Choices& choices);

// The operators of both, one after the other in one graph; the second may read what the first
// makes.
tflite::ModelT join(tflite::ModelT first, const tflite::ModelT& second, Choices& choices);

}  // namespace primer::inference::fuzz
