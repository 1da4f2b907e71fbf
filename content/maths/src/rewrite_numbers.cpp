// Right steps on numbers: one calculation at a time, brackets first.

#include "rewrite.h"

namespace primer::maths {

namespace {

bool isPlain(const Expr& e) {
  if (e->kind == Kind::kNegate)
    return isPlain(e->children[0]) && e->children[0]->kind != Kind::kNegate;
  return isNumber(e) || isFraction(e) ||
         (e->kind == Kind::kMixed && isNumber(e->children[0]) && isFraction(e->children[1]));
}

bool isDecimalNumber(const Expr& e) {
  if (e->kind == Kind::kNegate) return isDecimalNumber(e->children[0]);
  return isNumber(e) && e->text.find('.') != std::string::npos;
}

bool isMixed(const Expr& e) {
  return e->kind == Kind::kMixed || (e->kind == Kind::kNegate && isMixed(e->children[0]));
}

bool hasBar(const Expr& e) {
  return isFraction(e) || (e->kind == Kind::kNegate && hasBar(e->children[0]));
}

Expr improper(const Expr& e) {
  if (e->kind == Kind::kNegate) return negate(improper(e->children[0]));
  if (e->kind != Kind::kMixed) return e;
  const Rational d = *e->children[1]->children[1]->value;
  return quotient(number(*e->value * d), number(d));
}

// Top and bottom as written, with the sign on top.
std::pair<Rational, Rational> partsOf(const Expr& e) {
  if (e->kind == Kind::kNegate) {
    auto inner = partsOf(e->children[0]);
    return {-inner.first, inner.second};
  }
  if (isFraction(e)) return {*e->children[0]->value, *e->children[1]->value};
  return {*e->value, 1};
}

Expr over(const Rational& n, const Rational& d) {
  if (n.sign() < 0) return negate(over(-n, d));
  return quotient(number(n), number(d));
}

// What two numbers of a sum, product or quotient become.
struct Worked {
  StepKind kind;
  std::vector<Expr> numbers;
  std::string said = {};
};
using Pair = std::optional<Worked>;

// "48 and 80 make 128.": of numbers as a child of primary school knows them.
std::string calculation(StepKind kind, const Expr& a, const Expr& b, const Rational& result) {
  const Expr& second = kind == StepKind::kSubtract ? b->children[0] : b;
  if (!isNumber(a) || !isNumber(second) || result.sign() < 0) return {};
  const std::string right = toText(number(result)) + ".";
  switch (kind) {
    case StepKind::kAdd:
      return toText(a) + " and " + toText(second) + " make " + right;
    case StepKind::kSubtract:
      return toText(a) + " take away " + toText(second) + " leaves " + right;
    case StepKind::kMultiply:
      return toText(a) + " times " + toText(second) + " is " + right;
    default:
      return toText(a) + " divided by " + toText(second) + " is " + right;
  }
}

Pair addTwo(const Expr& a, const Expr& b) {
  const bool minus = b->value->sign() < 0;
  const auto plain = [&] {
    const bool takes = minus && b->kind == Kind::kNegate;
    const Rational result = *a->value + *b->value;
    return Worked{minus ? StepKind::kSubtract : StepKind::kAdd,
                  {number(result)},
                  minus && !takes
                      ? std::string()
                      : calculation(takes ? StepKind::kSubtract : StepKind::kAdd, a, b, result)};
  };
  if (isMixed(a) || isMixed(b)) {
    return Worked{StepKind::kMixedToImproper, {improper(a), improper(b)}};
  }
  if ((!hasBar(a) && !hasBar(b)) || isDecimalNumber(a) || isDecimalNumber(b)) return plain();
  const auto [an, ad] = partsOf(a);
  const auto [bn, bd] = partsOf(b);
  const Rational common = lcm(ad, bd);
  if (ad != bd) {
    return Worked{StepKind::kCommonDenominator,
                  {over(an * common / ad, common), over(bn * common / bd, common)}};
  }
  return Worked{StepKind::kAddFractions, {over(an + bn, ad)}};
}

Pair multiplyTwo(const Expr& a, const Expr& b) {
  if (isMixed(a) || isMixed(b)) {
    return Worked{StepKind::kMixedToImproper, {improper(a), improper(b)}};
  }
  if ((!hasBar(a) && !hasBar(b)) || isDecimalNumber(a) || isDecimalNumber(b)) {
    const Rational result = *a->value * *b->value;
    return Worked{
        StepKind::kMultiply, {number(result)}, calculation(StepKind::kMultiply, a, b, result)};
  }
  const auto [an, ad] = partsOf(a);
  const auto [bn, bd] = partsOf(b);
  return Worked{StepKind::kMultiplyFractions, {over(an * bn, ad * bd)}};
}

// The first two plain children of a sum or product, worked.
template <typename Two>
std::optional<ExprStep> firstTwo(const Expr& e, const Two& two) {
  const auto& c = e->children;
  for (std::size_t i = 0; i + 1 < c.size(); ++i) {
    if (!isPlain(c[i]) || !isPlain(c[i + 1])) continue;
    const auto pair = two(c[i], c[i + 1]);
    if (!pair) continue;
    std::vector<Expr> next(c.begin(), c.begin() + static_cast<std::ptrdiff_t>(i));
    next.insert(next.end(), pair->numbers.begin(), pair->numbers.end());
    next.insert(next.end(), c.begin() + static_cast<std::ptrdiff_t>(i + 2), c.end());
    Expr result = next.size() == 1        ? next[0]
                  : e->kind == Kind::kSum ? sum(std::move(next))
                                          : product(std::move(next), e->mark);
    return ExprStep{pair->kind, std::move(result), pair->said};
  }
  return std::nullopt;
}

std::optional<ExprStep> divide(const Expr& e) {
  const Expr& a = e->children[0];
  const Expr& b = e->children[1];
  if (!isPlain(a) || !isPlain(b) || !e->value) return std::nullopt;
  if (isMixed(a) || isMixed(b)) {
    return ExprStep{StepKind::kMixedToImproper, quotient(improper(a), improper(b), Mark::kDivide)};
  }
  if ((hasBar(a) || hasBar(b)) && !isDecimalNumber(a) && !isDecimalNumber(b)) {
    const auto [bn, bd] = partsOf(b);
    return ExprStep{StepKind::kTurnDivisor, product({a, over(bd, bn)})};
  }
  return ExprStep{StepKind::kDivide, number(*e->value),
                  calculation(StepKind::kDivide, a, b, *e->value)};
}

// The square factors of what stands under a root taken out: √12 is 2√3.
std::optional<ExprStep> takeRoot(const Expr& e) {
  if (e->value) return ExprStep{StepKind::kRoot, number(*e->value)};
  if (!isWhole(e->children[0]) || !isWhole(e->children[1])) return std::nullopt;
  const std::int64_t whole = e->children[0]->value->toInt().value_or(0);
  if (*e->children[1]->value != Rational(2) || whole < 2 || whole > 1'000'000) return std::nullopt;
  for (std::int64_t k = 1000; k > 1; --k) {
    if (whole % (k * k) != 0) continue;
    const Expr rest = root(number(Rational(whole / (k * k))), e->children[1]);
    return ExprStep{StepKind::kRoot, product({number(Rational(k)), rest}, Mark::kImplied)};
  }
  return std::nullopt;
}

// 305 is 300 and 5.
std::vector<Rational> placesOf(const Rational& whole) {
  std::vector<Rational> places;
  const std::string digits = whole.toDecimal(0);
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (digits[i] == '0') continue;
    places.push_back(Rational(digits[i] - '0') *
                     powerOfTen(static_cast<int>(digits.size() - 1 - i)));
  }
  return places;
}

}  // namespace

