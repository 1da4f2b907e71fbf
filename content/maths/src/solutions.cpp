#include "solutions.h"

#include <algorithm>
#include <cmath>

namespace primer::maths {

namespace {

using Coefficients = std::vector<Rational>;

bool isRational(const RealNumber& x) { return x.q.isZero(); }

RealNumber rationalNumber(const Rational& value) { return {value, 0, 1}; }

Rational evaluate(const Coefficients& c, const Rational& x) {
  Rational value = 0;
  for (std::size_t i = c.size(); i-- > 0;) value = value * x + c[i];
  return value;
}

void trim(Coefficients& c) {
  while (!c.empty() && c.back().isZero()) c.pop_back();
}

// c divided by (x - root), which divides it.
Coefficients deflate(const Coefficients& c, const Rational& root) {
  Coefficients out(c.size() - 1);
  Rational carry = 0;
  for (std::size_t i = c.size(); i-- > 1;) {
    carry = carry * root + c[i];
    out[i - 1] = carry;
  }
  return out;
}

std::vector<Rational> divisors(const Rational& whole, Budget& budget) {
  std::vector<Rational> found;
  const auto n = whole.abs().toInt();
  if (!n || *n > 1'000'000) return found;
  for (std::int64_t d = 1; d <= *n / d; ++d) {
    budget.spend();
    if (*n % d != 0) continue;
    found.emplace_back(d);
    found.emplace_back(*n / d);
  }
  return found;
}

std::optional<Rational> rationalRoot(const Coefficients& c, Budget& budget) {
  if (c.front().isZero()) return Rational(0);
  Rational common = 1;
  for (const auto& value : c) common = lcm(common, value.denominator());
  const auto tops = divisors(c.front() * common, budget);
  const auto bottoms = divisors(c.back() * common, budget);
  if (tops.size() * bottoms.size() > 2000) return std::nullopt;
  for (const auto& top : tops) {
    for (const auto& bottom : bottoms) {
      for (const int sign : {1, -1}) {
        budget.spend();
        const Rational x = Rational(sign) * top / bottom;
        if (evaluate(c, x).isZero()) return x;
      }
    }
  }
  return std::nullopt;
}

// All real roots, each once; nothing where they are beyond school means.
std::optional<std::vector<RealNumber>> realRoots(Coefficients c, Budget& budget) {
  std::vector<RealNumber> roots;
  trim(c);
  while (c.size() > 3) {
    const auto root = rationalRoot(c, budget);
    if (!root) return std::nullopt;
    roots.push_back(rationalNumber(*root));
    c = deflate(c, *root);
  }
  if (c.size() == 2) roots.push_back(rationalNumber(-c[0] / c[1]));
  if (c.size() == 3) {
    const Rational middle = -c[1] / (Rational(2) * c[2]);
    const Rational square = middle * middle - c[0] / c[2];
    if (square.sign() >= 0) {
      if (const auto root = square.root(2)) {
        roots.push_back(rationalNumber(middle - *root));
        roots.push_back(rationalNumber(middle + *root));
      } else {
        roots.push_back({middle, square, -1});
        roots.push_back({middle, square, 1});
      }
    }
  }
  std::sort(roots.begin(), roots.end());
  roots.erase(std::unique(roots.begin(), roots.end()), roots.end());
  return roots;
}

Rational between(const std::optional<RealNumber>& low, const std::optional<RealNumber>& high) {
  if (!low && !high) return 0;
  if (low && high && isRational(*low) && isRational(*high)) {
    return (low->p + high->p) / Rational(2);
  }
  const auto near = [](double x) {
    return Rational(static_cast<std::int64_t>(std::llround(x * 1e6))) / Rational(1'000'000);
  };
  if (!low) return high->p - near(std::sqrt(high->q.toDouble())) - Rational(1);
  if (!high) return low->p + near(std::sqrt(low->q.toDouble())) + Rational(1);
  return near((low->toDouble() + high->toDouble()) / 2);
}

// What stands below a bar or under an even root.
void collectBounds(const Expr& e, std::vector<Expr>& divisors_found, std::vector<Expr>& radicands) {
  if (!e->has_letters) return;
  if (e->kind == Kind::kQuotient && e->children[1]->has_letters) {
    divisors_found.push_back(e->children[1]);
  }
  const bool negative_power =
      e->kind == Kind::kPower && e->children[1]->value && e->children[1]->value->sign() < 0;
  if (negative_power) divisors_found.push_back(e->children[0]);
  if (e->kind == Kind::kRoot && e->children[0]->has_letters) radicands.push_back(e->children[0]);
  for (const auto& child : e->children) collectBounds(child, divisors_found, radicands);
}

// A polynomial in the letter alone, multiplied up so that no power is negative.
std::optional<Coefficients> plainCoefficients(Algebra& algebra, const Poly& p, int letter) {
  std::int32_t lowest = 0;
  for (const auto& [m, c] : p) {
    for (const auto& [g, e] : m) {
      if (g == letter && e.d == 1) lowest = std::min(lowest, e.n);
    }
  }
  if (lowest == 0) return algebra.coefficients(p, letter);
  const Poly factor = {{Monomial{{letter, {-lowest, 1}}}, 1}};
  return algebra.coefficients(algebra.multiply(p, factor), letter);
}

class Solver {
 public:
  Solver(std::string letter, Budget& budget)
      : letter_(std::move(letter)), budget_(budget), algebra_(budget) {}

