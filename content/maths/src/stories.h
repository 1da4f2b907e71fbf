#pragma once

// Problems in words, in words of our own.

#include "dice.h"
#include "primer/maths/problem.h"

namespace primer::maths {

ProblemSource tellSum(Dice& dice, int level);
ProblemSource tellProduct(Dice& dice, int level);
ProblemSource tellRatio(Dice& dice, int level);
ProblemSource tellPercent(Dice& dice, int level);
ProblemSource tellEquation(Dice& dice, int level);
ProblemSource tellLetters(Dice& dice, int level);

}  // namespace primer::maths
