// Statements in several letters: systems of equations, and formulas to be
// turned round.

#include <algorithm>

#include "judge.h"
#include "statement_lines.h"
#include "statements.h"
#include "story.h"
#include "system_steps.h"

namespace primer::maths {

namespace {

std::set<std::string> lettersIn(const Link& link) {
  auto letters = lettersOf(link.left);
  letters.merge(lettersOf(link.right));
  return letters;
}

Chain chainOf(const Link& link) {
  Chain chain;
  chain.members = {link.left, link.right};
  chain.relations = {link.relation};
  return chain;
}

class LettersJudge final : public Judge {
 public:
  LettersJudge(const Problem& problem, Budget& budget) : Judge(problem) {
    for (const auto& chain : problem.line.chains) {
      for (const auto& link : linksOf(chain)) right_.push_back(link);
    }
    for (const auto& link : right_) {
      if (isSymbol(link.left) && link.right->value) found_[link.left->text] = link.right;
    }
    if (problem.line.chains.size() > 1) {
      SystemKind kind = SystemKind::kUnknown;
      point_ = solveSystem(problem.line.chains, budget, &kind);
      contradicts_ = kind == SystemKind::kNone;
      endless_ = kind == SystemKind::kMany;
      if (!point_) point_ = solveByPuttingIn(problem.line.chains, budget);
    }
    in_words_ = problem.task == Task::kWords;
  }

  Assessment assess(const Line& line, const std::vector<Line>&, Budget& budget) override {
    Assessment a;
    a.what = What::kWrong;
    if (line.no_solution || line.every_number) {
      if (line.no_solution ? contradicts_ : endless_) a.what = What::kRight;
      return a;
    }
    if (line.bare_relation) {
      a.what = What::kIncomplete;
      return a;
    }
    bool detour = false;
    for (const auto& chain : line.chains) {
      Chain whole = chain;
      if (chain.continues && !newest_.empty()) {
        whole.members.insert(whole.members.begin(), newest_.back().left);
        whole.relations.insert(whole.relations.begin(), chain.opening);
      }
      if (whole.relations.empty()) {
        a.what = What::kIncomplete;
        a.note = "This is not yet an equation: what is it equal to?";
        return a;
      }
      for (const auto& link : linksOf(whole)) {
        a = assessLink(link, budget);
        if (a.what != What::kRight) return a;
        detour = detour || isDetour(link, budget);
      }
    }
    a.what = detour ? What::kDetour : What::kRight;
    return a;
  }

  void keep(const Line& line, const Assessment& assessment, Budget& budget) override {
    if (line.no_solution || line.every_number) said_so_ = assessment.what == What::kRight;
    for (const auto& chain : line.chains) {
      for (const auto& link : linksOf(chain)) {
        if (lettersIn(link).empty()) continue;
        if (assessment.what == What::kWrong) {
          wrong_.push_back(link);
        } else if (assessment.what == What::kRight && !isIdentity(link, budget)) {
          newest_.push_back(link);
          noteAnswer(chain);
        }
      }
    }
  }

  bool finished() const override {
    if (contradicts_ || endless_) return said_so_;
    if (point_) return found_.size() >= point_->size();
    return turned_;
  }

  std::vector<Step> ahead(Budget& budget) override {
    std::vector<Step> steps;
    if (contradicts_ || endless_) {
      steps.push_back(
          {StepKind::kSolutionSet, contradicts_ ? "no solution" : "infinitely many solutions", ""});
      return steps;
    }
    if (point_) {
      for (const auto& step : stepsOf(SystemState{right_, newest_, found_, *point_}, budget)) {
        steps.push_back({step.kind, toText(step), toLatex(step)});
      }
      return steps;
    }
    if (in_words_) {
      steps.push_back(
          {StepKind::kWordAnswer, toText(problem_.line), toLatex(problem_.line.chains[0])});
      return steps;
    }
    if (const auto solved = subjectLink(budget)) {
      steps.push_back(
          {StepKind::kUndoMultiplication, toText({StepKind::kUndoMultiplication, {*solved}}), ""});
    }
    return steps;
  }

