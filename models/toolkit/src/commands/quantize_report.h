#pragma once

// The report of `quantize` for people to read.

#include <string>

#include "primer/toolkit/fields.h"

namespace primer::toolkit {

// From the JSON report: what was done, sizes and times, and a line a tensor, the worst marked.
std::string quantizeReport(const Json& report);

}  // namespace primer::toolkit
