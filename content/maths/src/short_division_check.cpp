#include "short_division_check.h"

#include <algorithm>

#include "primer/maths/rulebook.h"

namespace primer::maths {

namespace {

constexpr int kUnknown = -1;
constexpr std::size_t kMostMasks = 1U << 8U;

bool isDigit(char c) { return c >= '0' && c <= '9'; }

std::string padded(const std::string& text, std::size_t width) {
  std::string out = text.size() < width ? std::string(width - text.size(), ' ') + text : text;
  std::replace(out.begin(), out.end(), '_', ' ');
  return out;
}

std::string withoutBlanks(const std::string& text) {
  std::string out;
  std::copy_if(text.begin(), text.end(), std::back_inserter(out), isDigit);
  return out;
}

std::string withoutLeadingZeros(std::string text) {
  while (text.size() > 1 && text.front() == '0') text.erase(0, 1);
  return text;
}

enum class Place : std::uint8_t {
  kBlank,
  kRight,
  kFollows,  // from something before it that is not right
  kWrong,
};

class Check {
 public:
  Check(const ColumnWork& work, const ShortDivision& division)
      : division_(division),
        steps_(divisionSteps(division)),
        width_(std::max(division.dividend.size(), work.result.size())),
        over_(width_ - division.dividend.size()),
        result_(padded(work.result, width_)),
        marks_(padded(work.carries, width_)),
        remainder_(work.remainder) {}

  ColumnVerdict check() {
    walk();
    const auto wrong = std::find(places_.begin(), places_.end(), Place::kWrong);
    if (wrong != places_.end()) verdict_.first_wrong_column = columnOf(wrong - places_.begin());
    const bool wrong_rest = verdict_.remainder == RemainderState::kWrong;
    if (verdict_.first_wrong_column || wrong_rest) {
      name();
    } else {
      rightSoFar();
    }
    help();
    return std::move(verdict_);
  }

 private:
  std::size_t columnOf(std::ptrdiff_t place) const {
    return width_ - 1 - static_cast<std::size_t>(place);
  }
  const DivisionStep& stepAt(std::size_t column) const {
    return steps_[steps_.size() - 1 - column];
  }
  static std::optional<int> digitOf(char c) {
    return isDigit(c) ? std::optional<int>(c - '0') : std::nullopt;
  }

  // From the left: what is right, what is not, and what follows from what is not.
  void walk() {
    verdict_.column_right.assign(width_, true);
    verdict_.follows.assign(width_, false);
    verdict_.mark_right.assign(marks_.size(), true);
    places_.assign(width_, Place::kBlank);
    for (std::size_t i = 0; i < over_; ++i) judgeBeyond(i);
    int rest = 0;              // what ought to be left over so far
    int own = 0;               // and what is, by what was written; kUnknown where it cannot be told
    std::size_t last = over_;  // the last digit that was written
    for (std::size_t i = over_; i < width_; ++i) {
      if (isDigit(result_[i])) last = i;
    }
    for (std::size_t i = over_; i < width_; ++i) {
      const auto& step = steps_[i - over_];
      const auto mark = digitOf(marks_[i]);
      const bool mark_wrong = mark && *mark != rest && mark != own;
      if (mark_wrong) judgeMark(i);
      const int digit = division_.dividend[i - over_] - '0';
      const auto written = digitOf(result_[i]);
      if (!written) {
        // A place that was passed by, once the quotient had begun, is a zero left out.
        if (step.written && i < last && anyBefore(i)) setWrong(i);
        own = step.digit == 0 ? step.rest : kUnknown;
      } else if (*written == step.digit) {
        places_[i] = Place::kRight;
        own = step.rest;
      } else {
        const int from = mark.value_or(rest) != rest ? *mark : own;
        const bool other = from != kUnknown && from != rest;
        const int taken = (other ? from : rest) * 10 + digit;
        if (other && taken / division_.divisor == *written) {
          places_[i] = Place::kFollows;
          verdict_.follows[columnOf(static_cast<std::ptrdiff_t>(i))] = true;
          verdict_.column_right[columnOf(static_cast<std::ptrdiff_t>(i))] = false;
        } else {
          setWrong(i);
        }
        own = std::max(taken - *written * division_.divisor, kUnknown);
      }
      rest = step.rest;
    }
    judgeRemainder(own);
  }

