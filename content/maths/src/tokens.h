#pragma once

// The signs of a line, in order.

#include <string>
#include <string_view>
#include <vector>

#include "primer/maths/line.h"

namespace primer::maths {

enum class Tok : std::uint8_t {
  kNumber,
  kLetter,
  kPlus,
  kMinus,
  kPlusMinus,
  kMinusPlus,
  kTimes,
  kOf,
  kSlash,
  kDivide,
  kColon,
  kCaret,
  kRaised,  // text: a whole number in small raised digits
  kRoot,    // text: degree, empty where a bracket [n] may follow
  kFraction,
  kOpen,
  kClose,
  kPercent,
  kRemainder,
  kUnit,
  kRelation,
  kQuestion,
  kSeparator,
  kWord,
  kBlank,    // □, _: a place to fill
  kBarOpen,  // |, the sides of an absolute value
  kBarClose,
  kFactorial,  // !
  kElement,    // ∈
};

struct Token {
  Tok kind = Tok::kWord;
  std::string text;
  bool space_before = false;
  Relation relation = Relation::kEqual;
  Joint joint = Joint::kComma;
};

struct Tokens {
  std::vector<Token> all;
  std::string problem;  // why it cannot be read, or empty
  bool saw_comma_group = false;
  bool saw_list_comma = false;
  bool saw_bang = false;
  bool saw_times_x = false;
  bool no_solution = false;
  bool every_number = false;
};

// Whether a number, or what stands for one, may end with this sign.
bool endsOperand(const Token& token);

Tokens tokenize(std::string_view text, const ReadOptions& options);

}  // namespace primer::maths
