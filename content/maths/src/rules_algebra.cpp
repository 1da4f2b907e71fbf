// Rules for letters: brackets, like terms, powers of sums, cancelling.

#include <algorithm>

#include "rules.h"

namespace primer::maths {

std::vector<Expr> termsOf(const Expr& e) {
  if (e->kind == Kind::kSum) return e->children;
  return {e};
}

Expr opposite(const Expr& term) {
  if (term->kind == Kind::kNegate) return term->children[0];
  return negate(term);
}

Term termOf(const Expr& e) {
  if (e->value) return {*e->value, nullptr};
  if (e->kind == Kind::kNegate) {
    Term inner = termOf(e->children[0]);
    inner.coefficient = -inner.coefficient;
    return inner;
  }
  if (e->kind == Kind::kProduct) {
    Rational coefficient = 1;
    std::vector<Expr> letters;
    for (const auto& factor : e->children) {
      if (factor->value) {
        coefficient = coefficient * *factor->value;
      } else {
        letters.push_back(factor);
      }
    }
    return {coefficient, product(std::move(letters), Mark::kImplied)};
  }
  if (e->kind == Kind::kQuotient && e->children[1]->value && !e->children[1]->value->isZero()) {
    Term inner = termOf(e->children[0]);
    inner.coefficient = inner.coefficient / *e->children[1]->value;
    return inner;
  }
  return {1, e};
}

Expr termFrom(const Rational& coefficient, const Expr& letters) {
  if (!letters) return number(coefficient);
  if (coefficient == Rational(1)) return letters;
  if (coefficient.sign() < 0) return negate(termFrom(-coefficient, letters));
  const Expr front = coefficient.isInteger() || coefficient.decimalPlaces()
                         ? number(coefficient)
                         : bracketed(number(coefficient));
  return product({front, letters}, Mark::kImplied);
}

namespace {

// factor × sum, the factor reaching only some of the terms.
void partialProducts(const std::vector<Expr>& factors, std::size_t sum_at, const Emit& emit) {
  std::vector<Expr> others = factors;
  const auto terms = others[sum_at]->children;
  others.erase(others.begin() + static_cast<std::ptrdiff_t>(sum_at));
  const Expr factor = product(others, Mark::kImplied);
  const auto times = [&](const Expr& term) {
    return term->kind == Kind::kNegate ? negate(product({factor, term->children[0]}))
                                       : product({factor, term});
  };
  for (const bool first : {true, false}) {
    std::vector<Expr> partial = terms;
    auto& reached = first ? partial.front() : partial.back();
    reached = times(reached);
    emit(sum(std::move(partial)), "distribute-partial", "");
  }
  // A negative factor whose sign reaches the first term only.
  const auto& value = factor->value;
  const bool negative = (value && value->sign() < 0) || factor->kind == Kind::kNegate;
  if (!negative) return;
  const Expr turned = value ? number(-*value) : factor->children[0];
  std::vector<Expr> wrong = {times(terms.front())};
  for (std::size_t i = 1; i < terms.size(); ++i) {
    const auto& t = terms[i];
    wrong.push_back(t->kind == Kind::kNegate ? negate(product({turned, t->children[0]}))
                                             : product({turned, t}));
  }
  emit(sum(std::move(wrong)), "distribute-negative", "");
}

// -(a + b) and -k(a + b): the minus reaches the first term only.
void negatedBrackets(const Expr& node, const Emit& emit) {
  const Expr& inner = node->children[0];
  Expr bracket = inner;
  Expr factor;
  if (inner->kind == Kind::kProduct) {
    std::vector<Expr> others;
    for (const auto& f : inner->children) {
      if (f->kind == Kind::kSum && bracket == inner) {
        bracket = f;
      } else {
        others.push_back(f);
      }
    }
    factor = product(std::move(others), Mark::kImplied);
  }
  if (bracket->kind != Kind::kSum) return;
  const auto times = [&](const Expr& term, bool minus) {
    const bool own = term->kind == Kind::kNegate;
    const Expr body = own ? term->children[0] : term;
    const Expr scaled = factor ? product({factor, body}) : body;
    return own != minus ? negate(scaled) : scaled;
  };
  std::vector<Expr> wrong = {times(bracket->children[0], true)};
  std::vector<Expr> dropped = {times(bracket->children[0], false)};
  for (std::size_t i = 1; i < bracket->children.size(); ++i) {
    wrong.push_back(times(bracket->children[i], false));
    dropped.push_back(times(bracket->children[i], true));
  }
  emit(sum(std::move(wrong)), "distribute-negative", "");
  if (!factor) return;
  // -3(x - 2) as -3x - 2, and -3x + 2.
  for (const bool flips : {false, true}) {
    std::vector<Expr> partial = {times(bracket->children[0], true)};
    for (std::size_t i = 1; i < bracket->children.size(); ++i) {
      partial.push_back(flips ? opposite(bracket->children[i]) : bracket->children[i]);
    }
    emit(sum(std::move(partial)), "distribute-partial", "");
  }
}

}  // namespace

void distributeRules(const Expr& node, const Emit& emit) {
  if (node->kind == Kind::kNegate) return negatedBrackets(node, emit);
  // (4x + 6)/2 as 2x + 6: the bar divides one term only. Cancelling has its own rule.
  if (node->kind != Kind::kProduct) return;
  for (std::size_t i = 0; i < node->children.size(); ++i) {
    if (node->children[i]->kind != Kind::kSum) continue;
    partialProducts(node->children, i, emit);
    for (std::size_t j = i + 1; j < node->children.size(); ++j) {
      const auto& a = node->children[i];
      const auto& b = node->children[j];
      if (b->kind != Kind::kSum || a->children.size() != b->children.size()) continue;
      // (x + 2)(x + 3) as x² + 6.
      std::vector<Expr> pairs;
      for (std::size_t k = 0; k < a->children.size(); ++k) {
        pairs.push_back(product({a->children[k], b->children[k]}));
      }
      std::vector<Expr> factors = {sum(std::move(pairs))};
      for (std::size_t k = 0; k < node->children.size(); ++k) {
        if (k != i && k != j) factors.push_back(node->children[k]);
      }
      emit(product(std::move(factors)), "distribute-partial", "");
    }
  }
}

void conjoinRules(const Expr& node, const Emit& emit) {
  if (node->kind != Kind::kSum) return;
  const auto& terms = node->children;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    for (std::size_t j = i + 1; j < terms.size(); ++j) {
      const Term a = termOf(terms[i]);
      const Term b = termOf(terms[j]);
      if (!a.letters && !b.letters) continue;
      const auto give = [&](const Rational& coefficient, const Expr& letters) {
        std::vector<Expr> rest = {termFrom(coefficient, letters)};
        for (std::size_t k = 0; k < terms.size(); ++k) {
          if (k != i && k != j) rest.push_back(terms[k]);
        }
        emit(sum(std::move(rest)), "algebra-conjoin", "");
      };
      const Rational total = a.coefficient + b.coefficient;
      const bool like = a.letters && b.letters && sameShape(a.letters, b.letters);
      if (!a.letters || !b.letters) {
        give(total, a.letters ? a.letters : b.letters);
        // 3 + 2x as 6x is joining too: multiplied in passing.
        give(a.coefficient * b.coefficient, a.letters ? a.letters : b.letters);
      } else {
        give(total, product({a.letters, b.letters}, Mark::kImplied));
        if (!like)
          give(a.coefficient * b.coefficient, product({a.letters, b.letters}, Mark::kImplied));
      }
      if (like && b.coefficient.sign() < 0) {
        // 5x - x as 5, 5x - 3x as 2.
        give(a.coefficient, nullptr);
        give(total, nullptr);
      }
    }
  }
  // Everything in one: 3 + 2x + 4 as 9x.
  Rational total = 0;
  std::vector<Expr> letters;
  for (const auto& term : terms) {
    const Term t = termOf(term);
    total = total + t.coefficient;
    const bool known =
        !t.letters || std::any_of(letters.begin(), letters.end(),
                                  [&](const Expr& l) { return sameShape(l, t.letters); });
    if (!known) letters.push_back(t.letters);
  }
  if (terms.size() > 2 && !letters.empty()) {
    emit(termFrom(total, product(std::move(letters), Mark::kImplied)), "algebra-conjoin", "");
  }
}