std::optional<ExprStep> splitByPlaces(const Expr& e) {
  const bool adds = e->kind == Kind::kSum;
  if ((!adds && e->kind != Kind::kProduct) || e->children.size() != 2) return std::nullopt;
  const auto magnitude = [adds](const Expr& child) -> std::optional<Rational> {
    const Expr& digits = adds && child->kind == Kind::kNegate ? child->children[0] : child;
    if (!isNumber(digits) || !isWhole(digits)) return std::nullopt;
    return digits->value;
  };
  const auto first = magnitude(e->children[0]);
  const auto second = magnitude(e->children[1]);
  const Rational ten(10);
  if (!first || !second) return std::nullopt;
  if (adds) {
    const auto places = placesOf(*second);
    if (*first < ten || *second < ten || places.size() < 2) return std::nullopt;
    const bool minus = e->children[1]->kind == Kind::kNegate;
    std::vector<Expr> terms = {e->children[0]};
    for (const auto& place : places) terms.push_back(minus ? negate(number(place)) : number(place));
    return ExprStep{StepKind::kSplit, sum(std::move(terms))};
  }
  const bool takes_first = *second < ten;  // what is left whole stands where it stood
  const Rational& taken = takes_first ? *first : *second;
  const Rational& whole = takes_first ? *second : *first;
  const auto places = placesOf(taken);
  if (whole < Rational(2) || places.size() < 2) return std::nullopt;
  std::vector<Expr> parts;
  for (const auto& place : places) {
    parts.push_back(product(takes_first ? std::vector<Expr>{number(place), number(whole)}
                                        : std::vector<Expr>{number(whole), number(place)},
                            e->mark));
  }
  return ExprStep{StepKind::kSplit, sum(std::move(parts))};
}