  bool anyBefore(std::size_t place) const {
    return std::any_of(result_.begin(), result_.begin() + static_cast<std::ptrdiff_t>(place),
                       isDigit);
  }

  // Left of the dividend there is room for zeros only.
  void judgeBeyond(std::size_t place) {
    if (isDigit(result_[place]) && result_[place] != '0') setWrong(place);
  }

  void setWrong(std::size_t place) {
    places_[place] = Place::kWrong;
    verdict_.column_right[columnOf(static_cast<std::ptrdiff_t>(place))] = false;
  }

  void judgeMark(std::size_t place) {
    const auto column = columnOf(static_cast<std::ptrdiff_t>(place));
    verdict_.mark_right[column] = false;
    if (!verdict_.first_wrong_mark) verdict_.first_wrong_mark = column;
  }

  void judgeRemainder(int own) {
    if (remainder_.empty() || !isDigit(result_.back())) return;
    const std::string fits = std::to_string(division_.remainder());
    const std::string written = withoutLeadingZeros(remainder_);
    if (written == fits) {
      verdict_.remainder = RemainderState::kRight;
    } else if (std::to_string(own) == written && own < division_.divisor) {
      verdict_.remainder = RemainderState::kFollows;
    } else {
      verdict_.remainder = RemainderState::kWrong;
    }
  }

  bool complete() const {
    for (std::size_t i = over_; i < width_; ++i) {
      if (steps_[i - over_].written && places_[i] != Place::kRight) return false;
    }
    return division_.remainder() == 0 ? verdict_.remainder != RemainderState::kWrong
                                      : verdict_.remainder == RemainderState::kRight;
  }

  void rightSoFar() {
    verdict_.finished = complete();
    verdict_.state = LineState::kRight;
    verdict_.explanation = verdict_.finished ? "Right." : "Right so far.";
    if (!verdict_.first_wrong_mark) return;
    const std::string small = "the small digit before the " + placeName(*verdict_.first_wrong_mark);
    if (verdict_.finished) {
      verdict_.explanation = "Right. Only " + small + " does not fit.";
      return;
    }
    verdict_.state = LineState::kSlip;
    verdict_.explanation = "Look again at " + small + ": what was left over?";
  }

  // ---- Which procedure it was

  // What somebody writes who follows a wrong procedure: a digit for each of the dividend, and the
  // remainder.
  struct Given {
    std::string digits;
    int rest = 0;
  };

  // What is left over is not carried on, at the places whose bit is set.
  Given notCarried(unsigned mask) const {
    Given given;
    int rest = 0;
    unsigned places = 0;
    for (const char c : division_.dividend) {
      const int taken = rest * 10 + (c - '0');
      given.digits += static_cast<char>('0' + std::min(taken / division_.divisor, 9));
      rest = given.rest = taken % division_.divisor;
      if (rest > 0 && (mask >> places++ & 1U) != 0) rest = 0;
    }
    return given;
  }

  Given separately() const {
    Given given;
    for (const char c : division_.dividend) {
      const int digit = c - '0';
      const int larger = std::max(digit, division_.divisor);
      const int smaller = std::min(digit, division_.divisor);
      given.digits += static_cast<char>('0' + (smaller == 0 ? 0 : larger / smaller));
    }
    return given;
  }

  // What was written is what the procedure gives, and what is not right is among it.
  bool agrees(const Given& given) const {
    bool differs = false;
    std::size_t written = 0;
    for (std::size_t i = over_; i < width_; ++i) {
      if (!isDigit(result_[i])) continue;
      ++written;
      if (result_[i] != given.digits[i - over_]) return false;
      differs = differs || places_[i] == Place::kWrong;
    }
    return differs && written >= 2;
  }

  // Who has written what was left over before a digit did not lose it.
  bool showsCarrying() const {
    const auto column = verdict_.first_wrong_column;
    return column && *column < width_ && isDigit(marks_[width_ - 1 - *column]) &&
           verdict_.mark_right[*column] && marks_[width_ - 1 - *column] != '0';
  }

