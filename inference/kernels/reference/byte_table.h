#pragma once

// Functions of one byte, as tables of their 256 results.

#include <array>
#include <cmath>

#include "kernels/fixed_point.h"
#include "kernels/kernel.h"

namespace primer::inference::reference {

struct ByteTable {
  std::int64_t count = 0;  // elements of the tensor
  std::array<std::uint8_t, 256> table{};
};

inline void runByteTable(const ByteTable& params, const KernelIo& io) noexcept {
  const auto* in = io.in<std::uint8_t>(0);
  auto* out = io.out<std::uint8_t>(0);
  for (std::int64_t i = 0; i < params.count; ++i) out[i] = params.table[in[i]];
}

inline PreparedNode prepareByteTable(ByteTable table) {
  return inPlace(makePrepared<runByteTable>(std::move(table)));
}

// function(q) for every value of T, saturated.
template <typename T, typename Function>
ByteTable byteTable(const NodeView& node, Function function) {
  ByteTable params;
  params.count = static_cast<std::int64_t>(elementCount(node.input(0).shape));
  for (int byte = 0; byte < 256; ++byte) {
    const std::int32_t value = function(static_cast<std::int32_t>(static_cast<T>(byte)));
    params.table[byte] = static_cast<std::uint8_t>(saturate<T>(value));
  }
  return params;
}

// A function of real numbers on the scales of input and output, taken in float.
template <typename T, typename Function>
ByteTable byteTableOfReal(const NodeView& node, Function function) {
  const auto& in = node.input(0).quantization();
  const auto& out = node.output(0).quantization();
  const float inverse_scale = 1.0f / out.scale();
  return byteTable<T>(node, [&](std::int32_t q) {
    const float x = in.scale() * static_cast<float>(q - static_cast<std::int32_t>(in.zeroPoint()));
    const float y = std::round(function(x) * inverse_scale) + static_cast<float>(out.zeroPoint());
    constexpr float kFar = 1 << 24;
    return static_cast<std::int32_t>(y > -kFar ? std::min(y, kFar) : -kFar);
  });
}

}  // namespace primer::inference::reference
