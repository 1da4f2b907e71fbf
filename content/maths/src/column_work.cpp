#include "primer/maths/column_work.h"

#include <algorithm>

#include "column_help.h"
#include "column_marks.h"
#include "columns.h"
#include "primer/maths/rulebook.h"
#include "short_division_check.h"
#include "slips.h"

namespace primer::maths {

namespace {

constexpr std::size_t kMostDigits = 9;

struct Operands {
  std::vector<Rational> values;
  int places = 0;  // of the result
};

Result<Operands> readOperands(const ColumnWork& work) {
  const bool sum = work.method == ColumnMethod::kAdd;
  const std::size_t most = sum ? 10 : 2;
  if (work.operands.size() < 2 || work.operands.size() > most) {
    return fail(ErrorCode::kInvalidArgument, "column work needs two operands (a sum up to ten)");
  }
  Operands read;
  for (const auto& text : work.operands) {
    const auto value = Rational::fromDigits(text);
    if (!value || text.size() > kMostDigits + 1) {
      return fail(ErrorCode::kInvalidArgument,
                  "'" + text + "' is not a number of at most nine digits");
    }
    const int places = value->decimalPlaces().value_or(0);
    read.places = work.method == ColumnMethod::kMultiply ? read.places + places
                                                         : std::max(read.places, places);
    read.values.push_back(*value);
  }
  if (work.method == ColumnMethod::kSubtract && read.values[0] < read.values[1]) {
    return fail(ErrorCode::kInvalidArgument, "the upper number is smaller than the lower one");
  }
  if (work.method == ColumnMethod::kShortDivision) {
    if (read.values[1].isZero())
      return fail(ErrorCode::kInvalidArgument, "nothing can be divided by zero");
    if (!read.values[0].isInteger() || !read.values[1].isInteger()) {
      return fail(ErrorCode::kInvalidArgument, "short division is of whole numbers here");
    }
    read.places = 0;
  }
  return read;
}

Rational rightResult(ColumnMethod method, const std::vector<Rational>& v) {
  switch (method) {
    case ColumnMethod::kAdd: {
      Rational total = 0;
      for (const auto& value : v) total = total + value;
      return total;
    }
    case ColumnMethod::kSubtract:
      return v[0] - v[1];
    case ColumnMethod::kMultiply:
      return v[0] * v[1];
    case ColumnMethod::kShortDivision:
      return (v[0] / v[1]).floor();
  }
  return 0;
}

std::vector<ColumnError> wrongResults(ColumnMethod method, const std::vector<Rational>& v) {
  switch (method) {
    case ColumnMethod::kAdd:
      return wrongSums(v);
    case ColumnMethod::kSubtract:
      return wrongDifferences(v[0], v[1]);
    case ColumnMethod::kMultiply:
      return wrongProducts(v[0], v[1]);
    case ColumnMethod::kShortDivision:
      return wrongQuotients(v[0], v[1]);
  }
  return {};
}

std::string withoutPoint(std::string text) {
  text.erase(std::remove(text.begin(), text.end(), '.'), text.end());
  return text;
}

bool isBlank(char c) { return c == ' ' || c == '_'; }

class Work {
 public:
  Work(const ColumnWork& work, Operands operands) : work_(work), operands_(std::move(operands)) {}

  Result<ColumnVerdict> check() {
    const std::string written = withoutPoint(work_.result);
    for (const char c : written) {
      if (!isBlank(c) && (c < '0' || c > '9')) {
        return fail(ErrorCode::kInvalidArgument,
                    "the result holds '" + std::string(1, c) + "', not a digit");
      }
    }
    marks_ = withoutPoint(work_.carries);
    for (const char c : marks_) {
      if (!isBlank(c) && (c < '0' || c > '9')) {
        return fail(ErrorCode::kInvalidArgument,
                    "the small digits hold '" + std::string(1, c) + "', not a digit");
      }
    }
    if (const auto division = byOneDigit(written)) {
      ColumnWork plain = work_;
      plain.result = written;
      plain.carries = marks_;
      return checkShortDivision(plain, *division);
    }
    checkMarks();
    const Rational right = rightResult(work_.method, operands_.values);
    compareColumns(written, withoutPoint(right.toDecimal(operands_.places)));
    checkRows();
    const bool blank = std::any_of(written.begin(), written.end(), isBlank) || written.empty();
    const bool wrong = verdict_.first_wrong_column || verdict_.first_wrong_row;
    if (!wrong) {
      const auto value = Rational::fromDigits(trimmed(work_.result));
      const bool complete = !blankInside(written) && value && *value == right && remainderIsRight();
      verdict_.finished = complete;
      verdict_.state = complete || blank ? LineState::kRight : LineState::kWrong;
      verdict_.explanation = complete ? "Right." : "Right so far.";
      if (!complete && !blank)
        verdict_.explanation =
            "The columns are right. Look at the point, and at what is left over.";
      if (verdict_.first_wrong_mark && verdict_.state == LineState::kRight) mention(complete);
      return std::move(verdict_);
    }
    name(written, right);
    help(right);
    return std::move(verdict_);
  }

