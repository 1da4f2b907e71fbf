#pragma once

// Where a PIN comes from: the first line of a file, or the keyboard; never the command line.

#include <filesystem>

#include "primer/base/result.h"
#include "primer/storage/pin.h"

namespace primer::admin {

// From `file` if it is named, else asked for on the terminal without showing what is typed (or
// read from standard input where that is no terminal).
Result<storage::Pin> readPin(const std::filesystem::path& file);

}  // namespace primer::admin
