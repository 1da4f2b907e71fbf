// Evaluate, simplify, and problems in words whose answer is a value or an
// expression.

#include <algorithm>

#include "expression_parts.h"
#include "judge.h"
#include "slips.h"
#include "statement_lines.h"
#include "story.h"
#include "value_goal.h"

namespace primer::maths {

namespace {

class ValueJudge final : public Judge {
 public:
  explicit ValueJudge(const Problem& problem)
      : Judge(problem),
        asked_(problem),
        goal_(asked_.expression()),
        last_(problem.line.chains.front().members.back()),
        divisor_(asked_.divisor()),
        in_words_(problem.task == Task::kWords) {
    if (!in_words_) seen_.push_back(goal_);
  }

  Assessment assess(const Line& line, const std::vector<Line>& rest, Budget& budget) override {
    if (line.no_solution || line.every_number) {
      Assessment a;
      a.what = goal_->undefined && line.no_solution ? What::kRight : What::kWrong;
      return a;
    }
    if (line.bare_relation) return incompleteLine("A sign alone says nothing yet.");
    if (goal_->too_big) return unreadableLine("This number is too large to be checked.");
    answer_later_ = std::any_of(rest.begin(), rest.end(),
                                [&](const Line& l) { return asked_.statedIn(l, budget); });
    Assessment whole;
    whole.what = What::kRight;
    for (const auto& chain : line.chains) {
      Assessment part = assessChain(chain, budget);
      if (part.what == What::kRight) continue;
      if (part.what == What::kDetour) {
        whole.what = What::kDetour;
        continue;
      }
      return part;
    }
    return whole;
  }

  void keep(const Line& line, const Assessment& assessment, Budget& budget) override {
    if (!line.chains.empty()) before_ = asked_.tidied(line.chains.back()).members.back();
    if (line.chains.empty()) {
      if (assessment.what == What::kRight) done_ = true;
      return;
    }
    const Chain chain = asked_.tidied(line.chains.back());
    const Expr& end = chain.members.back();
    if (assessment.what == What::kWrong) {
      if (!end->undefined) wrong_ = end;
      wrong_goal_.reset();
      if (assessment.fault.expression) {
        const auto& [right, written] = *assessment.fault.expression;
        wrong_goal_ = replaced(goal_, right, written);
      }
      done_ = false;
      return;
    }
    if (assessment.what != What::kRight && assessment.what != What::kDetour) return;
    bool reached = false;
    for (const auto& c : line.chains) {
      reached =
          reached || asked_.reachedBy(asked_.tidied(c), budget) || c.opening == Relation::kAbout;
    }
    if (!reached) return;
    done_ = done_ && assessment.what == What::kDetour;
    for (const auto& c : line.chains)
      done_ = done_ || asked_.finishedBy(asked_.tidied(c), last_, budget);
    wrong_.reset();
    if (assessment.what == What::kDetour) return;
    // Rounded and finished values are no line to go on from.
    for (const auto& member : chain.members) {
      if (sameValue(member, goal_, budget).value_or(false)) {
        last_ = member;
        seen_.push_back(member);
      }
    }
  }

  bool finished() const override { return done_; }

  std::vector<Step> ahead(Budget& budget) override {
    std::vector<Step> steps;
    if (in_words_) {
      // The calculation comes first, until it stands there.
      const auto calculation = seen_.empty() ? toldCalculation(problem_) : std::nullopt;
      if (calculation) {
        steps.push_back({StepKind::kWordAnswer, toText(*calculation), toLatex(*calculation)});
      }
      steps.push_back(
          {StepKind::kWordAnswer, toText(problem_.line), toLatex(problem_.line.chains[0])});
      return steps;
    }
    if (goal_->undefined) {
      steps.push_back({StepKind::kSolutionSet, "no value", ""});
      return steps;
    }
    std::vector<ExprStep> way;
    // What is measured is added as it stands.
    auto split = problem_.form.unit.empty() ? splitByPlaces(last_) : std::nullopt;
    if (split) way.push_back(*std::move(split));
    for (auto& step : stepsOf(way.empty() ? last_ : way[0].result, problem_.form, budget)) {
      way.push_back(std::move(step));
    }
    for (const auto& step : way) {
      const bool in_unit = !problem_.form.unit.empty() && isAnswerForm(step.result, {});
      steps.push_back({step.kind, toText(step.result) + (in_unit ? " " + problem_.form.unit : ""),
                       toLatex(step.result), step.said});
    }
    // Already as simple as it gets.
    if (steps.empty() && !done_ && !goal_->too_big) {
      steps.push_back({StepKind::kKeepAnswer, toText(last_), toLatex(last_)});
    }
    return steps;
  }

