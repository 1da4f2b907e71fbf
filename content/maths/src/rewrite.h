#pragma once

// Right steps on expressions and statements.

#include <optional>
#include <utility>
#include <vector>

#include "algebra.h"
#include "primer/maths/steps.h"
#include "rules.h"
#include "solutions.h"

namespace primer::maths {

struct ExprStep {
  StepKind kind;
  Expr result;
  std::string said = {};  // what was worked out, as Step::said
};
struct LinkStep {
  StepKind kind;
  std::vector<Link> links;  // one, or several joined by "or"
};

// Two whole numbers that are not worked at a glance, one of them taken apart by its places: 48 + 89
// is 48 + 80 + 9, 82 - 47 is 82 - 40 - 7, 24 * 6 is 20 * 6 + 4 * 6. Nothing for anything else.
std::optional<ExprStep> splitByPlaces(const Expr& e);

// The next calculation of an expression, or nothing where it is done.
std::optional<ExprStep> nextStep(const Expr& e, const Form& form, Budget& budget);
// All of them, at most 40.
std::vector<ExprStep> stepsOf(const Expr& e, const Form& form, Budget& budget);
// From an equation or inequality in one letter to its solutions.
std::vector<LinkStep> stepsOf(const Link& link, const std::string& letter, Budget& budget);

// A normal form written out, terms by falling powers. Nothing where a root or power of its own
// kind would be needed that cannot be written.
std::optional<Expr> writtenOut(Algebra& algebra, const Ratio& ratio);
// Expanded and collected.
std::optional<Expr> collected(const Expr& e, Budget& budget);
// A polynomial in one letter as a product, where it has rational factors; or its common factor
// taken out.
std::optional<Expr> factorised(const Expr& e, Budget& budget);
// The answer of a rational value in the form asked.
Expr inForm(const Rational& value, const Form& form, bool decimals);

std::string toText(const LinkStep& step);
std::string toLatex(const LinkStep& step);
// Solutions of a set as links on one letter: x = 2, x = 3; or -1 < x, x < 4.
std::vector<Link> linksOf(const RealSet& set, const std::string& letter);

}  // namespace primer::maths
