#include "primer/inference/tensor.h"

#include <fmt/format.h>

#include <array>

#include "src/graph.h"

namespace primer::inference {

std::string_view elementTypeName(ElementType type) {
  static constexpr std::array<std::string_view, 23> kNames = {
      "float32",  "float16",  "int32",     "uint8",         "int64",      "string",
      "bool",     "int16",    "complex64", "int8",          "float64",    "complex128",
      "uint64",   "resource", "variant",   "uint32",        "uint16",     "int4",
      "bfloat16", "int2",     "uint4",     "float8_e4m3fn", "float8_e5m2"};
  const auto index = static_cast<std::size_t>(static_cast<std::uint8_t>(type));
  return index < kNames.size() ? kNames[index] : std::string_view("unknown");
}

std::string describe(const TensorInfo& tensor) {
  auto text = fmt::format("{} {}", elementTypeName(tensor.type), shapeText(tensor.shape));
  const auto& quantization = tensor.quantization;
  if (quantization.scales.size() == 1) {
    text +=
        fmt::format(", scale {}, zero point {}", quantization.scale(), quantization.zeroPoint());
  } else if (quantization.quantized()) {
    text += fmt::format(", {} scales along dimension {}", quantization.scales.size(),
                        quantization.dimension);
  }
  return text;
}

}  // namespace primer::inference
