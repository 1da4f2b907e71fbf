// Powers and roots in the normal form.

#include <numeric>

#include "algebra.h"

namespace primer::maths {

namespace {

constexpr std::int64_t kLargestTrial = 2000;

}  // namespace

Ratio Algebra::powerOf(const Ratio& base, const Expr& exponent) {
  if (!exponent->value) return freePower(base, of(exponent));
  const auto n = exponent->value->numerator().toInt();
  const auto d = exponent->value->denominator().toInt();
  if (!n || !d || *d > 12 || *n > kHighestPower || *n < -kHighestPower) throw NoNormalForm{};
  return wholePower(*d == 1 ? base : rootOf(base, static_cast<int>(*d)), *n);
}

Ratio Algebra::wholePower(const Ratio& base, std::int64_t exponent) {
  if (exponent < 0) return wholePower(divide({constant(1), constant(1)}, base), -exponent);
  Ratio result = {constant(1), constant(1)};
  Ratio square = base;
  for (auto left = exponent; left > 0; left /= 2) {
    if (left % 2 == 1) result = multiply(result, square);
    if (left > 1) square = multiply(square, square);
  }
  return result;
}

std::vector<std::pair<Rational, int>> Algebra::factors(const Rational& whole) {
  std::vector<std::pair<Rational, int>> found;
  Rational rest = whole;
  for (std::int64_t p = 2; p <= kLargestTrial && Rational(p * p) <= rest; ++p) {
    budget_.spend();
    int count = 0;
    while (rest.numeratorModulo(static_cast<std::uint64_t>(p)) == 0) {
      rest = rest / Rational(p);
      ++count;
    }
    if (count > 0) found.emplace_back(p, count);
  }
  if (rest != Rational(1)) {
    // What is left has no small factors: a prime, the square of one, or taken as it is.
    if (const auto half = rest.root(2)) {
      found.emplace_back(*half, 2);
    } else {
      found.emplace_back(rest, 1);
    }
  }
  return found;
}

Ratio Algebra::rootOfNumber(const Rational& value, int degree) {
  if (value.isZero()) return {{}, constant(1)};
  if (value.sign() < 0 && degree % 2 == 0) throw NoNormalForm{true};
  Monomial m;
  Poly p = constant(value.sign() < 0 ? -1 : 1);
  for (const int side : {1, -1}) {
    for (const auto& [prime, count] :
         factors(side > 0 ? value.abs().numerator() : value.denominator())) {
      const int g = intern("#" + prime.toString(), GeneratorKind::kPrime, prime, {});
      const int common = std::gcd(count, degree);
      p = multiply(p, singleTerm({{g, {side * count / common, degree / common}}}, 1));
    }
  }
  return {std::move(p), constant(1)};
}

Ratio Algebra::rootOf(const Ratio& r, int degree) {
  const Ratio top = rootOfPoly(r.top, degree);
  return divide(top, rootOfPoly(r.bottom, degree));
}

Ratio Algebra::rootOfPoly(const Poly& p, int degree) {
  if (p.empty()) return {{}, constant(1)};
  if (p.size() == 1) {
    Monomial m = p.begin()->first;
    for (auto& [g, e] : m) {
      e = {e.n, e.d * degree};
      e = plus(e, {0, 1});
    }
    return multiply({singleTerm(m, 1), constant(1)}, rootOfNumber(p.begin()->second, degree));
  }
  // The common factor of the coefficients comes out, so that √(4x+4) is 2√(x+1).
  Rational content = 0;
  Rational denominators = 1;
  for (const auto& [m, c] : p) {
    content = gcd(content, c.numerator());
    denominators = lcm(denominators, c.denominator());
  }
  content = content / denominators;
  Poly primitive;
  for (const auto& [m, c] : p) primitive[m] = c / content;
  const int g = intern("(" + key(primitive) + ")", GeneratorKind::kSum, 0, primitive);
  const Ratio outside = rootOfNumber(content, degree);
  return multiply(outside, {Poly{{Monomial{{g, {1, degree}}}, 1}}, constant(1)});
}

// 2^(n+3) is 8·2^n: each term of the exponent is a power of its own.
Ratio Algebra::freePower(const Ratio& base, const Ratio& exponent) {
  if (constantOf(exponent.bottom) != Rational(1) || base.top.empty()) throw NoNormalForm{};
  std::vector<std::pair<std::string, int>> bases;
  const auto number_base =
      constantOf(base.bottom) == Rational(1) ? constantOf(base.top) : std::nullopt;
  if (number_base && number_base->sign() > 0) {
    for (const auto& [p, k] : factors(number_base->numerator()))
      bases.emplace_back(p.toString(), k);
    for (const auto& [p, k] : factors(number_base->denominator()))
      bases.emplace_back(p.toString(), -k);
  } else {
    bases.emplace_back("(" + key(base.top) + ")/(" + key(base.bottom) + ")", 1);
  }
  Ratio result = {constant(1), constant(1)};
  for (const auto& [m, c] : exponent.top) {
    if (m.empty()) {
      const auto whole = c.toInt();
      if (!whole || *whole > kHighestPower || *whole < -kHighestPower) throw NoNormalForm{};
      result = multiply(result, wholePower(base, *whole));
      continue;
    }
    const auto n = c.numerator().toInt();
    const auto d = c.denominator().toInt();
    if (!n || !d || *n > kHighestPower || *n < -kHighestPower || *d > kHighestPower)
      throw NoNormalForm{};
    for (const auto& [name, times] : bases) {
      const int g = intern(name + "^" + key({{m, 1}}), GeneratorKind::kFree, 0, {});
      const Exponent e =
          plus({static_cast<std::int32_t>(*n) * times, static_cast<std::int32_t>(*d)}, {0, 1});
      result = multiply(result, {Poly{{Monomial{{g, e}}, 1}}, constant(1)});
    }
  }
  return result;
}

}  // namespace primer::maths
