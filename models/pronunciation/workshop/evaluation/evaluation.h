#pragma once

#include "primer/toolkit/workshop.h"

namespace primer::pronunciation::workshop {

// The chain "pronunciation": recordings of rated speakers through the room's front door, as
// primer-batch sends them. README.md says what each figure is.
Result<toolkit::ChainFigures> measurePronunciation(const std::filesystem::path& data,
                                                   toolkit::Split split);

}  // namespace primer::pronunciation::workshop
