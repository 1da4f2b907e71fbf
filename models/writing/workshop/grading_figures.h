#pragma once

#include <filesystem>

#include "primer/toolkit/workshop.h"

namespace primer::writing::workshop {

// How the shipped grader does as a whole. The development split is a set that it did not learn
// from: Short Answer Feedback, of university students on computer networks. The training split is
// SciEntsBank itself. Tricks and misspelt references are made of SciEntsBank's questions, drawn
// otherwise than those that taught.
Result<toolkit::ChainFigures> measureGrading(const std::filesystem::path& data,
                                             toolkit::Split split);

}  // namespace primer::writing::workshop
