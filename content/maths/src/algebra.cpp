#include "algebra.h"

#include <algorithm>
#include <numeric>

namespace primer::maths {

namespace {

constexpr std::size_t kMostTerms = 400;

std::int32_t floorOf(Exponent e) { return e.n >= 0 ? e.n / e.d : -((-e.n + e.d - 1) / e.d); }

}  // namespace

Exponent plus(Exponent a, Exponent b) {
  const std::int64_t n = std::int64_t{a.n} * b.d + std::int64_t{b.n} * a.d;
  const std::int64_t d = std::int64_t{a.d} * b.d;
  const std::int64_t common = std::gcd(n, d);
  if (n / common > kHighestPower || n / common < -kHighestPower || d / common > kHighestPower) {
    throw NoNormalForm{};
  }
  return {static_cast<std::int32_t>(n / common), static_cast<std::int32_t>(d / common)};
}

int Algebra::intern(const std::string& name, GeneratorKind kind, const Rational& prime,
                    const Poly& sum) {
  const auto [place, fresh] = by_name_.emplace(name, static_cast<int>(names_.size()));
  if (fresh) names_.push_back({name, kind, prime, sum});
  return place->second;
}

int Algebra::generator(const std::string& name) {
  return intern(name, name == "π" ? GeneratorKind::kConstant : GeneratorKind::kLetter, 0, {});
}

Poly Algebra::constant(const Rational& value) {
  Poly p;
  if (!value.isZero()) p[{}] = value;
  return p;
}

std::optional<Rational> Algebra::constantOf(const Poly& p) {
  if (p.empty()) return Rational(0);
  if (p.size() > 1 || !p.begin()->first.empty()) return std::nullopt;
  return p.begin()->second;
}

void Algebra::addTo(Poly& p, const Monomial& m, const Rational& c) {
  budget_.spend();
  if (c.bits() > 2 * kMostBits) throw NoNormalForm{};
  const auto [place, fresh] = p.emplace(m, c);
  if (!fresh) {
    place->second = place->second + c;
    if (place->second.isZero()) p.erase(place);
  }
  if (p.size() > kMostTerms) throw NoNormalForm{};
}

// c·a·b, with the whole powers of primes and of sums multiplied out.
void Algebra::addProduct(Poly& p, const Monomial& a, const Monomial& b, const Rational& c) {
  Monomial merged;
  Rational factor = c;
  Poly whole_sums;  // empty: none
  auto i = a.begin();
  auto j = b.begin();
  while (i != a.end() || j != b.end()) {
    int g = 0;
    Exponent e;
    if (j == b.end() || (i != a.end() && i->first < j->first)) {
      std::tie(g, e) = *i++;
    } else if (i == a.end() || j->first < i->first) {
      std::tie(g, e) = *j++;
    } else {
      g = i->first;
      e = plus(i++->second, j++->second);
    }
    const auto& generator = names_[static_cast<std::size_t>(g)];
    if (generator.kind == GeneratorKind::kPrime) {
      const auto whole = floorOf(e);
      e = plus(e, {-whole, 1});
      const auto scaled = generator.prime.power(whole, kMostBits);
      if (!scaled) throw NoNormalForm{};
      factor = factor * *scaled;
    } else if (generator.kind == GeneratorKind::kSum && e.n >= e.d) {
      const Poly sum = generator.sum;
      for (; e.n >= e.d; e.n -= e.d) {
        whole_sums = whole_sums.empty() ? sum : multiply(whole_sums, sum);
      }
    }
    if (e.n != 0) merged.emplace_back(g, e);
  }
  if (whole_sums.empty()) return addTo(p, merged, factor);
  for (const auto& [m, k] : multiply(whole_sums, Poly{{merged, factor}})) addTo(p, m, k);
}

Poly Algebra::multiply(const Poly& a, const Poly& b) {
  if (a.size() * b.size() > 40 * kMostTerms) throw NoNormalForm{};
  Poly p;
  for (const auto& [m, c] : a) {
    for (const auto& [n, d] : b) addProduct(p, m, n, c * d);
  }
  return p;
}

Poly Algebra::singleTerm(const Monomial& m, const Rational& c) {
  Poly p;
  addProduct(p, m, {}, c);
  return p;
}

// A bottom of a single term goes into the top as negative powers.
Ratio Algebra::make(Poly top, Poly bottom) {
  if (bottom.empty()) throw NoNormalForm{true};
  if (top.empty()) return {{}, constant(1)};
  if (bottom.size() == 1) {
    Monomial inverse = bottom.begin()->first;
    for (auto& [g, e] : inverse) e.n = -e.n;
    const Poly factor = singleTerm(inverse, Rational(1) / bottom.begin()->second);
    return {multiply(top, factor), constant(1)};
  }
  if (proportional(top, bottom)) {
    return {constant(top.begin()->second / bottom.begin()->second), constant(1)};
  }
  return {std::move(top), std::move(bottom)};
}

Ratio Algebra::add(const Ratio& a, const Ratio& b) {
  if (a.bottom == b.bottom) {
    Poly top = a.top;
    for (const auto& [m, c] : b.top) addTo(top, m, c);
    return make(std::move(top), a.bottom);
  }
  Poly top = multiply(a.top, b.bottom);
  for (const auto& [m, c] : multiply(b.top, a.bottom)) addTo(top, m, c);
  return make(std::move(top), multiply(a.bottom, b.bottom));
}

Ratio Algebra::subtract(const Ratio& a, const Ratio& b) {
  Ratio minus = b;
  for (auto& [m, c] : minus.top) c = -c;
  return add(a, minus);
}

Ratio Algebra::multiply(const Ratio& a, const Ratio& b) {
  return make(multiply(a.top, b.top), multiply(a.bottom, b.bottom));
}

Ratio Algebra::divide(const Ratio& a, const Ratio& b) {
  if (b.top.empty()) throw NoNormalForm{true};
  return make(multiply(a.top, b.bottom), multiply(a.bottom, b.top));
}

bool Algebra::equal(const Ratio& a, const Ratio& b) {
  if (a.bottom == b.bottom) return a.top == b.top;
  return multiply(a.top, b.bottom) == multiply(b.top, a.bottom);
}

bool Algebra::proportional(const Poly& a, const Poly& b) {
  if (a.size() != b.size() || a.empty()) return a.empty() && b.empty();
  const Rational scale = a.begin()->second / b.begin()->second;
  return std::equal(a.begin(), a.end(), b.begin(), [&](const auto& x, const auto& y) {
    return x.first == y.first && x.second == scale * y.second;
  });
}

Ratio Algebra::of(const Expr& e) {
  budget_.spend();
  if (e->undefined) throw NoNormalForm{true};
  if (e->too_big) throw NoNormalForm{};
  if (e->value) return {constant(*e->value), constant(1)};
  const auto& c = e->children;
  switch (e->kind) {
    case Kind::kSymbol:
      return {Poly{{Monomial{{generator(e->text), {1, 1}}}, 1}}, constant(1)};
    case Kind::kSum:
    case Kind::kMixed: {
      Ratio total = of(c[0]);
      for (std::size_t i = 1; i < c.size(); ++i) total = add(total, of(c[i]));
      return total;
    }
    case Kind::kProduct: {
      Ratio total = of(c[0]);
      for (std::size_t i = 1; i < c.size(); ++i) total = multiply(total, of(c[i]));
      return total;
    }
    case Kind::kQuotient:
      return divide(of(c[0]), of(c[1]));
    case Kind::kNegate:
      return subtract({{}, constant(1)}, of(c[0]));
    case Kind::kPercent:
      return multiply(of(c[0]), {constant(Rational(1) / Rational(100)), constant(1)});
    case Kind::kPower:
      return powerOf(of(c[0]), c[1]);
    case Kind::kRoot: {
      const auto degree = c[1]->value ? c[1]->value->toInt() : std::nullopt;
      if (!degree || *degree < 1 || *degree > 12) throw NoNormalForm{};
      return rootOf(of(c[0]), static_cast<int>(*degree));
    }
    case Kind::kNumber:
    case Kind::kAbsolute:
    case Kind::kRemainder:
      break;
  }
  throw NoNormalForm{};
}

std::string Algebra::key(const Poly& p) const {
  std::string out;
  for (const auto& [m, c] : p) {
    out += (out.empty() ? "" : "+") + c.toString();
    for (const auto& [g, e] : m) {
      out += "*" + nameOf(g) + "^" + std::to_string(e.n) + "/" + std::to_string(e.d);
    }
  }
  return out;
}

std::vector<int> Algebra::lettersIn(const Poly& p) const {
  std::vector<int> found;
  for (const auto& [m, c] : p) {
    for (const auto& [g, e] : m) {
      if (isLetter(g) && std::find(found.begin(), found.end(), g) == found.end())
        found.push_back(g);
    }
  }
  std::sort(found.begin(), found.end(), [&](int a, int b) { return nameOf(a) < nameOf(b); });
  return found;
}

std::optional<std::vector<Poly>> Algebra::splitBy(const Poly& p, int letter) const {
  std::vector<Poly> parts(1);
  for (const auto& [m, c] : p) {
    Monomial rest;
    std::size_t degree = 0;
    for (const auto& [g, e] : m) {
      const auto& generator = names_[static_cast<std::size_t>(g)];
      if (g == letter) {
        if (e.d != 1 || e.n < 0) return std::nullopt;
        degree = static_cast<std::size_t>(e.n);
      } else {
        // The letter may hide in a root or a power.
        if (generator.kind == GeneratorKind::kSum || generator.kind == GeneratorKind::kFree) {
          return std::nullopt;
        }
        rest.emplace_back(g, e);
      }
    }
    if (degree >= parts.size()) parts.resize(degree + 1);
    parts[degree][rest] = c;
  }
  return parts;
}

std::optional<std::vector<Rational>> Algebra::coefficients(const Poly& p, int letter) const {
  const auto parts = splitBy(p, letter);
  if (!parts) return std::nullopt;
  std::vector<Rational> out;
  for (const auto& part : *parts) {
    const auto c = constantOf(part);
    if (!c) return std::nullopt;
    out.push_back(*c);
  }
  return out;
}

std::optional<Algebra::Surd> Algebra::surdOf(const Ratio& r) {
  if (constantOf(r.bottom) != Rational(1)) return std::nullopt;
  Surd surd;
  for (const auto& [m, c] : r.top) {
    if (m.empty()) {
      surd.rational = c;
      continue;
    }
    if (!surd.square.isZero()) return std::nullopt;
    surd.sign = c.sign();
    surd.square = c * c;
    for (const auto& [g, e] : m) {
      const auto& generator = names_[static_cast<std::size_t>(g)];
      if (generator.kind != GeneratorKind::kPrime || !(e == Exponent{1, 2})) return std::nullopt;
      surd.square = surd.square * generator.prime;
    }
  }
  return surd;
}

std::optional<bool> sameValue(const Expr& a, const Expr& b, Budget& budget) {
  if (a->value && b->value) return *a->value == *b->value;
  try {
    Algebra algebra(budget);
    return algebra.equal(algebra.of(a), algebra.of(b));
  } catch (const NoNormalForm&) {
    return std::nullopt;
  }
}

}  // namespace primer::maths
