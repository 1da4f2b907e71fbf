#pragma once

// What stands within an expression: parts as they were written, and values met on the way.

#include <optional>
#include <utility>

#include "primer/maths/expression.h"

namespace primer::maths {

// `part` stands in `whole`, brackets apart.
bool containsShape(const Expr& whole, const Expr& part);
// The same, or neighbours of a sum or product in a row: 8+4 in 8+4+5.
bool containsRun(const Expr& whole, const Expr& part);
// The value of a calculation that is a part of the whole. What stands under a minus is none.
bool isPartResult(const Expr& whole, const Rational& value, bool top = true);
// The whole or a part of it has this value.
bool hasValueWithin(const Expr& whole, const Rational& value);
// 10 or 3 for 13: a part of a number by its places.
bool isPlacePart(const Rational& whole, const Rational& part);
// The whole with `with` where `part` stands first; nothing where it does not stand in it.
std::optional<Expr> replaced(const Expr& whole, const Expr& part, const Expr& with);
// The differences of two trees of one shape: how many numbers; 99 where shapes differ.
int countDifferences(const Expr& a, const Expr& b);
// The first numbers that differ, in two trees of one shape.
std::optional<std::pair<Rational, Rational>> differentNumbers(const Expr& a, const Expr& b);

}  // namespace primer::maths
