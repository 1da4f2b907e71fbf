#include "diagnose.h"

#include <algorithm>

#include "everywhere.h"
#include "rewrite.h"
#include "slips.h"
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

std::vector<Link> bothWays(const Link& link) {
  return {link, {link.right, mirrored(link.relation), link.left}};
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
