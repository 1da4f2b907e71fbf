// Rules for equations and inequalities, and for comparing.

#include <algorithm>

#include "rules.h"

namespace primer::maths {

namespace {

bool isZeroNumber(const Expr& e) { return e->value && e->value->isZero(); }

Expr without(const std::vector<Expr>& terms, std::size_t i) {
  std::vector<Expr> rest;
  for (std::size_t k = 0; k < terms.size(); ++k) {
    if (k != i) rest.push_back(terms[k]);
  }
  return rest.empty() ? numeral("0") : sum(std::move(rest));
}

Expr plus(const Expr& side, const Expr& term) {
  if (isZeroNumber(side)) return term;
  std::vector<Expr> terms = termsOf(side);
  terms.push_back(term);
  return sum(std::move(terms));
}

Link flipped(const Link& link) { return {link.right, mirrored(link.relation), link.left}; }

// A rule that looks at the left side is run on both.
template <typename Rule>
void onBothSides(const Link& link, const EmitLink& emit, const Rule& rule) {
  rule(link, emit);
  rule(flipped(link), [&](Link wrong, std::string_view key) { emit(flipped(wrong), key); });
}

// 5x = 2x + 9 as 3x = 2x + 9: a term of the other side taken off here only.
void takeFromOneSide(const Link& link, const EmitLink& emit) {
  for (const auto& t : termsOf(link.right)) {
    if (!t->has_letters || !link.left->has_letters || link.right->kind != Kind::kSum) continue;
    emit({plus(link.left, opposite(t)), link.relation, link.right}, "equation-one-side");
  }
}

void moveTerms(const Link& link, const EmitLink& emit) {
  takeFromOneSide(link, emit);
  const auto terms = termsOf(link.left);
  for (std::size_t i = 0; i < terms.size(); ++i) {
    const Expr rest = without(terms, i);
    const Expr& t = terms[i];
    if (isZeroNumber(t)) continue;
    if (terms.size() > 1) {
      emit({rest, link.relation, plus(link.right, t)}, "equation-wrong-inverse");
      emit({rest, link.relation, link.right}, "equation-one-side");
      // 5 - x = 3 as x = 8.
      const bool rest_negative = rest->kind == Kind::kNegate;
      if (rest_negative) {
        emit({rest->children[0], link.relation, plus(link.right, t)}, "equation-wrong-inverse");
      }
      // Taken off the other side only.
      if (t->value)
        emit({link.left, link.relation, plus(link.right, opposite(t))}, "equation-one-side");
    }
  }
}

// A = lw as w = A - l; v = d/t as d = v/t.
void letterFactors(const Link& link, const EmitLink& emit) {
  if (link.left->kind == Kind::kProduct) {
    for (std::size_t i = 0; i < link.left->children.size(); ++i) {
      const Expr& f = link.left->children[i];
      if (!f->has_letters || f->kind == Kind::kSum) continue;
      std::vector<Expr> others = link.left->children;
      others.erase(others.begin() + static_cast<std::ptrdiff_t>(i));
      const Expr rest = product(std::move(others), Mark::kImplied);
      emit({rest, link.relation, plus(link.right, negate(f))}, "equation-subtract-coefficient");
      emit({rest, link.relation, product({link.right, f})}, "equation-wrong-inverse");
      emit({rest, link.relation, quotient(f, link.right)}, "equation-wrong-inverse");
      emit({rest, link.relation, link.right}, "equation-one-side");
    }
  }
  if (link.left->kind == Kind::kQuotient && link.left->children[1]->has_letters) {
    const auto& c = link.left->children;
    emit({c[0], link.relation, quotient(link.right, c[1])}, "equation-wrong-inverse");
    emit({c[0], link.relation, quotient(c[1], link.right)}, "equation-wrong-inverse");
    emit({c[0], link.relation, plus(link.right, negate(c[1]))}, "equation-wrong-inverse");
    emit({c[0], link.relation, link.right}, "equation-one-side");
  }
}

void moveFactors(const Link& link, const EmitLink& emit) {
  letterFactors(link, emit);
  const Term t = termOf(link.left);
  if (!t.letters || t.coefficient == Rational(1) || t.coefficient.isZero()) return;
  const Expr a = number(t.coefficient);
  const bool divided = link.left->kind == Kind::kQuotient;
  if (t.coefficient == Rational(-1)) return;
  // One side only.
  emit({t.letters, link.relation, link.right}, "equation-one-side");
  emit({link.left, link.relation, quotient(link.right, a)}, "equation-one-side");
  if (divided) {
    const Expr& d = link.left->children[1];
    emit({link.left->children[0], link.relation, link.right}, "equation-one-side");
    emit({link.left->children[0], link.relation, quotient(link.right, d)},
         "equation-wrong-inverse");
    emit({link.left->children[0], link.relation, plus(link.right, negate(d))},
         "equation-wrong-inverse");
    emit({link.left->children[0], link.relation, plus(link.right, d)}, "equation-wrong-inverse");
    return;
  }
  emit({t.letters, link.relation, product({link.right, a})}, "equation-wrong-inverse");
  if (link.right->value && !link.right->value->isZero()) {
    emit({t.letters, link.relation, quotient(a, link.right)}, "equation-wrong-inverse");
  }
  emit({t.letters, link.relation, plus(link.right, negate(a))}, "equation-subtract-coefficient");
  emit({t.letters, link.relation, plus(link.right, a)}, "equation-subtract-coefficient");
}

// Dividing by a that reaches one term of the side only: 2x + 4 = 10 as x + 4 = 5.
void divideSomeTerms(const Link& link, const EmitLink& emit) {
  const auto terms = termsOf(link.left);
  if (terms.size() < 2) return;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    const Term t = termOf(terms[i]);
    if (!t.letters || t.coefficient.abs() == Rational(1) || t.coefficient.isZero()) continue;
    std::vector<Expr> wrong = terms;
    wrong[i] = t.letters;
    const Expr a = number(t.coefficient);
    emit({sum(wrong), link.relation, quotient(link.right, a)}, "equation-one-side");
    emit({sum(wrong), link.relation, link.right}, "equation-one-side");
  }
}

// x² = 9 as x = 4.5.
void powerAsProduct(const Link& link, const EmitLink& emit) {
  if (link.left->kind != Kind::kPower || !link.left->children[1]->value) return;
  if (link.left->children[1]->value->isZero()) return;
  emit({link.left->children[0], link.relation, quotient(link.right, link.left->children[1])},
       "power-as-product");
}

// 2:3 = 4:x, the same difference instead of the same ratio.
void additiveRatio(const Link& link, const EmitLink& emit) {
  if (link.left->kind != Kind::kQuotient || link.right->kind != Kind::kQuotient) return;
  const auto& a = link.left->children;
  const auto& b = link.right->children;
  const auto minus = [](const Expr& x, const Expr& y) { return sum({x, negate(y)}); };
  emit({minus(a[0], a[1]), link.relation, minus(b[0], b[1])}, "ratio-additive");
}

void run(const Link& link, const EmitLink& emit, EquationRule rule) {
  onBothSides(link, emit, rule);
}

void moveTermsRule(const Link& l, const EmitLink& e) { run(l, e, moveTerms); }
void moveFactorsRule(const Link& l, const EmitLink& e) { run(l, e, moveFactors); }
void divideSomeTermsRule(const Link& l, const EmitLink& e) { run(l, e, divideSomeTerms); }
void powerAsProductRule(const Link& l, const EmitLink& e) { run(l, e, powerAsProduct); }

// What a number looks like to somebody who compares numerals.
struct Look {
  Rational value;
  std::string whole;
  std::string digits;  // after the point
  bool fraction = false;
  Rational n;
  Rational d;
};

std::optional<Look> lookOf(const Expr& e) {
  if (!e->value) return std::nullopt;
  Look look;
  look.value = *e->value;
  if (isFraction(e)) {
    look.fraction = true;
    look.n = *e->children[0]->value;
    look.d = *e->children[1]->value;
    return look;
  }
  if (!isNumber(e)) return std::nullopt;
  const auto point = e->text.find('.');
  look.whole = e->text.substr(0, point);
  if (point != std::string::npos) look.digits = e->text.substr(point + 1);
  return look;
}

Rational digitsAsNumber(const std::string& digits) {
  return digits.empty() ? Rational(0) : Rational::fromDigits(digits).value_or(Rational(0));
}

}  // namespace

