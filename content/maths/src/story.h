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

// The misconception by which `end` was given in place of `goal`; empty where none fits.
std::string_view keyInWords(const Problem& problem, const Expr& goal, const Expr& end);

}  // namespace primer::maths
