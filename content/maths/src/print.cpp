// Expressions as text and as LaTeX.

#include "primer/maths/expression.h"

namespace primer::maths {

namespace {

// How tightly what was printed holds together.
enum Level { kSumLevel, kProductLevel, kNegateLevel, kPowerLevel, kAtomLevel };

Level levelOf(const Expr& e) {
  switch (e->kind) {
    case Kind::kSum:
    case Kind::kRemainder:
      return kSumLevel;
    case Kind::kProduct:
    case Kind::kQuotient:
      return kProductLevel;
    case Kind::kNegate:
    case Kind::kMixed:
      return kNegateLevel;
    case Kind::kPower:
      return kPowerLevel;
    default:
      return kAtomLevel;
  }
}

class Printer {
 public:
  explicit Printer(bool latex) : latex_(latex) {}

  std::string print(const Expr& e, Level least) const {
    const std::string plain = body(e);
    // LaTeX's bar holds its fraction together by itself.
    const bool bar = latex_ && e->kind == Kind::kQuotient && e->mark == Mark::kFraction;
    if (levelOf(e) >= least || (bar && least <= kNegateLevel)) return plain;
    return latex_ ? "\\left(" + plain + "\\right)" : "(" + plain + ")";
  }

 private:
  std::string body(const Expr& e) const {
    const auto& c = e->children;
    switch (e->kind) {
      case Kind::kNumber:
        return e->text;
      case Kind::kSymbol:
        return latex_ && e->text == "π" ? "\\pi" : e->text;
      case Kind::kSum:
        return sumBody(e);
      case Kind::kProduct:
        return productBody(e);
      case Kind::kQuotient:
        return quotientBody(e);
      case Kind::kPower:
        return print(c[0], kAtomLevel) + "^" +
               (latex_ ? "{" + print(c[1], kSumLevel) + "}" : print(c[1], kAtomLevel));
      case Kind::kRoot:
        return rootBody(e);
      case Kind::kNegate:
        return "-" + print(c[0], c[0]->kind == Kind::kNegate ? kAtomLevel : kProductLevel);
      case Kind::kPercent:
        return print(c[0], kAtomLevel) + (latex_ ? "\\%" : "%");
      case Kind::kAbsolute:
        return (latex_ ? "\\left|" : "|") + print(c[0], kSumLevel) + (latex_ ? "\\right|" : "|");
      case Kind::kMixed:
        return print(c[0], kAtomLevel) + (latex_ ? "" : " ") + print(c[1], kProductLevel);
      case Kind::kRemainder:
        return print(c[0], kProductLevel) + (latex_ ? "\\text{ r }" : " r ") +
               print(c[1], kProductLevel);
    }
    return {};
  }

  std::string sumBody(const Expr& e) const {
    std::string out;
    for (const auto& term : e->children) {
      const bool minus = term->kind == Kind::kNegate;
      if (!out.empty() && minus && !term->bracketed) {
        out += " - " + print(term->children[0], kProductLevel);
      } else if (!out.empty() && (minus || startsWithMinus(term))) {
        out += " + (" + print(term, kSumLevel) + ")";
      } else {
        out += (out.empty() ? "" : " + ") + print(term, kProductLevel);
      }
    }
    return out;
  }

  static bool startsWithMinus(const Expr& e) {
    if (e->kind == Kind::kNegate) return true;
    const bool leads = e->kind == Kind::kProduct || e->kind == Kind::kQuotient;
    return leads && startsWithMinus(e->children[0]);
  }

  std::string productBody(const Expr& e) const {
    std::string out;
    for (std::size_t i = 0; i < e->children.size(); ++i) {
      const auto& factor = e->children[i];
      Level least = i == 0 ? kProductLevel : kPowerLevel;
      // A fraction may stand in a product as it is, a nested product or ÷ may not.
      const bool plain_fraction = factor->kind == Kind::kQuotient &&
                                  factor->mark == Mark::kFraction && e->mark != Mark::kImplied;
      if (plain_fraction) least = kProductLevel;
      if (factor->kind == Kind::kMixed && e->mark != Mark::kImplied) least = kNegateLevel;
      std::string text = print(factor, least);
      if (i == 0) {
        out = std::move(text);
        continue;
      }
      if (e->mark == Mark::kOf) {
        out += (latex_ ? "\\text{ of }" : " of ") + text;
      } else if (joins(e, i, text)) {
        out += text;
      } else {
        out += (latex_ ? " \\times " : " × ") + text;
      }
    }
    return out;
  }

  // Whether this factor may follow the one before without a sign: 3x, 2(x+1), but not 3 4.
  static bool joins(const Expr& e, std::size_t i, const std::string& text) {
    if (e->mark != Mark::kImplied) return false;
    const char first = text.front();
    if (first >= '0' && first <= '9') return false;
    const auto before = e->children[i - 1]->kind;
    return first == '(' || first == '\\' || before != Kind::kQuotient;
  }

  std::string quotientBody(const Expr& e) const {
    const auto& c = e->children;
    if (latex_ && e->mark == Mark::kFraction) {
      return "\\frac{" + print(c[0], kSumLevel) + "}{" + print(c[1], kSumLevel) + "}";
    }
    const bool fraction = e->mark == Mark::kFraction;
    // A quotient after ÷ needs no brackets where it is a fraction: / binds tighter.
    const auto side = [&](const Expr& part, bool right) {
      const bool tight = part->kind == Kind::kQuotient && part->mark == Mark::kFraction;
      if (!fraction && tight) return print(part, kProductLevel);
      if (part->kind == Kind::kMixed && !fraction) return print(part, kNegateLevel);
      if (fraction && !right && part->kind == Kind::kProduct && part->mark == Mark::kImplied) {
        return print(part, kProductLevel);
      }
      return print(part, fraction || right ? kPowerLevel : kProductLevel);
    };
    const char* sign = fraction ? "/" : e->mark == Mark::kColon ? ":" : latex_ ? " \\div " : " ÷ ";
    return side(c[0], false) + sign + side(c[1], true);
  }

  std::string rootBody(const Expr& e) const {
    const auto& degree = e->children[1]->value;
    const bool square = degree && *degree == Rational(2);
    if (latex_) {
      return (square ? "\\sqrt{" : "\\sqrt[" + print(e->children[1], kSumLevel) + "]{") +
             print(e->children[0], kSumLevel) + "}";
    }
    if (square) return "√" + print(e->children[0], kAtomLevel);
    return "(" + print(e->children[0], kSumLevel) + ")^(1/" + print(e->children[1], kAtomLevel) +
           ")";
  }

  bool latex_;
};

}  // namespace

std::string toText(const Expr& e) { return Printer(false).print(e, kSumLevel); }
std::string toLatex(const Expr& e) { return Printer(true).print(e, kSumLevel); }

std::string valueText(const Rational& value, bool decimal) {
  if (decimal) {
    if (const auto places = value.decimalPlaces(); places && *places <= 12) {
      return value.toDecimal(*places);
    }
  }
  return value.toString();
}

}  // namespace primer::maths
