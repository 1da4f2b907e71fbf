#pragma once

// What was written, as the aim of a search for its reason: does a wrong procedure lead just there?

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "algebra.h"
#include "fingerprint.h"
#include "rules.h"
#include "solutions.h"

namespace primer::maths {

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
  // With `exact`, both sides must be the same expressions.
  StatementTarget(Link written, Budget& budget, bool exact = false)
      : written_(std::move(written)), budget_(budget), exact_(exact) {
    left_print_ = Fingerprint().of(written_.left);
    right_print_ = Fingerprint().of(written_.right);
    if (exact) return;
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
    if (exact_ || (set_ && set_->empty())) return sameSides(candidate);
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
  bool sameSides(const Link& candidate) {
    const bool straight = candidate.relation == written_.relation &&
                          same(candidate.left, written_.left, left_print_) &&
                          same(candidate.right, written_.right, right_print_);
    return straight || (mirrored(candidate.relation) == written_.relation &&
                        same(candidate.left, written_.right, right_print_) &&
                        same(candidate.right, written_.left, left_print_));
  }

  bool same(const Expr& a, const Expr& b, const std::optional<Fingerprint::Value>& print) {
    const auto own = Fingerprint().of(a);
    if (own && print && !Fingerprint::same(*own, *print)) return false;
    return sameValue(a, b, budget_).value_or(false);
  }

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
  bool exact_ = false;
  std::optional<Fingerprint::Value> left_print_;
  std::optional<Fingerprint::Value> right_print_;
  std::string letter_;
  std::optional<RealSet> set_;
  std::vector<Rational> points_;
};

}  // namespace primer::maths
