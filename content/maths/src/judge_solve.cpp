// Equations and inequalities in one letter.

#include <algorithm>

#include "expression_parts.h"
#include "judge.h"
#include "statement_lines.h"
#include "statements.h"

namespace primer::maths {

namespace {

class SolveJudge final : public Judge {
 public:
  SolveJudge(const Problem& problem, Budget& budget) : Judge(problem), letter_(problem.subject) {
    if (letter_.empty() || problem.letters.count(letter_) == 0) letter_ = *problem.letters.begin();
    set_ = setOf(problem.line, letter_, budget);
    last_ = linksOf(problem.line);
    seen_.push_back(last_);
  }

  Assessment assess(const Line& line, const std::vector<Line>& rest, Budget& budget) override {
    if (line.no_solution) {
      Assessment a = verdict(set_ && set_->empty());
      a.follows_error = a.what == What::kWrong && followsContradiction(budget);
      return a;
    }
    if (line.every_number) return verdict(set_ && set_->isEverything());
    if (line.bare_relation) return incompleteLine("A sign alone says nothing yet.");
    const Line whole = completed(line);
    // Steps behind one another: each must be right by itself.
    const bool arrows =
        std::find(whole.joints.begin(), whole.joints.end(), Joint::kArrow) != whole.joints.end();
    if (arrows) return assessArrows(whole, rest, budget);
    Assessment a = assessTogether(whole, rest, budget);
    // "= 27" alone is only taken with what stood before it where that makes it
    // right.
    const bool joined =
        line.chains.size() == 1 && line.chains[0].continues && subject_ && !isSymbol(*subject_);
    if (joined && a.what == What::kWrong) return incompleteLine("What is this equal to?");
    return a;
  }

  void keep(const Line& line, const Assessment& assessment, Budget& budget) override {
    if (!line.chains.empty()) {
      // x = 12÷3 may go on with "= 4"; 2x alone with "= 8".
      const Chain& end = line.chains.back();
      const bool alone = end.relations.empty() && !end.continues && end.members[0]->has_letters;
      const bool symbol_first = !end.relations.empty() && isSymbol(end.members[0]);
      if (alone || symbol_first) {
        subject_ = end.members[0];
      } else if (!end.continues) {
        subject_.reset();
      }
    }
    if (assessment.what != What::kRight && assessment.what != What::kDetour &&
        assessment.what != What::kWrong) {
      return;
    }
    const Line whole = completed(line);
    if (assessment.what == What::kWrong) {
      wrong_ = statementsOf(whole, letter_);
      done_ = false;
      return;
    }
    if (line.no_solution || line.every_number) {
      done_ = true;
      return;
    }
    const Line statements = statementsOf(lastStep(whole), letter_);
    if (statements.chains.empty()) {
      if (fillsBlank(whole) || (set_ && (set_->isEverything() || set_->empty()))) {
        done_ = done_ || fillsBlank(whole) || assessment.what == What::kRight;
      }
      return;
    }
    const auto set = setOf(statements, letter_, budget);
    if (set && set->isEverything() && set_ && !set_->isEverything()) return;
    if (set && set_ && !(*set == *set_)) {
      branches_ = branches_.unite(*set);
      if (isAnswer(statements, letter_, problem_.form) && branches_ == *set_) done_ = true;
      return;
    }
    wrong_.reset();
    if (assessment.what == What::kDetour && done_) return;
    done_ = isAnswer(statements, letter_, problem_.form);
    if (!done_ && statements.chains.size() > 1) {
      // 3n = -9, n = -3
      Line end;
      end.chains.push_back(statements.chains.back());
      const auto last_set = setOf(end, letter_, budget);
      done_ = isAnswer(end, letter_, problem_.form) && last_set && set_ && *last_set == *set_;
    }
    if (assessment.what != What::kRight) return;
    last_ = linksOf(statements);
    // Begun again from there: what came after it was left.
    const auto again = std::find_if(seen_.begin(), seen_.end(), [&](const std::vector<Link>& old) {
      return sameLinks(old, last_);
    });
    seen_.erase(again, seen_.end());
    seen_.push_back(last_);
  }

