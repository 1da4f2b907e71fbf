#pragma once

// What a problem asks for in words around its maths: "Solve for x", "to 2 decimal places", "Which
// is larger". English phrases, taken off the text one by one; what is left is the maths.

#include <string>

#include "primer/maths/problem.h"

namespace primer::maths {

struct Asked {
  Form form;
  std::string subject;
  bool solve = false;
  bool simplify = false;
  bool compare = false;
  std::string maths;  // the text without what was understood
};

Asked readInstruction(const std::string& text);

}  // namespace primer::maths
