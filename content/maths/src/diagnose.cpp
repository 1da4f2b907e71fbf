#include "diagnose.h"

#include <algorithm>

#include "everywhere.h"
#include "fingerprint.h"
#include "solutions.h"

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

// Is this tree, or statement, what was written?
template <typename Whole>
class Target {
 public:
  virtual ~Target() = default;
  virtual bool matches(const Whole& candidate) = 0;
};

class ExpressionTarget final : public Target<Expr> {
 public:
  ExpressionTarget(Expr written, Budget& budget) : written_(std::move(written)), budget_(budget) {
    print_ = fingerprint_.of(written_);
  }
  bool matches(const Expr& candidate) override {
    budget_.spend(2);
    if (candidate->undefined || candidate->too_big) return false;
    if (candidate->value && written_->value) return *candidate->value == *written_->value;
    if (print_) {
      const auto own = fingerprint_.of(candidate);
      if (own && !Fingerprint::same(*own, *print_)) return false;
    }
    return sameValue(candidate, written_, budget_).value_or(false);
  }

 private:
  Expr written_;
  Budget& budget_;
  Fingerprint fingerprint_;
  std::optional<Fingerprint::Value> print_;
};

class StatementTarget final : public Target<Link> {
 public:
  StatementTarget(Link written, Budget& budget) : written_(std::move(written)), budget_(budget) {
    auto letters = lettersOf(written_.left);
    letters.merge(lettersOf(written_.right));
    if (letters.size() != 1) return;
    letter_ = *letters.begin();
    set_ = solve(written_.left, written_.relation, written_.right, letter_, budget_);
    if (!set_ || !set_->onlyPoints() || set_->empty()) return;
    for (const auto& part : set_->parts) {
      if (part.low->q.isZero()) points_.push_back(part.low->p);
    }
  }

  bool matches(const Link& candidate) override {
    budget_.spend(2);
    if (letter_.empty()) return sameStatement(candidate);
    auto letters = lettersOf(candidate.left);
    letters.merge(lettersOf(candidate.right));
    if (letters.size() > 1 || (letters.size() == 1 && letters.count(letter_) == 0)) return false;
    for (const auto& point : points_) {
      Fingerprint at;
      at.set(letter_, point);
      const auto l = at.of(candidate.left);
      const auto r = at.of(candidate.right);
      if (l && r && !Fingerprint::same(*l, *r)) return false;
    }
    if (!set_) return sameStatement(candidate);
    if (set_->isEverything()) return false;
    const auto own = solve(candidate.left, candidate.relation, candidate.right, letter_, budget_);
    return own && *own == *set_;
  }

 private:
  bool sameStatement(const Link& candidate) {
    if (candidate.relation != written_.relation) return false;
    try {
      Algebra algebra(budget_);
      const Ratio a = algebra.subtract(algebra.of(candidate.left), algebra.of(candidate.right));
      const Ratio b = algebra.subtract(algebra.of(written_.left), algebra.of(written_.right));
      return !a.top.empty() && algebra.proportional(a.top, b.top);
    } catch (const NoNormalForm&) {
      return false;
    }
  }

  Link written_;
  Budget& budget_;
  std::string letter_;
  std::optional<RealSet> set_;
  std::vector<Rational> points_;
};

// One wrong step, else two.
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
std::vector<std::string_view> compoundOf(const Whole& source, Target<Whole>& target,
                                         Budget& budget) {
  std::vector<std::string_view> keys;
  try {
    rewriteEverywhere(
        source, budget, [&](const Whole& once, std::string_view first, std::string_view) {
          rewriteEverywhere(once, budget,
                            [&](const Whole& twice, std::string_view second, std::string_view) {
                              if (!target.matches(twice)) return;
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

bool statementSlipped(const Link& right, const Link& written, Budget& budget) {
  if (right.relation == written.relation) {
    bool slips = true;
    const int count = differences(right.left, written.left, slips) +
                      differences(right.right, written.right, slips);
    if (count == 1) return true;  // copied wrong
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

Diagnosis diagnoseExpression(const Expr& right, const Expr& written, Budget& budget) {
  if (written->kind == Kind::kRemainder) return {};
  ExpressionTarget target(written, budget);
  std::vector<std::string_view> keys;
  try {
    keys = keysOf<Expr>({right}, target, budget);
    if (!keys.empty()) return named(std::move(keys));
    if (expressionSlipped(right, written, false, budget)) return {Diagnosis::Kind::kSlip, {}};
    keys = compoundOf(right, target, budget);
    if (!keys.empty()) return named(std::move(keys));
    if (expressionSlipped(right, written, true, budget)) return {Diagnosis::Kind::kSlip, {}};
  } catch (const BudgetSpent&) {
    // What was found so far still holds.
  }
  return {};
}

Diagnosis diagnoseStatement(const std::vector<Link>& right, const Link& written, Budget& budget) {
  StatementTarget target(written, budget);
  try {
    // What was copied wrong is a slip, whatever else it may look like, unless a rule names it from
    // the last line itself.
    auto keys = keysOf<Link>({right.front()}, target, budget);
    if (!keys.empty()) return named(std::move(keys));
    for (const auto& source : right) {
      if (statementSlipped(source, written, budget)) return {Diagnosis::Kind::kSlip, {}};
      if (statementSlipped({source.right, mirrored(source.relation), source.left}, written,
                           budget)) {
        return {Diagnosis::Kind::kSlip, {}};
      }
    }
    keys = keysOf<Link>(right, target, budget);
    if (!keys.empty()) return named(std::move(keys));
    keys = compoundOf(right.front(), target, budget);
    if (!keys.empty()) return named(std::move(keys));
  } catch (const BudgetSpent&) {
    // What was found so far still holds.
  }
  return {};
}

}  // namespace primer::maths
