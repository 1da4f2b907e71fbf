#pragma once

// What a line of statements in one letter says: which parts are about the letter, and what makes
// them true.

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "primer/maths/problem.h"
#include "rules.h"
#include "solutions.h"

namespace primer::maths {

std::set<std::string> lettersIn(const Chain& chain);
bool related(const Chain& chain);  // has a relation
std::vector<Link> linksOf(const Chain& chain);
std::vector<Link> linksOf(const Line& line);

// The chains that say something about the letter.
Line statementsOf(const Line& line, const std::string& letter);
// What stands behind the last arrow.
Line lastStep(const Line& line);

// Of all chains together. Points are alternatives, inequalities hold together, where nothing else
// is said; x = 8/2 = 4 counts once. Nothing where one of them cannot be solved.
std::optional<RealSet> setOf(const Line& line, const std::string& letter, Budget& budget);
// Of the chains as alternatives.
std::optional<RealSet> unionOfChains(const Line& line, const std::string& letter, Budget& budget);

// Whether every point makes every link true. Nothing where that could not be decided.
std::optional<bool> holdsAt(const RealSet& points, const std::vector<Link>& links,
                            const std::string& letter, Budget& budget);

// The points of `set`, rounded: x = 0.67 for 2/3, x ≈ 1.41 for √2.
bool isRounded(const Line& line, const RealSet& set, const Form& form, Budget& budget);
// x = 4; x = 2 or x = 3; x > 1; 1 < x ≤ 4.
bool isAnswer(const Line& statements, const std::string& letter, const Form& form);
// Whether right steps may bring in more solutions: there is a root, or a letter below a bar.
bool mayGrow(const Line& problem);
// An inequality that is right but for the direction of its sign.
bool isUnturned(const Line& line, const RealSet& right, const std::string& letter, Budget& budget);
// The problem written out again with one of its solutions in the place of the letter.
bool repeatsFilledIn(const Line& line, const Chain& problem, const std::string& letter,
                     const RealSet& points);

}  // namespace primer::maths
