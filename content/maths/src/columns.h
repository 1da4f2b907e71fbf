#pragma once

// Column methods, as they are done wrong: each procedure works on the digits as a pupil would and
// gives what would be written, with the key (CONTRACTS: "Keys of misconceptions") of the wrong
// procedure, or of two where two were followed in different columns.
//
// Subtraction after J. S. Brown and K. VanLehn, "Repair theory", Cognitive Science 4 (1980), and
// R. R. Burton's DEBUGGY catalogue; the other operations after R. B. Ashlock, "Error Patterns in
// Computation" (10th ed., 2010).

#include <cstdint>
#include <string_view>
#include <vector>

#include "primer/maths/rational.h"

namespace primer::maths {

struct ColumnError {
  Rational result;
  std::string_view key;
  std::string_view second;       // empty mostly
  Rational rest = Rational(-1);  // of a division: the remainder that was written, or -1
};

// Operands are 0 or more. Decimals are set under one another by their points. Numbers of more than
// nine digits give nothing.
std::vector<ColumnError> wrongSums(const std::vector<Rational>& addends);
std::vector<ColumnError> wrongDifferences(const Rational& minuend, const Rational& subtrahend);
std::vector<ColumnError> wrongProducts(const Rational& a, const Rational& b);
std::vector<ColumnError> wrongQuotients(const Rational& dividend, const Rational& divisor);

}  // namespace primer::maths
