#pragma once

#include <cstddef>
#include <vector>

#include "fuzz/choices.h"

namespace primer::inference::fuzz {

// Alters one to four bytes of a file. Half of them become the values that break things more often
// than any others: the edges.
inline void alterBytes(std::vector<std::byte>& bytes, Choices& choices) {
  for (auto changes = 1 + choices.below(4); changes > 0; --changes) {
    auto& byte = choices.in(bytes);
    byte = static_cast<std::byte>(choices.once(2) ? choices.oneOf({0x00, 0x01, 0x7f, 0x80, 0xff})
                                                  : static_cast<int>(choices.below(256)));
  }
}

}  // namespace primer::inference::fuzz
