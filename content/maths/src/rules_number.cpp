// Rules for whole numbers, decimals, negative numbers, order, powers and percent.

#include <algorithm>

#include "columns.h"
#include "rules.h"

namespace primer::maths {

namespace {

// Gives every pair of neighbours of a sum, the left one as all that was added up so far or as its
// own term, and puts back the sum with the pair replaced.
template <typename Act>
void forPairs(const Expr& node, const Act& act) {
  const auto& terms = node->children;
  std::optional<Rational> prefix = terms[0]->value;
  for (std::size_t i = 1; i < terms.size(); ++i) {
    const auto replaced = [&](std::size_t first, const Expr& wrong) {
      std::vector<Expr> rest(terms.begin(), terms.begin() + static_cast<std::ptrdiff_t>(first));
      rest.push_back(wrong);
      rest.insert(rest.end(), terms.begin() + static_cast<std::ptrdiff_t>(i + 1), terms.end());
      return sum(std::move(rest));
    };
    if (terms[i]->value) {
      if (prefix) {
        act(*prefix, *terms[i]->value, [&](const Expr& wrong) { return replaced(0, wrong); });
      }
      if (i > 1 && terms[i - 1]->value) {
        act(*terms[i - 1]->value, *terms[i]->value,
            [&](const Expr& wrong) { return replaced(i - 1, wrong); });
      }
    }
    prefix = prefix && terms[i]->value ? std::optional(*prefix + *terms[i]->value) : std::nullopt;
  }
}

bool isDecimal(const Rational& value) { return value.decimalPlaces().value_or(99) <= 6; }

// A sum is worked in columns where its terms were written as decimals or whole numbers.
bool hasFractions(const Expr& node) {
  return std::any_of(node->children.begin(), node->children.end(), [](const Expr& c) {
    return containsKind(c, Kind::kMixed) ||
           (c->kind == Kind::kQuotient && c->mark == Mark::kFraction) ||
           (c->kind == Kind::kNegate && c->children[0]->kind == Kind::kQuotient);
  });
}

}  // namespace

void sumRules(const Expr& node, const Emit& emit) {
  if (node->kind != Kind::kSum || hasFractions(node)) return;
  forPairs(node, [&](const Rational& a, const Rational& b, const auto& replaced) {
    if (!isDecimal(a) || !isDecimal(b)) return;
    // Signs outside of the columns: a + b, a - b, and the same with both signs turned.
    if (a.sign() * b.sign() > 0) {
      for (const auto& error : wrongSums({a.abs(), b.abs()})) {
        const Expr wrong = number(Rational(a.sign()) * error.result);
        emit(replaced(wrong), error.key, error.second);
      }
    } else if (!a.isZero() && !b.isZero()) {
      const bool larger = a.abs() >= b.abs();
      const auto& top = larger ? a : b;
      const auto& bottom = larger ? b : a;
      for (const auto& error : wrongDifferences(top.abs(), bottom.abs())) {
        emit(replaced(number(Rational(top.sign()) * error.result)), error.key, error.second);
      }
    }
  });
  // Three and more in one column.
  std::vector<Rational> all;
  for (const auto& term : node->children) {
    if (!term->value || term->value->sign() < 0) return;
    all.push_back(*term->value);
  }
  if (all.size() < 3 || !std::all_of(all.begin(), all.end(), isDecimal)) return;
  for (const auto& error : wrongSums(all)) emit(number(error.result), error.key, error.second);
}

void productRules(const Expr& node, const Emit& emit) {
  if (node->kind != Kind::kProduct) return;
  const auto& factors = node->children;
  // 1/2 × 0 as 1/2, 0·x as x.
  for (std::size_t i = 0; i < factors.size() && factors.size() == 2; ++i) {
    const auto& zero = factors[i]->value;
    if (zero && zero->isZero()) emit(factors[1 - i], "multiply-zero-identity", "");
  }
  for (std::size_t i = 1; i < factors.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const auto& a = factors[j]->value;
      const auto& b = factors[i]->value;
      if (!a || !b || isFraction(factors[i]) || isFraction(factors[j])) continue;
      const int sign = a->sign() * b->sign() < 0 ? -1 : 1;
      for (const auto& error : wrongProducts(a->abs(), b->abs())) {
        std::vector<Expr> rest = factors;
        rest[j] = number(Rational(sign) * error.result);
        rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(i));
        emit(product(std::move(rest)), error.key, error.second);
      }
    }
  }
}

