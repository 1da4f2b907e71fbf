#include "slips.h"

#include "algebra.h"
#include "everywhere.h"
#include "expression_parts.h"
#include "rewrite.h"
#include "targets.h"

namespace primer::maths {

namespace {

struct Slipped {};  // ends a search at the first hit

std::string plainDigits(const Rational& value) {
  const auto places = value.abs().decimalPlaces();
  return places && *places < 10 ? value.abs().toDecimal(*places) : std::string();
}

// Both as polynomials: exactly one coefficient other, and that by a slip.
bool oneCoefficientSlipped(const Expr& right, const Expr& written, Budget& budget) {
  try {
    Algebra algebra(budget);
    const Ratio a = algebra.of(right);
    const Ratio b = algebra.of(written);
    if (a.bottom != b.bottom) return false;
    int different = 0;
    bool slipped = true;
    for (const auto& [m, c] : a.top) {
      const auto other = b.top.find(m);
      if (other == b.top.end()) return false;
      if (other->second == c) continue;
      ++different;
      slipped = slipped && isSlipOf(c, other->second);
    }
    return slipped && different == 1 && a.top.size() == b.top.size();
  } catch (const NoNormalForm&) {
    return false;
  }
}

bool fractionSlipped(const Expr& right, const Expr& written) {
  if (!right->value || !isFraction(written)) return false;
  const Rational n = *written->children[0]->value;
  const Rational d = *written->children[1]->value;
  // The right value over the same bottom, or under the same top.
  const Rational top = *right->value * d;
  if (top.isInteger() && isSlipOf(top, n)) return true;
  if (right->value->isZero()) return false;
  const Rational bottom = n / *right->value;
  return bottom.isInteger() && isSlipOf(bottom, d);
}

// One written number (or sign) other, all else the same.
int differences(const Expr& a, const Expr& b, bool& slips) {
  if (a->value && b->value && (isNumber(a) || a->kind == Kind::kNegate) &&
      (isNumber(b) || b->kind == Kind::kNegate)) {
    if (*a->value == *b->value) return 0;
    slips = slips && isSlipOf(*a->value, *b->value);
    return 1;
  }
  const bool signs = (a->kind == Kind::kNegate) != (b->kind == Kind::kNegate);
  if (signs) {
    const Expr& x = a->kind == Kind::kNegate ? a->children[0] : a;
    const Expr& y = b->kind == Kind::kNegate ? b->children[0] : b;
    return 1 + differences(x, y, slips);
  }
  if (a->kind != b->kind || a->children.size() != b->children.size() || a->text != b->text)
    return 99;
  int count = 0;
  for (std::size_t i = 0; i < a->children.size() && count < 2; ++i) {
    count += differences(a->children[i], b->children[i], slips);
  }
  return count;
}

}  // namespace

bool isSlipOf(const Rational& right, const Rational& written) {
  if (right == written) return false;
  if (right == -written) return true;
  const Rational gap = (right - written).abs();
  if (right.isInteger() && written.isInteger()) {
    if (gap <= Rational(2)) return true;
    for (int k = 1; k <= 4; ++k) {
      if (gap == powerOfTen(k) && right.abs() >= powerOfTen(k)) return true;
    }
  }
  if (right.sign() != written.sign()) return false;
  const std::string a = plainDigits(right);
  const std::string b = plainDigits(written);
  if (a.empty() || a.size() != b.size() || a.size() < 2) return false;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] != b[i]) places.push_back(i);
  }
  if (places.size() == 1) return true;
  return places.size() == 2 && a[places[0]] == b[places[1]] && a[places[1]] == b[places[0]];
}

bool expressionSlipped(const Expr& right, const Expr& written, bool loose, Budget& budget) {
  if (!loose) {
    if (right->value && written->value) {
      if (isSlipOf(*right->value, *written->value)) return true;
      if (fractionSlipped(right, written)) return true;
    } else if (oneCoefficientSlipped(right, written, budget)) {
      return true;
    }
  }
  ExpressionTarget target(written, budget);
  try {
    slipEverywhere(right, loose, budget, [&](const Expr& slipped) {
      if (target.matches(slipped)) throw Slipped{};
    });
  } catch (const Slipped&) {
    return true;
  }
  return false;
}

bool factorsSlipped(const Expr& right, const Expr& written, Budget& budget) {
  if (!right->has_letters || written->kind != Kind::kProduct) return false;
  const auto factors = factorised(right, budget);
  if (!factors || (*factors)->kind != Kind::kProduct) return false;
  for (const auto& one : (*factors)->children) {
    for (const auto& other : written->children) {
      bool slips = true;
      // One factor agrees, another differs by a slip.
      if (!sameShape(one, other)) continue;
      for (const auto& x : (*factors)->children) {
        for (const auto& y : written->children) {
          if (x != one && y != other && differences(x, y, slips) == 1 && slips) return true;
        }
      }
    }
  }
  return false;
}

bool isSlippedCopy(const Link& right, const Link& written) {
  if (right.relation != written.relation) return false;
  bool slips = true;
  const int count =
      differences(right.left, written.left, slips) + differences(right.right, written.right, slips);
  return count == 1 && slips;
}

bool statementSlipped(const Link& right, const Link& written, Budget& budget) {
  if (right.relation == written.relation) {
    const auto left_same = sameValue(right.left, written.left, budget).value_or(false);
    const auto right_same = sameValue(right.right, written.right, budget).value_or(false);
    if (left_same && expressionSlipped(right.right, written.right, false, budget)) return true;
    if (right_same && expressionSlipped(right.left, written.left, false, budget)) return true;
  }
  return false;
}

bool isSlippedCopy(const Expr& right, const Expr& written) {
  if (countDifferences(right, written) != 1) return false;
  const auto pair = differentNumbers(right, written);
  return pair && !isPlacePart(pair->first, pair->second) && isSlipOf(pair->first, pair->second);
}

}  // namespace primer::maths
