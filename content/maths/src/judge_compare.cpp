// Which of two is larger.

#include <algorithm>

#include "judge.h"

namespace primer::maths {

namespace {

class CompareJudge final : public Judge {
 public:
  explicit CompareJudge(const Problem& problem)
      : Judge(problem),
        left_(problem.line.chains[0].members[0]),
        right_(problem.line.chains[0].members[1]) {}

  Assessment assess(const Line& written, const std::vector<Line>&, Budget& budget) override {
    const Line line = inUnitOfProblem(written);
    Assessment a;
    a.what = What::kWrong;
    if (line.no_solution || line.every_number) return a;
    if (line.bare_relation) return assessLink(left_, line.relation_alone, right_, budget);
    bool related = false;
    for (const auto& chain : line.chains) {
      related = related || !chain.relations.empty();
      for (std::size_t i = 0; i < chain.relations.size(); ++i) {
        a = assessLink(chain.members[i], chain.relations[i], chain.members[i + 1], budget);
        if (a.what != What::kRight) return a;
      }
    }
    if (const auto claim = claimOf(line, budget)) return assessLink(left_, *claim, right_, budget);
    a.what = related ? What::kRight : What::kIncomplete;
    a.note = related ? "" : "Which sign belongs between the two?";
    return a;
  }

  void keep(const Line& written, const Assessment& assessment, Budget& budget) override {
    if (assessment.what != What::kRight) return;
    const Line line = inUnitOfProblem(written);
    if (line.bare_relation || claimOf(line, budget)) done_ = true;
    for (const auto& chain : line.chains) {
      for (std::size_t i = 0; i < chain.relations.size(); ++i) {
        if (chain.relations[i] == Relation::kAsk || chain.relations[i] == Relation::kAbout)
          continue;
        const auto is = [&](const Expr& a, const Expr& b) {
          return sameValue(a, b, budget).value_or(false);
        };
        const bool straight = is(chain.members[i], left_) && is(chain.members[i + 1], right_);
        const bool turned = is(chain.members[i], right_) && is(chain.members[i + 1], left_);
        const bool side = chain.relations[i] == Relation::kEqual && !is(left_, right_);
        // 3/4 = 0.75 where both are equal does not yet compare the two as they
        // stand.
        if ((straight || turned) && !side) done_ = true;
      }
    }
  }

  bool finished() const override { return done_; }

  std::vector<Step> ahead(Budget& budget) override {
    std::vector<Step> steps;
    if (!left_->value || !right_->value) return steps;
    const Rational a = *left_->value;
    const Rational b = *right_->value;
    if (isFraction(left_) && isFraction(right_)) {
      const Rational common = lcm(a.denominator(), b.denominator());
      const Expr l = quotient(number(a * common), number(common));
      const Expr r = quotient(number(b * common), number(common));
      steps.push_back({StepKind::kCompareSameForm, toText(l) + " ? " + toText(r), ""});
    } else if (a.decimalPlaces() && b.decimalPlaces()) {
      const int places = std::max(*a.decimalPlaces(), *b.decimalPlaces());
      if (places > 0 && places < 9) {
        steps.push_back(
            {StepKind::kCompareSameForm, a.toDecimal(places) + " ? " + b.toDecimal(places), ""});
      }
    }
    // Where both stood in the same form, there is nothing to rewrite.
    if (!steps.empty() && steps[0].text == toText(left_) + " ? " + toText(right_)) steps.clear();
    const char* sign = a < b ? " < " : a == b ? " = " : " > ";
    steps.push_back({StepKind::kCompareAnswer, toText(left_) + sign + toText(right_), ""});
    (void)budget;
    return steps;
  }

 private:
  Line inUnitOfProblem(Line line) const {
    for (auto& chain : line.chains) toUnit(chain, problem_.line.chains[0].unit);
    return line;
  }

  // What "3.5" says of the two where it was asked which is larger.
  std::optional<Relation> claimOf(const Line& line, Budget& budget) const {
    if (!problem_.form.larger || line.chains.size() != 1) return std::nullopt;
    const Chain& chain = line.chains[0];
    if (chain.members.size() != 1 || chain.continues) return std::nullopt;
    const auto is = [&](const Expr& e) {
      return sameValue(chain.members[0], e, budget).value_or(false);
    };
    if (!is(left_) && !is(right_)) return std::nullopt;
    return is(left_) == *problem_.form.larger ? Relation::kGreater : Relation::kLess;
  }

  Assessment assessLink(const Expr& left, Relation relation, const Expr& right,
                        Budget& budget) const {
    Assessment a;
    a.what = What::kRight;
    if (relation == Relation::kAsk) {
      const auto same = [&](const Expr& x, const Expr& y) {
        return sameValue(x, y, budget).value_or(false);
      };
      if (toText(left) == toText(left_) && toText(right) == toText(right_)) {
        a.what = What::kIncomplete;
        a.note = "Which sign belongs between the two?";
        return a;
      }
      if ((same(left, left_) && same(right, right_)) || (same(left, right_) && same(right, left_)))
        return a;
      a.what = What::kWrong;
      return a;
    }
    const Truth truth = truthOf(left, relation, right, problem_.form, budget);
    if (truth == Truth::kTrue) return a;
    a.what = truth == Truth::kUnknown ? What::kUnreadable : What::kWrong;
    if (truth == Truth::kUnknown) return a;
    a.fault.scene = Link{left, relation, right};
    a.fault.keys = comparisonKeys(left, relation, right);
    if (a.fault.keys.empty() && isOrder(relation))
      a.fault.keys = keysOfOriginals(left, relation, right, budget);
    // Two numbers that were worked out or read with a slip.
    if (a.fault.keys.empty() && isOrder(relation)) a.fault.slip = true;
    if (a.fault.keys.empty() && relation == Relation::kEqual)
      a.fault.expression = std::pair(left, right);
    return a;
  }

  // Converted forms, wrongly ordered: the thought may have begun with the
  // numbers as given.
  std::vector<std::string_view> keysOfOriginals(const Expr& left, Relation relation,
                                                const Expr& right, Budget& budget) const {
    const auto same = [&](const Expr& x, const Expr& y) {
      return sameValue(x, y, budget).value_or(false);
    };
    if (same(left, left_) && same(right, right_)) return comparisonKeys(left_, relation, right_);
    if (same(left, right_) && same(right, left_)) return comparisonKeys(right_, relation, left_);
    return {};
  }

  Expr left_;
  Expr right_;
  bool done_ = false;
};

}  // namespace

std::unique_ptr<Judge> makeCompareJudge(const Problem& problem) {
  return std::make_unique<CompareJudge>(problem);
}

std::unique_ptr<Judge> makeJudge(const Problem& problem, Budget& budget) {
  if (problem.task == Task::kCompare) return makeCompareJudge(problem);
  const bool related = std::any_of(problem.line.chains.begin(), problem.line.chains.end(),
                                   [](const Chain& c) { return !c.relations.empty(); });
  if (problem.task == Task::kWords) {
    const auto& chain = problem.line.chains.front();
    const bool value =
        chain.members.size() == 2 && isSymbol(chain.members[0]) && chain.members[1]->value;
    return related && !value ? makeLettersJudge(problem, budget) : makeValueJudge(problem);
  }
  if (problem.task != Task::kSolve) return makeValueJudge(problem);
  return problem.letters.size() == 1 ? makeSolveJudge(problem, budget)
                                     : makeLettersJudge(problem, budget);
}

}  // namespace primer::maths
