#include "primer/maths/line.h"

#include <algorithm>
#include <map>
#include <utility>

#include "tokens.h"

namespace primer::maths {

namespace {

constexpr int kDeepest = 250;

// Why a part cannot be parsed. Thrown and caught in this file only.
struct Trouble {
  ReadState state;
  std::string message;
};

[[noreturn]] void incomplete(std::string message) {
  throw Trouble{ReadState::kIncomplete, std::move(message)};
}
[[noreturn]] void unreadable(std::string message) {
  throw Trouble{ReadState::kUnreadable, std::move(message)};
}

bool startsOperand(const Token& t) {
  return t.kind == Tok::kNumber || t.kind == Tok::kLetter || t.kind == Tok::kOpen ||
         t.kind == Tok::kRoot || t.kind == Tok::kFraction || t.kind == Tok::kBlank ||
         t.kind == Tok::kQuestion || t.kind == Tok::kMinus;
}
bool endsOperand(const Token& t) {
  return t.kind == Tok::kNumber || t.kind == Tok::kLetter || t.kind == Tok::kClose ||
         t.kind == Tok::kPercent || t.kind == Tok::kUnit || t.kind == Tok::kRaised ||
         t.kind == Tok::kWord || t.kind == Tok::kBlank;
}

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

using Part = std::vector<Token>;

// ? between two values asks for a sign; elsewhere it is a place to fill.
void settleQuestions(std::vector<Token>& tokens) {
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].kind != Tok::kQuestion) continue;
    const bool before = i > 0 && endsOperand(tokens[i - 1]);
    const bool after = i + 1 < tokens.size() && startsOperand(tokens[i + 1]);
    if (before && after) {
      tokens[i].kind = Tok::kRelation;
      tokens[i].relation = Relation::kAsk;
    } else if (before) {
      tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(i));  // 3 + 4?
      --i;
    }
  }
}

bool hasKind(const Part& part, Tok kind) {
  return std::any_of(part.begin(), part.end(), [kind](const Token& t) { return t.kind == kind; });
}

// The part with ± taken as one of its signs.
Part withSign(Part part, bool upper) {
  for (auto& t : part) {
    if (t.kind == Tok::kPlusMinus) t.kind = upper ? Tok::kPlus : Tok::kMinus;
    if (t.kind == Tok::kMinusPlus) t.kind = upper ? Tok::kMinus : Tok::kPlus;
  }
  return part;
}

// Leading words ("Answer:", "cost =") are labels.
void dropLabels(Part& part) {
  std::size_t words = 0;
  while (words < part.size() && part[words].kind == Tok::kWord) ++words;
  if (words > 0 && words < part.size() && part[words].kind == Tok::kColon) ++words;
  part.erase(part.begin(), part.begin() + static_cast<std::ptrdiff_t>(words));
}

class LineReader {
 public:
  LineReader(std::string_view text, const ReadOptions& options)
      : options_(options), tokens_(tokenize(text, options)) {}

  ReadLine read() {
    try {
      readParts();
    } catch (const Trouble& trouble) {
      result_.state = trouble.state;
      result_.message = trouble.message;
    }
    return std::move(result_);
  }

 private:
  void readParts() {
    if (!tokens_.problem.empty()) unreadable(tokens_.problem);
    result_.saw_comma_group = tokens_.saw_comma_group;
    auto& all = tokens_.all;
    for (const auto& t : all) {
      if (t.kind == Tok::kWord) result_.words.push_back(t.text);
    }
    result_.line.no_solution = tokens_.no_solution;
    result_.line.every_number = tokens_.every_number;
    if (tokens_.no_solution || tokens_.every_number) {
      result_.state = ReadState::kRead;
      return;
    }
    if (all.size() == 1 && all[0].kind == Tok::kRelation) {
      result_.line.bare_relation = true;
      result_.line.relation_alone = all[0].relation;
      result_.state = ReadState::kRead;
      return;
    }
    const bool sentence = result_.words.size() > 1 && !hasKind(all, Tok::kNumber) &&
                          !hasKind(all, Tok::kRelation) && !hasKind(all, Tok::kPlus);
    if (sentence) unreadable("there is no maths in this line");
    settleQuestions(all);
    spreadPairs();
    split();
    if (result_.line.chains.empty()) {
      if (!result_.words.empty()) unreadable("there is no maths in this line");
      incomplete("the line is empty");
    }
    repeatSubjects();
    result_.state = ReadState::kRead;
  }

