#include <algorithm>

#include "judge.h"

namespace primer::maths {

namespace {

bool inLowestTerms(const Expr& e) {
  if (e->kind == Kind::kNegate) return inLowestTerms(e->children[0]);
  if (e->kind == Kind::kMixed) return inLowestTerms(e->children[1]);
  if (!isFraction(e)) return true;
  return gcd(*e->children[0]->value, *e->children[1]->value) == Rational(1) &&
         *e->children[1]->value != Rational(1);
}

bool isSimpleRoot(const Expr& e) {
  if (e->kind != Kind::kRoot || !e->children[0]->value || e->value) return false;
  const auto n = e->children[0]->value->toInt();
  if (!n) return false;
  for (std::int64_t k = 2; k * k <= *n && k < 1000; ++k) {
    if (*n % (k * k) == 0) return false;
  }
  return true;
}

// c√n, cπ, sums of such with a number.
bool isSurdForm(const Expr& e) {
  if (e->kind == Kind::kNegate) return isSurdForm(e->children[0]);
  if (isSimpleRoot(e) || isSymbol(e) || isNumber(e) || isFraction(e)) return true;
  if (e->kind == Kind::kQuotient) {
    return isSurdForm(e->children[0]) && isWhole(e->children[1]) && isNumber(e->children[1]);
  }
  if (e->kind != Kind::kSum && e->kind != Kind::kProduct) return false;
  int numbers = 0;
  for (const auto& child : e->children) {
    if (!isSurdForm(child)) return false;
    if (child->value) ++numbers;
  }
  return numbers <= 1;
}

}  // namespace

Assessment incompleteLine(std::string note) {
  Assessment a;
  a.what = What::kIncomplete;
  a.note = std::move(note);
  return a;
}

Assessment unreadableLine(std::string note) {
  Assessment a;
  a.what = What::kUnreadable;
  a.note = std::move(note);
  return a;
}

std::optional<Rational> divisorOf(const Expr& e) {
  if (e->kind != Kind::kQuotient || !isWhole(e->children[0]) || !isWhole(e->children[1])) {
    return std::nullopt;
  }
  if (e->children[1]->value->isZero()) return std::nullopt;
  return *e->children[1]->value;
}

Expr withRemainders(const Expr& e, const std::optional<Rational>& divisor) {
  if (e->kind != Kind::kRemainder || !divisor) return e;
  const auto& rest = e->children[1]->value;
  // 2 r 3 of 7 ÷ 2 counts as nothing: what is left over could still be shared.
  if (!rest || *rest >= divisor->abs() || rest->sign() < 0) return e;
  return sum({e->children[0], quotient(e->children[1], number(*divisor))});
}

Truth truthOf(const Expr& left, Relation relation, const Expr& right, const Form& form,
              Budget& budget) {
  const auto plain = holds(left, relation, right, budget);
  if (plain == true) return Truth::kTrue;
  if (relation == Relation::kEqual && right->value) {
    if (form.places && left->value) {
      if (*right->value == *inForm(*left->value, form, true)->value) return Truth::kTrue;
    }
    // A root or π rounded as the problem asks.
    if (form.places && !left->value && !left->has_letters &&
        right->value->decimalPlaces().value_or(99) <= *form.places &&
        holds(left, Relation::kAbout, right, budget) == true) {
      return Truth::kTrue;
    }
  }
  return plain ? Truth::kFalse : Truth::kUnknown;
}

bool runsOn(const Expr& left, const Expr& right) {
  const bool calculates = right->kind == Kind::kSum || right->kind == Kind::kProduct ||
                          (right->kind == Kind::kQuotient && right->mark != Mark::kFraction);
  if (!calculates || !left->value || !right->value || right->bracketed) return false;
  Expr first = right->children[0];
  while (!first->bracketed && !isNumber(first) && first->kind != Kind::kNegate &&
         first->kind != Kind::kMixed && !isFraction(first) && !first->children.empty()) {
    first = first->children[0];
  }
  // A part that is worked out first (12×2 + 3) may stand there too.
  return (first->value && *first->value == *left->value) ||
         (right->children[0]->value && *right->children[0]->value == *left->value);
}

bool isAnswerForm(const Expr& e, const Form& form) {
  const Expr& body = e->kind == Kind::kNegate ? e->children[0] : e;
  const bool plain = isNumber(body) || isFraction(body) || body->kind == Kind::kRemainder ||
                     (body->kind == Kind::kMixed && isNumber(body->children[0]) &&
                      isFraction(body->children[1]) && *body->children[1]->value < Rational(1)) ||
                     (body->kind == Kind::kPercent && isNumber(body->children[0]));
  // A ratio in lowest terms, where that was asked.
  if (body->kind == Kind::kQuotient && body->mark == Mark::kColon && form.lowest_terms &&
      isWhole(body->children[0]) && isWhole(body->children[1])) {
    return gcd(*body->children[0]->value, *body->children[1]->value) == Rational(1);
  }
  if (!plain) return !e->value && !e->has_letters && isSurdForm(e);
  if (form.mixed && isFraction(body) && *body->value >= Rational(1)) return false;
  if (form.decimal && !isNumber(body)) return false;
  if (form.fraction && !isFraction(body) && !(isNumber(body) && isWhole(body))) return false;
  if (form.places && !isNumber(body)) return false;
  return !form.lowest_terms || inLowestTerms(e);
}

}  // namespace primer::maths
