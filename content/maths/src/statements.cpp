#include "statements.h"

#include "algebra.h"

namespace primer::maths {

bool proportional(const Link& a, const Link& b, Budget& budget) {
  if (a.relation != b.relation) return false;
  try {
    Algebra algebra(budget);
    const Ratio x = algebra.subtract(algebra.of(a.left), algebra.of(a.right));
    const Ratio y = algebra.subtract(algebra.of(b.left), algebra.of(b.right));
    return !x.top.empty() && algebra.proportional(x.top, y.top);
  } catch (const NoNormalForm&) {
    return false;
  }
}

std::optional<Distance> distanceOf(const Link& link, const std::string& letter, Budget& budget) {
  try {
    Algebra algebra(budget);
    Distance d;
    bool letters_left = false;
    bool letters_right = false;
    Rational b_left;
    Rational b_right;
    Rational a_total;
    for (const bool left : {true, false}) {
      const Ratio r = algebra.of(left ? link.left : link.right);
      if (Algebra::constantOf(r.bottom) != Rational(1)) return std::nullopt;
      const auto c = algebra.coefficients(r.top, algebra.generator(letter));
      if (!c || c->size() > 2) return std::nullopt;
      for (const auto& value : *c) {
        d.size = d.size + value.abs();
        d.denominators = lcm(d.denominators, value.denominator());
      }
      (left ? letters_left : letters_right) = c->size() == 2;
      (left ? b_left : b_right) = (*c)[0];
      if (c->size() == 2) a_total = (*c)[1];
    }
    if (letters_left && letters_right) d.steps += 4;
    if ((letters_left && !b_left.isZero()) || (letters_right && !b_right.isZero())) d.steps += 2;
    if (a_total != Rational(1)) d.steps += 1;
    return d;
  } catch (const NoNormalForm&) {
    return std::nullopt;
  }
}

bool leadsAway(const Distance& before, const Distance& now) {
  if (now.denominators < before.denominators) return false;
  const bool further = now.steps > before.steps && before.denominators == Rational(1);
  const bool larger = now.steps == before.steps && now.steps > 0 && now.size > before.size &&
                      now.denominators == before.denominators;
  return further || larger;
}

}  // namespace primer::maths
