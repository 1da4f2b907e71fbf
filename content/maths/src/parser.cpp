#include "parser.h"

#include <algorithm>
#include <utility>

#include "measured.h"
#include "units.h"

namespace primer::maths {

void incomplete(std::string message) { throw Trouble{ReadState::kIncomplete, std::move(message)}; }
void unreadable(std::string message) { throw Trouble{ReadState::kUnreadable, std::move(message)}; }

bool startsOperand(const Token& t) {
  return t.kind == Tok::kNumber || t.kind == Tok::kLetter || t.kind == Tok::kOpen ||
         t.kind == Tok::kRoot || t.kind == Tok::kFraction || t.kind == Tok::kBlank ||
         t.kind == Tok::kQuestion || t.kind == Tok::kMinus || t.kind == Tok::kBarOpen;
}

namespace {

constexpr int kDeepest = 250;

// One part of a line: tokens without separators, to a chain.
class Parser {
 public:
  Parser(std::vector<Token> tokens, bool tight) : tokens_(std::move(tokens)), tight_(tight) {}

  Chain chain() {
    Chain result;
    if (more() && peek().kind == Tok::kRelation) {
      result.continues = true;
      result.opening = next().relation;
      if (!more()) incomplete("nothing stands after the sign");
    }
    result.members.push_back(sum());
    result.units.push_back(unit_);
    while (more()) {
      const Token sign = next();
      if (sign.kind != Tok::kRelation) {
        unreadable(sign.kind == Tok::kClose ? "a bracket closes that was never opened"
                                            : "'" + sign.text + "' does not fit here");
      }
      if (!more()) incomplete("nothing stands after the sign");
      result.relations.push_back(sign.relation);
      result.members.push_back(sum());
      result.units.push_back(unit_);
    }
    result.unit = unit_;
    result.own_unit = unit_;
    result.measures = std::move(measures_);
    return result;
  }

  bool sawLooseProduct() const { return saw_loose_; }
  bool sawBareTerm() const { return saw_bare_term_; }

 private:
  bool more() const { return at_ < tokens_.size(); }
  const Token& peek(std::size_t ahead = 0) const { return tokens_[at_ + ahead]; }
  bool isNext(Tok kind, std::size_t ahead = 0) const {
    return at_ + ahead < tokens_.size() && peek(ahead).kind == kind;
  }
  const Token& next() { return tokens_[at_++]; }

  // Every rule below leaves the unit of what it read in `unit_`.

  Expr sum() {
    if (++depth_ > kDeepest) unreadable("brackets are nested too deep");
    std::vector<Measured> measured;
    bool minus = false;
    if (isNext(Tok::kPlus)) next();
    for (;;) {
      Expr one = term();
      measured.push_back({minus ? negate(std::move(one)) : std::move(one), unit_});
      if (!isNext(Tok::kPlus) && !isNext(Tok::kMinus)) break;
      minus = next().kind == Tok::kMinus;
    }
    --depth_;
    InOneUnit all = inOneUnit(std::move(measured));
    saw_bare_term_ = saw_bare_term_ || all.bare_term;
    unit_ = std::move(all.unit);
    auto& terms = all.terms;
    Expr whole = terms.size() == 1 ? terms.front() : maths::sum(std::move(terms));
    if (isNext(Tok::kRemainder)) {
      next();
      const std::string unit = unit_;
      whole = remainder(std::move(whole), term());
      unit_ = unit;
    }
    return whole;
  }

  // `left`, whose unit was `unit`, over what was read last.
  Expr over(Expr left, const std::string& unit, Expr right, Mark mark) {
    Measured whole = quotientOf({std::move(left), unit}, {std::move(right), unit_}, mark);
    unit_ = std::move(whole.unit);
    return std::move(whole.value);
  }

  Expr term() {
    if (isNext(Tok::kMinus)) {
      next();
      if (++depth_ > kDeepest) unreadable("too many signs");
      Expr inner = negate(term());
      --depth_;
      return inner;
    }
    if (isNext(Tok::kPlus)) next();
    Expr left = joined();
    while (more()) {
      const Tok kind = peek().kind;
      const std::string unit = unit_;
      if (kind == Tok::kTimes || kind == Tok::kOf) {
        next();
        left = product({std::move(left), joined()}, kind == Tok::kOf ? Mark::kOf : Mark::kTimes);
        unit_ = productUnit(unit, unit_);
      } else if (kind == Tok::kDivide || kind == Tok::kColon) {
        next();
        Expr right = joined();
        left = over(std::move(left), unit, std::move(right),
                    kind == Tok::kColon ? Mark::kColon : Mark::kDivide);
      } else {
        break;
      }
    }
    return left;
  }