void quotientRules(const Expr& node, const Emit& emit) {
  if (node->kind != Kind::kQuotient) return;
  const auto& a = node->children[0]->value;
  const auto& b = node->children[1]->value;
  if (!a || !b || isFraction(node->children[0]) || isFraction(node->children[1])) return;
  const int sign = a->sign() * b->sign() < 0 ? -1 : 1;
  for (const auto& error : wrongQuotients(a->abs(), b->abs())) {
    if (error.rest.sign() > 0) {
      // With its remainder, 12 r 3 counts as 12 3/6.
      emit(number(error.result + error.rest / *b), error.key, error.second);
    }
    emit(number(Rational(sign) * error.result), error.key, error.second);
  }
}

namespace {

// (-5) × 6 as 30, -4 × (-3) as -12.
void guessedSignOfProduct(const Expr& node, const Emit& emit) {
  if (!node->value || node->value->isZero()) return;
  const bool signed_parts =
      std::any_of(node->children.begin(), node->children.end(),
                  [](const Expr& c) { return c->value && c->value->sign() < 0; });
  if (signed_parts) emit(number(-*node->value), "integer-sign-guessed", "");
}

}  // namespace

void signedNumberRules(const Expr& node, const Emit& emit) {
  if (node->kind == Kind::kProduct || node->kind == Kind::kQuotient) {
    return guessedSignOfProduct(node, emit);
  }
  if (node->kind != Kind::kSum) return;
  forPairs(node, [&](const Rational& a, const Rational& b, const auto& replaced) {
    const Rational right = a + b;
    const bool ordinary = a.sign() >= 0 && right.sign() >= 0 && b.sign() <= 0;
    // 5 - (-3) is a sum of two positives that was written with signs.
    const bool written_signs =
        std::any_of(node->children.begin(), node->children.end(), [](const Expr& c) {
          return c->kind == Kind::kNegate && c->children[0]->value &&
                 c->children[0]->value->sign() < 0;
        });
    const bool plain = a.sign() >= 0 && b.sign() >= 0 && !written_signs;
    if (ordinary || plain || a.isZero() || b.isZero()) return;
    const Rational x = a.abs();
    const Rational y = b.abs();
    if (a.sign() < 0 && (b.sign() < 0 || written_signs)) {
      emit(replaced(number(x + y)), "integer-two-negatives-positive", "");
    }
    if (a.sign() > 0 && b.sign() < 0 && isDecimal(a) && isDecimal(b) && x < y) {
      // 3 - 8 as 8 - 3.
      emit(replaced(number(y - x)), "integer-sign-guessed", "");
      emit(replaced(number(y - x)), "subtract-smaller-from-larger", "");
    }
    for (const auto& guess : {x + y, -(x + y), x - y, y - x}) {
      if (guess != right) emit(replaced(number(guess)), "integer-sign-guessed", "");
    }
  });
}

namespace {

struct Step {
  char sign;  // + - * /
  Expr operand;
};

// The operations of a product or ÷ in the order of writing. False for what stood in brackets.
bool flattenFactors(const Expr& e, char sign, std::vector<Step>& out) {
  if (!e->bracketed && e->kind == Kind::kProduct && e->mark != Mark::kImplied) {
    for (std::size_t i = 0; i < e->children.size(); ++i) {
      if (!flattenFactors(e->children[i], i == 0 ? sign : '*', out)) return false;
    }
    return true;
  }
  if (!e->bracketed && e->kind == Kind::kQuotient && e->mark != Mark::kFraction) {
    return flattenFactors(e->children[0], sign, out) && flattenFactors(e->children[1], '/', out);
  }
  if (!e->value) return false;
  out.push_back({sign, e});
  return true;
}

std::vector<Step> stepsOf(const Expr& node) {
  std::vector<Step> steps;
  for (const auto& term : termsOf(node)) {
    const bool minus = term->kind == Kind::kNegate && !term->bracketed && !steps.empty();
    if (!flattenFactors(minus ? term->children[0] : term, minus ? '-' : '+', steps)) return {};
  }
  return steps;
}

std::optional<Rational> apply(const Rational& a, char sign, const Rational& b) {
  switch (sign) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    default:
      return b.isZero() ? std::nullopt : std::optional(a / b);
  }
}

