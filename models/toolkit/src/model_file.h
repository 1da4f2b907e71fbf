#pragma once

// Model files as objects that can be changed: parsed with the FlatBuffers verifier, written with
// the same bytes for the same object.

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "primer/base/result.h"
#include "primer/inference/tflite_schema.h"

namespace primer::toolkit {

using ModelObject = std::unique_ptr<tflite::ModelT>;

// kDamaged where the bytes are no sound .tflite file, or an index in it points outside.
Result<ModelObject> parseModel(std::span<const std::byte> bytes, std::string_view name);
// Equal names and lists of numbers stand in the file once.
std::vector<std::byte> serialiseModel(const tflite::ModelT& model);

// A model file of at most 1 GiB.
Result<std::vector<std::byte>> readFile(const std::filesystem::path& path);

tflite::BuiltinOperator operatorCode(const tflite::ModelT& model, const tflite::OperatorT& op);
std::string operatorName(tflite::BuiltinOperator code);

// Index of the operator code of this kind and version, added where there is none yet.
std::uint32_t internOperatorCode(tflite::ModelT& model, tflite::BuiltinOperator code, int version);

// Adds a constant's bytes; returns its index. Buffer 0 must exist.
std::uint32_t addBuffer(tflite::ModelT& model, std::span<const std::byte> bytes);

// The bytes of a constant as elements of T; empty where the tensor is computed.
template <typename T>
std::vector<T> constantValues(const tflite::ModelT& model, const tflite::TensorT& tensor);

// Sets, or replaces, a metadata entry.
void setMetadata(tflite::ModelT& model, const std::string& name, std::span<const std::byte> bytes);

// Names of the main graph's inputs and outputs, in its order: as its signature calls them, else the
// tensors' own.
std::vector<std::string> inputNames(const tflite::ModelT& model);
std::vector<std::string> outputNames(const tflite::ModelT& model);

std::size_t elementCount(const std::vector<std::int32_t>& shape);
std::size_t elementBytes(tflite::TensorType type);  // 0 for what has no fixed size

}  // namespace primer::toolkit
