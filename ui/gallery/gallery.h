#pragma once

// Pictures of every component in every state, to be looked at.

#include <filesystem>
#include <vector>

#include "primer/base/result.h"

namespace primer::ui {

// Writes NAME.png for every sheet and NAME-rtl.png for its mirror image into `folder`, which is
// made if needed. Returns the files written. Needs a QApplication with the look put on.
Result<std::vector<std::filesystem::path>> writeGallery(const std::filesystem::path& folder);

}  // namespace primer::ui