 private:
  // Where each place can be judged from what stands before it.
  std::optional<ShortDivision> byOneDigit(const std::string& written) const {
    const auto& text = work_.operands;
    const bool fits = work_.method == ColumnMethod::kShortDivision &&
                      written.size() <= text[0].size() && marks_.size() <= text[0].size() &&
                      text[1].size() == 1 && text[1] > "1" && text[0].size() > 1 &&
                      text[0].front() != '0' && text[0].find('.') == std::string::npos;
    if (!fits) return std::nullopt;
    ShortDivision division{text[0], text[1][0] - '0'};
    division.with_remainder = division.remainder() > 0;
    return division;
  }

  static std::string trimmed(const std::string& text) {
    std::string out;
    for (const char c : text) {
      if (!isBlank(c)) out += c;
    }
    return out;
  }

  // A blank that has a digit to its left, or one at the right end.
  static bool blankInside(const std::string& written) {
    const auto first =
        std::find_if(written.begin(), written.end(), [](char c) { return !isBlank(c); });
    return first == written.end() || std::any_of(first, written.end(), isBlank);
  }

  // Without their points, filled up with zeros where places stand under one another.
  std::vector<Rational> wholeOperands() const {
    std::vector<Rational> whole;
    for (const auto& value : operands_.values) {
      const bool product = work_.method == ColumnMethod::kMultiply;
      const int places = product ? value.decimalPlaces().value_or(0) : operands_.places;
      whole.push_back(value * powerOfTen(places));
    }
    return whole;
  }

  void checkMarks() {
    const auto fitting = fittingMarks(work_.method, wholeOperands());
    verdict_.mark_right.assign(marks_.size(), true);
    const bool from_left = work_.method == ColumnMethod::kShortDivision;
    for (std::size_t k = 0; k < marks_.size() && !fitting.empty(); ++k) {
      const std::size_t i = from_left ? marks_.size() - 1 - k : k;
      const char own = marks_[marks_.size() - 1 - i];
      const std::string fits = i < fitting.size() ? fitting[i] : "0";
      if (isBlank(own) || fits.find(own) != std::string::npos) continue;
      verdict_.mark_right[i] = false;
      if (!verdict_.first_wrong_mark) verdict_.first_wrong_mark = i;
    }
  }

  // All digits are right, and a small one is not.
  void mention(bool complete) {
    const std::string place = columnName(*verdict_.first_wrong_mark);
    if (complete) {
      verdict_.explanation = "Right. Only the small digit above the " + place + " does not fit.";
      return;
    }
    verdict_.state = LineState::kSlip;
    verdict_.explanation =
        "Right so far. Look again at the small digit above the " + place + ": does it fit?";
  }

  std::string columnName(std::size_t column) const {
    static constexpr const char* kNames[] = {"thousandths", "hundredths", "tenths",   "ones",
                                             "tens",        "hundreds",   "thousands"};
    const int at = static_cast<int>(column) - operands_.places + 3;
    const bool named = at >= 0 && at < static_cast<int>(std::size(kNames));
    return named ? kNames[at] : "column " + std::to_string(column + 1) + " from the right";
  }

  // Division writes from the left, all else from the right.
  void compareColumns(const std::string& written, const std::string& right) {
    const std::size_t width = std::max(written.size(), right.size());
    verdict_.column_right.assign(width, true);
    for (std::size_t i = 0; i < written.size(); ++i) {
      const char own = written[written.size() - 1 - i];
      const char should = i < right.size() ? right[right.size() - 1 - i] : '0';
      verdict_.column_right[i] = isBlank(own) || own == should;
    }
    const auto& ok = verdict_.column_right;
    const bool from_left = work_.method == ColumnMethod::kShortDivision;
    for (std::size_t k = 0; k < width; ++k) {
      const std::size_t i = from_left ? width - 1 - k : k;
      if (ok[i]) continue;
      verdict_.first_wrong_column = i;
      return;
    }
  }

  void checkRows() {
    if (work_.method != ColumnMethod::kMultiply || work_.rows.empty()) return;
    const std::string factor = withoutPoint(work_.operands[1]);
    const Rational top =
        Rational::fromDigits(withoutPoint(work_.operands[0])).value_or(Rational(0));
    for (std::size_t i = 0; i < work_.rows.size() && i < factor.size(); ++i) {
      const Rational digit = factor[factor.size() - 1 - i] - '0';
      std::string row = work_.rows[i];
      std::replace_if(row.begin(), row.end(), isBlank, '0');
      const auto value = Rational::fromDigits(row);
      if (value && *value == top * digit * powerOfTen(static_cast<int>(i))) continue;
      verdict_.first_wrong_row = i;
      return;
    }
  }

