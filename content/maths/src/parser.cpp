#include "parser.h"

#include <utility>

namespace primer::maths {

void incomplete(std::string message) { throw Trouble{ReadState::kIncomplete, std::move(message)}; }
void unreadable(std::string message) { throw Trouble{ReadState::kUnreadable, std::move(message)}; }

bool startsOperand(const Token& t) {
  return t.kind == Tok::kNumber || t.kind == Tok::kLetter || t.kind == Tok::kOpen ||
         t.kind == Tok::kRoot || t.kind == Tok::kFraction || t.kind == Tok::kBlank ||
         t.kind == Tok::kQuestion || t.kind == Tok::kMinus;
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
      unit_.clear();
      result.relations.push_back(sign.relation);
      result.members.push_back(sum());
      result.units.push_back(unit_);
    }
    result.unit = unit_;
    return result;
  }

  bool sawLooseProduct() const { return saw_loose_; }

 private:
  bool more() const { return at_ < tokens_.size(); }
  const Token& peek(std::size_t ahead = 0) const { return tokens_[at_ + ahead]; }
  bool isNext(Tok kind, std::size_t ahead = 0) const {
    return at_ + ahead < tokens_.size() && peek(ahead).kind == kind;
  }
  const Token& next() { return tokens_[at_++]; }

  Expr sum() {
    if (++depth_ > kDeepest) unreadable("brackets are nested too deep");
    std::vector<Expr> terms;
    bool minus = false;
    if (isNext(Tok::kPlus)) next();
    for (;;) {
      Expr one = term();
      terms.push_back(minus ? negate(std::move(one)) : std::move(one));
      if (!isNext(Tok::kPlus) && !isNext(Tok::kMinus)) break;
      minus = next().kind == Tok::kMinus;
    }
    --depth_;
    Expr whole = terms.size() == 1 ? terms.front() : maths::sum(std::move(terms));
    if (isNext(Tok::kRemainder)) {
      next();
      whole = remainder(std::move(whole), term());
    }
    return whole;
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
      if (kind == Tok::kTimes || kind == Tok::kOf) {
        next();
        left = product({std::move(left), joined()}, kind == Tok::kOf ? Mark::kOf : Mark::kTimes);
      } else if (kind == Tok::kDivide || kind == Tok::kColon) {
        next();
        left =
            quotient(std::move(left), joined(), kind == Tok::kColon ? Mark::kColon : Mark::kDivide);
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
      const bool minus = isNext(Tok::kMinus);
      if (minus) next();
      Expr right = power();
      if (sideBySideFollows()) {
        saw_loose_ = true;
        if (tight_) right = sideBySide(std::move(right));
      }
      left = quotient(std::move(left), minus ? negate(std::move(right)) : std::move(right));
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
    while (sideBySideFollows()) factors.push_back(power());
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
      Expr exponent = power();
      base = maths::power(std::move(base), minus ? negate(std::move(exponent)) : exponent);
      --depth_;
    }
    return postfix(std::move(base));
  }

  Expr postfix(Expr e) {
    while (isNext(Tok::kPercent) || isNext(Tok::kUnit) || isNext(Tok::kWord)) {
      const Token& mark = next();
      if (mark.kind == Tok::kPercent) {
        e = percent(std::move(e));
      } else {
        unit_ += (unit_.empty() ? "" : " ") + mark.text;
      }
    }
    return e;
  }

  Expr primary() {
    if (!more()) incomplete("something is missing at the end");
    while (isNext(Tok::kUnit) || isNext(Tok::kWord)) {
      unit_ = next().text;  // £5
      if (!more()) incomplete("a number is missing");
    }
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
    Expr bottom = argument();
    return quotient(std::move(top), std::move(bottom));
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
  std::string unit_;
};

}  // namespace

ParsedChain parseChain(std::vector<Token> tokens, bool tight) {
  Parser parser(std::move(tokens), tight);
  ParsedChain parsed;
  parsed.chain = parser.chain();
  parsed.saw_loose_product = parser.sawLooseProduct();
  return parsed;
}

}  // namespace primer::maths