  bool finished() const override { return done_; }

  std::vector<Step> ahead(Budget& budget) override {
    std::vector<Step> steps;
    if (last_.size() > 1) {
      if (set_)
        steps.push_back({StepKind::kZeroProduct,
                         toText({StepKind::kZeroProduct, maths::linksOf(*set_, letter_)}), ""});
      return steps;
    }
    for (const auto& step : stepsOf(last_.front(), letter_, budget)) {
      steps.push_back({step.kind, toText(step), toLatex(step)});
    }
    return steps;
  }

 private:
  static Assessment verdict(bool right) {
    Assessment a;
    a.what = right ? What::kRight : What::kWrong;
    return a;
  }

  // "= 8" goes on from the left side of the last statement; a number alone
  // fills a "?".
  Line completed(const Line& line) const {
    Line whole = line;
    for (auto& chain : whole.chains) {
      if (chain.continues && subject_) {
        chain.members.insert(chain.members.begin(), *subject_);
        chain.relations.insert(chain.relations.begin(), chain.opening);
        chain.continues = false;
      } else if (chain.continues && related(chain)) {
        // "= 12÷3 = 4": the statement in itself.
        chain.continues = false;
      } else if (!related(chain) && letter_ == "?" && !chain.members[0]->has_letters) {
        chain.members.insert(chain.members.begin(), symbol(letter_));
        chain.relations.push_back(Relation::kEqual);
      } else if (letter_ == "?" && related(chain)) {
        const auto letters = lettersIn(chain);
        if (letters.size() == 1 && letters.count("?") == 0) {
          for (auto& m : chain.members) m = substitute(m, *letters.begin(), symbol("?"));
        }
      }
    }
    return whole;
  }

  Assessment assessArrows(const Line& whole, const std::vector<Line>& rest, Budget& budget) {
    const auto kept_last = last_;
    Assessment result;
    result.what = What::kRight;
    Line step;
    for (std::size_t i = 0; i < whole.chains.size(); ++i) {
      if (i > 0 && whole.joints[i - 1] != Joint::kArrow) step.joints.push_back(whole.joints[i - 1]);
      step.chains.push_back(whole.chains[i]);
      if (i + 1 < whole.chains.size() && whole.joints[i] != Joint::kArrow) continue;
      Assessment part = assessTogether(step, rest, budget);
      const bool bare = part.what == What::kIncomplete && i + 1 < whole.chains.size();
      if (part.what == What::kWrong || part.what == What::kUnreadable ||
          (part.what == What::kIncomplete && !bare)) {
        last_ = kept_last;
        return part;
      }
      const Line statements = statementsOf(step, letter_);
      if (part.what == What::kRight && !statements.chains.empty()) last_ = linksOf(statements);
      step = {};
    }
    last_ = kept_last;
    return result;
  }

  Assessment assessTogether(const Line& line, const std::vector<Line>& rest, Budget& budget) {
    Line statements;
    const bool bare = std::none_of(line.chains.begin(), line.chains.end(), related);
    if (bare) return incompleteLine("This is not yet an equation: what is it equal to?");
    for (std::size_t c = 0; c < line.chains.size(); ++c) {
      const auto& chain = line.chains[c];
      const auto letters = lettersIn(chain);
      if (!related(chain)) {
        if (line.chains.size() > 1 && letters.empty()) continue;
        return incompleteLine("This is not yet an equation: what is it equal to?");
      }
      for (const auto& m : chain.members) {
        if (m->too_big) return unreadableLine("This number is too large to be checked.");
        if (m->undefined) return unreadableLine("Nothing can be divided by zero.");
      }
      if (auto fault = numericFault(chain, budget)) return std::move(*fault);
      if (letters.empty()) continue;
      if (letter_ != "?" && letters.count("?") != 0) {
        return incompleteLine("There is a question mark left.");
      }
      if (letters.count(letter_) == 0 || letters.size() > 1) {
        return incompleteLine("Use the letter of the problem.");
      }
      if (!statements.chains.empty()) {
        statements.joints.push_back(c > 0 ? line.joints[c - 1] : Joint::kComma);
      }
      statements.chains.push_back(chain);
    }
    if (statements.chains.empty()) return verdict(true);
    return judgeStatements(statements, rest, budget);
  }