  bool remainderIsRight() const {
    if (work_.method != ColumnMethod::kShortDivision) return true;
    const auto& v = operands_.values;
    const Rational rest = v[0] - (v[0] / v[1]).floor() * v[1];
    const auto written =
        work_.remainder.empty() ? Rational(0) : Rational::fromDigits(work_.remainder);
    return written && *written == rest;
  }

  // The wrong procedures, on the columns that are filled in: a part of the work is compared with
  // the same columns of what a procedure would give.
  void name(const std::string& written, const Rational& right) {
    verdict_.state = LineState::kWrong;
    for (const auto& error : wrongResults(work_.method, operands_.values)) {
      if (!agrees(error.result, written)) continue;
      for (const auto key : {error.key, error.second}) addKey(key);
      if (!error.second.empty()) break;
    }
    // Who has marked a ten as taken knows that the upper digit was too small.
    if (keys_.size() > 1 && work_.method == ColumnMethod::kSubtract &&
        showsBorrowing(marks_, operands_.values[0] * powerOfTen(operands_.places))) {
      keys_.erase(std::remove(keys_.begin(), keys_.end(), "subtract-smaller-from-larger"),
                  keys_.end());
    }
    if (!keys_.empty()) {
      verdict_.state = LineState::kMisconception;
      verdict_.misconception = keys_.front();
      verdict_.also.assign(keys_.begin() + 1, keys_.end());
      const auto* known = findMisconception(verdict_.misconception);
      if (known != nullptr) verdict_.explanation = known->explanation;
      return;
    }
    const auto value = Rational::fromDigits(trimmed(work_.result));
    const auto wrong =
        std::count(verdict_.column_right.begin(), verdict_.column_right.end(), false);
    if (wrong == 1 || (value && isSlipOf(right, *value))) verdict_.state = LineState::kSlip;
    if (verdict_.first_wrong_mark) {
      verdict_.state = LineState::kSlip;
      verdict_.explanation = "Look again at the small digit above the " +
                             columnName(*verdict_.first_wrong_mark) +
                             ": what did the column beside it make?";
      return;
    }
    verdict_.explanation = verdict_.state == LineState::kSlip
                               ? "Your way is right. Look again at one of the columns."
                               : "Look again, column by column.";
  }

  // A wrong procedure has words of its own; what to write is told by the place.
  void help(const Rational& right) {
    const auto named = [this](std::size_t column) { return columnName(column); };
    if (verdict_.first_wrong_row) {
      const std::string factor = withoutPoint(work_.operands[1]);
      const std::size_t row = *verdict_.first_wrong_row;
      const auto top = Rational::fromDigits(withoutPoint(work_.operands[0]));
      verdict_.hints =
          helpWithRow(top.value_or(Rational(0)), factor[factor.size() - 1 - row] - '0', row);
    } else if (verdict_.first_wrong_column && work_.method != ColumnMethod::kShortDivision) {
      const std::size_t column = *verdict_.first_wrong_column;
      const bool reached = column < withoutPoint(right.toDecimal(operands_.places)).size();
      verdict_.hints = reached ? helpWithColumn(work_.method, wholeOperands(), column, named)
                               : helpWithEmptyColumn(column, named);
    }
    const auto* known = findMisconception(verdict_.misconception);
    if (known == nullptr || verdict_.hints[0].empty()) return;
    verdict_.hints[0] = known->point;
    verdict_.hints[1] = known->teach;
  }

  bool agrees(const Rational& given, const std::string& written) const {
    const std::string digits = withoutPoint(given.toDecimal(operands_.places));
    if (given.decimalPlaces().value_or(99) > operands_.places || trimmed(written).size() < 2)
      return false;
    for (std::size_t i = 0; i < std::max(written.size(), digits.size()); ++i) {
      const char own = i < written.size() ? written[written.size() - 1 - i] : ' ';
      const char should = i < digits.size() ? digits[digits.size() - 1 - i] : '0';
      const bool beyond =
          i >= written.size() && !std::any_of(written.begin(), written.end(), isBlank);
      if (beyond ? should != '0' : !isBlank(own) && own != should) return false;
    }
    return true;
  }

  void addKey(std::string_view key) {
    if (!key.empty() && std::find(keys_.begin(), keys_.end(), key) == keys_.end())
      keys_.emplace_back(key);
  }

  const ColumnWork& work_;
  Operands operands_;
  ColumnVerdict verdict_;
  std::vector<std::string> keys_;
  std::string marks_;  // small digits, without a point
};

}  // namespace

Result<ColumnVerdict> checkColumns(const ColumnWork& work) {
  PRIMER_ASSIGN(Operands operands, readOperands(work));
  return Work(work, std::move(operands)).check();
}

}  // namespace primer::maths
