// Rules for fractions and mixed numbers.

#include <optional>

#include "rules.h"

namespace primer::maths {

namespace {

// A fraction as it was written, with its sign.
struct Parts {
  Rational n;
  Rational d = 1;
  bool bar = false;
};

std::optional<Parts> partsOf(const Expr& e) {
  if (isWhole(e) && e->kind != Kind::kMixed && !isFraction(e)) return Parts{*e->value, 1, false};
  if (e->kind == Kind::kNegate) {
    auto inner = partsOf(e->children[0]);
    if (inner) inner->n = -inner->n;
    return inner;
  }
  if (!isFraction(e)) return std::nullopt;
  return Parts{*e->children[0]->value, *e->children[1]->value, true};
}

struct MixedParts {
  Rational whole;
  Rational n;
  Rational d = 1;
  int sign = 1;
  bool fraction = false;
};

std::optional<MixedParts> mixedOf(const Expr& e) {
  if (e->kind == Kind::kNegate) {
    auto inner = mixedOf(e->children[0]);
    if (inner) inner->sign = -inner->sign;
    return inner;
  }
  if (e->kind == Kind::kMixed && isWhole(e->children[0]) && isFraction(e->children[1])) {
    const Expr& f = e->children[1];
    return MixedParts{*e->children[0]->value, *f->children[0]->value, *f->children[1]->value, 1,
                      true};
  }
  if (isFraction(e)) return MixedParts{0, *e->children[0]->value, *e->children[1]->value, 1, true};
  if (isWhole(e)) return MixedParts{*e->value, 0, 1, 1, false};
  return std::nullopt;
}

Expr over(const Rational& n, const Rational& d) {
  return d.isZero() ? nullptr : quotient(number(n), number(d));
}

// Neighbours i-1 and i of a sum replaced by one expression.
Expr withPair(const Expr& node, std::size_t i, const Expr& wrong) {
  std::vector<Expr> terms = node->children;
  terms[i - 1] = wrong;
  terms.erase(terms.begin() + static_cast<std::ptrdiff_t>(i));
  return sum(std::move(terms));
}

void sumsOfFractions(const Expr& node, const Emit& emit) {
  for (std::size_t i = 1; i < node->children.size(); ++i) {
    const auto a = partsOf(node->children[i - 1]);
    const auto b = partsOf(node->children[i]);
    if (!a || !b || (!a->bar && !b->bar)) continue;
    const auto give = [&](const Rational& n, const Rational& d, std::string_view key) {
      if (const Expr wrong = over(n, d)) emit(withPair(node, i, wrong), key, "");
    };
    const Rational tops = a->n + b->n;
    if (a->bar && b->bar) {
      give(tops, a->d + b->d, "fraction-add-across");
      if (b->n.sign() < 0) give(tops, (a->d - b->d).abs(), "fraction-add-across");
      if (a->d != b->d) {
        give(tops, lcm(a->d, b->d), "fraction-numerators-kept");
        give(tops, a->d * b->d, "fraction-numerators-kept");
      } else {
        give(tops, a->d * b->d, "fraction-numerators-kept");
      }
    } else {
      // 1/2 + 3 as 4/2 or 4/3.
      const Rational d = a->bar ? a->d : b->d;
      give(tops, d, "fraction-numerators-kept");
      give(tops, d + Rational(1), "fraction-add-across");
    }
  }
  // Three and more, all across.
  if (node->children.size() < 3) return;
  Rational n = 0;
  Rational d = 0;
  Rational common = 1;
  for (const auto& term : node->children) {
    const auto part = partsOf(term);
    if (!part || !part->bar) return;
    n = n + part->n;
    d = d + part->d;
    common = lcm(common, part->d);
  }
  if (const Expr wrong = over(n, d)) emit(wrong, "fraction-add-across", "");
  if (const Expr wrong = over(n, common)) emit(wrong, "fraction-numerators-kept", "");
}

void productsOfFractions(const Expr& node, const Emit& emit) {
  for (std::size_t i = 1; i < node->children.size(); ++i) {
    const auto a = partsOf(node->children[i - 1]);
    const auto b = partsOf(node->children[i]);
    if (!a || !b) continue;
    const auto give = [&](const Expr& wrong, std::string_view key) {
      if (!wrong) return;
      std::vector<Expr> factors = node->children;
      factors[i - 1] = wrong;
      factors.erase(factors.begin() + static_cast<std::ptrdiff_t>(i));
      emit(product(std::move(factors)), key, "");
    };
    if (a->bar != b->bar) {
      const Rational k = a->bar ? b->n : a->n;
      const auto& f = a->bar ? *a : *b;
      give(over(k * f.n, k * f.d), "fraction-times-both");
    }
  }
}

void quotientsOfFractions(const Expr& node, const Emit& emit) {
  const auto a = partsOf(node->children[0]);
  const auto b = partsOf(node->children[1]);
  if (!a || !b || (!a->bar && !b->bar)) return;
  const auto give = [&](const Rational& n, const Rational& d) {
    if (const Expr wrong = over(n, d)) emit(wrong, "fraction-divide-inverts-wrong", "");
  };
  give(a->d * b->n, a->n * b->d);  // the first turned
  give(a->d * b->d, a->n * b->n);  // both turned
  give(a->n * b->n, a->d * b->d);  // none turned
}

void cancelOne(const Expr& node, const Emit& emit) {
  if (!isFraction(node)) return;
  const Rational n = *node->children[0]->value;
  const Rational d = *node->children[1]->value;
  const auto common = gcd(n, d).toInt();
  if (!common || *common > 10'000) return;
  for (std::int64_t k = 2; k <= *common; ++k) {
    if (*common % k != 0) continue;
    emit(over(n / Rational(k), d), "fraction-cancel-one", "");
    emit(over(n, d / Rational(k)), "fraction-cancel-one", "");
  }
}

}  // namespace

// x/2 + x/4 as 2x/6.
static void sumsWithLetters(const Expr& node, const Emit& emit) {
  for (std::size_t i = 1; i < node->children.size(); ++i) {
    const Expr& a = node->children[i - 1];
    const bool minus = node->children[i]->kind == Kind::kNegate;
    const Expr& b = minus ? node->children[i]->children[0] : node->children[i];
    if (a->kind != Kind::kQuotient || b->kind != Kind::kQuotient) continue;
    if (!a->has_letters && !b->has_letters) continue;
    const Expr tops = sum({a->children[0], minus ? negate(b->children[0]) : b->children[0]});
    emit(withPair(node, i, quotient(tops, sum({a->children[1], b->children[1]}))),
         "fraction-add-across", "");
    emit(withPair(node, i, quotient(tops, product({a->children[1], b->children[1]}))),
         "fraction-numerators-kept", "");
  }
}

void fractionRules(const Expr& node, const Emit& emit) {
  if (node->kind == Kind::kSum) sumsWithLetters(node, emit);
  if (node->kind == Kind::kSum) sumsOfFractions(node, emit);
  if (node->kind == Kind::kProduct) productsOfFractions(node, emit);
  if (node->kind == Kind::kQuotient) {
    quotientsOfFractions(node, emit);
    cancelOne(node, emit);
  }
}

void mixedRules(const Expr& node, const Emit& emit) {
  if (node->kind != Kind::kSum) return;
  for (std::size_t i = 1; i < node->children.size(); ++i) {
    const auto a = mixedOf(node->children[i - 1]);
    const auto b = mixedOf(node->children[i]);
    if (!a || !b || !a->fraction || (a->whole.isZero() && b->whole.isZero())) continue;
    if (!b->fraction && node->children[i]->kind != Kind::kNegate) continue;
    const auto give = [&](const Rational& whole, const Rational& n, const Rational& d,
                          std::string_view key) {
      if (d.isZero()) return;
      emit(withPair(node, i, sum({number(whole), over(n, d)})), key, "");
    };
    const Rational common = lcm(a->d, b->d);
    const Rational an = a->n * common / a->d;
    const Rational bn = b->n * common / b->d;
    if (b->sign < 0 && a->sign > 0) {
      if (an < bn) give(a->whole - b->whole, bn - an, common, "mixed-smaller-from-larger");
      if (a->d != b->d) {
        give(a->whole - b->whole, (a->n - b->n).abs(), (a->d - b->d).abs(), "fraction-add-across");
        give(a->whole - b->whole, (a->n - b->n).abs(), common, "fraction-numerators-kept");
      }
    } else if (a->sign > 0) {
      give(a->whole + b->whole, a->n + b->n, a->d + b->d, "fraction-add-across");
      if (a->d != b->d) give(a->whole + b->whole, a->n + b->n, common, "fraction-numerators-kept");
    }
  }
}

}  // namespace primer::maths
