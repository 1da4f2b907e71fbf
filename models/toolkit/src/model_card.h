#pragma once

// A model's card: what it is, how good, on whose data, how to make it again. Written from what
// travels in the file, so that any file has its card and a card cannot tell of another file; time
// is measured on the machine that writes it.

#include <filesystem>
#include <span>
#include <string>

#include "primer/base/result.h"
#include "primer/toolkit/fields.h"

namespace primer::toolkit {

// Markdown. `name` is what the file is called.
Result<std::string> modelCard(std::span<const std::byte> model, const std::string& name);

// Writes the card beside the file: digits.tflite, digits.md. Returns its path.
Result<std::filesystem::path> writeModelCard(const std::filesystem::path& model);

// The commands that make a model of this metadata again, one a line.
std::string makingCommands(const Json& metadata);

}  // namespace primer::toolkit
