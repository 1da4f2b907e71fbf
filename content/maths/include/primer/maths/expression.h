#pragma once

// School expressions as they were written: a tree that keeps what a rule about pupils' thinking
// needs (was it `÷` or a fraction bar, were there brackets, how many digits after the point) and
// knows its exact value where it has no letters.
//
// Nodes never change and may be shared between trees and threads. Sums and products are flat:
// `a - b + c` is a sum of a, the negative of b, and c.

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "primer/maths/rational.h"

namespace primer::maths {

enum class Kind : std::uint8_t {
  kNumber,     // text: digits with a decimal point, as written
  kSymbol,     // text: a letter, "π", or "?" for what is to be found
  kSum,        // two children or more
  kProduct,    // two children or more
  kQuotient,   // dividend, divisor
  kPower,      // base, exponent
  kRoot,       // radicand, degree
  kNegate,     // one child
  kPercent,    // one child: 20% is 20/100
  kMixed,      // whole number, fraction: 2 1/3
  kAbsolute,   // one child: |x|
  kRemainder,  // quotient, remainder: 3 r 1. Has a value only beside its divisor
};

// How a product or quotient was written.
enum class Mark : std::uint8_t { kNone, kTimes, kImplied, kOf, kFraction, kDivide, kColon };

struct Node;
using Expr = std::shared_ptr<const Node>;

struct Node {
  Kind kind = Kind::kNumber;
  Mark mark = Mark::kNone;
  bool bracketed = false;  // stood in brackets
  bool undefined = false;  // divides by zero, or 0^0, somewhere within
  bool too_big = false;    // a number within would pass kMostBits
  std::string text;
  std::vector<Expr> children;
  std::optional<Rational> value;  // exact, where there are no letters and the value is rational
  std::size_t size = 1;           // nodes of the tree
  int depth = 1;
  bool has_letters = false;  // π does not count
};

// No number of a tree may have more bits than this.
inline constexpr std::size_t kMostBits = 4096;

// Builders. Sums in sums and products in products become one, unless they stood in brackets.
Expr number(const Rational& value);  // prints as whole number, finite decimal or fraction
Expr numeral(std::string digits);    // as written: "0.50"
Expr symbol(std::string name);
Expr sum(std::vector<Expr> terms);
Expr product(std::vector<Expr> factors, Mark mark = Mark::kTimes);
Expr quotient(Expr dividend, Expr divisor, Mark mark = Mark::kFraction);
Expr power(Expr base, Expr exponent);
Expr root(Expr radicand, Expr degree);
Expr negate(Expr operand);
Expr percent(Expr operand);
Expr absolute(Expr operand);
Expr mixed(Expr whole, Expr fraction);
Expr remainder(Expr quotient, Expr rest);
Expr bracketed(const Expr& inner);
// A fraction n/d as two whole numbers over a bar (or n alone where d is 1).
Expr fractionOf(const Rational& n, const Rational& d);
// The same node over other children; the count must stay.
Expr withChildren(const Expr& node, std::vector<Expr> children);

bool isNumber(const Expr& e);  // kNumber
bool isWhole(const Expr& e);   // has a value, and it is a whole number
bool isSymbol(const Expr& e);
// A number over a number, bar or slash, both whole.
bool isFraction(const Expr& e);

// Equal as written, brackets apart.
bool sameShape(const Expr& a, const Expr& b);
std::set<std::string> lettersOf(const Expr& e);
bool containsKind(const Expr& e, Kind kind);

// Every letter `name` replaced.
Expr substitute(const Expr& e, const std::string& name, const Expr& value);

// "3(x+4)", "2/3", "√(x+1)".
std::string toText(const Expr& e);
// "\frac{2}{3}".
std::string toLatex(const Expr& e);
// A value the way a pupil would write it: 7, 2.5 (where `decimal`), 7/3.
std::string valueText(const Rational& value, bool decimal);

}  // namespace primer::maths
