#pragma once

// One part of a line, without separators, as a chain of expressions.

#include <string>
#include <vector>

#include "tokens.h"

namespace primer::maths {

// Why a part cannot be parsed. Thrown by the parser, caught by the reader of lines.
struct Trouble {
  ReadState state;
  std::string message;
};
[[noreturn]] void incomplete(std::string message);
[[noreturn]] void unreadable(std::string message);

bool startsOperand(const Token& token);

struct ParsedChain {
  Chain chain;
  bool saw_loose_product = false;
  bool saw_bare_term = false;
};
// With `tight`, 1/2x is 1/(2x). Throws Trouble.
ParsedChain parseChain(std::vector<Token> tokens, bool tight);

}  // namespace primer::maths