 private:
  Assessment assessChain(const Chain& written, Budget& budget) {
    Chain chain = asked_.tidied(written);
    if (chain.continues && chain.opening == Relation::kAbout) {
      chain.members.insert(chain.members.begin(), goal_);
      chain.relations.insert(chain.relations.begin(), Relation::kAbout);
    }
    const auto too_big = [](const Expr& m) { return m->too_big; };
    if (std::any_of(chain.members.begin(), chain.members.end(), too_big)) {
      return unreadableLine("This number is too large to be checked.");
    }
    if (const auto a = remainderTooLarge(chain)) return *a;
    const auto letters = lettersIn(chain);
    if (letters.count("?") != 0 && problem_.letters.count("?") == 0) {
      return incompleteLine("There is a question mark left.");
    }
    const bool foreign = std::any_of(letters.begin(), letters.end(), [&](const std::string& l) {
      return problem_.letters.count(l) == 0;
    });
    if (foreign) return assessForeign(chain, budget);
    for (std::size_t i = 0; i < chain.relations.size(); ++i) {
      if (chain.relations[i] == Relation::kAsk)
        return incompleteLine("There is a question mark left.");
      const Truth truth = truthOf(chain.members[i], chain.relations[i], chain.members[i + 1],
                                  problem_.form, budget);
      if (truth == Truth::kUnknown) return unknownLink(chain, i);
      if (truth == Truth::kFalse && asked_.isShare(chain.members[i], chain.members[i + 1])) {
        Assessment a;
        a.what = What::kRight;
        return a;
      }
      if (truth == Truth::kFalse) return falseLink(chain, i, budget);
    }
    if (asked_.reachedBy(chain, budget)) return reached(chain);
    if (auto a = fromOwnEquation(written)) return std::move(*a);
    return elsewhere(chain, budget);
  }

  // x = 8 after x - 17 = 25, the pupil's own equation for a problem in words.
  std::optional<Assessment> fromOwnEquation(const Chain& chain) const {
    if (!equation_ || chain.members.size() != 2 || !isSymbol(chain.members[0])) return std::nullopt;
    auto letters = lettersOf(equation_->left);
    letters.merge(lettersOf(equation_->right));
    if (letters.count(chain.members[0]->text) == 0) return std::nullopt;
    Assessment a;
    a.what = What::kWrong;
    a.fault.statement = std::pair(std::vector<Link>{*equation_},
                                  Link{chain.members[0], chain.relations[0], chain.members[1]});
    return a;
  }

  // 8 r 7 of 47 ÷ 5: it comes to 47, but 5 goes once more into what is left.
  std::optional<Assessment> remainderTooLarge(const Chain& chain) const {
    const Expr& end = chain.members.back();
    if (!divisor_ || end->kind != Kind::kRemainder || !goal_->value) return std::nullopt;
    const auto& q = end->children[0]->value;
    const auto& rest = end->children[1]->value;
    if (!q || !rest) return std::nullopt;
    Assessment a;
    a.what = *q + *rest / *divisor_ == *goal_->value ? What::kDetour : What::kWrong;
    a.note = "What is left over can still be shared.";
    return a;
  }

  Assessment unknownLink(const Chain& chain, std::size_t i) const {
    const bool divides_by_zero = chain.members[i]->undefined || chain.members[i + 1]->undefined;
    if (!divides_by_zero) return unreadableLine("This line is more than can be checked here.");
    // 5 ÷ 0 has no value: whatever is said to equal it is wrong.
    Assessment a;
    a.what = What::kWrong;
    a.note = "Nothing can be divided by zero.";
    return a;
  }