  std::optional<RealSet> run(const Expr& left, Relation relation, const Expr& right) {
    const Ratio difference = algebra_.subtract(algebra_.of(left), algebra_.of(right));
    const int x = algebra_.generator(letter_);
    auto domain = domainOf({left, right});
    if (!domain) return std::nullopt;
    const auto top = plainCoefficients(algebra_, difference.top, x);
    const auto bottom = plainCoefficients(algebra_, difference.bottom, x);
    if (!top || !bottom) {
      const auto root = surdRoot(difference, x);
      if (!root || relation != Relation::kEqual) return std::nullopt;
      return RealSet::point(*root).intersect(*domain);
    }
    // A power of the letter that was multiplied up counts with its sign.
    const bool shifted = algebra_.coefficients(difference.top, x) == std::nullopt;
    if (shifted && relation != Relation::kEqual && relation != Relation::kNotEqual) {
      return signedSet(left, relation, right, *top, *bottom, *domain);
    }
    return chart(relation, *top, *bottom, *domain, false);
  }

 private:
  std::optional<RealSet> domainOf(const std::vector<Expr>& sides) {
    std::vector<Expr> below;
    std::vector<Expr> under;
    for (const auto& side : sides) collectBounds(side, below, under);
    RealSet domain = RealSet::everything();
    for (const auto& divisor : below) {
      Solver inner(letter_, budget_);
      if (sameAs(divisor, sides)) continue;
      const auto zeros = inner.run(divisor, Relation::kEqual, numeral("0"));
      if (!zeros) return std::nullopt;
      domain = domain.intersect(zeros->complement());
    }
    for (const auto& radicand : under) {
      Solver inner(letter_, budget_);
      const auto allowed = inner.run(radicand, Relation::kGreaterEqual, numeral("0"));
      if (!allowed) return std::nullopt;
      domain = domain.intersect(*allowed);
    }
    return domain;
  }

  static bool sameAs(const Expr& e, const std::vector<Expr>& sides) {
    return std::find(sides.begin(), sides.end(), e) != sides.end();
  }

  // a·x + b = 0 where a and b may hold roots of numbers.
  std::optional<RealNumber> surdRoot(const Ratio& difference, int x) {
    if (Algebra::constantOf(difference.bottom) == std::nullopt) return std::nullopt;
    const auto parts = algebra_.splitBy(difference.top, x);
    if (!parts || parts->size() != 2) return std::nullopt;
    const Ratio zero = {{}, Algebra::constant(1)};
    const Ratio value =
        algebra_.divide(algebra_.subtract(zero, {(*parts)[0], Algebra::constant(1)}),
                        {(*parts)[1], Algebra::constant(1)});
    const auto surd = algebra_.surdOf(value);
    if (!surd) return std::nullopt;
    return RealNumber{surd->rational, surd->square, surd->square.isZero() ? 1 : surd->sign};
  }

  // Order where the letter stands below a bar by itself: signs are taken from the sides.
  std::optional<RealSet> signedSet(const Expr& left, Relation relation, const Expr& right,
                                   const Coefficients& top, const Coefficients& bottom,
                                   const RealSet& domain) {
    left_ = left;
    right_ = right;
    return chart(relation, top, bottom, domain, true);
  }

  int signAt(const Rational& x, const Coefficients& top, const Coefficients& bottom,
             bool from_sides) {
    if (!from_sides) return evaluate(top, x).sign() * evaluate(bottom, x).sign();
    const Expr value = number(x);
    const auto l = substitute(left_, letter_, value)->value;
    const auto r = substitute(right_, letter_, value)->value;
    return l && r ? (*l - *r).sign() : 0;
  }