 private:
  Assessment assessLink(const Link& link, Budget& budget) {
    Assessment a;
    a.what = What::kRight;
    for (const auto& side : {link.left, link.right}) {
      if (side->too_big || side->undefined) {
        a.what = What::kUnreadable;
        a.note = side->too_big ? "This number is too large to be checked."
                               : "Nothing can be divided by zero.";
        return a;
      }
    }
    const auto letters = lettersIn(link);
    if (letters.empty()) {
      const Truth truth = truthOf(link.left, link.relation, link.right, problem_.form, budget);
      if (truth == Truth::kTrue) return a;
      // 5 = 6 is what a system without a solution comes to.
      if (contradicts_ && link.relation == Relation::kEqual) return a;
      a.what = truth == Truth::kUnknown ? What::kUnreadable : What::kWrong;
      a.fault.scene = link;
      if (runsOn(link.left, link.right)) {
        a.fault.keys.emplace_back("equals-running");
      } else {
        a.fault.expression = std::pair(link.left, link.right);
      }
      return a;
    }
    if (isIdentity(link, budget)) return a;
    const auto held = point_ ? holds(putInto(link.left, *point_), link.relation,
                                     putInto(link.right, *point_), budget)
                             : std::optional(sameFormula(link, budget));
    if (!held) {
      a.what = What::kUnreadable;
      a.note = "This line is more than can be checked here.";
      return a;
    }
    if (*held) return a;
    return wrongLink(link, budget);
  }

  // Back from what is known of one letter already, or to an older form of a formula. Values put
  // into a given equation to check it are no detour, and neither is a new start after a mistake.
  bool isDetour(const Link& link, Budget& budget) const {
    if (!wrong_.empty()) return false;
    if (!point_) {
      std::vector<std::vector<Link>> seen;
      for (const auto& right : right_) seen.push_back({right});
      for (const auto& right : newest_) seen.push_back({right});
      return goesBack(seen, {link});
    }
    const auto letters = lettersIn(link);
    if (letters.size() != 1) return false;
    for (const auto& given : right_) {
      for (const auto& [letter, value] : found_) {
        const Link put{substitute(given.left, letter, value), given.relation,
                       substitute(given.right, letter, value)};
        if (sameLink(put, link)) return false;
      }
    }
    const auto before = std::find_if(newest_.rbegin(), newest_.rend(),
                                     [&](const Link& old) { return lettersIn(old) == letters; });
    return before != newest_.rend() && leadsAway(*before, link, *letters.begin(), budget);
  }

  Assessment wrongLink(const Link& link, Budget& budget) const {
    Assessment a;
    a.what = What::kWrong;
    if (followsWrong(link, budget)) {
      a.follows_error = true;
      return a;
    }
    if (in_words_ && isWithoutCounts(link, budget)) {
      a.fault.keys.emplace_back("algebra-letter-as-label");
      return a;
    }
    if (in_words_ && isReversal(link, budget)) {
      a.fault.keys.emplace_back("algebra-reversal");
      return a;
    }
    std::vector<Link> sources(newest_.rbegin(), newest_.rend());
    sources.insert(sources.end(), right_.begin(), right_.end());
    if (point_) {
      // What comes of putting known values in.
      for (const auto& source : right_) {
        for (const auto& [letter, value] : found_) {
          sources.push_back({substitute(source.left, letter, value), source.relation,
                             substitute(source.right, letter, value)});
        }
      }
    }
    // Two equations added, or one taken from the other.
    if (point_ && right_.size() == 2) {
      for (const bool minus : {false, true}) {
        sources.push_back(joined(right_[0], right_[1], minus, budget));
      }
    }
    const std::size_t given = sources.size();
    for (std::size_t i = 0; i < given && sources.size() < 14; ++i) {
      const auto own = lettersIn(sources[i]);
      if (own.size() != 1) continue;
      for (const auto& step : stepsOf(sources[i], *own.begin(), budget)) {
        sources.insert(sources.end(), step.links.begin(), step.links.end());
      }
    }
    if (sources.size() > 14) sources.resize(14);
    a.fault.statement = std::pair(std::move(sources), link);
    return a;
  }

  bool followsWrong(const Link& link, Budget& budget) const {
    for (const auto& wrong : wrong_) {
      if (!point_) {
        if (sameStatement(wrong, link, budget)) return true;
        continue;
      }
      for (const auto& other : right_) {
        const auto point = solveSystem({chainOf(wrong), chainOf(other)}, budget);
        if (!point) continue;
        if (holds(putInto(link.left, *point), link.relation, putInto(link.right, *point), budget)
                .value_or(false)) {
          return true;
        }
      }
      if (sameStatement(wrong, link, budget)) return true;
    }
    return false;
  }

  // b + r = 90 for 5b + 6r = 90: the letters stand for the things.
  bool isWithoutCounts(const Link& link, Budget& budget) const {
    if (right_.size() != 1) return false;
    const Link& right = right_.front();
    if (right.left->kind != Kind::kSum && right.right->kind != Kind::kSum) return false;
    return sameStatement({withoutCounts(right.left), right.relation, withoutCounts(right.right)},
                         link, budget);
  }

