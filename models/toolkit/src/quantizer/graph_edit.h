#pragma once

// Small changes to a graph: tensors and operators put in, what nobody names taken out.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "src/model_file.h"
#include "src/quantizer/operator_rules.h"

namespace primer::toolkit {

// Appends a computed tensor of another's shape; its index.
std::int32_t addComputed(tflite::SubGraphT& graph, std::int32_t like, const std::string& name);

// Appends a constant with a scale a channel (along `axis`; no scales: none), zero points 0; its
// index.
std::int32_t addConstant(tflite::ModelT& model, tflite::SubGraphT& graph,
                         const tflite::TensorT& like, tflite::TensorType type,
                         std::span<const std::byte> bytes, std::vector<float> scales, int axis);

// Makes a tensor an activation of a type and scale; kFloat: float, without a scale.
void setActivation(tflite::TensorT& tensor, Precision precision, const ScaleAndZero& to);

// QUANTIZE or DEQUANTIZE between two tensors.
std::unique_ptr<tflite::OperatorT> makeConversion(tflite::ModelT& model,
                                                  const tflite::SubGraphT& graph, std::int32_t from,
                                                  std::int32_t to);

// Points the signatures of subgraph `g` from one tensor to another.
void renameInSignatures(
    tflite::ModelT& model, std::size_t g, std::int32_t from, std::int32_t to,
    std::vector<std::unique_ptr<tflite::TensorMapT>> tflite::SignatureDefT::*side);

// Removes tensors, buffers and operator codes that nothing names any more, and keeps one of buffers
// that hold the same bytes. For each subgraph, the new index of each tensor (-1: gone).
std::vector<std::vector<std::int32_t>> dropUnused(tflite::ModelT& model);

}  // namespace primer::toolkit
