#include "tokens.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <utility>

#include "characters.h"
#include "notation.h"
#include "units.h"

namespace primer::maths {

namespace {

constexpr std::size_t kMostBytes = 4000;
constexpr std::size_t kMostTokens = 2000;

class Lexer {
 public:
  Lexer(std::string text, const ReadOptions& options) : text_(std::move(text)), options_(options) {}

  Tokens run() {
    while (at_ < text_.size() && out_.problem.empty()) {
      if (out_.all.size() > kMostTokens) {
        out_.problem = "the line is too long";
        break;
      }
      const char c = text_[at_];
      if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
        space_ = true;
        ++at_;
      } else if (digit(c) || (c == '.' && at_ + 1 < text_.size() && digit(text_[at_ + 1]))) {
        readNumber();
      } else if (letter(c)) {
        readLetters();
      } else if (c == '\\') {
        readCommand();
      } else {
        readSign();
      }
    }
    return std::move(out_);
  }

 private:
  Token& add(Tok kind, std::string text = {}) {
    Token token;
    token.kind = kind;
    token.text = std::move(text);
    token.space_before = space_;
    space_ = false;
    out_.all.push_back(std::move(token));
    return out_.all.back();
  }
  void relation(Relation r) { add(Tok::kRelation).relation = r; }
  void joint(Joint j) { add(Tok::kSeparator).joint = j; }
  bool digitAt(std::size_t i) const { return i < text_.size() && digit(text_[i]); }
  std::size_t digitsFrom(std::size_t i) const {
    std::size_t count = 0;
    while (digitAt(i + count)) ++count;
    return count;
  }
  bool endsFactor() const {
    return !space_ && (after(Tok::kNumber) || after(Tok::kLetter) || after(Tok::kClose));
  }
  bool endsOperand() const { return !out_.all.empty() && maths::endsOperand(out_.all.back()); }
  bool after(Tok kind) const { return !out_.all.empty() && out_.all.back().kind == kind; }

  void readNumber() {
    std::string digits;
    while (digitAt(at_)) digits += text_[at_++];
    // 1,300,000: groups of three.
    const auto grouped = [&](std::size_t i) {
      return i < text_.size() && text_[i] == ',' && digitsFrom(i + 1) == 3;
    };
    if (!digits.empty() && digits.size() <= 3 && digits[0] != '0' && grouped(at_)) {
      const bool many = grouped(at_ + 4);
      if (!many && !options_.decimal_commas) out_.saw_comma_group = true;
      if (many || options_.comma_groups) {
        while (grouped(at_)) {
          digits += text_.substr(at_ + 1, 3);
          at_ += 4;
        }
      }
    }
    const bool in_braces = std::count_if(out_.all.begin(), out_.all.end(), isOpenBrace) >
                           std::count_if(out_.all.begin(), out_.all.end(), isCloseBrace);
    if (in_braces && at_ < text_.size() && text_[at_] == ',') out_.saw_list_comma = true;
    if (isPair() || (in_braces && options_.list_commas)) {
      add(Tok::kNumber, digits);
      return;
    }
    if (at_ < text_.size() && (text_[at_] == '.' || text_[at_] == ',') && digitAt(at_ + 1)) {
      ++at_;
      if (digits.empty()) digits = "0";
      digits += '.';
      while (digitAt(at_)) digits += text_[at_++];
    }
    add(Tok::kNumber, digits);
  }

  static bool isOpenBrace(const Token& t) { return t.kind == Tok::kOpen && t.text == "{"; }
  static bool isCloseBrace(const Token& t) { return t.kind == Tok::kClose && t.text == "}"; }

  // (3,2) where the problem has two letters: a point.
  bool isPair() const {
    if (options_.letters.size() != 2 || out_.all.empty()) return false;
    const auto& before = out_.all.back();
    const bool minus = before.kind == Tok::kMinus && out_.all.size() > 1;
    const auto& open = minus ? out_.all[out_.all.size() - 2] : before;
    if (open.kind != Tok::kOpen || at_ >= text_.size() || text_[at_] != ',') return false;
    const auto end = nextInk(at_ + 1 + digitsFrom(at_ + 1));
    return end < text_.size() && text_[end] == ')';
  }

  bool knownLetter(const std::string& name) const { return options_.letters.count(name) != 0; }

  // The variable that a letter stands for, in the case that the problem uses.
  std::string variable(char c) const {
    const std::string name(1, c);
    if (knownLetter(name)) return name;
    const char other = static_cast<char>(std::isupper(static_cast<unsigned char>(c)) != 0
                                             ? std::tolower(static_cast<unsigned char>(c))
                                             : std::toupper(static_cast<unsigned char>(c)));
    const std::string folded(1, other);
    return knownLetter(folded) ? folded : name;
  }

  std::size_t nextInk(std::size_t i) const {
    while (i < text_.size() && text_[i] == ' ') ++i;
    return i;
  }

