#pragma once

// Numbers as people read them out, in words of small letters.

#include <string>
#include <string_view>
#include <vector>

namespace primer::pronunciation {

// All usual readings of what stands in digits, the commonest first: "1984", "1,250", "2.5", "1st",
// "007". At most 40 digits; nothing for what is no number.
std::vector<std::string> readNumber(std::string_view digits);

}  // namespace primer::pronunciation
