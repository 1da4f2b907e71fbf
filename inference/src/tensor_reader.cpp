#include "src/tensor_reader.h"

#include <fmt/format.h>

#include <cstring>
#include <limits>

namespace primer::inference {
namespace {

bool quantizedType(const Tensor& tensor) {
  const auto type = tensor.info.type;
  return type == ElementType::kInt8 || type == ElementType::kUint8 || type == ElementType::kInt16;
}

// Bits of one element of a type that is packed into bytes, or 0.
int packedBits(ElementType type) {
  if (type == ElementType::kInt4) return 4;
  return type == ElementType::kInt2 ? 2 : 0;
}

}  // namespace

// The first element is in the lowest bits.
Verdict TensorReader::unpack(std::span<const std::byte> data, Tensor& tensor) const {
  const int bits = packedBits(tensor.info.type);
  const std::size_t in_byte = 8 / static_cast<std::size_t>(bits);
  const std::size_t count = elementCount(tensor.shape);
  if (data.size() != (count + in_byte - 1) / in_byte) {
    return damaged("buffer-size", "holds {} bytes, its shape {} of {} needs {}", data.size(),
                   shapeText(tensor.shape), elementTypeName(tensor.info.type),
                   (count + in_byte - 1) / in_byte);
  }
  auto& bytes = *(tensor.own_bytes = std::make_shared<std::vector<std::byte>>(count));
  for (std::size_t i = 0; i < count; ++i) {
    const auto byte = std::to_integer<unsigned>(data[i / in_byte]);
    const int shift = 8 - bits * static_cast<int>(i % in_byte + 1);
    const auto high = static_cast<std::int8_t>(byte << shift);
    bytes[i] = static_cast<std::byte>(high >> (8 - bits));
  }
  tensor.info.type = ElementType::kInt8;
  tensor.info.bytes = count;
  tensor.is_constant = true;
  tensor.shape_known = true;
  tensor.constant = bytes;
  return {};
}

Verdict TensorReader::read(const tflite::Tensor& source, Tensor& tensor) {
  const int type = static_cast<int>(source.type());
  if (type < 0 || type > static_cast<int>(tflite::TensorType::MAX)) {
    return damaged("tensor-type", "{} is not a type of the format", type);
  }
  tensor.info.type = static_cast<ElementType>(type);
  tensor.is_variable = source.is_variable();
  if (source.sparsity() != nullptr) {
    return unsupported("tensor-dense", "sparse tensors are not supported");
  }
  PRIMER_TRY(readShape(source, tensor));
  PRIMER_TRY(readConstant(source, tensor));
  return readQuantization(source, tensor);
}

Verdict TensorReader::readShape(const tflite::Tensor& source, Tensor& tensor) const {
  const std::size_t rank = sizeOf(source.shape());
  if (rank > kMaxRank) return damaged("shape-rank", "rank {} is above 8", rank);
  if (rank > 0) tensor.shape.assign(source.shape()->begin(), source.shape()->end());
  tensor.shape_known = rank > 0 || source.has_rank();
  for (const auto dim : tensor.shape) {
    if (dim < 0) return damaged("shape-dimension", "dimension {}", dim);
  }
  auto bytes = tensorBytes(tensor.shape, tensor.info.type, limits_.max_arena_bytes);
  if (!bytes) return refuse(std::move(bytes).error());
  tensor.info.bytes = *bytes;
  tensor.info.shape = tensor.shape;
  return {};
}

Verdict TensorReader::readConstant(const tflite::Tensor& source, Tensor& tensor) {
  const std::size_t buffer_count = sizeOf(model_.buffers());
  if (source.buffer() >= buffer_count && (source.buffer() != 0 || buffer_count != 0)) {
    return damaged("buffer-index", "{} of {}", source.buffer(), buffer_count);
  }
  if (source.external_buffer() != 0) {
    return unsupported("buffer-inside", "bytes in other files are not supported");
  }
  if (source.buffer() == 0) return {};
  PRIMER_ASSIGN(const auto data, bufferBytes(source.buffer()));
  if (data.empty()) return {};
  if (tensor.is_variable) return damaged("variable-constant", "a variable with constant bytes");
  if (packedBits(tensor.info.type) != 0) {
    PRIMER_TRY(hold(elementCount(tensor.shape)));
    return unpack(data, tensor);
  }
  const auto type = tensor.info.type;
  if (elementBytes(type) == 0) {
    tensor.is_constant = true;  // a constant string: no operator of ours reads it
    tensor.constant = data;
    return {};
  }
  if (data.size() != tensor.info.bytes) {
    return damaged("buffer-size", "holds {} bytes, its shape {} of {} needs {}", data.size(),
                   shapeText(tensor.shape), elementTypeName(type), tensor.info.bytes);
  }
  tensor.is_constant = true;
  tensor.shape_known = true;
  tensor.constant = data;
  if (reinterpret_cast<std::uintptr_t>(data.data()) % elementBytes(type) != 0) {
    // Files of other writers do not always align; the heap does.
    PRIMER_TRY(hold(data.size()));
    tensor.own_bytes = std::make_shared<std::vector<std::byte>>(data.begin(), data.end());
    tensor.constant = *tensor.own_bytes;
  }
  return {};
}

Verdict TensorReader::hold(std::uint64_t bytes) {
  held_bytes_ += bytes;
  if (held_bytes_ > limits_.max_model_bytes) {
    return limitExceeded("model-bytes", "copies of constants and zero points take more than {}",
                         limits_.max_model_bytes);
  }
  return {};
}

Checked<std::span<const std::byte>> TensorReader::bufferBytes(std::uint32_t index) const {
  const auto* buffer = model_.buffers()->Get(index);
  if (buffer == nullptr) return damaged("buffer-missing", "buffer {} is null", index);
  if (buffer->offset() > 1) {
    if (buffer->offset() > bytes_.size() || buffer->size() > bytes_.size() - buffer->offset()) {
      return damaged("buffer-bounds", "buffer {} ends outside the file", index);
    }
    return bytes_.subspan(buffer->offset(), buffer->size());
  }
  if (buffer->data() == nullptr) return std::span<const std::byte>();
  return std::as_bytes(std::span(buffer->data()->data(), buffer->data()->size()));
}

Verdict TensorReader::readQuantization(const tflite::Tensor& source, Tensor& tensor) {
  const auto* quantization = source.quantization();
  if (quantization == nullptr) return {};
  if (quantization->details() != nullptr) {
    return unsupported("quantization-details", "only scales are supported");
  }
  const std::size_t count = sizeOf(quantization->scale());
  if (count == 0) return {};
  auto& result = tensor.info.quantization;
  result.scales = {quantization->scale()->data(), count};
  // One comparison for each of the scales, of which there are tens of thousands.
  constexpr float kMost = std::numeric_limits<float>::max();
  const float least = quantizedType(tensor) ? std::numeric_limits<float>::denorm_min() : 0.0f;
  for (const float scale : result.scales) {
    if (!(scale >= least && scale <= kMost)) return damaged("scale-positive", "scale {}", scale);
  }
  if (count > 1) {
    const auto axis = quantization->quantized_dimension();
    if (axis < 0 || static_cast<std::size_t>(axis) >= tensor.rank()) {
      return damaged("quantized-dimension", "{} in {}", axis, shapeText(tensor.shape));
    }
    if (static_cast<std::size_t>(tensor.dim(axis)) != count) {
      return damaged("scale-count", "{} scales for dimension {} of {}", count, axis,
                     shapeText(tensor.shape));
    }
    result.dimension = axis;
  }
  return readZeroPoints(*quantization, tensor);
}

Verdict TensorReader::readZeroPoints(const tflite::QuantizationParameters& quantization,
                                     Tensor& tensor) {
  const std::size_t scales = tensor.info.quantization.scales.size();
  const std::size_t count = sizeOf(quantization.zero_point());
  if (count > 1 && count != scales) {
    return damaged("zero-point-count", "{} for {} scales", count, scales);
  }
  // The FlatBuffers verifier does not hold 8-byte elements to 8-byte addresses.
  const std::uint8_t* data = count == 0 ? nullptr : quantization.zero_point()->Data();
  const bool as_they_lie =
      count == scales && reinterpret_cast<std::uintptr_t>(data) % alignof(std::int64_t) == 0;
  auto& zero_points = tensor.info.quantization.zero_points;
  if (as_they_lie) {
    zero_points = {reinterpret_cast<const std::int64_t*>(data), count};
  } else {
    PRIMER_TRY(hold(scales * sizeof(std::int64_t)));
    tensor.zero_points.assign(scales, 0);
    for (std::size_t i = 0; i < scales && count > 0; ++i) {
      const auto at = (count == 1 ? 0 : i) * sizeof(std::int64_t);
      std::memcpy(&tensor.zero_points[i], data + at, sizeof(std::int64_t));
    }
    zero_points = tensor.zero_points;
  }
  std::int64_t low = std::numeric_limits<std::int32_t>::min();
  std::int64_t high = std::numeric_limits<std::int32_t>::max();
  if (tensor.info.type == ElementType::kInt8) low = -128, high = 127;
  if (tensor.info.type == ElementType::kUint8) low = 0, high = 255;
  if (tensor.info.type == ElementType::kInt16) low = -32768, high = 32767;
  for (const auto zero_point : zero_points) {
    if (zero_point < low || zero_point > high) {
      return damaged("zero-point-range", "{} does not fit {}", zero_point,
                     elementTypeName(tensor.info.type));
    }
  }
  return {};
}

}  // namespace primer::inference
