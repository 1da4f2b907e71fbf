#pragma once

// The small digits that stand above a column method: carries, and top digits that lent a ten.

#include <string>
#include <vector>

#include "primer/maths/column_work.h"
#include "primer/maths/rational.h"

namespace primer::maths {

// For each column from the right, the marks that fit there; "" where only a blank does. Operands
// are whole: decimals with their points taken out and filled up with zeros.
//
//   sum, product by one digit   what is carried into the column, 0 where nothing is
//   difference                  a digit that lent, one less (9 for a zero in between); 1 for the
//                               ten that came; an unchanged digit
//   division                    what is left over from the columns further left
//
// Where several rows are multiplied nothing is said: it is not known which row a mark belongs to.
std::vector<std::string> fittingMarks(ColumnMethod method, const std::vector<Rational>& operands);

// Whether a mark says that a ten was changed in a difference.
bool showsBorrowing(const std::string& marks, const Rational& minuend);

}  // namespace primer::maths
