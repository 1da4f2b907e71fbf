#pragma once

// Single changes to a model as a tree of objects.

#include "fuzz/choices.h"
#include "primer/inference/tflite_schema.h"

namespace primer::inference::fuzz {

inline constexpr std::size_t kMostObjects = 64;  // of a kind; keeps what grows small
inline constexpr std::size_t kMostBufferBytes = 1 << 14;

// Changes something: a tensor, an operator, a buffer, how many there are of them, or one size or
// type wherever it stands.
void changeTree(tflite::ModelT& model, Choices& choices);

}  // namespace primer::inference::fuzz
