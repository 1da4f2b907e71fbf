#pragma once

// The many ways to write the same sign, made one: LaTeX commands, arrows, minus signs, words such
// as "is less than". Marks of lists and notes in the margin are dropped.

#include <string>
#include <string_view>

namespace primer::maths {

std::string plainNotation(std::string_view text);

}  // namespace primer::maths
