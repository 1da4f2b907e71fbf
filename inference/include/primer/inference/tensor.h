#pragma once

// The words in which tensors are spoken of.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace primer::inference {

// Element types of the .tflite format; the values are the format's own.
enum class ElementType : std::int8_t {
  kFloat32 = 0,
  kFloat16 = 1,
  kInt32 = 2,
  kUint8 = 3,
  kInt64 = 4,
  kString = 5,
  kBool = 6,
  kInt16 = 7,
  kComplex64 = 8,
  kInt8 = 9,
  kFloat64 = 10,
  kComplex128 = 11,
  kUint64 = 12,
  kResource = 13,
  kVariant = 14,
  kUint32 = 15,
  kUint16 = 16,
  kInt4 = 17,
  kBfloat16 = 18,
  kInt2 = 19,
  kUint4 = 20,
  kFloat8E4M3fn = 21,
  kFloat8E5M2 = 22,
};

// "int8", "float32", ...; "unknown" for a number that the format does not have.
std::string_view elementTypeName(ElementType type);

// The element type that a C++ type stands for.
template <typename T>
inline constexpr ElementType kElementTypeOf = T::has_no_element_type;
template <>
inline constexpr ElementType kElementTypeOf<float> = ElementType::kFloat32;
template <>
inline constexpr ElementType kElementTypeOf<std::int8_t> = ElementType::kInt8;
template <>
inline constexpr ElementType kElementTypeOf<std::uint8_t> = ElementType::kUint8;
template <>
inline constexpr ElementType kElementTypeOf<std::int16_t> = ElementType::kInt16;
template <>
inline constexpr ElementType kElementTypeOf<std::int32_t> = ElementType::kInt32;
template <>
inline constexpr ElementType kElementTypeOf<std::int64_t> = ElementType::kInt64;
template <>
inline constexpr ElementType kElementTypeOf<bool> = ElementType::kBool;

// Dimensions, outermost first; none for a scalar.
using Shape = std::vector<std::int32_t>;

// real = scale * (q - zero_point). Empty spans where a tensor is not quantised; one element per
// tensor, or one per index of `dimension` where it is quantised per channel.
struct Quantization {
  std::span<const float> scales;
  std::span<const std::int64_t> zero_points;
  int dimension = 0;

  bool quantized() const { return !scales.empty(); }
  float scale() const { return scales.empty() ? 0.0f : scales[0]; }
  std::int64_t zeroPoint() const { return zero_points.empty() ? 0 : zero_points[0]; }
};

// What is known of a tensor. All views live as long as the Model that gave them.
struct TensorInfo {
  std::string_view name;
  ElementType type = ElementType::kFloat32;
  std::span<const std::int32_t> shape;
  Quantization quantization;
  std::size_t bytes = 0;  // of the whole tensor at `shape`

  // Product of the dimensions; 1 for a scalar.
  std::size_t elements() const {
    std::size_t count = 1;
    for (const auto dimension : shape) count *= static_cast<std::size_t>(dimension);
    return count;
  }

  // Which of the quantisation's scales is that of element i (in row-major order).
  std::size_t channelOf(std::size_t i) const {
    if (quantization.scales.size() < 2) return 0;
    std::size_t step = 1;
    for (std::size_t axis = shape.size() - 1;
         axis > static_cast<std::size_t>(quantization.dimension); --axis) {
      step *= static_cast<std::size_t>(shape[axis]);
    }
    return i / step % quantization.scales.size();
  }
};

// For people: "int8 1x28x28x1, scale 0.00392157, zero point -128".
std::string describe(const TensorInfo& tensor);

}  // namespace primer::inference
