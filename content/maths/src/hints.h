#pragma once

// The three rungs of help for one line.

#include <array>
#include <string>
#include <vector>

#include "primer/maths/steps.h"
#include "primer/maths/working.h"

namespace primer::maths {

struct HintContext {
  bool finished = false;
  bool one_of_more = false;       // what was written is a solution, and there are others
  bool signs_of_product = false;  // of a product or quotient, where the signs went wrong
};

// `ahead` are the steps from the last line on the path. Each hint has at most 160 characters, and
// all differ.
std::array<std::string, 3> hintsFor(const LineVerdict& verdict, const std::vector<Step>& ahead,
                                    const HintContext& context);
// What is said to the child about a line that is not right.
std::string explanationFor(const LineVerdict& verdict, const std::string& note);

}  // namespace primer::maths
