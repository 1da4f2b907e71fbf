#pragma once

// What an evaluate, simplify or word problem asks for: its value, and the form in which it counts
// as answered.

#include <optional>

#include "budget.h"
#include "primer/maths/problem.h"

namespace primer::maths {

class ValueGoal {
 public:
  // `problem` must outlive this.
  explicit ValueGoal(const Problem& problem);

  // The right value as an expression; of a remainder, as a number.
  const Expr& expression() const { return goal_; }
  // Of the division that the problem is, if it is one of whole numbers.
  const std::optional<Rational>& divisor() const { return divisor_; }

  // The chain as it speaks of this problem: without labels ("A = 12"), in one unit, remainders as
  // numbers.
  Chain tidied(Chain chain) const;

  // Of tidied chains. Rounding counts where the problem asks for it.
  bool equals(const Expr& e, Budget& budget) const;
  bool reachedBy(const Chain& chain, Budget& budget) const;
  // In the form asked; `last` is the last right line on the path.
  bool finishedBy(const Chain& chain, const Expr& last, Budget& budget) const;
  // Whether a line gives the answer.
  bool statedIn(const Line& line, Budget& budget) const;

  // 0.83 for 5/6, whose decimal has no end.
  bool isRoundedBy(const Expr& e, Budget& budget) const;
  // 10% = 8, said of the 80 in "15% of 80".
  bool isShare(const Expr& share, const Expr& value) const;
  // 80 ÷ 4 on the way to 90 ÷ 4.
  bool isPartialQuotient(const Expr& e) const;

 private:
  void inOneUnit(Chain& chain) const;
  void inMeantUnit(Chain& chain) const;
  bool subjectOnly(const Expr& letter) const;
  std::optional<Rational> wordDivisor() const;
  bool isRemainderSum(const Expr& e) const;
  bool isSimplified(const Expr& e, const Expr& last, Budget& budget) const;

  const Problem& problem_;
  Expr goal_;
  std::optional<Rational> divisor_;
  bool in_words_;
};

}  // namespace primer::maths
