#pragma once

// The way through a system of linear equations: one letter is made to vanish, the other found, and
// put in.

#include <map>
#include <string>
#include <vector>

#include "rewrite.h"
#include "solutions.h"

namespace primer::maths {

// a + b, or a - b, side by side and collected.
Link joined(const Link& a, const Link& b, bool minus, Budget& budget);

// What is known on the way.
struct SystemState {
  std::vector<Link> given;            // the equations of the problem
  std::vector<Link> newest;           // right lines since, oldest first
  std::map<std::string, Expr> found;  // letters whose value stands on the sheet
  Point point;                        // the solution
};

// The steps that are left. Throws BudgetSpent.
std::vector<LinkStep> stepsOf(const SystemState& state, Budget& budget);

}  // namespace primer::maths
