#include "measured.h"

#include <algorithm>
#include <utility>

#include "units.h"

namespace primer::maths {

Expr scaled(const Expr& e, const Rational& factor) {
  if (factor == Rational(1)) return e;
  return e->value ? number(*e->value * factor) : product({bracketed(e), number(factor)});
}

InOneUnit inOneUnit(std::vector<Measured> terms) {
  InOneUnit result;
  std::string common;
  bool convertible = true;
  std::string all;
  for (const auto& t : terms) {
    if (t.unit.empty() || t.unit == common) continue;
    if (!all.empty()) all += ' ';
    all += t.unit;
    if (common.empty()) {
      common = t.unit;
      continue;
    }
    const auto factor = unitFactor(common, t.unit);
    convertible = convertible && factor.has_value();
    if (factor && *factor > Rational(1)) common = t.unit;
  }
  const bool any_bare =
      std::any_of(terms.begin(), terms.end(), [](const Measured& t) { return t.unit.empty(); });
  result.bare_term = !all.empty() && any_bare;
  result.unit = convertible ? common : all;
  for (auto& t : terms) {
    const bool other = convertible && !t.unit.empty();
    result.terms.push_back(other ? scaled(t.value, unitFactor(t.unit, common).value_or(1))
                                 : std::move(t.value));
  }
  return result;
}

Measured quotientOf(Measured left, Measured right, Mark mark) {
  const auto factor = left.unit == right.unit ? std::nullopt : unitFactor(left.unit, right.unit);
  // In 1/2 h the unit is that of the fraction.
  const bool of_whole = left.unit.empty() && mark == Mark::kFraction;
  std::string unit = right.unit;
  if (!of_whole) unit = factor ? std::string() : quotientUnit(left.unit, right.unit);
  if (factor) left.value = scaled(left.value, *factor);
  return {quotient(std::move(left.value), std::move(right.value), mark), std::move(unit)};
}

}  // namespace primer::maths