  Assessment falseLink(const Chain& chain, std::size_t i, Budget& budget) const {
    const Expr& left = chain.members[i];
    const Expr& right = chain.members[i + 1];
    Assessment a;
    a.what = What::kWrong;
    a.fault.scene = Link{left, chain.relations[i], right};
    if (chain.relations[i] == Relation::kEqual && runsOn(left, right)) {
      a.fault.keys.emplace_back("equals-running");
      return a;
    }
    if (chain.relations[i] == Relation::kEqual && right->kind != Kind::kQuotient &&
        (right->kind == Kind::kSum || right->kind == Kind::kProduct) && right->children[0]->value &&
        isNumber(right->children[0]) && !sameValue(left, goal_, budget).value_or(true) &&
        containsRun(goal_, left) && i + 2 < chain.members.size()) {
      a.fault.expression = std::pair(left, right->children[0]);
      a.fault.besides = "equals-running";
      return a;
    }
    // The same mistake carried on: everything agrees with the last wrong value.
    if (wrong_ && i > 0 && sameValue(right, *wrong_, budget).value_or(false))
      a.follows_error = true;
    a.fault.expression = std::pair(left, right);
    if (isOrder(chain.relations[i])) {
      const auto keys = comparisonKeys(left, chain.relations[i], right);
      a.fault.keys = keys;
    }
    return a;
  }

  Assessment reached(const Chain& chain) const {
    Assessment a;
    a.what = What::kRight;
    // Back to a form from before is a detour.
    const Expr& end = chain.members.back();
    const bool back =
        !wrong_ && seen_.size() > 1 && chain.members.size() == 1 && !sameShape(end, last_) &&
        std::any_of(seen_.begin(), seen_.end(), [&](const Expr& s) { return sameShape(s, end); });
    const bool longer =
        done_ && !isAnswerForm(end, {}) && !end->has_letters && chain.members.size() == 1;
    if (back || longer) a.what = What::kDetour;
    return a;
  }

  // True in itself, or a bare value, but not the goal.
  Assessment elsewhere(const Chain& chain, Budget& budget) {
    Assessment a;
    a.what = What::kRight;
    const Expr& end = chain.members.back();
    const bool bare = chain.members.size() == 1;
    if (wrong_ && followsWrong(chain, budget)) {
      a.what = What::kWrong;
      a.follows_error = true;
      return a;
    }
    // "= 23×5 = 115" claims the value of the problem; "= 72" may go on from a
    // part before it.
    const bool claims = chain.continues && !in_words_;
    if (claims && before_ && sameValue(*before_, chain.members[0], budget).value_or(false))
      return a;
    if (!bare && claims) {
      a.what = What::kWrong;
      if (!goal_->undefined) a.fault.expression = std::pair(last_, chain.members[0]);
      return a;
    }
    if (!bare) {
      if (!answer_later_ && in_words_) addWordKeys(end, a.fault);
      if (!a.fault.keys.empty()) a.what = What::kWrong;
      if (!answer_later_ && isMiscopy(chain)) {
        a.what = What::kWrong;
        a.fault.slip = true;
      }
      return a;
    }
    if (end->undefined) {
      return unreadableLine("Nothing can be divided by zero.");
    }
    const bool part = containsRun(last_, end) || containsRun(goal_, end);
    const bool maybe_part = !in_words_ && part && end->has_letters;
    if (!in_words_ && part && !isAnswerForm(end, {}) && !maybe_part && !claims) {
      return incompleteLine("This is a part of the problem. What does it make?");
    }
    // A part worked out on the way to the answer.
    Fault fault;
    addWordKeys(end, fault);
    const bool plain = isAnswerForm(end, {});
    if (answer_later_ && end->value && fault.keys.empty() && !claims) {
      // 3×4, not yet worked out; or a number on the way.
      if (in_words_ && isMiscopied(problem_, end)) {
        a.what = What::kWrong;
        a.fault.slip = true;
        return a;
      }
      if (in_words_ && (!plain || comesOfTheText(problem_, *end->value))) return a;
      if (!in_words_ && plain && isPartResult(goal_, *end->value)) return a;
    }
    a.what = What::kWrong;
    if (goal_->undefined) {
      a.note = "This has no value.";
      return a;
    }
    // Beyond deciding is not wrong.
    if (!end->value && !sameValue(goal_, end, budget)) {
      return unreadableLine("This line is more than can be checked here.");
    }
    if (asked_.isRoundedBy(end, budget)) {
      a.note = "This is rounded. Write ≈, or give the exact value.";
      return a;
    }
    a.fault = std::move(fault);
    a.part_of_problem = maybe_part;
    if (a.fault.keys.empty()) {
      const auto meant = in_words_ ? calculationOf(problem_, goal_) : std::nullopt;
      a.fault.expression = std::pair(meant.value_or(last_), end);
    }
    return a;
  }

