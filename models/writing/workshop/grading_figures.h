#pragma once

#include <filesystem>

#include "primer/toolkit/workshop.h"

namespace primer::writing::workshop {

// How the shipped grader does as a whole. The development split is a set that it did not learn
// from: Beetle, another age and another subject; tricks and misspelt references are made of
// SciEntsBank's questions. The training split is SciEntsBank itself.
Result<toolkit::ChainFigures> measureGrading(const std::filesystem::path& data,
                                             toolkit::Split split);

}  // namespace primer::writing::workshop