  // A link between numbers that does not hold.
  std::optional<Assessment> numericFault(const Chain& chain, Budget& budget) const {
    for (std::size_t i = 0; i < chain.relations.size(); ++i) {
      const Expr& left = chain.members[i];
      const Expr& right = chain.members[i + 1];
      if (left->has_letters || right->has_letters) continue;
      if (chain.relations[i] == Relation::kAsk)
        return incompleteLine("There is a question mark left.");
      const Truth truth = truthOf(left, chain.relations[i], right, problem_.form, budget);
      if (truth == Truth::kTrue) continue;
      // 0 = 1 is what a problem without a solution comes to.
      if (set_ && set_->empty() && chain.relations.size() == 1) continue;
      if (truth == Truth::kUnknown)
        return unreadableLine("This line is more than can be checked here.");
      Assessment a = verdict(false);
      // 4 = 12 is what a wrong line without a solution comes to.
      if (followsContradiction(budget)) {
        a.follows_error = true;
        return a;
      }
      a.fault.scene = Link{left, chain.relations[i], right};
      a.fault.keys = comparisonKeys(left, chain.relations[i], right);
      if (chain.relations[i] == Relation::kEqual && runsOn(left, right)) {
        a.fault.keys.emplace_back("equals-running");
      } else {
        a.fault.expression = std::pair(left, right);
      }
      return a;
    }
    return std::nullopt;
  }

  bool followsContradiction(Budget& budget) const {
    const auto before = wrong_ ? setOf(*wrong_, letter_, budget) : std::nullopt;
    return before && before->empty();
  }

  Assessment judgeStatements(const Line& line, const std::vector<Line>& rest, Budget& budget) {
    const auto set = setOf(line, letter_, budget);
    if (set_ && set) {
      if (*set == *set_) return onPath(line, budget);
      if (set->isEverything()) return verdict(true);  // an identity: a side calculation
      const auto united = unionOfChains(line, letter_, budget);
      if (united && *united == *set_) return onPath(line, budget);
      if (isRounded(line, *set_, problem_.form, budget)) return verdict(true);
      const bool part = !set->empty() && set->onlyPoints() && set_->contains(*set);
      if (part && completesLater(*set, rest, budget)) return verdict(true);
      // Squaring, or multiplying by the letter, may bring in more.
      if (!set_->empty() && set->contains(*set_) && mayGrow(problem_.line)) return verdict(true);
      return wrongStatement(line, set, part, budget);
    }
    return judgeUnsolved(line, set, budget);
  }

  // One solution now, the others in other lines.
  bool completesLater(const RealSet& part, const std::vector<Line>& rest, Budget& budget) const {
    RealSet all = branches_.unite(part);
    for (const auto& line : rest) {
      const Line statements = statementsOf(lastStep(completed(line)), letter_);
      if (statements.chains.empty()) continue;
      const auto set = setOf(statements, letter_, budget);
      // The whole answer further down corrects this line; it does not complete
      // it.
      if (set && *set == *set_) continue;
      if (set && set->onlyPoints() && set_->contains(*set)) all = all.unite(*set);
    }
    return all == *set_;
  }

  // Equations beyond solving: compared as polynomials, or by putting solutions
  // in.
  Assessment judgeUnsolved(const Line& line, const std::optional<RealSet>& set, Budget& budget) {
    const auto links = linksOf(line);
    if (links.size() == 1) {
      for (const auto& source : {last_.front(), linksOf(problem_.line).front()}) {
        if (proportional(source, links.front(), budget)) return verdict(true);
      }
    }
    if (!set_ && set && set->onlyPoints() && !set->empty()) {
      const bool all = holdsAt(*set, linksOf(problem_.line), letter_, budget).value_or(false);
      return all ? verdict(true) : wrongStatement(line, set, false, budget);
    }
    if (set_ && !set_->empty() && set_->onlyPoints()) {
      const auto held = holdsAt(*set_, links, letter_, budget);
      if (!held) return unreadableLine("This line is more than can be checked here.");
      return *held ? verdict(true) : wrongStatement(line, set, false, budget);
    }
    return unreadableLine("This line is more than can be checked here.");
  }