  bool followsWrong(const Chain& chain, Budget& budget) const {
    if (wrong_goal_ && sameValue(chain.members.back(), *wrong_goal_, budget).value_or(false))
      return true;
    for (const auto& m : chain.members) {
      if (sameValue(m, *wrong_, budget).value_or(false)) return true;
    }
    // 715 + 5 = 720: goes on from the wrong number.
    const auto& value = (*wrong_)->value;
    return value && chain.members.size() > 1 && hasValueWithin(chain.members[0], *value) &&
           !hasValueWithin(goal_, *value) && value->abs() > Rational(12);
  }

  // The problem (or the last line) with one number copied wrong, worked out
  // rightly.
  bool isMiscopy(const Chain& chain) const {
    if (in_words_ || asked_.isPartialQuotient(chain.members[0])) return false;
    const Expr& copy = chain.members[0];
    return isSlippedCopy(goal_, copy) || isSlippedCopy(last_, copy);
  }

  // Letters that the problem does not have.
  Assessment assessForeign(const Chain& chain, Budget& budget) {
    Assessment a;
    a.what = What::kWrong;
    if (!in_words_) {
      if (chain.members.size() == 1 && isSymbol(chain.members[0])) {
        return incompleteLine("A letter alone says nothing yet.");
      }
      return unreadableLine("This letter is not in the problem.");
    }
    const auto letters = lettersIn(chain);
    if (chain.members.size() > 1 && letters.size() == 1 && goal_->value) {
      const auto set = solve(chain, *letters.begin(), budget);
      const RealSet answer = RealSet::point({*goal_->value, 0, 1});
      const Link link{chain.members[0], chain.relations[0], chain.members[1]};
      if (set && *set == answer) {
        equation_ = link;
        a.what = What::kRight;
        return a;
      }
      if (equation_) {
        a.fault.statement = std::pair(std::vector<Link>{*equation_}, link);
        return a;
      }
      if (set && answer_later_ && !isLabelUse(problem_, chain)) {
        a.what = What::kRight;
        return a;
      }
    }
    if (isLabelUse(problem_, chain) || goal_->has_letters) {
      a.fault.keys.emplace_back("algebra-letter-as-label");
      return a;
    }
    if (chain.members.size() == 1 && answer_later_) {
      a.what = What::kRight;
      return a;
    }
    a.fault.expression = std::pair(goal_, chain.members.back());
    return a;
  }

  void addWordKeys(const Expr& end, Fault& fault) const {
    if (!in_words_) return;
    const auto key = keyInWords(problem_, goal_, end);
    if (!key.empty()) fault.keys.push_back(key);
  }

  ValueGoal asked_;
  const Expr& goal_;
  Expr last_;
  std::vector<Expr> seen_;
  const std::optional<Rational>& divisor_;
  std::optional<Expr> wrong_;
  std::optional<Expr> wrong_goal_;
  std::optional<Expr> before_;    // the last value written, right or not
  std::optional<Link> equation_;  // in words: a right one of the pupil's own
  bool in_words_;
  bool answer_later_ = false;
  bool done_ = false;
};

}  // namespace

std::unique_ptr<Judge> makeValueJudge(const Problem& problem) {
  return std::make_unique<ValueJudge>(problem);
}

}  // namespace primer::maths
