#pragma once

// A float model made plain before it is quantised.

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "primer/base/result.h"
#include "src/model_file.h"

namespace primer::toolkit {

// A subgraph at which a run can begin: the first one, and every other that a signature names.
struct Entry {
  std::size_t subgraph = 0;
  std::string signature;  // empty for the first
};
std::vector<Entry> entriesOf(const tflite::ModelT& model);

// The parsed model, with composites replaced by the operators that they stand for and stored
// weights (float16 or integers behind a DEQUANTIZE) brought back to float. kUnsupported for a model
// that is quantised already.
Result<ModelObject> plainFloatModel(std::span<const std::byte> bytes, std::string_view name);

// The same model with subgraph `first` as its first, so that it is the one that runs.
Result<std::vector<std::byte>> beginningAt(const tflite::ModelT& model, std::size_t first);

// Whether every sample begins anew: the state of a sequence layer (LSTM) belongs to its sample,
// while resource variables carry a stream on from sample to sample.
bool beginsAnew(const tflite::ModelT& model);

// "operator 3 (CONV_2D)", in subgraph `g`.
std::string operatorPlace(const tflite::ModelT& model, std::size_t g, std::size_t node);

bool isConstant(const tflite::ModelT& model, const tflite::TensorT& tensor);

// Every index of a subgraph that an operator's options hold.
void forEachCalled(tflite::OperatorT& op, const std::function<void(std::int32_t&)>& visit);

}  // namespace primer::toolkit