  Assessment onPath(const Line& line, Budget& budget) const {
    Assessment a = verdict(true);
    const auto links = linksOf(line);
    if (wrong_) return a;  // who begins again after a mistake goes no detour
    const bool back = goesBack(seen_, links);
    const bool away = links.size() == 1 && last_.size() == 1 &&
                      leadsAway(last_.front(), links.front(), letter_, budget);
    if (back || away) a.what = What::kDetour;
    return a;
  }

  Assessment wrongStatement(const Line& line, const std::optional<RealSet>& set, bool part,
                            Budget& budget) {
    Assessment a = verdict(false);
    if (wrong_) {
      const auto before = setOf(*wrong_, letter_, budget);
      const auto links = linksOf(line);
      const auto wrong_links = linksOf(*wrong_);
      const bool same_set = before && set && *before == *set;
      const bool branch =
          before && set && !set->empty() && set->onlyPoints() && before->contains(*set);
      if (same_set || branch ||
          (links.size() == 1 && wrong_links.size() == 1 &&
           proportional(links.front(), wrong_links.front(), budget))) {
        a.follows_error = true;
        return a;
      }
    }
    if (part) {
      a.note = "This is a solution, and not the only one.";
      a.one_of_more = true;
      return a;
    }
    if (set_ && isUnturned(line, *set_, letter_, budget)) {
      a.note =
          "When both sides are multiplied or divided by a negative "
          "number, the sign turns round.";
      // Turned for nothing: a sign lost.
      if (last_.size() == 1) {
        const Term t = termOf(last_.front().left);
        a.fault.slip = t.letters && t.coefficient.sign() > 0;
      }
      return a;
    }
    // The part that does not hold.
    std::vector<Link> links = linksOf(line);
    Link target = links.front();
    for (const auto& chain : line.chains) {
      const auto own = solve(chain, letter_, budget);
      if (own && set_ && set_->contains(*own) && !own->empty()) continue;
      for (std::size_t i = 0; i < chain.relations.size(); ++i) {
        const Link link{chain.members[i], chain.relations[i], chain.members[i + 1]};
        if (link.left->has_letters || link.right->has_letters) {
          target = link;
          break;
        }
      }
      break;
    }
    // 3(x+4) = 3x+4 beside the equation: an expression rewritten wrongly.
    if (stoodBefore(target.left) && target.left->size > 1 && target.right->has_letters) {
      a.fault.expression = std::pair(target.left, target.right);
    }
    std::vector<Link> sources = last_;
    for (const auto& link : last_) {
      for (const auto& step : stepsOf(link, letter_, budget)) {
        sources.insert(sources.end(), step.links.begin(), step.links.end());
      }
    }
    a.fault.statement = std::pair(std::move(sources), target);
    return a;
  }

  // 2:3 = 4:6 for 2:3 = 4:?.
  bool fillsBlank(const Line& line) const {
    return letter_ == "?" && set_ && set_->onlyPoints() &&
           repeatsFilledIn(line, problem_.line.chains.front(), letter_, *set_);
  }

  bool stoodBefore(const Expr& e) const {
    return std::any_of(last_.begin(), last_.end(), [&](const Link& link) {
      return containsShape(link.left, e) || containsShape(link.right, e);
    });
  }

  std::string letter_;
  std::optional<RealSet> set_;
  std::vector<Link> last_;
  std::vector<std::vector<Link>> seen_;  // right lines on the path, the problem first
  std::optional<Expr> subject_;
  std::optional<Line> wrong_;
  RealSet branches_;
  bool done_ = false;
};

}  // namespace

std::unique_ptr<Judge> makeSolveJudge(const Problem& problem, Budget& budget) {
  return std::make_unique<SolveJudge>(problem, budget);
}

}  // namespace primer::maths
