#pragma once

// Rules at every place of a tree.

#include <functional>

#include "budget.h"
#include "rules.h"

namespace primer::maths {

using WrongTree =
    std::function<void(const Expr& whole, std::string_view key, std::string_view second)>;

// Every expression that comes of applying one rule at one place.
void rewriteEverywhere(const Expr& root, Budget& budget, const WrongTree& visit);

// Every statement that comes of one equation rule, or one expression rule on one side.
using WrongLink =
    std::function<void(const Link& whole, std::string_view key, std::string_view second)>;
void rewriteEverywhere(const Link& link, Budget& budget, const WrongLink& visit);

// Every expression that comes of one slip: a fact one off, digits swapped or one of them wrong, a
// sign lost. `loose` are those that change a written number to any other with one digit different.
void slipEverywhere(const Expr& root, bool loose, Budget& budget,
                    const std::function<void(const Expr&)>& visit);

}  // namespace primer::maths
