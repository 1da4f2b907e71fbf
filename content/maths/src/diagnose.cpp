#include "diagnose.h"

#include <algorithm>

#include "everywhere.h"
#include "rewrite.h"
#include "solutions.h"
#include "targets.h"

namespace primer::maths {

namespace {

void addKey(std::vector<std::string_view>& keys, std::string_view key) {
  if (!key.empty() && std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
}

// Where several procedures give the same, those that need more (a zero on top) come first.
int generality(std::string_view key) {
  if (key == "subtract-smaller-from-larger") return 1;
  if (key == "subtract-borrow-no-decrement") return 2;
  return 0;
}

Diagnosis named(std::vector<std::string_view> keys) {
  std::stable_sort(keys.begin(), keys.end(), [](std::string_view a, std::string_view b) {
    return generality(a) < generality(b);
  });
  return {Diagnosis::Kind::kMisconception, std::move(keys)};
}

std::string plainDigits(const Rational& value) {
  const auto places = value.abs().decimalPlaces();
  return places && *places < 10 ? value.abs().toDecimal(*places) : std::string();
}

// One wrong step, else the two of one procedure.
template <typename Whole>
std::vector<std::string_view> keysOf(const std::vector<Whole>& sources, Target<Whole>& target,
                                     Budget& budget) {
  std::vector<std::string_view> keys;
  std::vector<std::string_view> compound;
  for (const auto& source : sources) {
    rewriteEverywhere(source, budget,
                      [&](const Whole& wrong, std::string_view key, std::string_view second) {
                        if (!second.empty() && (!keys.empty() || !compound.empty())) return;
                        if (!target.matches(wrong)) return;
                        if (second.empty()) {
                          addKey(keys, key);
                        } else {
                          compound = {key, second};
                        }
                      });
  }
  return keys.empty() ? compound : keys;
}

struct Found {};  // ends a search at the first hit

template <typename Whole>
std::vector<std::string_view> compoundOf(const Whole& source, Target<Whole>& target, Budget& budget,
                                         bool one_key) {
  std::vector<std::string_view> keys;
  try {
    rewriteEverywhere(
        source, budget, [&](const Whole& once, std::string_view first, std::string_view) {
          rewriteEverywhere(once, budget,
                            [&](const Whole& twice, std::string_view second, std::string_view) {
                              if ((one_key && first != second) || !target.matches(twice)) return;
                              addKey(keys, first);
                              addKey(keys, second);
                              throw Found{};
                            });
        });
  } catch (const Found&) {
  }
  return keys;
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
      if (target.matches(slipped)) throw Found{};
    });
  } catch (const Found&) {
    return true;
  }
  return false;
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

std::vector<Link> bothWays(const Link& link) {
  return {link, {link.right, mirrored(link.relation), link.left}};
}

// One number or sign other, by a slip; all else the same.
bool isSlippedCopy(const Link& right, const Link& written) {
  if (right.relation != written.relation) return false;
  bool slips = true;
  const int count =
      differences(right.left, written.left, slips) + differences(right.right, written.right, slips);
  return count == 1 && slips;
}

bool statementSlipped(const Link& right, const Link& written, Budget& budget) {
  if (right.relation == written.relation) {
    // One side right, the other worked out with a slip.
    const auto left_same = sameValue(right.left, written.left, budget).value_or(false);
    const auto right_same = sameValue(right.right, written.right, budget).value_or(false);
    if (left_same && expressionSlipped(right.right, written.right, false, budget)) return true;
    if (right_same && expressionSlipped(right.left, written.left, false, budget)) return true;
  }
  return false;
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

namespace {

// (x+3)(x+5) for (x+3)(x+4).
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

// Both sums (or products) without the parts that agree: 150 - 75 + 25 and 65 + 25 leave 150 - 75
// and 65. Nothing where nothing agrees, or too much.
std::optional<std::pair<Expr, Expr>> peeled(const Expr& right, const Expr& written) {
  const bool product_form = right->kind == Kind::kProduct && written->kind == Kind::kProduct;
  if (!product_form && (right->kind != Kind::kSum || written->kind != Kind::kSum))
    return std::nullopt;
  std::vector<Expr> a = right->children;
  std::vector<Expr> b = written->children;
  const std::size_t before = a.size();
  for (std::size_t i = a.size(); i-- > 0;) {
    const auto place = std::find_if(b.begin(), b.end(), [&](const Expr& e) {
      return sameShape(e, a[i]) || (e->value && a[i]->value && *e->value == *a[i]->value);
    });
    if (place == b.end()) continue;
    b.erase(place);
    a.erase(a.begin() + static_cast<std::ptrdiff_t>(i));
  }
  if (a.size() == before || a.empty() || b.empty()) return std::nullopt;
  // What began with a minus only behind another term would be read as a negative number.
  const bool loses_front = a.front()->kind == Kind::kNegate && a.front() != right->children.front();
  if (loses_front && a.size() > 1) return std::nullopt;
  const auto join = [&](std::vector<Expr> parts) {
    return product_form ? product(std::move(parts), right->mark) : sum(std::move(parts));
  };
  Expr x = join(std::move(a));
  Expr y = join(std::move(b));
  while (x->kind == Kind::kNegate && y->kind == Kind::kNegate) {
    x = x->children[0];
    y = y->children[0];
  }
  return std::pair(x, y);
}

bool changesForm(std::string_view key) {
  return key.substr(0, 4) == "powe" || key.substr(0, 4) == "orde" || key.substr(0, 4) == "frac" ||
         key.substr(0, 4) == "line";
}

// As many terms as before, nothing yet put together: what the rules on the form of the whole say,
// else term by term.
Diagnosis diagnoseTerms(const Expr& right, const Expr& written, Budget& budget) {
  try {
    ExpressionTarget whole(written, budget);
    auto keys = keysOf<Expr>({right}, whole, budget);
    keys.erase(std::remove_if(keys.begin(), keys.end(),
                              [](std::string_view key) { return !changesForm(key); }),
               keys.end());
    if (!keys.empty()) return named(std::move(keys));
    for (std::size_t i = 0; i < right->children.size(); ++i) {
      const Expr& a = right->children[i];
      const Expr& b = written->children[i];
      if (sameValue(a, b, budget).value_or(false)) continue;
      ExpressionTarget target(b, budget);
      const auto own = keysOf<Expr>({a}, target, budget);
      if (own.empty()) return {};
      addKey(keys, own.front());
    }
    if (!keys.empty()) return named(std::move(keys));
  } catch (const BudgetSpent&) {
    // The search goes on, or ends, with what is left.
  }
  return {};
}

// -3x - 4x as -3 - 4, where every term is a number of times the same.
std::optional<std::pair<Expr, Expr>> asCounts(const Expr& right, const Expr& written) {
  Expr letters;
  const auto counts = [&](const Expr& e) -> std::optional<Expr> {
    std::vector<Expr> terms;
    for (const auto& term : termsOf(e)) {
      const Term t = termOf(term);
      if (!t.letters || (letters && !sameShape(letters, t.letters))) return std::nullopt;
      letters = t.letters;
      const bool minus = t.coefficient.sign() < 0;
      const Expr count = number(t.coefficient.abs());
      terms.push_back(minus ? negate(count) : count);
    }
    return sum(std::move(terms));
  };
  const auto a = counts(right);
  const auto b = counts(written);
  if (!a || !b || (*a)->kind != Kind::kSum) return std::nullopt;
  return std::pair(*a, *b);
}

// Where the line keeps as many terms as before, nothing was yet added up: reasons in signs and
// powers come before those in columns.
bool keepsTerms(const Expr& right, const Expr& written) {
  return right->kind == Kind::kSum && written->kind == Kind::kSum &&
         right->children.size() == written->children.size();
}

}  // namespace

Diagnosis diagnoseExpression(const Expr& right, const Expr& written, Budget& budget) {
  if (written->kind == Kind::kRemainder) return {};
  if (keepsTerms(right, written)) {
    const Diagnosis early = diagnoseTerms(right, written, budget);
    if (early.kind != Diagnosis::Kind::kNone) return early;
  }
  if (const auto parts = peeled(right, written)) {
    const Diagnosis inner = diagnoseExpression(parts->first, parts->second, budget);
    if (inner.kind != Diagnosis::Kind::kNone) return inner;
  }
  ExpressionTarget target(written, budget);
  std::vector<std::string_view> keys;
  try {
    keys = keysOf<Expr>({right}, target, budget);
    if (const auto counts = keys.empty() ? asCounts(right, written) : std::nullopt) {
      ExpressionTarget count_target(counts->second, budget);
      keys = keysOf<Expr>({counts->first}, count_target, budget);
    }
    if (!keys.empty()) return named(std::move(keys));
    if (expressionSlipped(right, written, false, budget)) return {Diagnosis::Kind::kSlip, {}};
    if (factorsSlipped(right, written, budget)) return {Diagnosis::Kind::kSlip, {}};
    keys = compoundOf(right, target, budget, false);
    if (!keys.empty()) return named(std::move(keys));
    if (expressionSlipped(right, written, true, budget)) return {Diagnosis::Kind::kSlip, {}};
  } catch (const BudgetSpent&) {
    // What was found so far still holds.
  }
  return {};
}

namespace {

// What the number on the other side is, from the equation before: 93 - 46 for x + 46 = 93. Nothing
// where the letter does not stand in one simple term.
std::optional<Expr> workedOut(const Link& equation) {
  if (equation.relation != Relation::kEqual) return std::nullopt;
  const bool letter_left = equation.left->has_letters;
  const Expr& side = letter_left ? equation.left : equation.right;
  const Expr& other = letter_left ? equation.right : equation.left;
  if (!side->has_letters || !other->value) return std::nullopt;
  // Two ratios are compared, not worked out.
  const bool ratios = side->kind == Kind::kQuotient && other->kind == Kind::kQuotient;
  if (ratios && side->mark == other->mark) return std::nullopt;
  if (isSymbol(side)) return other;
  const auto& c = side->children;
  if (c.size() != 2) return std::nullopt;
  if (side->kind == Kind::kSum) {
    if (isSymbol(c[0]) && c[1]->value) {
      return sum({other, c[1]->kind == Kind::kNegate ? c[1]->children[0] : negate(c[1])});
    }
    if (c[0]->value && isSymbol(c[1])) return sum({other, negate(c[0])});
    const bool taken = c[1]->kind == Kind::kNegate && isSymbol(c[1]->children[0]);
    if (c[0]->value && taken) return sum({c[0], negate(other)});
  }
  if (side->kind == Kind::kProduct) {
    if (c[0]->value && isSymbol(c[1])) return quotient(other, c[0], Mark::kDivide);
    if (c[1]->value && isSymbol(c[0])) return quotient(other, c[1], Mark::kDivide);
  }
  if (side->kind == Kind::kQuotient && isSymbol(c[0]) && c[1]->value) {
    return product({other, c[1]});
  }
  return std::nullopt;
}

// What is wrong in the calculation behind "x = 53".
Diagnosis diagnoseCalculation(const Link& equation, const Link& written, Budget& budget) {
  const bool letter_left = isSymbol(written.left);
  const Expr& letter = letter_left ? written.left : written.right;
  const Expr& value = letter_left ? written.right : written.left;
  if (!isSymbol(letter) || !value->value || written.relation != Relation::kEqual) return {};
  const auto calculation = workedOut(equation);
  if (!calculation || isNumber(*calculation)) return {};
  ExpressionTarget target(value, budget);
  auto keys = keysOf<Expr>({*calculation}, target, budget);
  if (!keys.empty()) return named(std::move(keys));
  const bool slipped = expressionSlipped(*calculation, value, false, budget);
  return {slipped ? Diagnosis::Kind::kSlip : Diagnosis::Kind::kNone, {}};
}

}  // namespace

Diagnosis diagnoseStatement(const std::vector<Link>& right, const Link& written, Budget& budget) {
  StatementTarget target(written, budget);
  try {
    // Rules that give just these sides come before those that give the same solutions; between
    // them, what was copied with a slip.
    StatementTarget exact(written, budget, true);
    auto keys = keysOf<Link>({right.front()}, exact, budget);
    if (!keys.empty()) return named(std::move(keys));
    for (const auto& source : bothWays(right.front())) {
      if (isSlippedCopy(source, written)) return {Diagnosis::Kind::kSlip, {}};
    }
    auto calculation = diagnoseCalculation(right.front(), written, budget);
    if (calculation.kind != Diagnosis::Kind::kNone) return calculation;
    keys = keysOf<Link>({right.front()}, target, budget);
    if (keys.empty()) keys = keysOf<Link>(right, exact, budget);
    if (keys.empty()) keys = compoundOf(right.front(), exact, budget, false);
    if (!keys.empty()) return named(std::move(keys));
    for (const auto& step : right) {
      for (const auto& source : bothWays(step)) {
        if (isSlippedCopy(source, written) || statementSlipped(source, written, budget)) {
          return {Diagnosis::Kind::kSlip, {}};
        }
      }
    }
    keys = keysOf<Link>(right, target, budget);
    if (keys.empty()) keys = compoundOf(right.front(), target, budget, false);
    if (!keys.empty()) return named(std::move(keys));
  } catch (const BudgetSpent&) {
    // What was found so far still holds.
  }
  return {};
}

}  // namespace primer::maths
