#include "expression_parts.h"

#include <algorithm>

namespace primer::maths {

bool containsShape(const Expr& whole, const Expr& part) {
  return sameShape(whole, part) ||
         std::any_of(whole->children.begin(), whole->children.end(),
                     [&](const Expr& c) { return containsShape(c, part); });
}

bool containsRun(const Expr& whole, const Expr& part) {
  if (containsShape(whole, part)) return true;
  const auto& w = whole->children;
  const auto& p = part->children;
  if (whole->kind == part->kind && p.size() >= 2 && p.size() < w.size()) {
    for (std::size_t i = 0; i + p.size() <= w.size(); ++i) {
      if (std::equal(p.begin(), p.end(), w.begin() + static_cast<std::ptrdiff_t>(i), sameShape)) {
        return true;
      }
    }
  }
  return std::any_of(w.begin(), w.end(), [&](const Expr& c) { return containsRun(c, part); });
}

bool isPartResult(const Expr& whole, const Rational& value, bool top) {
  const bool calculates = !isNumber(whole) && !isFraction(whole) && whole->kind != Kind::kNegate;
  if (!top && calculates && whole->value == value) return true;
  if (whole->kind == Kind::kNegate) {
    return std::any_of(whole->children[0]->children.begin(), whole->children[0]->children.end(),
                       [&](const Expr& c) { return isPartResult(c, value, false); });
  }
  return std::any_of(whole->children.begin(), whole->children.end(),
                     [&](const Expr& c) { return isPartResult(c, value, false); });
}

bool hasValueWithin(const Expr& whole, const Rational& value) {
  if (whole->value == value) return true;
  return std::any_of(whole->children.begin(), whole->children.end(),
                     [&](const Expr& c) { return hasValueWithin(c, value); });
}

bool isPlacePart(const Rational& whole, const Rational& part) {
  const auto a = whole.abs().toInt();
  const auto b = part.abs().toInt();
  if (!a || !b) return false;
  for (std::int64_t unit = 10; unit <= *a * 10 && unit < 1'000'000'000; unit *= 10) {
    if (*a % unit == *b || *a - *a % unit == *b) return true;
    if (*b % unit == 0 && (*a / unit) % 10 * unit == *b) return true;
  }
  return false;
}

std::optional<Expr> replaced(const Expr& whole, const Expr& part, const Expr& with) {
  if (sameShape(whole, part)) return with;
  for (std::size_t i = 0; i < whole->children.size(); ++i) {
    const auto inner = replaced(whole->children[i], part, with);
    if (!inner) continue;
    std::vector<Expr> children = whole->children;
    children[i] = *inner;
    return withChildren(whole, std::move(children));
  }
  return std::nullopt;
}

std::optional<std::pair<Rational, Rational>> differentNumbers(const Expr& a, const Expr& b) {
  if (isNumber(a)) {
    if (a->value == b->value || !a->value || !b->value) return std::nullopt;
    return std::pair(*a->value, *b->value);
  }
  for (std::size_t i = 0; i < a->children.size(); ++i) {
    if (const auto pair = differentNumbers(a->children[i], b->children[i])) return pair;
  }
  return std::nullopt;
}

int countDifferences(const Expr& a, const Expr& b) {
  if (isNumber(a) && isNumber(b)) return a->value == b->value ? 0 : 1;
  if (a->kind != b->kind || a->children.size() != b->children.size() || a->text != b->text)
    return 99;
  int count = 0;
  for (std::size_t i = 0; i < a->children.size(); ++i) {
    count += countDifferences(a->children[i], b->children[i]);
  }
  return count;
}

}  // namespace primer::maths
