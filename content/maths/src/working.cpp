#include "primer/maths/working.h"

#include <algorithm>

#include "hints.h"
#include "judge.h"
#include "pictures.h"

namespace primer::maths {

namespace {

// One line, read in the ways that its notation allows.
struct Reading {
  ReadState state = ReadState::kUnreadable;
  std::string message;
  std::vector<Line> ways;  // the usual one first
};

Reading readWays(const std::string& text, const Problem& problem) {
  ReadOptions options;
  options.letters = problem.letters;
  options.limit_units = problem.task == Task::kWords;
  options.units = problem.units;
  options.factorials = problem.factorials;
  options.decimal_commas = problem.decimal_commas;
  ReadLine first = readLine(text, options);
  Reading reading{first.state, first.message, {}};
  if (first.state == ReadState::kRead) reading.ways.push_back(std::move(first.line));
  const auto also = [&](const ReadOptions& other) {
    ReadLine read = readLine(text, other);
    if (read.state != ReadState::kRead) return;
    reading.ways.push_back(std::move(read.line));
    reading.state = ReadState::kRead;
  };
  if (first.saw_loose_product) {
    ReadOptions other = options;
    other.tight_product = true;
    also(other);
  }
  if (first.saw_comma_group) {
    ReadOptions other = options;
    other.comma_groups = true;
    also(other);
  }
  if (first.saw_bang) {
    ReadOptions other = options;
    other.factorials = true;
    also(other);
  }
  if (first.saw_times_x && problem.task == Task::kWords) {
    ReadOptions other = options;
    other.letters.insert("x");
    also(other);
  }
  if (first.saw_list_comma) {
    ReadOptions other = options;
    other.list_commas = true;
    also(other);
  }
  // Letters run together that the problem does not know: 6S = P, ab.
  const bool short_words = std::all_of(first.words.begin(), first.words.end(),
                                       [](const std::string& w) { return w.size() <= 2; });
  if (first.state == ReadState::kUnreadable && !first.words.empty() && short_words) {
    ReadOptions other = options;
    other.split_runs = true;
    also(other);
  }
  return reading;
}

int rank(const Assessment& a) {
  switch (a.what) {
    case What::kRight:
      return 5;
    case What::kDetour:
      return 4;
    case What::kIncomplete:
      return 2;
    case What::kUnreadable:
      return 1;
    case What::kWrong:
      return 3;
  }
  return 0;
}

struct Best {
  Assessment assessment;
  const Line* line = nullptr;
};

class Sheet {
 public:
  Sheet(const Problem& problem, const std::vector<WrittenLine>& lines, const Limits& limits)
      : problem_(problem), written_(lines), limits_(limits) {
    for (const auto& line : lines) readings_.push_back(readWays(line.text, problem));
  }

  Verdict check() {
    Budget start(limits_.line);
    judge_ = makeJudge(problem_, start);
    Verdict verdict;
    for (std::size_t i = 0; i < readings_.size(); ++i) verdict.lines.push_back(checkLine(i));
    verdict.finished = judge_->finished();
    return verdict;
  }

 private:
  LineVerdict checkLine(std::size_t i) {
    LineVerdict verdict;
    std::string note = readings_[i].message;
    HintContext context;
    const Budget::Clock::time_point begin = Budget::Clock::now();
    try {
      Budget budget(limits_.line);
      const Best best = bestOf(readings_[i], i, budget);
      verdict = settle(best, readings_[i], begin);
      note = best.line != nullptr ? best.assessment.note : note;
      context.one_of_more = best.assessment.one_of_more;
      context.signs_of_product = areSignsOfProduct(verdict, best.assessment.fault);
      if (best.line != nullptr) judge_->keep(*best.line, best.assessment, budget);
      if (!isRight(verdict.state)) askForSecondReading(i, verdict, budget);
    } catch (const BudgetSpent&) {
      if (verdict.state == LineState::kUnreadable) note = "it is more than can be checked in time.";
    } catch (const NoNormalForm&) {
      note = "it is more than can be checked here.";
    }
    std::vector<Step> ahead;
    try {
      Budget budget(limits_.line / 4);
      ahead = judge_->ahead(budget);
    } catch (const BudgetSpent&) {
      ahead.clear();
    } catch (const NoNormalForm&) {
      ahead.clear();
    }
    context.finished = judge_->finished();
    verdict.explanation = explanationFor(verdict, note);
    verdict.hints = hintsFor(verdict, ahead, context);
    return verdict;
  }

  static bool areSignsOfProduct(const LineVerdict& verdict, const Fault& fault) {
    if (verdict.misconception.substr(0, 8) != "integer-" || !fault.expression) return false;
    const Expr& right = fault.expression->first;
    return right->kind == Kind::kProduct || right->kind == Kind::kQuotient;
  }

  static bool isRight(LineState state) {
    return state == LineState::kRight || state == LineState::kOffPath;
  }

  std::vector<Line> linesAfter(std::size_t i) const {
    std::vector<Line> rest;
    for (std::size_t k = i + 1; k < readings_.size() && rest.size() < 12; ++k) {
      if (!readings_[k].ways.empty()) rest.push_back(readings_[k].ways.front());
    }
    return rest;
  }

  Best bestOf(const Reading& reading, std::size_t i, Budget& budget) {
    Best best;
    const auto rest = linesAfter(i);
    for (const auto& way : reading.ways) {
      Assessment a = judge_->assess(way, rest, budget);
      if (best.line == nullptr || rank(a) > rank(best.assessment)) best = {std::move(a), &way};
    }
    return best;
  }

