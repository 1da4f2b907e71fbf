#include "primer/maths/short_division.h"

#include <algorithm>
#include <cctype>

#include "dice.h"

namespace primer::maths {

namespace {

constexpr std::size_t kMostDigits = 9;
constexpr std::string_view kWithRemainder = " with remainder";

std::string text(int value) { return std::to_string(value); }

// Whether the quotient has begun at this step; zeros before its first digit are not written.
bool begins(const DivisionStep& step) { return step.digit > 0 || step.column == 0; }

// "14 ÷ 3 is 4, and 2 is left over."
std::string said(const ShortDivision& division, const DivisionStep& step) {
  const std::string over = step.rest == 0 ? "nothing" : text(step.rest);
  return text(step.taken) + " ÷ " + text(division.divisor) + " is " + text(step.digit) + ", and " +
         over + " is left over.";
}

std::string toWrite(const ShortDivision& division, const DivisionStep& step) {
  if (!step.written) {
    return "Write nothing above it yet, and a small " + text(step.rest) + " before the next digit.";
  }
  std::string words = "Write " + text(step.digit) + " above the " + placeName(step.column);
  if (step.rest == 0) return words + ".";
  if (step.column > 0)
    return words + ", and a small " + text(step.rest) + " before the next digit.";
  return words + (division.with_remainder ? ", and " + text(step.rest) + " behind the r." : ".");
}

// The work with all steps left of this column, and with that one if `inclusive`.
BusStop drawnUpTo(const ShortDivision& division, std::size_t column, bool inclusive) {
  BusStop drawn;
  const auto width = division.dividend.size();
  drawn.dividend = division.dividend;
  drawn.divisor = text(division.divisor);
  drawn.quotient.assign(width, ' ');
  drawn.carries.assign(width, ' ');
  for (const auto& step : divisionSteps(division)) {
    const bool done = step.column > column || (inclusive && step.column == column);
    if (!done) break;
    const auto at = width - 1 - step.column;
    if (step.written) drawn.quotient[at] = static_cast<char>('0' + step.digit);
    if (step.column > 0 && step.rest > 0) {
      drawn.carries[at + 1] = static_cast<char>('0' + step.rest);
    }
    if (step.column == 0 && division.with_remainder) drawn.remainder = text(step.rest);
  }
  drawn.look_at = column;
  return drawn;
}

}  // namespace

int ShortDivision::remainder() const { return divisionSteps(*this).back().rest; }

std::optional<ShortDivision> shortDivisionOf(const std::string& problem) {
  ShortDivision division;
  std::string_view left = problem;
  if (left.size() > kWithRemainder.size() &&
      left.substr(left.size() - kWithRemainder.size()) == kWithRemainder) {
    division.with_remainder = true;
    left.remove_suffix(kWithRemainder.size());
  }
  constexpr std::string_view kSign = " ÷ ";
  const auto sign = left.find(kSign);
  if (sign == std::string_view::npos) return std::nullopt;
  const auto dividend = left.substr(0, sign);
  const auto divisor = left.substr(sign + kSign.size());
  const bool digits = std::all_of(dividend.begin(), dividend.end(),
                                  [](unsigned char c) { return std::isdigit(c) != 0; });
  if (!digits || dividend.size() < 2 || dividend.size() > kMostDigits || dividend[0] == '0' ||
      divisor.size() != 1 || divisor[0] < '2' || divisor[0] > '9') {
    return std::nullopt;
  }
  division.dividend = dividend;
  division.divisor = divisor[0] - '0';
  return division;
}

std::vector<DivisionStep> divisionSteps(const ShortDivision& of) {
  std::vector<DivisionStep> steps;
  int rest = 0;
  bool begun = false;
  for (std::size_t i = 0; i < of.dividend.size(); ++i) {
    DivisionStep step;
    step.column = of.dividend.size() - 1 - i;
    step.taken = rest * 10 + (of.dividend[i] - '0');
    step.digit = step.taken / of.divisor;
    step.rest = rest = step.taken % of.divisor;
    begun = begun || begins(step);
    step.written = begun;
    steps.push_back(step);
  }
  return steps;
}

std::string placeName(std::size_t column) {
  static constexpr const char* kNames[] = {"ones", "tens", "hundreds", "thousands"};
  if (column < std::size(kNames)) return kNames[column];
  return "digit " + std::to_string(column + 1) + " from the right";
}

std::array<std::string, 3> helpWith(const ShortDivision& division, const DivisionStep& step) {
  const std::string divisor = text(division.divisor);
  const std::string place = placeName(step.column);
  const bool first = step.column + 1 == division.dividend.size();
  const std::string what = first ? "Begin at the left, with the " + place + "."
                                 : "Look at the " + place +
                                       ": what is divided there, with what was "
                                       "left over before?";
  const std::string idea = "How many times does " + divisor + " go into " + text(step.taken) +
                           "? What is left over stands small before the next digit.";
  const std::string last =
      "How many times does " + divisor + " go into " + text(step.taken) +
      (division.with_remainder ? "? What is left over is the remainder." : "?");
  return {what, step.column == 0 ? last : idea,
          said(division, step) + " " + toWrite(division, step)};
}

BusStop drawnBefore(const ShortDivision& division, std::size_t column) {
  auto drawn = drawnUpTo(division, column, false);
  drawn.quotient[division.dividend.size() - 1 - column] = '?';
  return drawn;
}

WorkedDivision workedDivision(const ShortDivision& like, std::uint64_t seed) {
  Dice dice(seed + 1);
  int low = 1;
  for (std::size_t i = 1; i < like.dividend.size() && low < 1000; ++i) low *= 10;
  WorkedDivision worked;
  worked.division.with_remainder = like.with_remainder;
  // Something is carried, and something is left over as it is in the other.
  const bool over = like.remainder() > 0;
  const auto fits = [&](const ShortDivision& one) {
    const auto steps = divisionSteps(one);
    const bool carries = std::any_of(steps.begin(), steps.end(), [](const DivisionStep& s) {
      return s.column > 0 && s.rest > 0 && s.written;
    });
    return carries && (steps.back().rest > 0) == over;
  };
  do {
    worked.division.divisor = dice.from(2, 9);
    worked.division.dividend = text(dice.from(low, low * 10 - 1));
  } while (!fits(worked.division) || worked.division.dividend == like.dividend);
  for (const auto& step : divisionSteps(worked.division)) {
    worked.steps.push_back({said(worked.division, step) + " " + toWrite(worked.division, step),
                            drawnUpTo(worked.division, step.column, true)});
  }
  return worked;
}

}  // namespace primer::maths
