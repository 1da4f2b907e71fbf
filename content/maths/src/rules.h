#pragma once

// The wrong procedures as code. An expression rule looks at one node of a right line and emits what
// a pupil who thinks so would put in its place; an equation rule does the same for a whole
// statement; a comparison rule says whether a claimed order would follow from the misconception.
// Which key stands for what, in words and with its source, is in rulebook.h.

#include <functional>
#include <string_view>
#include <vector>

#include "primer/maths/line.h"

namespace primer::maths {

using Emit = std::function<void(Expr wrong, std::string_view key, std::string_view second)>;
using ExpressionRule = void (*)(const Expr& node, const Emit& emit);
const std::vector<ExpressionRule>& expressionRules();

// One relation between two sides.
struct Link {
  Expr left;
  Relation relation = Relation::kEqual;
  Expr right;
};
using EmitLink = std::function<void(Link wrong, std::string_view key)>;
using EquationRule = void (*)(const Link& link, const EmitLink& emit);
const std::vector<EquationRule>& equationRules();

// Keys of misconceptions from which `claimed` (wrong) between two numbers would follow, likelier
// first. The numbers are taken as they are written.
std::vector<std::string_view> comparisonKeys(const Expr& left, Relation claimed, const Expr& right);

// Parts of the tables above, by topic.
void sumRules(const Expr& node, const Emit& emit);
void productRules(const Expr& node, const Emit& emit);
void quotientRules(const Expr& node, const Emit& emit);
void signedNumberRules(const Expr& node, const Emit& emit);
void orderRules(const Expr& node, const Emit& emit);
void powerRules(const Expr& node, const Emit& emit);
void fractionRules(const Expr& node, const Emit& emit);
void mixedRules(const Expr& node, const Emit& emit);
void percentRules(const Expr& node, const Emit& emit);
void distributeRules(const Expr& node, const Emit& emit);
void conjoinRules(const Expr& node, const Emit& emit);
void linearityRules(const Expr& node, const Emit& emit);
void cancelRules(const Expr& node, const Emit& emit);

// Terms of a sum (or the expression alone), and the sum of terms.
std::vector<Expr> termsOf(const Expr& e);
// The term with the other sign.
Expr opposite(const Expr& term);
// A term as coefficient and the rest without numbers (null where there is none).
struct Term {
  Rational coefficient = 1;
  Expr letters;
};
Term termOf(const Expr& e);
Expr termFrom(const Rational& coefficient, const Expr& letters);

}  // namespace primer::maths
