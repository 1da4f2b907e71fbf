#pragma once

#include <optional>
#include <string>

#include "primer/app/values.h"
#include "primer/handwriting/printed_division.h"

namespace primer::app {

// The layout of a problem's division at this place of the paper; nothing where the problem is none.
std::optional<handwriting::PrintedDivision> printedDivision(const std::string& problem,
                                                            const SheetPaper::Division& at);

}  // namespace primer::app