  std::optional<RealSet> chart(Relation relation, const Coefficients& top,
                               const Coefficients& bottom, const RealSet& domain, bool from_sides) {
    Coefficients trimmed = top;
    trim(trimmed);
    if (trimmed.empty()) {
      return accepts(relation, 0) ? domain : RealSet{};
    }
    const auto zeros = realRoots(trimmed, budget_);
    const auto poles = realRoots(bottom, budget_);
    if (!zeros || !poles) return std::nullopt;
    RealSet result;
    if (relation == Relation::kEqual || relation == Relation::kAbout) {
      for (const auto& zero : *zeros) result = result.unite(RealSet::point(zero));
      return result.intersect(domain);
    }
    std::vector<RealNumber> marks = *zeros;
    marks.insert(marks.end(), poles->begin(), poles->end());
    if (from_sides) marks.push_back(rationalNumber(0));
    std::sort(marks.begin(), marks.end());
    marks.erase(std::unique(marks.begin(), marks.end()), marks.end());
    for (std::size_t i = 0; i <= marks.size(); ++i) {
      const auto low = i == 0 ? std::nullopt : std::optional(marks[i - 1]);
      const auto high = i == marks.size() ? std::nullopt : std::optional(marks[i]);
      if (accepts(relation, signAt(between(low, high), top, bottom, from_sides))) {
        result = result.unite({{Interval{low, high, false, false}}});
      }
      if (high && accepts(relation, 0) &&
          std::find(zeros->begin(), zeros->end(), *high) != zeros->end()) {
        result = result.unite(RealSet::point(*high));
      }
    }
    return result.intersect(domain);
  }

  std::string letter_;
  Budget& budget_;
  Algebra algebra_;
  Expr left_;
  Expr right_;
};

}  // namespace

namespace {

// √(x²) is |x|.
Expr withBars(const Expr& e) {
  if (!e->has_letters) return e;
  if (e->kind == Kind::kRoot && e->children[0]->kind == Kind::kPower) {
    const Expr& square = e->children[0];
    const auto n = square->children[1]->value;
    if (n && n == e->children[1]->value && n->isInteger() && (*n / Rational(2)).isInteger()) {
      return absolute(withBars(square->children[0]));
    }
  }
  std::vector<Expr> children;
  for (const auto& child : e->children) children.push_back(withBars(child));
  return children.empty() ? e : withChildren(e, std::move(children));
}

// The innermost absolute value with letters within, or nothing.
Expr innermostBars(const Expr& e) {
  if (!e->has_letters) return nullptr;
  for (const auto& child : e->children) {
    if (auto found = innermostBars(child)) return found;
  }
  return e->kind == Kind::kAbsolute ? e : nullptr;
}

Expr putFor(const Expr& e, const Expr& part, const Expr& with) {
  if (sameShape(e, part)) return with;
  if (!e->has_letters || e->children.empty()) return e;
  std::vector<Expr> children;
  for (const auto& child : e->children) children.push_back(putFor(child, part, with));
  return withChildren(e, std::move(children));
}

// |f| is f where f is not negative, and -f elsewhere: each case by itself.
std::optional<RealSet> solveByCases(const Expr& left, Relation relation, const Expr& right,
                                    const std::string& letter, Budget& budget) {
  const Expr bars = innermostBars(left) ? innermostBars(left) : innermostBars(right);
  if (!bars) return Solver(letter, budget).run(left, relation, right);
  const Expr& inside = bars->children[0];
  RealSet all;
  for (const bool negative : {false, true}) {
    const Expr with = bracketed(negative ? negate(bracketed(inside)) : inside);
    const auto where = solve(inside, negative ? Relation::kLess : Relation::kGreaterEqual,
                             numeral("0"), letter, budget);
    const auto part =
        solveByCases(putFor(left, bars, with), relation, putFor(right, bars, with), letter, budget);
    if (!where || !part) return std::nullopt;
    all = all.unite(part->intersect(*where));
  }
  return all;
}

}  // namespace

std::optional<RealSet> solve(const Expr& left, Relation relation, const Expr& right,
                             const std::string& letter, Budget& budget) {
  if (relation == Relation::kAsk || left->undefined || right->undefined) return std::nullopt;
  try {
    return solveByCases(withBars(left), relation, withBars(right), letter, budget);
  } catch (const NoNormalForm&) {
    return std::nullopt;
  }
}

std::optional<RealSet> solve(const Chain& chain, const std::string& letter, Budget& budget) {
  RealSet result = RealSet::everything();
  for (std::size_t i = 0; i < chain.relations.size(); ++i) {
    const auto part =
        solve(chain.members[i], chain.relations[i], chain.members[i + 1], letter, budget);
    if (!part) return std::nullopt;
    result = result.intersect(*part);
  }
  return result;
}

}  // namespace primer::maths