  bool dropsZeros() const {
    std::string right;
    for (const auto& step : steps_) {
      if (step.written) right += static_cast<char>('0' + step.digit);
    }
    const std::string written = withoutBlanks(result_);
    std::string none;
    for (const char c : right) {
      if (c != '0') none += c;
    }
    if (written.size() >= 2 && written == none && none != right) return true;
    for (std::size_t i = 0; i < right.size(); ++i) {
      if (right[i] != '0') continue;
      std::string one = right;
      one.erase(i, 1);
      if (written.size() >= 2 && written == one) return true;
    }
    return false;
  }

  // A digit with which the divisor, or more, is left over, and that was carried on or written.
  bool leavesTooMuch() const {
    for (std::size_t i = over_; i < width_; ++i) {
      const auto written = digitOf(result_[i]);
      if (places_[i] != Place::kWrong || !written) continue;
      const int over = steps_[i - over_].taken - *written * division_.divisor;
      if (over < division_.divisor) return false;
      const bool last = i + 1 == width_;
      const std::string next = last ? remainder_ : std::string(1, marks_[i + 1]);
      return next == std::to_string(over);
    }
    return false;
  }

  void name() {
    verdict_.state = LineState::kWrong;
    std::vector<std::string> keys;
    if (dropsZeros()) keys.emplace_back("divide-zero-omitted");
    if (leavesTooMuch()) keys.emplace_back("divide-remainder-too-large");
    bool not_carried = false;
    for (unsigned mask = 1; mask < kMostMasks && !showsCarrying(); ++mask) {
      not_carried = not_carried || agrees(notCarried(mask));
    }
    if (not_carried) keys.emplace_back("divide-remainder-not-carried");
    if (agrees(separately())) keys.emplace_back("divide-digits-separately");
    if (!keys.empty()) {
      verdict_.state = LineState::kMisconception;
      verdict_.misconception = keys.front();
      verdict_.also.assign(keys.begin() + 1, keys.end());
      verdict_.explanation = findMisconception(keys.front())->explanation;
      return;
    }
    const auto wrong = std::count(places_.begin(), places_.end(), Place::kWrong);
    const bool slip = wrong == 1 || (wrong == 0 && verdict_.remainder == RemainderState::kWrong);
    if (slip) verdict_.state = LineState::kSlip;
    verdict_.explanation = !slip        ? "Look again, digit by digit, from the left."
                           : wrong == 0 ? "All digits are right. Look again at what is left over."
                                        : "Your way is right. Look again at one of the digits.";
  }

  // ---- Help

  // The first place from the left that is to be mended or written; of a small digit that does not
  // fit, the place that left it over.
  struct Helped {
    std::size_t place = 0;
    bool mark = false;
  };
  std::optional<Helped> placeForHelp() const {
    for (std::size_t i = over_; i < width_; ++i) {
      if (verdict_.first_wrong_mark == columnOf(static_cast<std::ptrdiff_t>(i))) {
        return Helped{i > over_ ? i - 1 : i, true};
      }
      if (places_[i] == Place::kWrong) return Helped{i};
      if (places_[i] == Place::kBlank && steps_[i - over_].written) return Helped{i};
    }
    return std::nullopt;
  }

  void help() {
    if (verdict_.finished) return;
    const auto helped = placeForHelp();
    const auto& step = helped ? steps_[helped->place - over_] : steps_.back();
    verdict_.hints = helpWith(division_, step);
    if (helped && helped->mark) {
      verdict_.hints[0] = "Look at the small digit before the " +
                          placeName(*verdict_.first_wrong_mark) + ": what was left over?";
    } else if (!helped) {
      verdict_.hints[0] = "Look at the end: is something left over?";
    }
    if (const auto* known = findMisconception(verdict_.misconception)) {
      verdict_.hints[0] = known->point;
      verdict_.hints[1] = known->teach;
    }
    if (helped) verdict_.picture = drawnBefore(division_, step.column);
  }

  const ShortDivision& division_;
  std::vector<DivisionStep> steps_;
  std::size_t width_;
  std::size_t over_;  // places left of the dividend
  std::string result_;
  std::string marks_;
  std::string remainder_;
  std::vector<Place> places_;
  ColumnVerdict verdict_;
};

}  // namespace

ColumnVerdict checkShortDivision(const ColumnWork& work, const ShortDivision& division) {
  return Check(work, division).check();
}

}  // namespace primer::maths
