#pragma once

#include <filesystem>
#include <span>

#include "primer/inference/session.h"

namespace primer::inference::testing {

// The class with the greatest int8 output for an image that fills the model's input.
Result<int> bestClass(const std::filesystem::path& path, std::span<const std::int8_t> image);

}  // namespace primer::inference::testing
