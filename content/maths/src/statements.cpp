#include "statements.h"

#include <algorithm>
#include <optional>

#include "algebra.h"

namespace primer::maths {

namespace {

// How far a linear statement is from x = c, and how large its numbers are.
struct Distance {
  int steps = 0;
  Rational size;
  Rational denominators = 1;
};

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

bool isZero(const Expr& e) { return e->value && e->value->isZero(); }

// x² - 5x + 6 = 0
bool isZeroSum(const Link& link) {
  if (link.relation != Relation::kEqual || isZero(link.left) == isZero(link.right)) return false;
  const Expr& side = isZero(link.left) ? link.right : link.left;
  return side->kind == Kind::kSum && side->has_letters;
}

Poly withoutCommon(Algebra& algebra, const Poly& p, int letter) {
  std::optional<Exponent> least;
  for (const auto& [m, c] : p) {
    Exponent own;
    for (const auto& [g, e] : m) {
      if (g == letter) own = e;
    }
    if (!least || own < *least) least = own;
  }
  if (!least || least->n == 0) return p;
  return algebra.multiply(p, Poly{{Monomial{{letter, {-least->n, least->d}}}, 1}});
}

}  // namespace

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

bool sameStatement(const Link& a, const Link& b, Budget& budget) {
  const bool turned = a.relation == mirrored(b.relation) && isOrder(a.relation);
  if (a.relation != b.relation && !turned) return false;
  try {
    Algebra algebra(budget);
    const auto zero = [&](const Link& link) {
      Poly p = algebra.subtract(algebra.of(link.left), algebra.of(link.right)).top;
      // A common power of a letter says nothing more.
      for (const int g : algebra.lettersIn(p)) p = withoutCommon(algebra, p, g);
      p = withoutCommon(algebra, p, algebra.generator("π"));
      return p;
    };
    const Poly x = zero(a);
    const Poly y = zero(b);
    if (x.empty() || !algebra.proportional(x, y)) return false;
    if (!isOrder(a.relation)) return true;
    const int sign = x.begin()->second.sign() * y.begin()->second.sign();
    return (sign > 0) == (a.relation == b.relation);
  } catch (const NoNormalForm&) {
    return false;
  }
}

bool isFactored(const Link& link) {
  if (link.relation != Relation::kEqual || isZero(link.left) == isZero(link.right)) return false;
  const Expr& side = isZero(link.left) ? link.right : link.left;
  if (side->kind == Kind::kPower) return side->has_letters;
  return side->kind == Kind::kProduct &&
         std::count_if(side->children.begin(), side->children.end(),
                       [](const Expr& c) { return c->has_letters; }) > 1;
}

bool leadsAway(const Link& before, const Link& now, const std::string& letter, Budget& budget) {
  if (isFactored(before) && isZeroSum(now)) return true;
  const auto a = distanceOf(before, letter, budget);
  const auto b = distanceOf(now, letter, budget);
  return a && b && leadsAway(*a, *b);
}

bool sameLink(const Link& a, const Link& b) {
  const bool straight =
      a.relation == b.relation && sameShape(a.left, b.left) && sameShape(a.right, b.right);
  return straight || (a.relation == mirrored(b.relation) && sameShape(a.left, b.right) &&
                      sameShape(a.right, b.left));
}

bool sameLinks(const std::vector<Link>& a, const std::vector<Link>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), sameLink);
}

bool goesBack(const std::vector<std::vector<Link>>& seen, const std::vector<Link>& line) {
  const auto same = [&](const std::vector<Link>& other) { return sameLinks(line, other); };
  if (seen.empty() || same(seen.back())) return false;
  return std::any_of(seen.begin(), seen.end(), same);
}

}  // namespace primer::maths