  void readLetters() {
    std::size_t end = at_;
    while (end < text_.size() && letter(text_[end])) ++end;
    const std::string run = text_.substr(at_, end - at_);
    const std::string word = lower(run);
    const bool after_number = after(Tok::kNumber);
    const bool after_pi = after(Tok::kLetter) && out_.all.back().text == "π";
    const bool after_place = after_pi || (options_.limit_units && after(Tok::kQuestion));  // ? cm
    if (word == "or") {
      at_ = end;
      return joint(Joint::kOr);
    }
    if (word == "and") {
      at_ = end;
      return joint(Joint::kAnd);
    }
    if (word == "of") {
      at_ = end;
      add(Tok::kOf);
      return;
    }
    const bool then_digit = digitAt(nextInk(end)) || (space_ && nextInk(end) >= text_.size());
    if (after_number && (word == "rem" || word == "r") && then_digit && !knownLetter("r")) {
      at_ = end;
      add(Tok::kRemainder);
      return;
    }
    if (word == "x" && !knownLetter("x") && !knownLetter("X") && isTimesSign(end)) {
      at_ = end;
      add(Tok::kTimes);
      out_.saw_times_x = true;
      return;
    }
    const bool all_known =
        std::all_of(run.begin(), run.end(), [&](char c) { return knownLetter(variable(c)); });
    if (!all_known && (after_number || after_place) && isUnitName(run) &&
        (run.size() > 1 || isUnitHere(end))) {
      if (run.size() > 1 || !options_.limit_units || options_.units.count(run) != 0) {
        return readUnit(end, run);
      }
    }
    if (run.size() == 1 || all_known || (options_.split_runs && run.size() <= 3)) {
      return readVariables(end);
    }
    // "7x" joined to words stays a letter: only whole runs are words.
    at_ = end;
    add(Tok::kWord, run);
  }

  // A single letter behind a number is a unit where the problem says so, or where it has no letters
  // and nothing that multiplies follows.
  bool isUnitHere(std::size_t end) const {
    if (options_.limit_units && options_.units.count(text_.substr(end - 1, 1)) != 0) return true;
    if (!options_.letters.empty() || options_.split_runs) return false;
    return end >= text_.size() || text_[end] != '(';
  }

  bool isTimesSign(std::size_t end) const {
    if (out_.all.empty()) return false;
    const auto before = out_.all.back().kind;
    if (before != Tok::kNumber && before != Tok::kClose && before != Tok::kPercent) return false;
    const auto next = nextInk(end);
    if (next >= text_.size()) return false;
    if (digit(text_[next])) return true;
    // In a problem, 3x(x + 1) and 3x - 2 have a letter; 3 x (4 + 1) has a sign.
    const bool apart = space_ && next > end;
    if (options_.split_runs && !apart) return false;
    if (text_[next] == '-') return digitAt(next + 1);
    return text_[next] == '(' || text_[next] == '\\';
  }

  void readUnit(std::size_t end, const std::string& run) {
    at_ = end;
    std::string unit = run;
    for (const std::string_view power : {"²", "³", "^2", "^3", "^{2}", "^{3}"}) {
      if (begins(text_, at_, power)) {
        unit += power.find('2') != std::string_view::npos || power == "²" ? "^2" : "^3";
        at_ += power.size();
      }
    }
    if (at_ + 1 < text_.size() && text_[at_] == '/' && letter(text_[at_ + 1])) {
      unit += '/';
      for (++at_; at_ < text_.size() && letter(text_[at_]); ++at_) unit += text_[at_];
    }
    add(Tok::kUnit, unit);
  }

  void readVariables(std::size_t end) {
    for (; at_ < end; ++at_) add(Tok::kLetter, variable(text_[at_]));
    // x_1, and x1 where it is said what it is.
    std::size_t i = at_;
    const auto equals = nextInk(i + digitsFrom(i));
    const bool named =
        digitAt(i) && knownLetter(out_.all.back().text) && equals < text_.size() &&
        text_[equals] == '=' &&
        (out_.all.size() == 1 || out_.all[out_.all.size() - 2].kind == Tok::kSeparator);
    if (named) at_ = i + digitsFrom(i);
    if (begins(text_, i, "_{")) i += 2;
    if (i < text_.size() && text_[i] == '_') ++i;
    if (i > at_ && digitAt(i)) {
      at_ = i + digitsFrom(i);
      if (at_ < text_.size() && text_[at_] == '}') ++at_;
    }
  }

