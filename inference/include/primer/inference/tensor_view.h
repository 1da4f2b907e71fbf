#pragma once

// The elements of a session's inputs and outputs with their shape and their unit.

#include <cmath>
#include <initializer_list>
#include <limits>
#include <ranges>
#include <span>
#include <type_traits>

#include "primer/base/result.h"
#include "primer/inference/tensor.h"

namespace primer::inference {

// The element that stands nearest to a real number: round(real / scale) + zero_point, halves away
// from zero, held to T's range, as the operator QUANTIZE does it. Not a number becomes the least
// element.
template <typename T>
T quantized(float real, float scale, std::int64_t zero_point) {
  // What is cut off at the upper end keeps 64-bit limits inside double's exact numbers.
  constexpr double kLow = static_cast<double>(std::numeric_limits<T>::min());
  constexpr double kHigh = sizeof(T) < sizeof(double)
                               ? static_cast<double>(std::numeric_limits<T>::max())
                               : 0x1.fffffffffffffp62;
  const double level =
      std::round(static_cast<double>(real / scale)) + static_cast<double>(zero_point);
  if (!(level > kLow)) return std::numeric_limits<T>::min();
  return static_cast<T>(level < kHigh ? level : kHigh);
}

// All elements of a tensor in row-major order (the last dimension runs fastest), seen as T; const T
// where they may only be read. Empty where the tensor's type is not T. A view is cheap to copy and
// valid as long as the session that gave it.
//
//   auto image = session.input<std::int8_t>(0);       // int8 1x28x28x1, scale 0.0039, zero -128
//   image.at({0, y, x, 0}) = 17;                      // the stored element
//   image.setReal(image.offset({0, y, x, 0}), 0.5f);  // the element that stands for 0.5
template <typename T>
class TensorView {
 public:
  using value_type = std::remove_const_t<T>;
  using iterator = T*;
  using const_iterator = T*;

  TensorView() = default;
  TensorView(const TensorInfo& info, std::span<T> elements) : info_(info), elements_(elements) {}

  const TensorInfo& info() const { return info_; }
  std::span<const std::int32_t> shape() const { return info_.shape; }

  std::span<T> elements() const { return elements_; }
  T* data() const { return elements_.data(); }
  std::size_t size() const { return elements_.size(); }
  bool empty() const { return elements_.empty(); }
  T* begin() const { return elements_.data(); }
  T* end() const { return elements_.data() + elements_.size(); }
  T& operator[](std::size_t i) const { return elements_[i]; }

  // Where the element at a position lies: one index a dimension, each inside the shape.
  std::size_t offset(std::initializer_list<std::size_t> position) const {
    std::size_t result = 0;
    std::size_t axis = 0;
    for (const auto index : position) {
      result = result * static_cast<std::size_t>(shape()[axis++]) + index;
    }
    return result;
  }
  T& at(std::initializer_list<std::size_t> position) const { return (*this)[offset(position)]; }

  // The number that element i stands for: scale * (element - zero_point), or the element itself in
  // a tensor that is not quantised.
  float real(std::size_t i) const {
    if constexpr (std::is_floating_point_v<T> || std::is_same_v<value_type, bool>) {
      return static_cast<float>(elements_[i]);
    } else {
      const auto [scale, zero_point] = unitOf(i);
      return scale * static_cast<float>(static_cast<std::int64_t>(elements_[i]) - zero_point);
    }
  }

  // Stores the element that stands nearest to a real number.
  void setReal(std::size_t i, float real) const requires(!std::is_const_v<T>) {
    if constexpr (std::is_same_v<T, bool>) {
      elements_[i] = real != 0.0f;
    } else if constexpr (std::is_floating_point_v<T>) {
      elements_[i] = real;
    } else {
      const auto [scale, zero_point] = unitOf(i);
      elements_[i] = quantized<T>(real, scale, zero_point);
    }
  }

 private:
  struct Unit {
    float scale = 1.0f;
    std::int64_t zero_point = 0;
  };
  Unit unitOf(std::size_t i) const {
    const auto& quantization = info_.quantization;
    if (!quantization.quantized()) return {};
    const std::size_t channel = info_.channelOf(i);
    return {quantization.scales[channel], quantization.zero_points[channel]};
  }

  TensorInfo info_;
  std::span<T> elements_;
};

// Real numbers into the bytes of a tensor, element by element, whatever its type. Refused:
// kInvalidArgument where there are not as many as the tensor has elements, kUnsupported where its
// elements are not numbers (bool counts as 0 and 1).
Status writeReals(std::span<const float> reals, const TensorInfo& tensor,
                  std::span<std::byte> bytes);

// The other way round.
Status readReals(const TensorInfo& tensor, std::span<const std::byte> bytes,
                 std::span<float> reals);

}  // namespace primer::inference

template <typename T>  // the standard's name. NOLINTNEXTLINE(readability-identifier-naming)
inline constexpr bool std::ranges::enable_borrowed_range<primer::inference::TensorView<T>> = true;
