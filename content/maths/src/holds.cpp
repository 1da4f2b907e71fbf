// Whether a relation between two numbers holds: exactly, and by nearness only where the order of
// irrational values is asked.

#include <cmath>

#include "solutions.h"

namespace primer::maths {

bool accepts(Relation relation, int sign) {
  switch (relation) {
    case Relation::kLess:
      return sign < 0;
    case Relation::kLessEqual:
      return sign <= 0;
    case Relation::kGreater:
      return sign > 0;
    case Relation::kGreaterEqual:
      return sign >= 0;
    case Relation::kNotEqual:
      return sign != 0;
    default:
      return sign == 0;
  }
}

std::optional<double> approximate(const Expr& e) {
  if (e->value) return e->value->toDouble();
  if (e->has_letters || e->undefined || e->too_big) return std::nullopt;
  if (e->kind == Kind::kSymbol) return 3.14159265358979323846;
  std::vector<double> c;
  for (const auto& child : e->children) {
    const auto value = approximate(child);
    if (!value) return std::nullopt;
    c.push_back(*value);
  }
  double result = c.empty() ? 0 : c[0];
  switch (e->kind) {
    case Kind::kSum:
    case Kind::kMixed:
      for (std::size_t i = 1; i < c.size(); ++i) result += c[i];
      return result;
    case Kind::kProduct:
      for (std::size_t i = 1; i < c.size(); ++i) result *= c[i];
      return result;
    case Kind::kQuotient:
      return c[0] / c[1];
    case Kind::kPower:
      return std::pow(c[0], c[1]);
    case Kind::kRoot:
      return std::pow(c[0], 1 / c[1]);
    case Kind::kNegate:
      return -c[0];
    case Kind::kPercent:
      return c[0] / 100;
    default:
      return std::nullopt;
  }
}

std::optional<bool> holds(const Expr& left, Relation relation, const Expr& right, Budget& budget) {
  if (left->undefined || right->undefined) return std::nullopt;
  if (relation == Relation::kEqual || relation == Relation::kNotEqual) {
    const auto same = sameValue(left, right, budget);
    if (!same) return std::nullopt;
    return *same == (relation == Relation::kEqual);
  }
  if (relation == Relation::kAbout) {
    if (!right->value) return sameValue(left, right, budget);
    const int places = right->value->decimalPlaces().value_or(0);
    if (left->value) {
      if (*left->value == *right->value) return true;
      if (left->value->rounded(places) == *right->value) return true;
      // Rounded to tens, hundreds, ...
      Rational unit = 10;
      for (int i = 0; places == 0 && i < 6; ++i, unit = unit * Rational(10)) {
        if ((*left->value / unit).rounded(0) * unit == *right->value) return true;
      }
      return false;
    }
    const auto near = approximate(left);
    if (!near) return std::nullopt;
    const double unit = std::pow(10, -places);
    return std::fabs(*near - right->value->toDouble()) <= unit / 2 + 1e-9;
  }
  if (left->value && right->value) {
    return accepts(relation, (*left->value - *right->value).sign());
  }
  const auto same = sameValue(left, right, budget);
  const auto a = approximate(left);
  const auto b = approximate(right);
  if (!same || !a || !b) return std::nullopt;
  return accepts(relation, *same ? 0 : *a < *b ? -1 : 1);
}

}  // namespace primer::maths
