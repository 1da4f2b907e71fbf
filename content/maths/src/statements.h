#pragma once

// Statements compared as polynomials, and how far an equation is from its answer.

#include <optional>
#include <string>

#include "budget.h"
#include "rules.h"

namespace primer::maths {

// The same relation between the same polynomials, up to a number.
bool proportional(const Link& a, const Link& b, Budget& budget);

// The same, also up to a common power of a letter or of π, and for inequalities up to the sides.
bool sameStatement(const Link& a, const Link& b, Budget& budget);

// How far a linear statement is from x = c, and how large its numbers are.
struct Distance {
  int steps = 0;
  Rational size;
  Rational denominators = 1;
};

// Of a statement that is linear in the letter.
std::optional<Distance> distanceOf(const Link& link, const std::string& letter, Budget& budget);

// Whether a right step goes away from x = c. Multiplying a bracket out, clearing fractions and
// writing down what is done to both sides do not.
bool leadsAway(const Distance& before, const Distance& now);

}  // namespace primer::maths
