// Right steps with letters: expanding, collecting, factorising, solving.

#include <algorithm>

#include "rewrite.h"
#include "statements.h"

namespace primer::maths {

namespace {

bool hasBrackets(const Expr& e) {
  if (!e->has_letters) return false;
  const bool here =
      (e->kind == Kind::kProduct || e->kind == Kind::kPower || e->kind == Kind::kNegate) &&
      std::any_of(e->children.begin(), e->children.end(),
                  [](const Expr& c) { return c->kind == Kind::kSum && c->has_letters; });
  return here || std::any_of(e->children.begin(), e->children.end(), hasBrackets);
}

// Every term multiplied out by itself, not yet put together with the others.
std::optional<Expr> expanded(const Expr& e, Budget& budget) {
  std::vector<Expr> terms;
  for (const auto& term : termsOf(e)) {
    if (!hasBrackets(term)) {
      terms.push_back(term);
      continue;
    }
    const auto whole = collected(term, budget);
    if (!whole) return std::nullopt;
    for (const auto& part : termsOf(*whole)) terms.push_back(part);
  }
  return sum(std::move(terms));
}

struct Linear {
  Rational a;
  Rational b;
};

std::optional<std::vector<Rational>> polynomial(const Expr& e, const std::string& letter,
                                                Budget& budget) {
  try {
    Algebra algebra(budget);
    const Ratio r = algebra.of(e);
    if (Algebra::constantOf(r.bottom) != Rational(1)) return std::nullopt;
    return algebra.coefficients(r.top, algebra.generator(letter));
  } catch (const NoNormalForm&) {
    return std::nullopt;
  }
}

std::optional<Linear> linear(const Expr& e, const std::string& letter, Budget& budget) {
  const auto c = polynomial(e, letter, budget);
  if (!c || c->size() > 2) return std::nullopt;
  return Linear{c->size() > 1 ? (*c)[1] : Rational(0), (*c)[0]};
}

Expr written(const Linear& l, const std::string& letter) {
  std::vector<Expr> terms;
  if (!l.a.isZero()) terms.push_back(termFrom(l.a, symbol(letter)));
  if (!l.b.isZero() || terms.empty()) {
    terms.push_back(l.b.sign() < 0 && !terms.empty() ? negate(number(-l.b)) : number(l.b));
  }
  return sum(std::move(terms));
}

bool hasDecimals(const Expr& e) {
  if (isNumber(e)) return e->text.find('.') != std::string::npos;
  return std::any_of(e->children.begin(), e->children.end(), hasDecimals);
}

// 7, x, 2x, x/6.
bool isPlainTerm(const Expr& e) {
  if (e->value || isSymbol(e)) return true;
  if (e->kind == Kind::kNegate) return isPlainTerm(e->children[0]);
  if (e->kind == Kind::kQuotient) return isPlainTerm(e->children[0]) && e->children[1]->value;
  return e->kind == Kind::kProduct && e->children.size() == 2 && isNumber(e->children[0]) &&
         isSymbol(e->children[1]);
}

// Nothing to multiply out or to put together: one term with the letter and one number at most.
bool isTidy(const Expr& side) {
  const auto terms = termsOf(side);
  const auto letters =
      std::count_if(terms.begin(), terms.end(), [](const Expr& term) { return term->has_letters; });
  return letters <= 1 && static_cast<std::ptrdiff_t>(terms.size()) - letters <= 1 &&
         std::all_of(terms.begin(), terms.end(), isPlainTerm);
}

// `decimals`: the numbers are written so, and stay so.
void linearSteps(Linear left, Relation relation, Linear right, const std::string& letter,
                 bool decimals, std::vector<LinkStep>& steps) {
  const auto add = [&](StepKind kind) {
    steps.push_back({kind, {{written(left, letter), relation, written(right, letter)}}});
  };
  Rational common = 1;
  for (const auto& value : {left.a, right.a}) common = lcm(common, value.denominator());
  if (common != Rational(1) && !decimals) {
    for (auto* value : {&left.a, &left.b, &right.a, &right.b}) *value = *value * common;
    add(StepKind::kClearFractions);
  }
  if (!right.a.isZero() && left.a.isZero()) {
    std::swap(left, right);
    relation = mirrored(relation);
    if (!left.b.isZero() || left.a != Rational(1)) add(StepKind::kTidySides);
  }
  if (!right.a.isZero()) {
    left.a = left.a - right.a;
    right.a = 0;
    add(StepKind::kCollectLetters);
  }
  if (left.a.isZero()) return;
  if (!left.b.isZero()) {
    right.b = right.b - left.b;
    left.b = 0;
    add(StepKind::kUndoAddition);
  }
  if (left.a != Rational(1)) {
    right.b = right.b / left.a;
    if (left.a.sign() < 0) relation = mirrored(relation);
    left.a = 1;
    add(StepKind::kUndoMultiplication);
  }
}

Expr factorOf(const Rational& x, const std::string& letter) {
  // (x - 3), or (2x - 1) for one half.
  return bracketed(written({x.denominator(), -x.numerator()}, letter));
}

}  // namespace

std::optional<Expr> writtenOut(Algebra& algebra, const Ratio& ratio) {
  const auto write = [&](const Poly& p) -> std::optional<Expr> {
    struct Piece {
      std::int64_t degree = 0;
      std::string order;
      Expr term;
    };
    std::vector<Piece> pieces;
    for (const auto& [m, c] : p) {
      Piece piece;
      std::vector<Expr> above;
      std::vector<Expr> below;
      for (const auto& [g, e] : m) {
        std::string name = algebra.nameOf(g);
        Expr base;
        if (name[0] == '#') {
          base = numeral(name.substr(1));
        } else if (algebra.isLetter(g) || name == "π") {
          base = symbol(name);
        } else {
          return std::nullopt;
        }
        Expr factor = base;
        const std::int32_t n = std::abs(e.n);
        if (e.d != 1) factor = root(factor, numeral(std::to_string(e.d)));
        if (n != 1) factor = power(factor, numeral(std::to_string(n)));
        (e.n > 0 ? above : below).push_back(factor);
        if (algebra.isLetter(g)) {
          piece.degree += e.n;
          piece.order += name;
        }
      }
      std::sort(above.begin(), above.end(), [](const Expr& x, const Expr& y) {
        return std::pair(x->has_letters, toText(x)) < std::pair(y->has_letters, toText(y));
      });
      const Expr letters = above.empty() ? nullptr : product(above, Mark::kImplied);
      piece.term = termFrom(c, letters);
      if (!below.empty()) {
        const bool minus = piece.term->kind == Kind::kNegate;
        const Expr top = minus ? piece.term->children[0] : piece.term;
        piece.term = quotient(top, product(below, Mark::kImplied));
        if (minus) piece.term = negate(piece.term);
      }
      pieces.push_back(std::move(piece));
    }
    std::stable_sort(pieces.begin(), pieces.end(), [](const Piece& a, const Piece& b) {
      return a.degree != b.degree ? a.degree > b.degree : a.order < b.order;
    });
    std::vector<Expr> terms;
    for (auto& piece : pieces) terms.push_back(std::move(piece.term));
    return sum(std::move(terms));
  };
  const auto top = write(ratio.top);
  if (!top || Algebra::constantOf(ratio.bottom) == Rational(1)) return top;
  const auto bottom = write(ratio.bottom);
  if (!bottom) return std::nullopt;
  return quotient(*top, *bottom);
}

std::optional<Expr> collected(const Expr& e, Budget& budget) {
  try {
    Algebra algebra(budget);
    return writtenOut(algebra, algebra.of(e));
  } catch (const NoNormalForm&) {
    return std::nullopt;
  }
}

std::optional<Expr> factorised(const Expr& e, Budget& budget) {
  const auto letters = lettersOf(e);
  if (letters.size() == 1) {
    const auto c = polynomial(e, *letters.begin(), budget);
    if (c && c->size() == 3 && !(*c)[0].isZero()) {
      const auto set = solve(e, Relation::kEqual, numeral("0"), *letters.begin(), budget);
      if (set && !set->empty() && set->parts[0].low->q.isZero()) {
        const Rational x = set->parts.front().low->p;
        const Rational y = set->parts.back().low->p;
        const Rational rest = (*c)[2] / (x.denominator() * y.denominator());
        std::vector<Expr> factors;
        if (rest != Rational(1)) factors.push_back(number(rest));
        factors.push_back(factorOf(x, *letters.begin()));
        factors.push_back(factorOf(y, *letters.begin()));
        if (x == y) {
          factors.resize(factors.size() - 2);
          factors.push_back(power(factorOf(x, *letters.begin()), numeral("2")));
        }
        return product(std::move(factors), Mark::kImplied);
      }
    }
  }
  // The common factor of all terms.
  try {
    Algebra algebra(budget);
    const Ratio r = algebra.of(e);
    if (Algebra::constantOf(r.bottom) != Rational(1) || r.top.size() < 2) return std::nullopt;
    Rational common = 0;
    Monomial shared = r.top.begin()->first;
    for (const auto& [m, c] : r.top) {
      if (!c.isInteger()) return std::nullopt;
      common = gcd(common, c);
      Monomial both;
      for (const auto& [g, x] : shared) {
        for (const auto& [h, y] : m) {
          if (g == h && x.d == 1 && y.d == 1) both.emplace_back(g, x < y ? x : y);
        }
      }
      shared = std::move(both);
    }
    if (common == Rational(1) && shared.empty()) return std::nullopt;
    const Ratio outside = {Poly{{shared, common}}, Algebra::constant(1)};
    const auto inside = writtenOut(algebra, algebra.divide(r, outside));
    const auto front = writtenOut(algebra, outside);
    if (!inside || !front) return std::nullopt;
    return product({*front, bracketed(*inside)}, Mark::kImplied);
  } catch (const NoNormalForm&) {
    return std::nullopt;
  }
}

std::vector<ExprStep> stepsOf(const Expr& e, const Form& form, Budget& budget) {
  std::vector<ExprStep> steps;
  Expr now = e;
  const auto add = [&](StepKind kind, const Expr& result, const std::string& said = {}) {
    if (toText(result) == toText(now)) return;
    steps.push_back({kind, result, said});
    now = result;
  };
  if (form.remainder && e->kind == Kind::kQuotient && isWhole(e->children[0]) &&
      isWhole(e->children[1]) && !e->children[1]->value->isZero()) {
    const Rational whole = e->value->floor();
    const Rational rest = *e->children[0]->value - whole * *e->children[1]->value;
    add(StepKind::kDivide, rest.isZero() ? number(whole) : remainder(number(whole), number(rest)));
    return steps;
  }
  if (!e->has_letters) {
    bool decimals = false;
    while (steps.size() < 40) {
      const auto next = nextStep(now, form, budget);
      if (!next) break;
      add(next->kind, next->result, next->said);
    }
    decimals = isNumber(now) || (now->kind == Kind::kNegate && isNumber(now->children[0]));
    if (now->value) {
      const Expr last = inForm(*now->value, form, decimals);
      const StepKind kind = form.places  ? StepKind::kRound
                            : form.mixed ? StepKind::kMixedNumber
                                         : StepKind::kLowestTerms;
      add(kind, last);
    } else if (const auto all = collected(now, budget)) {
      add(StepKind::kCollect, *all);
    }
    return steps;
  }
  if (form.factor) {
    if (const auto product_form = factorised(e, budget)) add(StepKind::kFactorise, *product_form);
    return steps;
  }
  if (hasBrackets(e)) {
    if (const auto opened = expanded(e, budget)) add(StepKind::kExpand, *opened);
  }
  if (const auto all = collected(now, budget)) add(StepKind::kCollect, *all);
  return steps;
}

std::vector<Link> linksOf(const RealSet& set, const std::string& letter) {
  std::vector<Link> links;
  const Expr x = symbol(letter);
  for (const auto& part : set.parts) {
    if (part.isPoint()) {
      links.push_back({x, Relation::kEqual, part.low->toExpr()});
      continue;
    }
    if (part.low) {
      links.push_back(
          {x, part.holds_low ? Relation::kGreaterEqual : Relation::kGreater, part.low->toExpr()});
    }
    if (part.high) {
      links.push_back(
          {x, part.holds_high ? Relation::kLessEqual : Relation::kLess, part.high->toExpr()});
    }
  }
  return links;
}

std::vector<LinkStep> stepsOf(const Link& link, const std::string& letter, Budget& budget) {
  std::vector<LinkStep> steps;
  Link now = link;
  const auto add = [&](StepKind kind, const Link& next) {
    if (toText(next.left) == toText(now.left) && toText(next.right) == toText(now.right)) return;
    now = next;
    steps.push_back({kind, {next}});
  };
  const auto set = solve(link.left, link.relation, link.right, letter, budget);
  const auto finish = [&](StepKind kind) {
    if (!set) return;
    LinkStep last{kind, linksOf(*set, letter)};
    if (steps.empty() || toText(steps.back()) != toText(last)) steps.push_back(std::move(last));
  };
  if (isFactored(link) && set && set->onlyPoints()) {
    finish(StepKind::kZeroProduct);
    return steps;
  }
  const auto left = collected(link.left, budget);
  const auto right = collected(link.right, budget);
  if (!left || !right) {
    finish(StepKind::kSolutionSet);
    return steps;
  }
  if (!isTidy(link.left) || !isTidy(link.right)) {
    add(StepKind::kTidySides, {*left, link.relation, *right});
  }
  const auto l = linear(now.left, letter, budget);
  const auto r = linear(now.right, letter, budget);
  if (l && r) {
    const bool decimals = hasDecimals(link.left) || hasDecimals(link.right);
    linearSteps(*l, now.relation, *r, letter, decimals, steps);
    const bool alone = !steps.empty() ? isSymbol(steps.back().links[0].left) : isSymbol(link.left);
    if (!alone) finish(StepKind::kSolutionSet);
    return steps;
  }
  const auto zero = collected(sum({now.left, negate(bracketed(now.right))}), budget);
  if (zero && !(now.right->value && now.right->value->isZero())) {
    add(StepKind::kStandardForm, {*zero, now.relation, numeral("0")});
  }
  if (zero && link.relation == Relation::kEqual) {
    const auto factors = factorised(*zero, budget);
    if (factors) {
      add(StepKind::kFactorise, {*factors, now.relation, numeral("0")});
      finish(StepKind::kZeroProduct);
      return steps;
    }
    finish(StepKind::kQuadraticFormula);
    return steps;
  }
  finish(StepKind::kSolutionSet);
  return steps;
}

std::string toText(const LinkStep& step) {
  if (step.links.empty()) return "no solution";
  std::string out;
  for (const auto& link : step.links) {
    if (!out.empty()) out += isOrder(link.relation) ? ", " : " or ";
    out += toText(link.left) + " " + relationText(link.relation) + " " + toText(link.right);
  }
  return out;
}

std::string toLatex(const LinkStep& step) {
  std::string out;
  for (const auto& link : step.links) {
    if (!out.empty()) out += isOrder(link.relation) ? ", " : " \\text{ or } ";
    Chain chain;
    chain.members = {link.left, link.right};
    chain.relations = {link.relation};
    out += toLatex(chain);
  }
  return out;
}

}  // namespace primer::maths