std::optional<ExprStep> nextStep(const Expr& e, const Form& form, Budget& budget) {
  budget.spend();
  if (e->undefined || e->too_big || isPlain(e)) return std::nullopt;
  // 20% of 50 is one calculation.
  if (e->kind == Kind::kProduct && e->value && e->children.size() == 2 &&
      (e->children[0]->kind == Kind::kPercent || e->children[1]->kind == Kind::kPercent)) {
    return ExprStep{StepKind::kPercentOf, number(*e->value)};
  }
  for (std::size_t i = 0; i < e->children.size(); ++i) {
    const auto inner = nextStep(e->children[i], form, budget);
    if (!inner) continue;
    std::vector<Expr> children = e->children;
    children[i] = inner->result;
    if (e->kind == Kind::kSum) return ExprStep{inner->kind, sum(std::move(children)), inner->said};
    if (e->kind == Kind::kProduct)
      return ExprStep{inner->kind, product(std::move(children), e->mark), inner->said};
    return ExprStep{inner->kind, withChildren(e, std::move(children)), inner->said};
  }
  switch (e->kind) {
    case Kind::kSum:
      return firstTwo(e, addTwo);
    case Kind::kProduct:
      return firstTwo(e, multiplyTwo);
    case Kind::kQuotient:
      return divide(e);
    case Kind::kPower:
      return e->value ? std::optional(ExprStep{StepKind::kPower, number(*e->value)}) : std::nullopt;
    case Kind::kRoot:
      return takeRoot(e);
    case Kind::kNegate:
    case Kind::kAbsolute:
    case Kind::kPercent:
    case Kind::kMixed:
      return e->value ? std::optional(ExprStep{StepKind::kSubtract, number(*e->value)})
                      : std::nullopt;
    default:
      return std::nullopt;
  }
}

Expr inForm(const Rational& value, const Form& form, bool decimals) {
  if (form.places) {
    if (*form.places >= 0) {
      const std::string text = value.toDecimal(*form.places);
      return text[0] == '-' ? negate(numeral(text.substr(1))) : numeral(text);
    }
    const Rational unit = powerOfTen(-*form.places);
    return number((value / unit).rounded(0) * unit);
  }
  if (value.isInteger()) return number(value);
  const bool finite = value.decimalPlaces().has_value();
  if ((decimals || form.decimal) && finite && !form.mixed && !form.fraction) return number(value);
  if (form.mixed && value.abs() > Rational(1)) {
    const Rational whole = value.abs().floor();
    const Rational rest = value.abs() - whole;
    const Expr m = mixed(number(whole), over(rest.numerator(), rest.denominator()));
    return value.sign() < 0 ? negate(m) : m;
  }
  return over(value.numerator(), value.denominator());
}

}  // namespace primer::maths