const std::vector<EquationRule>& equationRules() {
  static const std::vector<EquationRule> rules = {moveTermsRule, moveFactorsRule, additiveRatio,
                                                  powerAsProductRule, divideSomeTermsRule};
  return rules;
}

std::vector<std::string_view> comparisonKeys(const Expr& left, Relation claimed,
                                             const Expr& right) {
  std::vector<std::string_view> keys;
  // 2 1/8 and 2 1/3 differ in their fractions.
  if (left->kind == Kind::kMixed && right->kind == Kind::kMixed &&
      left->children[0]->value == right->children[0]->value) {
    return comparisonKeys(left->children[1], claimed, right->children[1]);
  }
  const bool ratios = left->kind == Kind::kQuotient && right->kind == Kind::kQuotient;
  if (ratios && claimed == Relation::kEqual) {
    const auto gap = [](const Expr& q) {
      const auto& c = q->children;
      return c[0]->value && c[1]->value ? std::optional(*c[0]->value - *c[1]->value) : std::nullopt;
    };
    if (gap(left) && gap(left) == gap(right)) keys.emplace_back("ratio-additive");
    return keys;
  }
  const auto a = lookOf(left);
  const auto b = lookOf(right);
  if (!a || !b) return keys;
  const bool first_larger = claimed == Relation::kGreater || claimed == Relation::kGreaterEqual;
  const bool order = isOrder(claimed);
  const auto& larger = first_larger ? *a : *b;
  const auto& smaller = first_larger ? *b : *a;
  if (a->fraction && b->fraction) {
    // Larger numbers make a larger fraction.
    const bool natural = larger.n >= smaller.n && larger.d >= smaller.d;
    if (order && natural) keys.emplace_back("fraction-natural-number-bias");
    // Or only the bottoms are looked at, or the gaps.
    if (order && !natural && (larger.d > smaller.d || larger.n > smaller.n)) {
      keys.emplace_back("fraction-natural-number-bias");
    }
    return keys;
  }
  if (a->fraction || b->fraction || !order) return keys;
  const bool longer = larger.digits.size() > smaller.digits.size();
  const bool shorter = larger.digits.size() < smaller.digits.size();
  const bool as_numbers = digitsAsNumber(larger.digits) > digitsAsNumber(smaller.digits);
  if (longer && as_numbers) keys.emplace_back("decimal-longer-is-larger");
  if (longer) keys.emplace_back("numeral-longer-is-larger");
  if (longer && !as_numbers) keys.emplace_back("decimal-longer-is-larger");
  if (shorter) keys.emplace_back("decimal-shorter-is-larger");
  if (keys.empty() &&
      larger.whole.size() + larger.digits.size() > smaller.whole.size() + smaller.digits.size()) {
    keys.emplace_back("numeral-longer-is-larger");
  }
  return keys;
}

}  // namespace primer::maths
