#include "column_marks.h"

#include <algorithm>

#include "digits.h"

namespace primer::maths {

namespace {

std::string mark(int digit) { return {static_cast<char>('0' + digit)}; }

std::vector<std::string> marksOfSum(const std::vector<Rational>& addends) {
  std::vector<Digits> digits;
  std::size_t width = 0;
  for (const auto& value : addends) {
    digits.push_back(digitsOf(value));
    width = std::max(width, digits.back().size());
  }
  std::vector<std::string> fitting;
  int carry = 0;
  for (std::size_t i = 0; i <= width; ++i) {
    fitting.push_back(mark(carry));
    for (const auto& number : digits) carry += at(number, i);
    carry /= 10;
  }
  return fitting;
}

std::vector<std::string> marksOfDifference(const Rational& minuend, const Rational& subtrahend) {
  const auto top = digitsOf(minuend);
  const auto bottom = digitsOf(subtrahend);
  std::vector<std::string> fitting;
  bool lends = false;
  for (std::size_t i = 0; i < top.size(); ++i) {
    const int left = top[i] - (lends ? 1 : 0);
    const bool receives = left < at(bottom, i);
    // A ten that goes on to the right may also be marked at the lower digit, which is one more.
    std::string marks = mark((left + 10) % 10);
    if (receives || lends) marks += '1';
    if (!lends) marks += '0';
    fitting.push_back(std::move(marks));
    lends = receives;
  }
  return fitting;
}

std::vector<std::string> marksOfProduct(const Rational& a, const Rational& b) {
  const bool short_second = b < Rational(10);
  if (!short_second && !(a < Rational(10))) return {};
  const auto digits = digitsOf(short_second ? a : b);
  const int factor = digitsOf(short_second ? b : a)[0];
  std::vector<std::string> fitting;
  int carry = 0;
  for (const int digit : digits) {
    fitting.push_back(mark(carry));
    carry = (digit * factor + carry) / 10;
  }
  fitting.push_back(mark(carry));
  return fitting;
}

std::vector<std::string> marksOfDivision(const Rational& dividend, const Rational& divisor) {
  const auto digits = digitsOf(dividend);
  std::vector<std::string> fitting(digits.size());
  Rational rest = 0;
  for (std::size_t i = digits.size(); i-- > 0;) {
    const auto small = rest.toInt();
    if (small && *small < 10) fitting[i] = mark(static_cast<int>(*small));
    rest = rest * Rational(10) + Rational(digits[i]);
    rest = rest - (rest / divisor).floor() * divisor;
  }
  // Two digits do not fit above one column: nothing is said of any.
  return Rational(10) < divisor ? std::vector<std::string>() : fitting;
}

}  // namespace

std::vector<std::string> fittingMarks(ColumnMethod method, const std::vector<Rational>& operands) {
  switch (method) {
    case ColumnMethod::kAdd:
      return marksOfSum(operands);
    case ColumnMethod::kSubtract:
      return marksOfDifference(operands[0], operands[1]);
    case ColumnMethod::kMultiply:
      return marksOfProduct(operands[0], operands[1]);
    case ColumnMethod::kShortDivision:
      return marksOfDivision(operands[0], operands[1]);
  }
  return {};
}

bool showsBorrowing(const std::string& marks, const Rational& minuend) {
  const auto top = digitsOf(minuend);
  for (std::size_t i = 0; i < marks.size(); ++i) {
    const char c = marks[marks.size() - 1 - i];
    if (c >= '0' && c <= '9' && c - '0' != at(top, i)) return true;
  }
  return false;
}

}  // namespace primer::maths