void linearityRules(const Expr& node, const Emit& emit) {
  const auto spread = [&](const Expr& inner, const auto& each) {
    std::vector<Expr> terms;
    for (const auto& term : inner->children) {
      const bool minus = term->kind == Kind::kNegate;
      const Expr part = each(minus ? term->children[0] : term);
      terms.push_back(minus ? negate(part) : part);
    }
    emit(sum(std::move(terms)), "linearity-power-root", "");
  };
  if (node->kind == Kind::kPower && node->children[0]->kind == Kind::kSum) {
    spread(node->children[0], [&](const Expr& t) { return power(t, node->children[1]); });
    // (x - 3)^2 as x² + 9: each term squared with its sign.
    std::vector<Expr> terms;
    for (const auto& t : node->children[0]->children) terms.push_back(power(t, node->children[1]));
    emit(sum(std::move(terms)), "linearity-power-root", "");
  }
  // √2 + √7 as √9.
  if (node->kind == Kind::kSum && node->children.size() == 2) {
    const bool minus = node->children[1]->kind == Kind::kNegate;
    const Expr& a = node->children[0];
    const Expr& b = minus ? node->children[1]->children[0] : node->children[1];
    if (a->kind == Kind::kRoot && b->kind == Kind::kRoot &&
        sameShape(a->children[1], b->children[1])) {
      const Expr inner = sum({a->children[0], minus ? negate(b->children[0]) : b->children[0]});
      emit(root(inner, a->children[1]), "linearity-power-root", "");
    }
  }
  if (node->kind == Kind::kRoot && node->children[0]->kind == Kind::kSum) {
    spread(node->children[0], [&](const Expr& t) { return root(t, node->children[1]); });
  }
  // (3x)^2 as 3x²: the power reaches the last factor only.
  if (node->kind == Kind::kPower && node->children[0]->kind == Kind::kProduct) {
    std::vector<Expr> factors = node->children[0]->children;
    factors.back() = power(factors.back(), node->children[1]);
    emit(product(std::move(factors)), "linearity-power-root", "");
  }
  if (node->kind == Kind::kQuotient && node->children[1]->kind == Kind::kSum &&
      !node->children[0]->has_letters) {
    spread(node->children[1], [&](const Expr& t) { return quotient(node->children[0], t); });
  }
}