  // P = 6S for S = 6P.
  bool isReversal(const Link& link, Budget& budget) const {
    if (right_.size() != 1) return false;
    const Link& source = right_.front();
    for (const bool left : {true, false}) {  // 4 - n for n - 4
      const auto other = turnedRound(left ? source.left : source.right);
      if (!other) continue;
      const Link whole = {left ? *other : source.left, source.relation,
                          left ? source.right : *other};
      if (sameStatement(whole, link, budget)) return true;
    }
    if (point_) return false;
    const auto letters = lettersIn(source);
    if (letters.size() != 2 || lettersIn(link) != letters) return false;
    const std::string a = *letters.begin();
    const std::string b = *letters.rbegin();
    const auto turned = [&](const Expr& e) {
      const Expr step = substitute(e, a, symbol("?"));
      return substitute(substitute(step, b, symbol(a)), "?", symbol(b));
    };
    return sameStatement({turned(source.left), source.relation, turned(source.right)}, link,
                         budget);
  }

  static bool isIdentity(const Link& link, Budget& budget) {
    return link.relation == Relation::kEqual &&
           sameValue(link.left, link.right, budget).value_or(false);
  }

  bool sameFormula(const Link& link, Budget& budget) const {
    for (const auto& right : right_) {
      if (sameStatement(right, link, budget)) return true;
    }
    // x = ... with x put in.
    for (const bool left : {true, false}) {
      const Expr& letter = left ? link.left : link.right;
      const Expr& value = left ? link.right : link.left;
      if (!isSymbol(letter) || lettersOf(value).count(letter->text) != 0) continue;
      const Link& formula = right_.front();
      if (formula.relation != link.relation || link.relation != Relation::kEqual) continue;
      const Expr l = substitute(formula.left, letter->text, bracketed(value));
      const Expr r = substitute(formula.right, letter->text, bracketed(value));
      const bool there = lettersIn(formula).count(letter->text) != 0;
      if (there && sameValue(l, r, budget).value_or(false)) return true;
    }
    return false;
  }

  void noteAnswer(const Chain& chain) {
    const Expr& first = chain.members.front();
    const Expr& end = chain.members.back();
    for (const auto& [letter, value] : {std::pair{first, end}, std::pair{end, first}}) {
      if (!isSymbol(letter)) continue;
      if (point_) {
        if (!value->has_letters && isAnswerForm(value, problem_.form)) found_[letter->text] = value;
      } else if (problem_.subject.empty() || letter->text == problem_.subject || in_words_) {
        turned_ = turned_ || lettersOf(value).count(letter->text) == 0;
      }
    }
    if (in_words_) turned_ = true;
  }

  std::optional<Link> subjectLink(Budget& budget) const {
    if (problem_.subject.empty()) return std::nullopt;
    try {
      Algebra algebra(budget);
      const Ratio r =
          algebra.subtract(algebra.of(right_.front().left), algebra.of(right_.front().right));
      const auto parts = algebra.splitBy(r.top, algebra.generator(problem_.subject));
      if (!parts || parts->size() != 2) return std::nullopt;
      // x = top/bottom, the bottom without a minus.
      const Ratio rest = {(*parts)[0], Algebra::constant(1)};
      Ratio bottom = {(*parts)[1], Algebra::constant(1)};
      const Ratio zero = {{}, Algebra::constant(1)};
      const bool minus = bottom.top.begin()->second.sign() < 0;
      if (minus) bottom = algebra.subtract(zero, bottom);
      const auto over = writtenOut(algebra, minus ? rest : algebra.subtract(zero, rest));
      const auto under = writtenOut(algebra, bottom);
      if (!over || !under) return std::nullopt;
      const bool whole = (*under)->value == Rational(1);
      return Link{symbol(problem_.subject), Relation::kEqual,
                  whole ? *over : quotient(*over, *under)};
    } catch (const NoNormalForm&) {
      return std::nullopt;
    }
  }

  std::vector<Link> right_;   // of the problem
  std::vector<Link> newest_;  // right ones, as they were written
  std::vector<Link> wrong_;
  std::optional<Point> point_;
  std::map<std::string, Expr> found_;
  bool contradicts_ = false;  // no solution
  bool endless_ = false;      // a system with infinitely many
  bool said_so_ = false;
  bool turned_ = false;
  bool in_words_ = false;
};

}  // namespace

std::unique_ptr<Judge> makeLettersJudge(const Problem& problem, Budget& budget) {
  return std::make_unique<LettersJudge>(problem, budget);
}

}  // namespace primer::maths
