#pragma once

// Expressions with their units, while a line is being read.

#include <string>
#include <vector>

#include "primer/maths/expression.h"

namespace primer::maths {

struct Measured {
  Expr value;
  std::string unit;  // "" for none
};

// e times a factor: a number where e is one.
Expr scaled(const Expr& e, const Rational& factor);

// Terms of a sum in one unit, the smallest of theirs, where they are of one kind: 1.2 m + 35 cm.
// Else they stay as they are, and `unit` names all of them.
struct InOneUnit {
  std::vector<Expr> terms;
  std::string unit;
  bool bare_term = false;  // one has no unit beside others that have
};
InOneUnit inOneUnit(std::vector<Measured> terms);

// 2 m by 50 cm is 200 by 50, without a unit.
Measured quotientOf(Measured left, Measured right, Mark mark);

}  // namespace primer::maths
