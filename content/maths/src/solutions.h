#pragma once

// What makes a statement in one letter true: a set of real numbers, as points and intervals whose
// ends are rational or p ± √q. Sets are compared exactly.

#include <optional>
#include <string>
#include <vector>

#include "algebra.h"
#include "primer/maths/line.h"

namespace primer::maths {

// p + sign·√q, q >= 0.
struct RealNumber {
  Rational p;
  Rational q;
  int sign = 1;

  double toDouble() const;
  Expr toExpr() const;
  friend bool operator==(const RealNumber& a, const RealNumber& b);
  friend bool operator<(const RealNumber& a, const RealNumber& b);
};

struct Interval {
  std::optional<RealNumber> low;  // none: without end
  std::optional<RealNumber> high;
  bool holds_low = false;
  bool holds_high = false;

  bool isPoint() const { return low && high && *low == *high; }
  friend bool operator==(const Interval& a, const Interval& b);
};

// Rising, apart from one another.
struct RealSet {
  std::vector<Interval> parts;

  static RealSet everything() { return {{Interval{}}}; }
  static RealSet point(const RealNumber& value) { return {{Interval{value, value, true, true}}}; }
  bool empty() const { return parts.empty(); }
  bool isEverything() const { return parts.size() == 1 && !parts[0].low && !parts[0].high; }
  bool onlyPoints() const;
  bool contains(const RealSet& other) const { return unite(other) == *this; }
  RealSet unite(const RealSet& other) const;
  RealSet intersect(const RealSet& other) const;
  RealSet complement() const;
  friend bool operator==(const RealSet& a, const RealSet& b) { return a.parts == b.parts; }
};

// The numbers for which `left relation right` holds, where a school's means find them: linear,
// quadratic, more by rational roots, and quotients of such. Points where a side is not defined are
// left out. Throws BudgetSpent.
std::optional<RealSet> solve(const Expr& left, Relation relation, const Expr& right,
                             const std::string& letter, Budget& budget);
// All relations of a chain together; links without the letter must be true.
std::optional<RealSet> solve(const Chain& chain, const std::string& letter, Budget& budget);

// Whether a relation holds where left minus right has this sign.
bool accepts(Relation relation, int sign);

// Whether a relation between two numbers holds. Nothing where it cannot be decided. `≈` holds where
// the right side is the left one rounded as far as it is written.
std::optional<bool> holds(const Expr& left, Relation relation, const Expr& right, Budget& budget);

// A value for each letter.
using Point = std::map<std::string, Rational>;
Expr putInto(Expr e, const Point& point);

enum class SystemKind : std::uint8_t { kUnknown, kOne, kNone, kMany };
// The one solution of linear equations in as many letters, by letter; nothing where there is not
// exactly one.
// `kind` says why.
std::optional<Point> solveSystem(const std::vector<Chain>& equations, Budget& budget,
                                 SystemKind* kind = nullptr);

// A = lw, l = 7, w = 4: values are put in until every letter is known, or nothing.
std::optional<Point> solveByPuttingIn(const std::vector<Chain>& equations, Budget& budget);

// A number near the value of an expression, for order among irrational values only.
std::optional<double> approximate(const Expr& e);

}  // namespace primer::maths
