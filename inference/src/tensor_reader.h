#pragma once

// From a tensor of the file to one of a graph: type, shape, constant bytes, quantisation.

#include <span>

#include "ops/verdict.h"
#include "primer/inference/model.h"
#include "src/graph.h"

namespace primer::inference {

// How many a vector of the file holds; one that is left out holds none.
template <typename T>
std::size_t sizeOf(const flatbuffers::Vector<T>* vector) {
  return vector == nullptr ? 0 : vector->size();
}

class TensorReader : public Refuser {
 public:
  // All outlive the reader, and `bytes` the tensors too.
  TensorReader(std::span<const std::byte> bytes, const tflite::Model& model, const Limits& limits,
               Error* reason)
      : Refuser(reason), bytes_(bytes), model_(model), limits_(limits) {}

  // Fills everything but the name.
  Verdict read(const tflite::Tensor& source, Tensor& tensor);

  // Of the copies that tensors hold.
  std::uint64_t heldBytes() const { return held_bytes_; }

 private:
  // Packed weights become int8: a kernel need not know how the file saves room.
  Verdict unpack(std::span<const std::byte> data, Tensor& tensor) const;
  Verdict readShape(const tflite::Tensor& source, Tensor& tensor) const;
  Verdict readConstant(const tflite::Tensor& source, Tensor& tensor);
  Verdict readQuantization(const tflite::Tensor& source, Tensor& tensor);
  Verdict readZeroPoints(const tflite::QuantizationParameters& quantization, Tensor& tensor);
  Verdict hold(std::uint64_t bytes);
  Checked<std::span<const std::byte>> bufferBytes(std::uint32_t index) const;

  std::span<const std::byte> bytes_;
  const tflite::Model& model_;
  const Limits& limits_;
  std::uint64_t held_bytes_ = 0;
};

}  // namespace primer::inference
