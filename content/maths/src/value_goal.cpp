#include "value_goal.h"

#include <algorithm>

#include "judge.h"
#include "units.h"

namespace primer::maths {

ValueGoal::ValueGoal(const Problem& problem)
    : problem_(problem),
      goal_(problem.line.chains.front().members.back()),
      in_words_(problem.task == Task::kWords) {
  divisor_ = divisorOf(goal_);
  goal_ = withRemainders(goal_, divisor_);
}

// 3 m = 300 cm: all in the unit of the answer, or of the last member.
void ValueGoal::inOneUnit(Chain& chain) const {
  const bool of_answer = unitFactor(chain.unit, problem_.form.unit).has_value();
  // An answer without a unit is in the one that is written last.
  const bool free_unit = in_words_ && problem_.form.unit.empty();
  toUnit(chain, of_answer ? problem_.form.unit : free_unit ? chain.own_unit : chain.unit);
}

// 1.55 for 1.2 m + 35 cm, whose sum is kept in cm: numbers without a unit may mean any unit that
// the problem has.
void ValueGoal::inMeantUnit(Chain& chain) const {
  if (in_words_ || problem_.form.unit.empty() || !chain.measures.empty()) return;
  const auto& end = chain.members.back()->value;
  if (!end || !goal_->value) return;
  for (const auto& unit : problem_.line.chains.front().measures) {
    const auto factor = unitFactor(unit, problem_.form.unit);
    if (!factor || *end * *factor != *goal_->value) continue;
    for (auto& m : chain.members) {
      if (m->value) m = number(*m->value * *factor);
    }
    return;
  }
}

// Without labels ("A = 12"), remainders as numbers.
Chain ValueGoal::tidied(Chain chain) const {
  inOneUnit(chain);
  inMeantUnit(chain);
  while (chain.members.size() > 1 && isSymbol(chain.members[0]) &&
         chain.relations[0] == Relation::kEqual &&
         (problem_.letters.count(chain.members[0]->text) == 0 || subjectOnly(chain.members[0]))) {
    chain.members.erase(chain.members.begin());
    chain.relations.erase(chain.relations.begin());
  }
  std::optional<Rational> divisor = divisor_;
  for (auto& member : chain.members) {
    if (const auto own = divisorOf(member)) divisor = own;
    if (member->kind == Kind::kRemainder && in_words_ && !divisor) divisor = wordDivisor();
    member = withRemainders(member, divisor);
  }
  return chain;
}

// In "x = 5" as an answer in words, x is a label.
bool ValueGoal::subjectOnly(const Expr& letter) const {
  return in_words_ && lettersOf(goal_).count(letter->text) == 0;
}

std::optional<Rational> ValueGoal::wordDivisor() const {
  return problem_.numbers.size() > 1 ? std::optional(problem_.numbers.back()) : std::nullopt;
}

bool ValueGoal::equals(const Expr& e, Budget& budget) const {
  if (e->kind == Kind::kRemainder && goal_->kind == Kind::kRemainder) return sameShape(e, goal_);
  return sameValue(goal_, e, budget).value_or(false) ||
         truthOf(goal_, Relation::kEqual, e, problem_.form, budget) == Truth::kTrue;
}

bool ValueGoal::reachedBy(const Chain& chain, Budget& budget) const {
  return std::any_of(chain.members.begin(), chain.members.end(),
                     [&](const Expr& m) { return equals(m, budget); });
}

// A later line that gives the answer.
bool ValueGoal::statedIn(const Line& line, Budget& budget) const {
  for (const auto& chain : line.chains) {
    const Chain c = tidied(chain);
    if (isAnswerForm(c.members.back(), {}) && equals(c.members.back(), budget)) return true;
  }
  return false;
}

bool ValueGoal::finishedBy(const Chain& chain, const Expr& last, Budget& budget) const {
  // 85 = 47 + 38 has its answer in front.
  const bool turned = chain.members.size() > 1 &&
                      isAnswerForm(chain.members.front(), problem_.form) &&
                      !isAnswerForm(chain.members.back(), problem_.form);
  const Expr& end = turned ? chain.members.front() : chain.members.back();
  // ≈ 78.54 for 25π, which has no end.
  const bool about = chain.continues
                         ? chain.opening == Relation::kAbout
                         : !chain.relations.empty() && chain.relations.back() == Relation::kAbout;
  if (about && !problem_.form.places && isNumber(end) &&
      holds(goal_, Relation::kAbout, end, budget).value_or(false)) {
    return !goal_->value || !goal_->value->decimalPlaces();
  }
  if (!equals(end, budget)) return false;
  if (!end->has_letters) {
    if (problem_.form.places && end->value && goal_->value) {
      const auto places = end->value->decimalPlaces();
      const bool exact = *end->value == *inForm(*goal_->value, problem_.form, true)->value;
      return isNumber(end->kind == Kind::kNegate ? end->children[0] : end) && exact && places;
    }
    if (sameShape(end, goal_) && !in_words_ && !isNumber(end)) {
      return isAnswerForm(end, problem_.form) && !isAnswerForm(goal_, problem_.form);
    }
    return isRemainderSum(end) || isAnswerForm(end, problem_.form);
  }
  return isSimplified(end, last, budget);
}

// 3 + 1/2, which was 3 r 1.
bool ValueGoal::isRemainderSum(const Expr& e) const {
  return divisor_ && e->kind == Kind::kSum && e->children.size() == 2 && isWhole(e->children[0]) &&
         isFraction(e->children[1]);
}

bool ValueGoal::isSimplified(const Expr& e, const Expr& last, Budget& budget) const {
  if (in_words_) return true;
  if (problem_.form.factor) {
    if (e->kind != Kind::kProduct && e->kind != Kind::kPower) return false;
    return std::none_of(e->children.begin(), e->children.end(), [&](const Expr& c) {
      return c->kind == Kind::kSum && factorised(c, budget).has_value();
    });
  }
  const auto best = collected(e, budget);
  if (!best) return sameShape(e, last) || e->size <= goal_->size;
  const bool brackets = e->kind == Kind::kProduct && containsKind(e, Kind::kSum);
  if (problem_.form.expand && brackets) return false;
  if (brackets) return e->size < goal_->size && e->size <= (*best)->size;
  // 3/(2x) may be written out longer.
  const std::size_t grace = e->kind == Kind::kQuotient ? 3 : 0;
  return e->size <= (*best)->size + grace;
}

bool ValueGoal::isShare(const Expr& share, const Expr& value) const {
  if (share->kind != Kind::kPercent || goal_->kind != Kind::kProduct || !value->value) return false;
  const bool percents = std::any_of(goal_->children.begin(), goal_->children.end(),
                                    [](const Expr& c) { return c->kind == Kind::kPercent; });
  return percents &&
         std::any_of(goal_->children.begin(), goal_->children.end(), [&](const Expr& c) {
           return c->value && c->kind != Kind::kPercent &&
                  *c->value * *share->value == *value->value;
         });
}

bool ValueGoal::isPartialQuotient(const Expr& e) const {
  const auto divisor = divisorOf(e);
  return divisor && divisor_ && *divisor == *divisor_ && e->value && e->value->isInteger() &&
         goal_->value && *e->value < *goal_->value;
}

bool ValueGoal::isRoundedBy(const Expr& e, Budget& budget) const {
  const Expr& digits = e->kind == Kind::kNegate ? e->children[0] : e;
  const bool endless = !goal_->has_letters && (!goal_->value || !goal_->value->decimalPlaces());
  return endless && isNumber(digits) && digits->value->decimalPlaces().value_or(0) >= 2 &&
         holds(goal_, Relation::kAbout, e, budget) == true;
}

}  // namespace primer::maths