  // Factors that stand side by side, and the slash, which binds tighter than ÷ and ×.
  Expr joined() {
    if (isNext(Tok::kMinus)) {
      next();
      if (++depth_ > kDeepest) unreadable("too many signs");
      Expr inner = negate(joined());
      --depth_;
      return inner;
    }
    Expr left = sideBySide(power());
    while (isNext(Tok::kSlash)) {
      next();
      const std::string unit = unit_;
      const bool minus = isNext(Tok::kMinus);
      if (minus) next();
      Expr right = power();
      if (sideBySideFollows()) {
        saw_loose_ = true;
        if (tight_) right = sideBySide(std::move(right));
      }
      left = over(std::move(left), unit, minus ? negate(std::move(right)) : std::move(right),
                  Mark::kFraction);
      left = sideBySide(std::move(left));
    }
    return left;
  }

  bool sideBySideFollows() const {
    return more() && peek().kind != Tok::kMinus && startsOperand(peek()) &&
           peek().kind != Tok::kNumber && peek().kind != Tok::kQuestion;
  }

  Expr sideBySide(Expr first) {
    std::vector<Expr> factors = {std::move(first)};
    while (sideBySideFollows()) {
      const std::string unit = unit_;
      factors.push_back(power());
      unit_ = productUnit(unit, unit_);
    }
    if (factors.size() == 1) return factors.front();
    return product(std::move(factors), Mark::kImplied);
  }

  Expr power() {
    Expr base = postfix(primary());
    if (isNext(Tok::kRaised)) {
      base = maths::power(std::move(base), numeral(next().text));
    } else if (isNext(Tok::kCaret)) {
      next();
      if (++depth_ > kDeepest) unreadable("powers are nested too deep");
      const bool minus = isNext(Tok::kMinus);
      if (minus) next();
      if (!more()) incomplete("a power is missing");
      const std::string unit = unit_;
      Expr exponent = power();
      unit_ = unit;
      base = maths::power(std::move(base), minus ? negate(std::move(exponent)) : exponent);
      --depth_;
    }
    return postfix(std::move(base));
  }

  Expr postfix(Expr e) {
    for (; more(); next()) {
      if (peek().kind == Tok::kPercent) {
        e = percent(std::move(e));
      } else if (peek().kind == Tok::kFactorial) {
        e = factorial(e);
      } else if (peek().kind == Tok::kUnit || peek().kind == Tok::kWord) {
        addUnit(peek().text);
      } else {
        break;
      }
    }
    return unit_.empty() ? e : withSmallerUnits(std::move(e));
  }

  void addUnit(const std::string& unit) {
    unit_ += (unit_.empty() ? "" : " ") + unit;
    measures_.insert(unit);
  }

  // 1 h 40 min, £3 50p: what stands behind counts in smaller units.
  Expr withSmallerUnits(Expr e) {
    if (!isNext(Tok::kNumber) || !isNumber(e)) return e;
    const bool followed = isNext(Tok::kUnit, 1) || isNext(Tok::kWord, 1);
    const auto factor = followed ? unitFactor(unit_, peek(1).text) : std::nullopt;
    if (!factor || *factor <= Rational(1)) return e;
    const std::string larger = unit_;
    Expr smaller = power();
    const auto whole = unitFactor(larger, unit_);
    if (!whole || !smaller->value) unreadable("the units do not fit together");
    return number(*e->value * *whole + *smaller->value);
  }

  // As the product that it stands for: 5! is 5 × 4 × 3 × 2 × 1.
  static Expr factorial(const Expr& e) {
    constexpr std::int64_t kMost = 20;
    const auto whole = e->value ? e->value->toInt() : std::nullopt;
    if (!whole || *whole < 0 || *whole > kMost) {
      unreadable("'!' is read behind whole numbers up to 20 only");
    }
    std::vector<Expr> factors;
    for (std::int64_t n = *whole; n > 1; --n) factors.push_back(number(Rational(n)));
    factors.push_back(number(Rational(1)));
    return factors.size() == 1 ? factors.front() : product(std::move(factors));
  }