  // (2, 3) for a system in x and y: x = 2, y = 3.
  void spreadPairs() {
    auto& all = tokens_.all;
    if (options_.letters.size() != 2) return;
    int depth = 0;
    std::size_t open = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (all[i].kind == Tok::kOpen && ++depth == 1) open = i;
      if (all[i].kind == Tok::kClose) --depth;
      if (depth != 1 || all[i].kind != Tok::kSeparator) continue;
      if (all.back().kind != Tok::kClose || i + 2 >= all.size()) return;
      if (all[open + 1].kind == Tok::kLetter && all[i + 1].kind == Tok::kLetter) {
        // (x, y) = (2, 3): the left side only names.
        const auto equal = i + 3;
        if (equal >= all.size() || all[equal].kind != Tok::kRelation) return;
        all.erase(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(equal + 1));
        depth = 0;
        i = static_cast<std::size_t>(-1);
        continue;
      }
      if (open != 0) return;
      const auto name = [&](bool first) {
        Token t;
        t.kind = Tok::kLetter;
        t.text = first ? *options_.letters.begin() : *options_.letters.rbegin();
        return t;
      };
      Token equals;
      equals.kind = Tok::kRelation;
      Part spread = {name(true), equals};
      spread.insert(spread.end(), all.begin() + 1,
                    all.begin() + static_cast<std::ptrdiff_t>(i + 1));
      spread.push_back(name(false));
      spread.push_back(equals);
      spread.insert(spread.end(), all.begin() + static_cast<std::ptrdiff_t>(i + 1), all.end() - 1);
      all = std::move(spread);
      return;
    }
  }

  void split() {
    Part part;
    int depth = 0;
    Joint joint = Joint::kComma;
    for (const auto& t : tokens_.all) {
      if (t.kind == Tok::kOpen) ++depth;
      if (t.kind == Tok::kClose) --depth;
      if (t.kind == Tok::kSeparator && depth <= 0) {
        addPart(std::move(part), joint);
        part.clear();
        joint = t.joint;
      } else {
        part.push_back(t);
      }
    }
    const bool open_end = part.empty() && !tokens_.all.empty() && joint != Joint::kComma;
    if (open_end && joint != Joint::kArrow) incomplete("something is missing at the end");
    addPart(std::move(part), joint);
  }

  void addPart(Part part, Joint joint) {
    dropLabels(part);
    if (part.empty()) return;
    if (hasKind(part, Tok::kPlusMinus) || hasKind(part, Tok::kMinusPlus)) {
      parse(withSign(part, true), joint);
      parse(withSign(std::move(part), false), Joint::kOr);
    } else {
      parse(std::move(part), joint);
    }
  }

  void parse(Part part, Joint joint) {
    Parser parser(std::move(part), options_.tight_product);
    Chain chain = parser.chain();
    result_.saw_loose_product = result_.saw_loose_product || parser.sawLooseProduct();
    if (!result_.line.chains.empty()) result_.line.joints.push_back(joint);
    result_.line.chains.push_back(std::move(chain));
  }

  // x = 2 or -2
  void repeatSubjects() {
    auto& chains = result_.line.chains;
    for (std::size_t i = 1; i < chains.size(); ++i) {
      const Chain& before = chains[i - 1];
      const bool same = result_.line.joints[i - 1] != Joint::kArrow;
      if (same && chains[i].relations.empty() && !chains[i].continues &&
          !before.relations.empty() && isSymbol(before.members[0]) &&
          !chains[i].members[0]->has_letters) {
        chains[i].members.insert(chains[i].members.begin(), before.members[0]);
        chains[i].relations.push_back(before.relations[0]);
      }
    }
  }

  const ReadOptions& options_;
  Tokens tokens_;
  ReadLine result_;
};

}  // namespace

const char* relationText(Relation relation) {
  switch (relation) {
    case Relation::kEqual:
      return "=";
    case Relation::kNotEqual:
      return "≠";
    case Relation::kLess:
      return "<";
    case Relation::kLessEqual:
      return "≤";
    case Relation::kGreater:
      return ">";
    case Relation::kGreaterEqual:
      return "≥";
    case Relation::kAbout:
      return "≈";
    case Relation::kAsk:
      return "?";
  }
  return "";
}

Relation mirrored(Relation relation) {
  switch (relation) {
    case Relation::kLess:
      return Relation::kGreater;
    case Relation::kLessEqual:
      return Relation::kGreaterEqual;
    case Relation::kGreater:
      return Relation::kLess;
    case Relation::kGreaterEqual:
      return Relation::kLessEqual;
    default:
      return relation;
  }
}

bool isOrder(Relation relation) {
  return relation == Relation::kLess || relation == Relation::kLessEqual ||
         relation == Relation::kGreater || relation == Relation::kGreaterEqual;
}

ReadLine readLine(std::string_view text, const ReadOptions& options) {
  return LineReader(text, options).read();
}

std::string toText(const Chain& chain) {
  std::string out = chain.continues ? std::string(relationText(chain.opening)) + " " : "";
  for (std::size_t i = 0; i < chain.members.size(); ++i) {
    if (i > 0) out += std::string(" ") + relationText(chain.relations[i - 1]) + " ";
    out += toText(chain.members[i]);
  }
  return out;
}

std::string toLatex(const Chain& chain) {
  static const std::map<Relation, std::string> kNames = {
      {Relation::kEqual, "="},        {Relation::kNotEqual, "\\neq"},
      {Relation::kLess, "<"},         {Relation::kLessEqual, "\\leq"},
      {Relation::kGreater, ">"},      {Relation::kGreaterEqual, "\\geq"},
      {Relation::kAbout, "\\approx"}, {Relation::kAsk, "?"}};
  std::string out = chain.continues ? kNames.at(chain.opening) + " " : "";
  for (std::size_t i = 0; i < chain.members.size(); ++i) {
    if (i > 0) out += " " + kNames.at(chain.relations[i - 1]) + " ";
    out += toLatex(chain.members[i]);
  }
  return out;
}

std::string toText(const Line& line) {
  if (line.no_solution) return "no solution";
  if (line.every_number) return "every number";
  std::string out;
  for (std::size_t i = 0; i < line.chains.size(); ++i) {
    if (i > 0) {
      const Joint joint = line.joints[i - 1];
      out += joint == Joint::kOr ? " or " : joint == Joint::kArrow ? " → " : ", ";
    }
    out += toText(line.chains[i]);
  }
  return out;
}

}  // namespace primer::maths
