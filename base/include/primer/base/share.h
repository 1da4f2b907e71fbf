#pragma once

// Where the files that ship with the product lie: models, lessons, fonts.

#include <filesystem>

namespace primer {

// The folder named by PRIMER_SHARE, else ../share/primer beside the folder of the running program:
// the same in the build tree and when installed. It need not exist.
std::filesystem::path shareFolder();

}  // namespace primer
