#pragma once

// What is to be done: a problem as it stands on the page, understood.
//
//   47+38            evaluate        2x+3=11                 solve
//   3(x+4)           simplify        x+y=5, x-y=1            solve (a system)
//   0.3 ? 0.47       compare         2:3 = 4:?               solve (for ?)
//   Round 3.456 to 2 decimal places; Write 7/3 as a mixed number; Factorise 6x+9; ...
//   5a + 3b for a = 2 and b = 4   evaluate 5×2 + 3×4;   0.5 kg = ? g;   1 h 40 min + 35 min
//   anything in words, with an answer
//
// Values; safe to share between threads once made.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "primer/base/result.h"
#include "primer/maths/line.h"

namespace primer::maths {

enum class Task : std::uint8_t { kEvaluate, kSimplify, kSolve, kCompare, kWords };

// The form that the answer is asked in.
struct Form {
  bool lowest_terms = false;
  bool mixed = false;
  bool decimal = false;
  bool fraction = false;
  bool remainder = false;  // of a division of whole numbers: 21 r 2
  bool expand = false;
  bool factor = false;
  std::optional<bool> larger;  // of two: which is larger (true) or smaller is asked
  std::optional<int> places;   // rounded to so many decimal places; negative: tens, hundreds
  std::string unit;            // "" where none is asked
};

struct Problem {
  Task task = Task::kEvaluate;
  std::string text;
  Form form;
  std::set<std::string> letters;
  Line line;                      // the maths of it; for words, the answer
  std::vector<Rational> numbers;  // in words: the numbers of the text, in order
  std::set<std::string> units;    // single letters that are units in this text
  bool decimal_commas = false;    // 3,2 stands in it, so that 3,125 is no number of thousands
  bool factorials = false;        // "!" behind a number is a sign of this problem
  std::string subject;            // the letter to be found or made the subject; may be empty

  // The expression of evaluate and simplify, or of an answer that is one.
  const Expr& expression() const { return line.chains.front().members.front(); }
};

struct ProblemSource {
  std::string text;
  std::string task;    // "solve", "evaluate", "simplify", "compare", or empty: guessed
  std::string answer;  // where the problem is in words
};

// Ways to take what can be read in two ways, as in ReadOptions.
struct ProblemReading {
  bool tight_product = false;
  bool comma_groups = false;
};

// kInvalidArgument says what cannot be understood.
Result<Problem> readProblem(const ProblemSource& source, const ProblemReading& reading = {});

}  // namespace primer::maths
