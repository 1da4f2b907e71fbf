#pragma once

// Three rungs of help with one place of column work: where to look, what stands in that place, what
// to write there.

#include <array>
#include <functional>
#include <string>
#include <vector>

#include "primer/maths/column_work.h"
#include "primer/maths/rational.h"

namespace primer::maths {

// How a column is called, counted from the right: "tens".
using ColumnName = std::function<std::string(std::size_t column)>;

// Help with the digit of the result in `column`, counted from the right; the result has one there.
// `whole`: the operands without their points, as many places below the point in each where they are
// added or subtracted. Sums, differences, products by one digit; empty for anything else.
std::array<std::string, 3> helpWithColumn(ColumnMethod method, const std::vector<Rational>& whole,
                                          std::size_t column, const ColumnName& name);

// Help with a column that the result does not reach.
std::array<std::string, 3> helpWithEmptyColumn(std::size_t column, const ColumnName& name);

// Help with one row of a long multiplication: `top` times the digit that stands `row` places from
// the right in the lower number.
std::array<std::string, 3> helpWithRow(const Rational& top, int digit, std::size_t row);

}  // namespace primer::maths
