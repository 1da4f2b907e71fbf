#pragma once

// What a problem in words says beyond its answer: counted things, numbers that belong
// together.

#include <optional>
#include <string>
#include <string_view>

#include "primer/maths/problem.h"

namespace primer::maths {

// 3a where the text speaks of 3 apples; a + b for apples and bananas.
bool isLabelUse(const Problem& problem, const Chain& chain);

// Whether a value is two numbers of the text put together by one operation.
bool comesOfTheText(const Problem& problem, const Rational& value);

// 42 × 15 where the text has 24 and 15: one number copied with its digits swapped.
bool isMiscopied(const Problem& problem, const Expr& calculation);

// The calculation with two numbers of the text that gives the goal, or nothing.
std::optional<Expr> calculationOf(const Problem& problem, const Expr& goal);

// The same, or so many percent of a number, or so many for so many with three numbers: the way that
// a story is worked out. Nothing where it takes more than that.
std::optional<Expr> toldCalculation(const Problem& problem);

// b - a for a - b, b/a for a/b: an expression turned round, or nothing where it is none of these.
std::optional<Expr> turnedRound(const Expr& e);
// 4c + 2b as c + b.
Expr withoutCounts(const Expr& e);

// The misconception by which `end` was given in place of `goal`; empty where none fits.
std::string_view keyInWords(const Problem& problem, const Expr& goal, const Expr& end);

}  // namespace primer::maths