  void readCommand() {
    std::size_t end = at_ + 1;
    while (end < text_.size() && letter(text_[end])) ++end;
    const std::string name = text_.substr(at_ + 1, end - at_ - 1);
    if (name == "frac") {
      add(Tok::kFraction);
    } else if (name == "sqrt") {
      add(Tok::kRoot);
    } else if (text_[at_ + 1] == '{' || text_[at_ + 1] == '}') {
      add(text_[at_ + 1] == '{' ? Tok::kOpen : Tok::kClose, text_.substr(at_ + 1, 1));
      end = at_ + 2;
    } else {
      out_.problem = "\\" + name + " cannot be read";
    }
    at_ = end;
  }

  void readSign() {
    static const std::map<std::string_view, Tok> kPlain = {
        {"+", Tok::kPlus},  {"-", Tok::kMinus},   {"±", Tok::kPlusMinus}, {"∓", Tok::kMinusPlus},
        {"×", Tok::kTimes}, {"/", Tok::kSlash},   {"÷", Tok::kDivide},    {":", Tok::kColon},
        {"^", Tok::kCaret}, {"%", Tok::kPercent}, {"?", Tok::kQuestion},  {"□", Tok::kBlank},
        {"_", Tok::kBlank}, {"(", Tok::kOpen},    {"[", Tok::kOpen},      {"{", Tok::kOpen},
        {")", Tok::kClose}, {"]", Tok::kClose},   {"}", Tok::kClose}};
    static const std::map<std::string_view, Relation> kRelations = {
        {"=", Relation::kEqual},     {"≠", Relation::kNotEqual}, {"<", Relation::kLess},
        {"≤", Relation::kLessEqual}, {">", Relation::kGreater},  {"≥", Relation::kGreaterEqual},
        {"≈", Relation::kAbout}};
    static const std::map<std::string_view, std::string_view> kRaised = {
        {"⁰", "0"}, {"¹", "1"}, {"²", "2"}, {"³", "3"}, {"⁴", "4"},
        {"⁵", "5"}, {"⁶", "6"}, {"⁷", "7"}, {"⁸", "8"}, {"⁹", "9"}};
    const auto lead = static_cast<unsigned char>(text_[at_]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    const std::string sign = text_.substr(at_, length);
    at_ += sign.size();
    if (const auto plain = kPlain.find(sign); plain != kPlain.end()) {
      add(plain->second, sign);
    } else if (const auto found = kRelations.find(sign); found != kRelations.end()) {
      relation(found->second);
    } else if (const auto raised = kRaised.find(sign); raised != kRaised.end()) {
      if (!out_.all.empty() && out_.all.back().kind == Tok::kRaised && !space_) {
        out_.all.back().text += raised->second;
      } else {
        add(Tok::kRaised, std::string(raised->second));
      }
    } else if (sign == "√" || sign == "∛") {
      add(Tok::kRoot, sign == "√" ? "2" : "3");
    } else if (sign == "π") {
      add(Tok::kLetter, "π");
    } else if (sign == "⇒") {
      joint(Joint::kArrow);
    } else if (sign == "," || sign == ";") {
      joint(Joint::kComma);
    } else if (sign == "°" && at_ < text_.size() && (text_[at_] == 'C' || text_[at_] == 'F')) {
      add(Tok::kUnit, sign + text_[at_++]);
    } else if (sign == "°" || sign == "£" || sign == "$" || sign == "€") {
      add(Tok::kUnit, sign);
    } else if (sign == "∅") {
      out_.no_solution = true;
    } else if (sign == "∞") {
      out_.every_number = true;
    } else if (sign == "|") {
      const bool closes = open_bars_ > 0 && endsOperand();
      open_bars_ += closes ? -1 : 1;
      add(closes ? Tok::kBarClose : Tok::kBarOpen, sign);
    } else if (sign == "∈") {
      add(Tok::kElement, sign);
    } else if (sign == "!" && options_.factorials && endsFactor()) {
      add(Tok::kFactorial, sign);
    } else if (sign == "!") {
      out_.saw_bang = out_.saw_bang || endsFactor();
    } else if (sign == "." || sign == "\"" || sign == "'") {
      // Punctuation.
    } else {
      out_.problem = "'" + sign + "' cannot be read";
    }
  }

  std::string text_;
  const ReadOptions& options_;
  Tokens out_;
  std::size_t at_ = 0;
  bool space_ = false;
  int open_bars_ = 0;
};

}  // namespace

bool endsOperand(const Token& t) {
  switch (t.kind) {
    case Tok::kNumber:
    case Tok::kLetter:
    case Tok::kClose:
    case Tok::kBarClose:
    case Tok::kPercent:
    case Tok::kUnit:
    case Tok::kRaised:
    case Tok::kWord:
    case Tok::kBlank:
    case Tok::kFactorial:
      return true;
    default:
      return false;
  }
}

Tokens tokenize(std::string_view text, const ReadOptions& options) {
  if (text.size() > kMostBytes) {
    Tokens tokens;
    tokens.problem = "the line is too long";
    return tokens;
  }
  return Lexer(plainNotation(text), options).run();
}

}  // namespace primer::maths
