#pragma once

// Makers of pictures: each looks at one expression, relation or problem and draws its numbers, or
// gives nothing where they are not of its kind or pass its bounds.

#include <optional>

#include "primer/maths/picture.h"
#include "primer/maths/problem.h"
#include "rules.h"

namespace primer::maths {

// Blocks in places (picture_blocks.cpp). Carries and borrows are those of the right way.
std::optional<Picture> blocksTogether(const Expr& sum);
std::optional<Picture> blocksTakenAway(const Expr& difference);
std::optional<Picture> blocksShared(const Expr& quotient);
std::optional<Picture> blocksCompared(const Expr& a, const Expr& b);
std::optional<Picture> areaOfNumbers(const Expr& product);   // 24 × 13, cut into places
std::optional<Picture> squareOfTenths(const Expr& product);  // 0.3 × 0.2
std::optional<Picture> emptyPlates(const Expr& product);     // 5 × 0
std::optional<Picture> platesToShare(const Expr& quotient);  // 7 ÷ 2

// Bars (picture_bars.cpp).
std::optional<FractionBar> barOf(const Expr& number);  // of 3, 2/3 or 5 1/4
std::optional<Picture> barsOf(const Expr& calculation);
std::optional<Picture> barsToShade(const Expr& a, const Expr& b);
std::optional<Picture> percentBar(const Expr& product);
std::optional<Picture> percentInWords(const Problem& problem);

// Lines, boxes, rectangles and scales (picture_terms.cpp).
std::optional<Picture> jumpsOf(const Expr& sum);
std::optional<Picture> boxesInOrder(const Expr& calculation);
std::optional<Picture> boxesOfPower(const Expr& power);
std::optional<Picture> boxesOfQuotient(const Expr& quotient);  // (x+3)/x
std::optional<Picture> areaOfBracket(const Expr& product);
std::optional<Picture> areaOfSquare(const Expr& power);
std::optional<Picture> tilesOf(const Expr& sum);
std::optional<Picture> balanceOf(const Link& statement);
std::optional<Picture> balanceToCheck(const Link& claim);
std::optional<Picture> ratioTable(const Link& proportion);
std::optional<Picture> ratioInWords(const Problem& problem);
std::optional<Picture> valuesToTry(const Problem& problem);  // 6S = P

}  // namespace primer::maths
