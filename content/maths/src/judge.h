#pragma once

// Judging the lines of one kind of task. A judge keeps what was right so far and what was wrong
// last.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diagnose.h"
#include "primer/maths/problem.h"
#include "primer/maths/steps.h"
#include "rewrite.h"

namespace primer::maths {

// What is wrong, for the search for the reason.
struct Fault {
  std::optional<std::pair<Expr, Expr>> expression;              // right, written
  std::optional<std::pair<std::vector<Link>, Link>> statement;  // right ones, written
  std::vector<std::string_view> keys;                           // already named
  bool slip = false;                                            // already known as a slip
  std::string_view besides;   // a key that holds whatever else is found
  std::optional<Link> scene;  // the relation that keys already named are about
};

enum class What : std::uint8_t { kRight, kDetour, kIncomplete, kUnreadable, kWrong };

struct Assessment {
  What what = What::kUnreadable;
  std::string note;  // what is missing, or why it cannot be read
  bool follows_error = false;
  bool one_of_more = false;      // a solution, and there are others
  bool part_of_problem = false;  // where no misconception explains it, it is only unfinished
  Fault fault;
};

Assessment incompleteLine(std::string note);
Assessment unreadableLine(std::string note);

class Judge {
 public:
  explicit Judge(const Problem& problem) : problem_(problem) {}
  virtual ~Judge() = default;
  Judge(const Judge&) = delete;
  Judge& operator=(const Judge&) = delete;

  // Throws BudgetSpent. `rest` are the lines still to come.
  virtual Assessment assess(const Line& line, const std::vector<Line>& rest, Budget& budget) = 0;
  // Moves on after a line was assessed.
  virtual void keep(const Line& line, const Assessment& assessment, Budget& budget) = 0;
  virtual bool finished() const = 0;
  // The steps from the last line on the path.
  virtual std::vector<Step> ahead(Budget& budget) = 0;

 protected:
  const Problem& problem_;
};

std::unique_ptr<Judge> makeJudge(const Problem& problem, Budget& budget);
std::unique_ptr<Judge> makeValueJudge(const Problem& problem);
std::unique_ptr<Judge> makeSolveJudge(const Problem& problem, Budget& budget);
std::unique_ptr<Judge> makeLettersJudge(const Problem& problem, Budget& budget);
std::unique_ptr<Judge> makeCompareJudge(const Problem& problem);

// Shared by the judges ---------------------------------------------------------------------

// 3 r 1 as a number, beside its divisor.
Expr withRemainders(const Expr& e, const std::optional<Rational>& divisor);
// The divisor of the division that an expression is, if it is one of whole numbers.
std::optional<Rational> divisorOf(const Expr& e);

enum class Truth : std::uint8_t { kTrue, kFalse, kUnknown };
// A link between numbers, or an identity; with roundings that the form allows.
Truth truthOf(const Expr& left, Relation relation, const Expr& right, const Form& form,
              Budget& budget);
// "8+4 = 12+5": goes on calculating behind the equals sign.
bool runsOn(const Expr& left, const Expr& right);
// Whether a value is written out: a number, fraction, mixed number, surd; in the form asked.
bool isAnswerForm(const Expr& e, const Form& form);
}  // namespace primer::maths