bool low(char sign) { return sign == '+' || sign == '-'; }

Expr joinedExpr(const Expr& a, char sign, const Expr& b) {
  switch (sign) {
    case '+':
      return sum({a, b});
    case '-':
      return sum({a, negate(b)});
    case '*':
      return product({a, b});
    default:
      return quotient(a, b, Mark::kDivide);
  }
}

// Joins the operation at `i` with its left neighbour, by value.
std::optional<std::vector<Step>> joinedAt(const std::vector<Step>& steps, std::size_t i) {
  const auto value = apply(*steps[i - 1].operand->value, steps[i].sign, *steps[i].operand->value);
  if (!value) return std::nullopt;
  std::vector<Step> next = steps;
  // Kept as a calculation, so that a second mistake may be looked for in it.
  next[i - 1].operand =
      bracketed(joinedExpr(steps[i - 1].operand, steps[i].sign, steps[i].operand));
  next.erase(next.begin() + static_cast<std::ptrdiff_t>(i));
  return next;
}

Expr rebuilt(const std::vector<Step>& steps) {
  std::vector<Expr> terms;
  for (const auto& step : steps) {
    if (step.sign == '*') {
      terms.back() = terms.back()->kind == Kind::kNegate
                         ? negate(product({terms.back()->children[0], step.operand}))
                         : product({terms.back(), step.operand});
    } else if (step.sign == '/') {
      terms.back() = terms.back()->kind == Kind::kNegate
                         ? negate(quotient(terms.back()->children[0], step.operand, Mark::kDivide))
                         : quotient(terms.back(), step.operand, Mark::kDivide);
    } else {
      terms.push_back(step.sign == '-' ? negate(step.operand) : step.operand);
    }
  }
  return sum(std::move(terms));
}

void leftToRight(const std::vector<Step>& steps, const Emit& emit) {
  std::optional<Rational> total = *steps[0].operand->value;
  for (std::size_t i = 1; i < steps.size() && total; ++i) {
    total = apply(*total, steps[i].sign, *steps[i].operand->value);
  }
  if (total) emit(number(*total), "order-left-to-right", "");
  for (std::size_t i = 1; i + 1 < steps.size(); ++i) {
    if (!low(steps[i].sign) || low(steps[i + 1].sign)) continue;
    if (const auto next = joinedAt(steps, i)) emit(rebuilt(*next), "order-left-to-right", "");
  }
}

// Addition before subtraction, multiplication before division.
void acronym(const std::vector<Step>& steps, const Emit& emit) {
  for (const auto& [first, second] : {std::pair{'-', '+'}, std::pair{'/', '*'}}) {
    std::vector<Step> now = steps;
    bool changed = false;
    for (std::size_t i = 1; i < now.size();) {
      const bool after = i > 1 && now[i - 1].sign == first && now[i].sign == second;
      const auto next = after ? joinedAt(now, i) : std::nullopt;
      if (!next) {
        ++i;
        continue;
      }
      now = *next;
      changed = true;
    }
    if (changed) emit(rebuilt(now), "order-acronym", "");
  }
  // All additions before any multiplication is left-to-right's; + before - with products between
  // is the acronym again: 20 - 2×3 + 4 as 20 - 10.
  std::vector<Step> products = steps;
  for (std::size_t i = 1; i < products.size();) {
    const auto next = low(products[i].sign) ? std::nullopt : joinedAt(products, i);
    if (next) {
      products = *next;
    } else {
      ++i;
    }
  }
  if (products.size() < steps.size() && products.size() > 2) acronym(products, emit);
}

}  // namespace

