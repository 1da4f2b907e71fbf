#pragma once

// Which operators the engine has, and on which types: the same registry by which files are taken or
// refused.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "primer/inference/tensor.h"

namespace primer::inference {

// A kernel's types: of the first input, of the second where that is data (weights, an operand), and
// of the first output.
struct OperatorTypes {
  ElementType input = ElementType::kFloat32;
  std::optional<ElementType> second;
  ElementType output = ElementType::kFloat32;
};

// "int8", "float32 x int8 -> float32".
std::string describe(const OperatorTypes& types);

struct OperatorSupport {
  std::string_view name;   // as the format calls it: "CONV_2D"
  int newest_version = 1;  // files with a later one are refused
  // Empty for operators that are resolved when a file is read and take any type.
  std::vector<OperatorTypes> types;
};

// By name.
std::vector<OperatorSupport> supportedOperators();

}  // namespace primer::inference
