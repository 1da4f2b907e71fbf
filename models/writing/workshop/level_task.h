#pragma once

#include <filesystem>

#include "primer/toolkit/workshop.h"

namespace primer::writing::workshop {

// "reading-level": elementary, intermediate or advanced; architecture "text-net".
void addLevelTask(toolkit::Workshop& workshop);

}  // namespace primer::writing::workshop
