#include "primer/maths/expression.h"

#include <algorithm>
#include <utility>

namespace primer::maths {

namespace {

void keepIfSmall(Node& node, std::optional<Rational> value) {
  if (!value) return;
  if (value->bits() > kMostBits) {
    node.too_big = true;
  } else {
    node.value = std::move(value);
  }
}

void powerValue(Node& node) {
  const auto& base = node.children[0]->value;
  const auto& exponent = node.children[1]->value;
  if (!base || !exponent) return;
  if (base->isZero() && exponent->sign() <= 0) {
    node.undefined = true;
    return;
  }
  const auto whole = exponent->numerator().toInt();
  const auto degree = exponent->denominator().toInt();
  if (!whole || !degree) {
    node.too_big = true;
    return;
  }
  if (*degree == 1) {
    auto value = base->power(*whole, kMostBits);
    node.too_big = node.too_big || !value;
    keepIfSmall(node, std::move(value));
  } else if (*degree <= 64) {
    if (base->sign() < 0 && *degree % 2 == 0) node.undefined = true;
    if (const auto rooted = base->root(static_cast<int>(*degree))) {
      keepIfSmall(node, rooted->power(*whole, kMostBits));
    }
  }
}

void rootValue(Node& node) {
  const auto& radicand = node.children[0]->value;
  const auto& degree = node.children[1]->value;
  if (!radicand || !degree) return;
  const auto n = degree->toInt();
  if (!n || *n < 1 || *n > 64 || (radicand->sign() < 0 && *n % 2 == 0)) {
    node.undefined = true;
    return;
  }
  keepIfSmall(node, radicand->root(static_cast<int>(*n)));
}

void computeValue(Node& node) {
  if (node.kind == Kind::kNumber || node.kind == Kind::kSymbol) return;
  if (node.kind == Kind::kQuotient && node.children[1]->value &&
      node.children[1]->value->isZero()) {
    node.undefined = true;
    return;
  }
  if (node.kind == Kind::kRemainder || node.undefined || node.too_big) return;
  if (node.kind == Kind::kPower) return powerValue(node);
  if (node.kind == Kind::kRoot) return rootValue(node);
  for (const auto& child : node.children) {
    if (!child->value) return;
  }
  const Rational& first = *node.children[0]->value;
  Rational value = first;
  switch (node.kind) {
    case Kind::kSum:
    case Kind::kMixed:
      for (std::size_t i = 1; i < node.children.size(); ++i)
        value = value + *node.children[i]->value;
      break;
    case Kind::kProduct:
      for (std::size_t i = 1; i < node.children.size(); ++i) {
        value = value * *node.children[i]->value;
        if (value.bits() > kMostBits) break;
      }
      break;
    case Kind::kQuotient:
      value = first / *node.children[1]->value;
      break;
    case Kind::kNegate:
      value = -first;
      break;
    case Kind::kAbsolute:
      value = first.abs();
      break;
    case Kind::kPercent:
      value = first / Rational(100);
      break;
    default:
      return;
  }
  keepIfSmall(node, value);
}

Expr finish(Node node) {
  for (const auto& child : node.children) {
    node.size += child->size;
    node.depth = std::max(node.depth, child->depth + 1);
    node.has_letters = node.has_letters || child->has_letters;
    node.undefined = node.undefined || child->undefined;
    node.too_big = node.too_big || child->too_big;
  }
  computeValue(node);
  return std::make_shared<const Node>(std::move(node));
}

Expr make(Kind kind, std::vector<Expr> children, Mark mark = Mark::kNone) {
  Node node;
  node.kind = kind;
  node.mark = mark;
  node.children = std::move(children);
  return finish(std::move(node));
}

// Children of the same kind that stood in no brackets are taken in.
Expr flat(Kind kind, std::vector<Expr> parts, Mark mark) {
  std::vector<Expr> all;
  for (auto& part : parts) {
    if (part->kind == kind && !part->bracketed && part->mark == mark) {
      all.insert(all.end(), part->children.begin(), part->children.end());
    } else {
      all.push_back(std::move(part));
    }
  }
  if (all.size() == 1) return all.front();
  return make(kind, std::move(all), mark);
}

}  // namespace

Expr numeral(std::string digits) {
  Node node;
  node.value = Rational::fromDigits(digits);
  if (node.value && node.value->bits() > kMostBits) {
    node.value.reset();
    node.too_big = true;
  }
  node.text = std::move(digits);
  return finish(std::move(node));
}

Expr number(const Rational& value) {
  if (value.sign() < 0) return negate(number(-value));
  const auto places = value.decimalPlaces();
  if (places && *places <= 12) return numeral(value.toDecimal(*places));
  return fractionOf(value.numerator(), value.denominator());
}

Expr symbol(std::string name) {
  Node node;
  node.kind = Kind::kSymbol;
  node.has_letters = name != "π";
  node.text = std::move(name);
  return finish(std::move(node));
}

Expr sum(std::vector<Expr> terms) {
  return terms.empty() ? numeral("0") : flat(Kind::kSum, std::move(terms), Mark::kNone);
}
Expr product(std::vector<Expr> factors, Mark mark) {
  return factors.empty() ? numeral("1") : flat(Kind::kProduct, std::move(factors), mark);
}
Expr quotient(Expr dividend, Expr divisor, Mark mark) {
  return make(Kind::kQuotient, {std::move(dividend), std::move(divisor)}, mark);
}
Expr power(Expr base, Expr exponent) {
  return make(Kind::kPower, {std::move(base), std::move(exponent)});
}
Expr root(Expr radicand, Expr degree) {
  return make(Kind::kRoot, {std::move(radicand), std::move(degree)});
}
Expr negate(Expr operand) { return make(Kind::kNegate, {std::move(operand)}); }
Expr percent(Expr operand) { return make(Kind::kPercent, {std::move(operand)}); }
Expr absolute(Expr operand) { return make(Kind::kAbsolute, {std::move(operand)}); }
Expr mixed(Expr whole, Expr fraction) {
  return make(Kind::kMixed, {std::move(whole), std::move(fraction)});
}
Expr remainder(Expr quotient_part, Expr rest) {
  return make(Kind::kRemainder, {std::move(quotient_part), std::move(rest)});
}

Expr bracketed(const Expr& inner) {
  if (inner->bracketed) return inner;
  Node node = *inner;
  node.bracketed = true;
  return std::make_shared<const Node>(std::move(node));
}

Expr fractionOf(const Rational& n, const Rational& d) {
  if (d == Rational(1)) return number(n);
  if (n.sign() < 0) return negate(fractionOf(-n, d));
  return quotient(number(n), number(d));
}

Expr withChildren(const Expr& node, std::vector<Expr> children) {
  Node copy;
  copy.kind = node->kind;
  copy.mark = node->mark;
  copy.bracketed = node->bracketed;
  copy.text = node->text;
  if (children.empty()) return node;
  copy.children = std::move(children);
  return finish(std::move(copy));
}

bool isNumber(const Expr& e) { return e->kind == Kind::kNumber; }
bool isWhole(const Expr& e) { return e->value && e->value->isInteger(); }
bool isSymbol(const Expr& e) { return e->kind == Kind::kSymbol; }
bool isFraction(const Expr& e) {
  return e->kind == Kind::kQuotient && e->mark == Mark::kFraction && isWhole(e->children[0]) &&
         isWhole(e->children[1]) && !e->undefined;
}

bool sameShape(const Expr& a, const Expr& b) {
  if (a == b) return true;
  if (a->kind != b->kind || a->children.size() != b->children.size()) return false;
  if (a->kind == Kind::kNumber) return a->value == b->value && (a->value || a->text == b->text);
  if (a->text != b->text) return false;
  for (std::size_t i = 0; i < a->children.size(); ++i) {
    if (!sameShape(a->children[i], b->children[i])) return false;
  }
  return true;
}

std::set<std::string> lettersOf(const Expr& e) {
  std::set<std::string> names;
  if (!e->has_letters) return names;
  if (isSymbol(e)) names.insert(e->text);
  for (const auto& child : e->children) names.merge(lettersOf(child));
  return names;
}

bool containsKind(const Expr& e, Kind kind) {
  return e->kind == kind || std::any_of(e->children.begin(), e->children.end(),
                                        [kind](const Expr& c) { return containsKind(c, kind); });
}

Expr substitute(const Expr& e, const std::string& name, const Expr& value) {
  if (!e->has_letters) return e;
  if (isSymbol(e)) return e->text == name ? value : e;
  std::vector<Expr> children;
  children.reserve(e->children.size());
  for (const auto& child : e->children) children.push_back(substitute(child, name, value));
  return withChildren(e, std::move(children));
}

}  // namespace primer::maths