  LineVerdict settle(const Best& best, const Reading& reading,
                     Budget::Clock::time_point begin) const {
    LineVerdict verdict;
    if (best.line == nullptr) {
      verdict.state =
          reading.state == ReadState::kIncomplete ? LineState::kIncomplete : LineState::kUnreadable;
      return verdict;
    }
    switch (best.assessment.what) {
      case What::kRight:
        verdict.state = LineState::kRight;
        return verdict;
      case What::kDetour:
        verdict.state = LineState::kOffPath;
        return verdict;
      case What::kIncomplete:
        verdict.state = LineState::kIncomplete;
        return verdict;
      case What::kUnreadable:
        verdict.state = LineState::kUnreadable;
        return verdict;
      case What::kWrong:
        break;
    }
    verdict.state = LineState::kWrong;
    verdict.follows_error = best.assessment.follows_error;
    if (!verdict.follows_error) diagnose(best.assessment.fault, verdict, begin);
    if (best.assessment.part_of_problem && verdict.state != LineState::kMisconception) {
      verdict.state = LineState::kIncomplete;
    }
    return verdict;
  }

  // The search for the reason gets what is left of the line's time.
  void diagnose(const Fault& fault, LineVerdict& verdict, Budget::Clock::time_point begin) const {
    const auto spent =
        std::chrono::duration_cast<std::chrono::microseconds>(Budget::Clock::now() - begin);
    Budget budget(std::max(limits_.line * 3 / 4 - spent, std::chrono::microseconds(1000)));
    Diagnosis found;
    if (!fault.keys.empty()) {
      found = {Diagnosis::Kind::kMisconception, fault.keys};
    } else if (fault.slip) {
      found.kind = Diagnosis::Kind::kSlip;
    }
    if (found.kind == Diagnosis::Kind::kNone && fault.expression) {
      found = diagnoseExpression(fault.expression->first, fault.expression->second, budget);
    }
    if (found.kind == Diagnosis::Kind::kNone && fault.statement) {
      found = diagnoseStatement(fault.statement->first, fault.statement->second, budget);
    }
    if (!fault.besides.empty()) {
      found.kind = Diagnosis::Kind::kMisconception;
      found.keys.push_back(fault.besides);
    }
    if (found.kind == Diagnosis::Kind::kSlip) verdict.state = LineState::kSlip;
    if (found.kind != Diagnosis::Kind::kMisconception) return;
    verdict.state = LineState::kMisconception;
    verdict.misconception = found.keys.front();
    verdict.also.assign(found.keys.begin() + 1, found.keys.end());
    verdict.picture = pictureFor(verdict.misconception, sceneOf(fault), problem_);
  }

  static Scene sceneOf(const Fault& fault) {
    Scene scene;
    if (fault.scene) scene.statements.push_back(*fault.scene);
    if (fault.expression) {
      scene.expressions.push_back(fault.expression->first);
      scene.written = fault.expression->second;
    }
    if (fault.statement) {
      const auto& before = fault.statement->first;
      scene.statements.insert(scene.statements.end(), before.begin(), before.end());
    }
    return scene;
  }

  void askForSecondReading(std::size_t i, LineVerdict& verdict, Budget& budget) {
    for (const auto& text : written_[i].alternatives) {
      const Reading reading = readWays(text, problem_);
      const Best best = bestOf(reading, i, budget);
      if (best.line == nullptr || rank(best.assessment) < 4) continue;
      verdict = {};
      verdict.second_reading = text;
      return;
    }
  }

  const Problem& problem_;
  const std::vector<WrittenLine>& written_;
  const Limits& limits_;
  std::vector<Reading> readings_;
  std::unique_ptr<Judge> judge_;
};

long rightLines(const Verdict& verdict) {
  return std::count_if(verdict.lines.begin(), verdict.lines.end(), [](const LineVerdict& l) {
    return l.state == LineState::kRight || l.state == LineState::kOffPath;
  });
}

}  // namespace

const char* stateName(LineState state) {
  switch (state) {
    case LineState::kRight:
      return "right";
    case LineState::kOffPath:
      return "off_path";
    case LineState::kIncomplete:
      return "incomplete";
    case LineState::kUnreadable:
      return "unreadable";
    case LineState::kSlip:
      return "slip";
    case LineState::kMisconception:
      return "misconception";
    case LineState::kWrong:
      return "wrong";
  }
  return "";
}

Result<Verdict> checkWorking(const ProblemSource& source, const std::vector<WrittenLine>& lines,
                             const Limits& limits) {
  if (lines.size() > limits.lines) {
    return fail(ErrorCode::kLimitExceeded, "more than " + std::to_string(limits.lines) + " lines");
  }
  try {
    PRIMER_ASSIGN(const Problem problem, readProblem(source));
    Verdict verdict = Sheet(problem, lines, limits).check();
    // 1/2x or 1,300 in the problem: the reading in which more lines are right is meant. All
    // readings together keep to the time of a line and a half.
    Limits shorter = limits;
    shorter.line = limits.line / 4;
    for (const auto& reading : {ProblemReading{true, false}, ProblemReading{false, true}}) {
      if (rightLines(verdict) == static_cast<long>(lines.size())) break;
      const auto other = readProblem(source, reading);
      if (!other || toText(other->line) == toText(problem.line)) continue;
      Verdict second = Sheet(*other, lines, shorter).check();
      if (rightLines(second) > rightLines(verdict)) verdict = std::move(second);
    }
    return verdict;
  } catch (const BudgetSpent&) {
    return fail(ErrorCode::kLimitExceeded, "the problem is more than can be checked in time");
  } catch (const NoNormalForm&) {
    return fail(ErrorCode::kUnsupported, "the problem is more than can be checked");
  }
}

}  // namespace primer::maths
