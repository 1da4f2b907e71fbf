#include "primer/handwriting/column_text.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

namespace primer::handwriting {

namespace {

constexpr std::size_t kMostDigits = 9;

// Digits in places counted from the right; 0 beyond them.
int digitAt(std::uint64_t value, std::size_t place) {
  for (; place > 0; --place) value /= 10;
  return static_cast<int>(value % 10);
}

// Characters in columns counted from the right.
class Places {
 public:
  void put(std::size_t column, int digit) {
    if (column >= text_.size()) text_.insert(0, column + 1 - text_.size(), ' ');
    text_[text_.size() - 1 - column] = static_cast<char>('0' + digit);
  }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

std::string marksOfSum(const std::vector<std::uint64_t>& addends, std::size_t width) {
  Places marks;
  std::uint64_t carry = 0;
  for (std::size_t column = 0; column < width; ++column) {
    if (carry > 0) marks.put(column, static_cast<int>(carry % 10));
    for (const auto value : addends) carry += static_cast<std::uint64_t>(digitAt(value, column));
    carry /= 10;
  }
  return marks.text();
}

std::string marksOfDifference(std::uint64_t upper, std::uint64_t lower, std::size_t width) {
  Places marks;
  bool lent = false;
  for (std::size_t column = 0; column < width; ++column) {
    const int left = digitAt(upper, column) - (lent ? 1 : 0);
    if (lent) marks.put(column, (left + 10) % 10);
    const bool lends = left < digitAt(lower, column);
    if (lends && !lent) marks.put(column, 1);
    lent = lends;
  }
  return marks.text();
}

std::string marksOfProduct(std::uint64_t upper, std::uint64_t digit, std::size_t width) {
  Places marks;
  std::uint64_t carry = 0;
  for (std::size_t column = 0; column < width; ++column) {
    if (carry > 0) marks.put(column, static_cast<int>(carry));
    carry = (static_cast<std::uint64_t>(digitAt(upper, column)) * digit + carry) / 10;
  }
  return marks.text();
}

void workProduct(std::uint64_t upper, std::uint64_t lower, bool marks, ColumnText& text) {
  text.result = std::to_string(upper * lower);
  if (lower < 10) {
    if (marks) text.carries = marksOfProduct(upper, lower, std::to_string(upper).size());
    return;
  }
  std::string blanks;
  for (std::size_t place = 0; place < std::to_string(lower).size(); ++place) {
    const auto digit = static_cast<std::uint64_t>(digitAt(lower, place));
    text.rows.push_back(std::to_string(upper * digit) + blanks);
    blanks += ' ';
  }
}

void workDivision(std::uint64_t dividend, std::uint64_t divisor, bool marks, bool steps,
                  ColumnText& text) {
  text.result = std::to_string(dividend / divisor);
  const auto width = std::to_string(dividend).size();
  Places small;
  std::uint64_t rest = 0;
  bool begun = false;
  for (std::size_t column = width; column-- > 0;) {
    if (rest > 0 && begun && rest < 10) small.put(column, static_cast<int>(rest));
    rest = rest * 10 + static_cast<std::uint64_t>(digitAt(dividend, column));
    const auto digit = rest / divisor;
    const std::string blanks(column, ' ');
    if (begun && steps) text.rows.push_back(std::to_string(rest) + blanks);
    begun = begun || digit > 0;
    // A small digit stands before the next one even where the quotient has not begun.
    if (begun && steps) text.rows.push_back(std::to_string(digit * divisor) + blanks);
    rest -= digit * divisor;
    if (!steps) begun = true;
  }
  if (steps && begun) text.rows.push_back(std::to_string(rest));
  if (marks && !steps) text.carries = small.text();
  if (rest > 0) text.remainder = std::to_string(rest);
}

}  // namespace

Result<ColumnText> workColumns(ColumnMethod method, const std::vector<std::string>& operands,
                               bool marks, bool steps) {
  const std::size_t most = method == ColumnMethod::kSum ? 10 : 2;
  if (operands.size() < 2 || operands.size() > most) {
    return fail(ErrorCode::kInvalidArgument, "column work needs two operands (a sum up to ten)");
  }
  std::vector<std::uint64_t> values;
  std::size_t width = 0;
  for (const auto& text : operands) {
    const bool digits =
        std::all_of(text.begin(), text.end(), [](const char c) { return c >= '0' && c <= '9'; });
    if (!digits || text.empty() || text.size() > kMostDigits) {
      return fail(ErrorCode::kInvalidArgument,
                  "'" + text + "' is not a whole number of at most nine digits");
    }
    values.push_back(std::strtoull(text.c_str(), nullptr, 10));
    width = std::max(width, text.size());
  }
  ColumnText text;
  text.method = method;
  text.operands = operands;
  switch (method) {
    case ColumnMethod::kSum: {
      std::uint64_t total = 0;
      for (const auto value : values) total += value;
      text.result = std::to_string(total);
      if (marks) text.carries = marksOfSum(values, width);
      break;
    }
    case ColumnMethod::kDifference:
      if (values[0] < values[1]) {
        return fail(ErrorCode::kInvalidArgument, "the upper number is smaller than the lower one");
      }
      text.result = std::to_string(values[0] - values[1]);
      if (marks) text.carries = marksOfDifference(values[0], values[1], width);
      break;
    case ColumnMethod::kProduct:
      workProduct(values[0], values[1], marks, text);
      break;
    case ColumnMethod::kDivision:
      if (values[1] == 0) {
        return fail(ErrorCode::kInvalidArgument, "nothing can be divided by zero");
      }
      workDivision(values[0], values[1], marks, steps, text);
      break;
  }
  return text;
}

}  // namespace primer::handwriting