  Expr primary() {
    if (!more()) incomplete("something is missing at the end");
    std::string before;  // £5
    while (isNext(Tok::kUnit) || isNext(Tok::kWord)) {
      before = next().text;
      if (!more()) incomplete("a number is missing");
    }
    unit_.clear();
    Expr e = operand();
    if (!before.empty() && unit_.empty()) addUnit(before);
    return e;
  }

  Expr operand() {
    const Token& t = next();
    switch (t.kind) {
      case Tok::kNumber:
        return numberOrMixed(t);
      case Tok::kLetter:
        return symbol(t.text);
      case Tok::kBlank:
      case Tok::kQuestion:
        return symbol("?");
      case Tok::kOpen:
        return group(t.text);
      case Tok::kFraction:
        return fraction();
      case Tok::kBarOpen:
        return bars();
      case Tok::kRoot:
        return rootOf(t.text);
      case Tok::kRelation:
      case Tok::kTimes:
      case Tok::kDivide:
      case Tok::kSlash:
        incomplete("something is missing before '" +
                   (t.kind == Tok::kRelation ? std::string(relationText(t.relation)) : t.text) +
                   "'");
      default:
        unreadable("'" + t.text + "' does not fit here");
    }
  }

  Expr numberOrMixed(const Token& t) {
    Expr whole = numeral(t.text);
    const bool plain = t.text.find('.') == std::string::npos;
    if (plain && isNext(Tok::kNumber) && isNext(Tok::kSlash, 1) && isNext(Tok::kNumber, 2)) {
      Expr top = numeral(next().text);
      next();
      return mixed(std::move(whole), quotient(std::move(top), numeral(next().text)));
    }
    if (plain && isNext(Tok::kFraction)) {
      next();
      Expr part = fraction();
      return isFraction(part) ? mixed(std::move(whole), std::move(part))
                              : product({std::move(whole), std::move(part)}, Mark::kImplied);
    }
    return whole;
  }

  static const char* closing(const std::string& open) {
    return open == "(" ? ")" : open == "[" ? "]" : "}";
  }

  Expr group(const std::string& open) {
    if (!more()) incomplete("a bracket is not closed");
    Expr inner = sum();
    if (!more() || peek().kind == Tok::kRelation) incomplete("a bracket is not closed");
    const Token& close = next();
    if (close.kind != Tok::kClose || close.text != closing(open)) {
      unreadable("brackets do not match");
    }
    return open == "{" ? inner : bracketed(inner);
  }

  Expr bars() {
    if (!more()) incomplete("a bar is not closed");
    Expr inner = sum();
    if (!more() || peek().kind == Tok::kRelation) incomplete("a bar is not closed");
    if (next().kind != Tok::kBarClose) unreadable("bars and brackets do not match");
    return absolute(std::move(inner));
  }

  Expr argument() {
    if (isNext(Tok::kOpen)) {
      const std::string open = next().text;
      const Expr inner = group(open);
      return inner;
    }
    if (!more()) incomplete("something is missing at the end");
    return primary();
  }

  Expr fraction() {
    if (isNext(Tok::kNumber) && peek().text.size() == 2) {  // \frac12
      const std::string digits = next().text;
      return quotient(numeral(digits.substr(0, 1)), numeral(digits.substr(1)));
    }
    Expr top = argument();
    const std::string unit = unit_;
    Expr bottom = argument();
    return over(std::move(top), unit, std::move(bottom), Mark::kFraction);
  }

  Expr rootOf(const std::string& degree) {
    Expr n = numeral(degree.empty() ? "2" : degree);
    if (degree.empty() && isNext(Tok::kOpen) && peek().text == "[") {
      next();
      n = group("[");
    }
    if (++depth_ > kDeepest) unreadable("roots are nested too deep");
    Expr inner = argument();
    --depth_;
    return root(std::move(inner), std::move(n));
  }

  std::vector<Token> tokens_;
  bool tight_;
  std::size_t at_ = 0;
  int depth_ = 0;
  bool saw_loose_ = false;
  bool saw_bare_term_ = false;
  std::string unit_;
  std::set<std::string> measures_;
};

}  // namespace

ParsedChain parseChain(std::vector<Token> tokens, bool tight) {
  Parser parser(std::move(tokens), tight);
  ParsedChain parsed;
  parsed.chain = parser.chain();
  parsed.saw_loose_product = parser.sawLooseProduct();
  parsed.saw_bare_term = parser.sawBareTerm();
  return parsed;
}

}  // namespace primer::maths