void cancelRules(const Expr& node, const Emit& emit) {
  if (node->kind != Kind::kQuotient || node->children[0]->kind != Kind::kSum) return;
  const auto& terms = node->children[0]->children;
  const Expr& bottom = node->children[1];
  const auto without = [](const std::vector<Expr>& all, std::size_t i) {
    std::vector<Expr> rest;
    for (std::size_t k = 0; k < all.size(); ++k) {
      if (k != i) rest.push_back(all[k]);
    }
    return sum(std::move(rest));
  };
  if (bottom->kind == Kind::kSum) {
    // (x + 3)/(x + 5) as 3/5.
    for (std::size_t i = 0; i < terms.size(); ++i) {
      for (std::size_t j = 0; j < bottom->children.size(); ++j) {
        if (!sameShape(terms[i], bottom->children[j])) continue;
        emit(quotient(without(terms, i), without(bottom->children, j)), "cancel-terms", "");
      }
    }
    return;
  }
  for (std::size_t i = 0; i < terms.size(); ++i) {
    const auto replaced = [&](const Expr& with) {
      std::vector<Expr> all = terms;
      all[i] = with;
      emit(sum(std::move(all)), "cancel-terms", "");
    };
    const Expr share = quotient(terms[i], bottom);
    if (sameShape(terms[i], bottom)) {
      emit(without(terms, i), "cancel-terms", "");
      replaced(numeral("1"));
      continue;
    }
    // The bar divides this term only.
    const Term top = termOf(terms[i]);
    const Term low = termOf(bottom);
    const bool shares =
        (low.letters && top.letters) || (!low.letters && !low.coefficient.isZero() &&
                                         (top.coefficient / low.coefficient).isInteger());
    if (shares) replaced(share);
  }
}

const std::vector<ExpressionRule>& expressionRules() {
  static const std::vector<ExpressionRule> rules = {
      orderRules,    signedNumberRules, sumRules,     productRules,    quotientRules,
      fractionRules, mixedRules,        percentRules, distributeRules, linearityRules,
      powerRules,    conjoinRules,      cancelRules};
  return rules;
}

}  // namespace primer::maths