namespace {

// 4 + 2(x + 5) as 6(x + 5).
void leftToRightWithLetters(const Expr& node, const Emit& emit) {
  if (node->kind != Kind::kSum) return;
  for (std::size_t i = 1; i < node->children.size(); ++i) {
    const Expr& before = node->children[i - 1];
    const bool minus = node->children[i]->kind == Kind::kNegate;
    const Expr& term = minus ? node->children[i]->children[0] : node->children[i];
    if (!before->value || term->kind != Kind::kProduct || !term->has_letters) continue;
    if (!term->children[0]->value || !containsKind(term, Kind::kSum)) continue;
    const Rational factor = *term->children[0]->value;
    std::vector<Expr> factors = term->children;
    factors[0] = number(*before->value + (minus ? -factor : factor));
    std::vector<Expr> terms = node->children;
    terms[i - 1] = product(std::move(factors), Mark::kImplied);
    terms.erase(terms.begin() + static_cast<std::ptrdiff_t>(i));
    emit(sum(std::move(terms)), "order-left-to-right", "");
  }
}

}  // namespace

void orderRules(const Expr& node, const Emit& emit) {
  leftToRightWithLetters(node, emit);
  if (node->kind != Kind::kSum && node->kind != Kind::kProduct && node->kind != Kind::kQuotient) {
    return;
  }
  if (node->kind == Kind::kQuotient && node->mark == Mark::kFraction) return;
  const auto steps = stepsOf(node);
  if (steps.size() > 2) {
    leftToRight(steps, emit);
    acronym(steps, emit);
  }
  // 2 × 3^2 as 6^2, 2 + 3^2 as 5^2.
  for (std::size_t i = 1; i < steps.size(); ++i) {
    const Expr& last = steps[i].operand;
    if (last->kind != Kind::kPower || last->bracketed || !last->children[0]->value) continue;
    const auto base = apply(*steps[i - 1].operand->value, steps[i].sign, *last->children[0]->value);
    if (!base) continue;
    std::vector<Step> next = steps;
    next[i - 1].operand = power(number(*base), last->children[1]);
    next.erase(next.begin() + static_cast<std::ptrdiff_t>(i));
    emit(rebuilt(next), "order-left-to-right", "");
  }
}

void powerRules(const Expr& node, const Emit& emit) {
  if (node->kind == Kind::kNegate && node->children[0]->kind == Kind::kPower &&
      !node->children[0]->bracketed) {
    const Expr& p = node->children[0];
    emit(power(bracketed(negate(p->children[0])), p->children[1]), "power-of-negative", "");
  }
  // 5 - 3^2 as 5 + (-3)^2 is the same thought within a sum; the sum's node holds the negated term.
  if (node->kind != Kind::kPower) return;
  const Expr& base = node->children[0];
  const Expr& exponent = node->children[1];
  if (base->kind == Kind::kNegate) {
    emit(negate(power(base->children[0], exponent)), "power-of-negative", "");
    emit(power(base->children[0], exponent), "power-of-negative", "");
  }
  if (base->value && exponent->value == Rational(2) && !isFraction(base)) {
    for (const auto& error : wrongProducts(base->value->abs(), base->value->abs())) {
      emit(number(error.result), error.key, error.second);
    }
  }
  if (exponent->value && *exponent->value != Rational(1)) {
    emit(product({exponent, base}, Mark::kTimes), "power-as-product", "");
  }
}

void percentRules(const Expr& node, const Emit& emit) {
  if (node->kind != Kind::kProduct || node->children.size() != 2) return;
  for (const int which : {0, 1}) {
    const Expr& share = node->children[static_cast<std::size_t>(which)];
    const Expr& whole = node->children[static_cast<std::size_t>(1 - which)];
    if (share->kind != Kind::kPercent) continue;
    const auto& p = share->children[0]->value;
    if (p && !p->isZero()) emit(quotient(whole, share->children[0]), "percent-one-formula", "");
  }
}

}  // namespace primer::maths
