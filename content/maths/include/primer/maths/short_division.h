#pragma once

// Short division, as it is written under a bracket: the divisor before it, the dividend beneath,
// one digit of the quotient above each of the dividend's, and what is left over small before the
// next one.
//
//      2 4
//   3 ) 7 ¹2
//
// Places are columns of the dividend, counted from the right, the ones first. Pure functions, safe
// on any thread.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "primer/maths/picture.h"
#include "primer/maths/problem.h"

namespace primer::maths {

struct ShortDivision {
  std::string dividend;         // 2 to 9 digits, the first not 0
  int divisor = 2;              // 2 to 9
  bool with_remainder = false;  // what is left over is asked for

  int remainder() const;
  friend bool operator==(const ShortDivision&, const ShortDivision&) = default;
};

// The problem as such a division ("72 ÷ 3", "86 ÷ 4 with remainder"), or nothing.
std::optional<ShortDivision> shortDivisionOf(const std::string& problem);

struct DivisionStep {
  std::size_t column = 0;
  int taken = 0;        // what is divided there: what was left over, and this digit
  int digit = 0;        // of the quotient
  int rest = 0;         // left over
  bool written = true;  // false for zeros before the quotient's first digit
};
// From the left, one for each digit of the dividend.
std::vector<DivisionStep> divisionSteps(const ShortDivision& of);

// "ones", "tens", ...
std::string placeName(std::size_t column);

// Help for one step, at most 160 characters each: where to look, the idea, what to write.
std::array<std::string, 3> helpWith(const ShortDivision& division, const DivisionStep& step);

// The work as it stands before this step, with a question mark where it is to go on.
BusStop drawnBefore(const ShortDivision& division, std::size_t column);

// Another division of as many digits, done step by step.
struct WorkedDivision {
  ShortDivision division;
  struct Step {
    std::string words;
    BusStop drawn;  // the work after it
  };
  std::vector<Step> steps;
};
WorkedDivision workedDivision(const ShortDivision& like, std::uint64_t seed);

}  // namespace primer::maths
