#include "column_help.h"

#include <algorithm>

#include "column_marks.h"
#include "digits.h"

namespace primer::maths {

namespace {

using Rungs = std::array<std::string, 3>;

std::string text(int value) { return std::to_string(value); }

std::string lookAt(const std::string& place, const std::string& what) {
  return "Look at the " + place + ": " + what;
}

// "Write 8 in the tens, and carry 1 to the hundreds."
std::string write(int made, std::size_t column, const ColumnName& name) {
  std::string words = "Write " + text(made % 10) + " in the " + name(column);
  if (made >= 10) words += ", and carry " + text(made / 10) + " to the " + name(column + 1);
  return words + ".";
}

std::string cameOver(int carry, std::size_t column, const ColumnName& name) {
  return text(carry) + " that came over from the " + name(column - 1);
}

int carryInto(ColumnMethod method, const std::vector<Rational>& whole, std::size_t column) {
  return fittingMarks(method, whole).at(column)[0] - '0';
}

Rungs helpWithSum(const std::vector<Rational>& addends, std::size_t column,
                  const ColumnName& name) {
  const int carry = carryInto(ColumnMethod::kAdd, addends, column);
  std::vector<Digits> digits;
  digits.reserve(addends.size());
  for (const auto& value : addends) digits.push_back(digitsOf(value));
  std::string all;
  int made = carry;
  int many = carry > 0 ? 1 : 0;
  for (const auto& number : digits) {
    if (column >= number.size()) continue;
    all += (all.empty() ? "" : " + ") + text(number[column]);
    made += number[column];
    ++many;
  }
  const std::string over = carry > 0 ? cameOver(carry, column, name) : std::string();
  std::string there = all;
  if (!over.empty()) there += all.empty() ? "only the " + over : ", and the " + over;
  std::string sum = all;
  if (carry > 0) sum += (all.empty() ? "" : " + ") + text(carry);
  return {
      lookAt(name(column), "add that column once more."),
      "In the " + name(column) + ": " + there + ".",
      (many > 1 ? sum + " is " + text(made) + ". " : std::string()) + write(made, column, name)};
}

Rungs helpWithDifference(const Rational& minuend, const Rational& subtrahend, std::size_t column,
                         const ColumnName& name) {
  const auto top = digitsOf(minuend);
  const auto bottom = digitsOf(subtrahend);
  bool lends = false;
  for (std::size_t i = 0; i < column; ++i) {
    lends = at(top, i) - (lends ? 1 : 0) < at(bottom, i);
  }
  const int taken = at(bottom, column);
  int left = at(top, column) - (lends ? 1 : 0);
  const bool receives = left < taken;
  std::string idea;
  if (lends) {
    idea = at(top, column) == 0 ? "The " + name(column) +
                                      " had to lend, and had nothing: ten came first, 9 are left."
                                : "One of the " + name(column) + " went to the " +
                                      name(column - 1) + ": " + text(left) + " left.";
  }
  if (left < 0) {
    left = 9;  // the ten that it received, less the one that it lent
  } else if (receives) {
    idea += (idea.empty() ? "" : " ") + text(left) + " is less than " + text(taken) +
            ": fetch ten from the " + name(column + 1) + ".";
    left += 10;
  }
  if (idea.empty()) {
    idea = "In the " + name(column) + ": " + text(left) + " take away " + text(taken) + ".";
  }
  return {lookAt(name(column), "take away there once more."), idea,
          text(left) + " \u2212 " + text(taken) + " is " + text(left - taken) + ". Write " +
              text(left - taken) + " in the " + name(column) + "."};
}

Rungs helpWithProduct(const Rational& a, const Rational& b, std::size_t column,
                      const ColumnName& name) {
  const bool short_second = b < Rational(10);
  if (!short_second && !(a < Rational(10))) return {};
  const auto digits = digitsOf(short_second ? a : b);
  const int factor = digitsOf(short_second ? b : a)[0];
  const int carry = carryInto(ColumnMethod::kMultiply, {a, b}, column);
  if (column >= digits.size()) {
    const std::string over = "only the " + cameOver(carry, column, name);
    return {lookAt(name(column), "what came over?"), "In the " + name(column) + ": " + over + ".",
            write(carry, column, name)};
  }
  const int product = digits[column] * factor;
  const std::string sign = text(digits[column]) + " \u00d7 " + text(factor);
  std::string made = sign + " is " + text(product);
  if (carry > 0) made += ", and " + text(carry) + " make " + text(product + carry);
  return {lookAt(name(column), "multiply there once more."),
          "In the " + name(column) + ": " + sign +
              (carry > 0 ? ", and the " + cameOver(carry, column, name) : "") + ".",
          made + ". " + write(product + carry, column, name)};
}

}  // namespace

Rungs helpWithColumn(ColumnMethod method, const std::vector<Rational>& whole, std::size_t column,
                     const ColumnName& name) {
  switch (method) {
    case ColumnMethod::kAdd:
      return helpWithSum(whole, column, name);
    case ColumnMethod::kSubtract:
      return helpWithDifference(whole[0], whole[1], column, name);
    case ColumnMethod::kMultiply:
      return helpWithProduct(whole[0], whole[1], column, name);
    case ColumnMethod::kShortDivision:
      break;  // helpWith(division, step)
  }
  return {};
}

Rungs helpWithEmptyColumn(std::size_t column, const ColumnName& name) {
  return {lookAt(name(column), "is there anything to write?"),
          "Nothing is left for the " + name(column) + ".",
          "Write nothing in the " + name(column) + "."};
}

Rungs helpWithRow(const Rational& top, int digit, std::size_t row) {
  const Rational factor = Rational(digit) * powerOfTen(static_cast<int>(row));
  const std::string task = top.toDecimal(0) + " \u00d7 " + factor.toDecimal(0);
  return {
      "Look at row " + std::to_string(row + 1) + ": multiply by the " + text(digit) + " once more.",
      "This row is " + task +
          (row == 0 ? std::string(".") : ": it ends where the " + text(digit) + " stands."),
      task + " is " + (top * factor).toDecimal(0) + "."};
}

}  // namespace primer::maths
