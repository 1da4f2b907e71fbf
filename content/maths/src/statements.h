#pragma once

// Statements compared as polynomials, and whether a right one leads to the
// answer or away from it.

#include <string>
#include <vector>

#include "budget.h"
#include "rules.h"

namespace primer::maths {

// The same relation between the same polynomials, up to a number.
bool proportional(const Link& a, const Link& b, Budget& budget);

// The same, also up to a common power of a letter or of π, and for inequalities
// up to the sides.
bool sameStatement(const Link& a, const Link& b, Budget& budget);

// (x-2)(x-3) = 0
bool isFactored(const Link& link);

// Whether a right step goes away from x = c, or from the factors of a product
// that is nothing. Multiplying a bracket out, clearing fractions and writing
// down what is done to both sides do not.
bool leadsAway(const Link& before, const Link& now, const std::string& letter, Budget& budget);

// The same sides, in either order.
bool sameLink(const Link& a, const Link& b);
bool sameLinks(const std::vector<Link>& a, const std::vector<Link>& b);
// Whether a line goes back to one that was left behind: `seen` are the right
// lines so far, the last one the newest.
bool goesBack(const std::vector<std::vector<Link>>& seen, const std::vector<Link>& line);

}  // namespace primer::maths
