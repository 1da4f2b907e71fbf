#pragma once

// Slips: the way was right, and one fact, digit or sign was not. Each function says whether
// `written` is a slip away from `right`.

#include "budget.h"
#include "rules.h"

namespace primer::maths {

// Of two numbers: a fact one off, digits swapped, one digit or the sign wrong.
bool isSlipOf(const Rational& right, const Rational& written);

// Of two expressions: one number of the right one slipped, then worked out rightly. `loose`: any
// one digit other, wherever it stands; without it, what a slip in the result gives counts too.
bool expressionSlipped(const Expr& right, const Expr& written, bool loose, Budget& budget);

// (x+3)(x+5) for (x+3)(x+4).
bool factorsSlipped(const Expr& right, const Expr& written, Budget& budget);

// One number or sign other, by a slip; all else the same.
bool isSlippedCopy(const Link& right, const Link& written);

// The same with one number slipped; not a part of it by its places (10 or 3 of 13).
bool isSlippedCopy(const Expr& right, const Expr& written);

// One side right, the other worked out with a slip.
bool statementSlipped(const Link& right, const Link& written, Budget& budget);

}  // namespace primer::maths
