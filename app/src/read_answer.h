#pragma once

// A written answer between the reader and the judge: what was read, what the pupil said about it,
// and whether it may be graded.

#include <string>
#include <vector>

#include "confirmed.h"
#include "primer/app/values.h"
#include "primer/handwriting/number_reader.h"

namespace primer::app {

class ReadAnswer {
 public:
  ReadAnswer() = default;
  ReadAnswer(const handwriting::NumberReading& reading, Ink ink);

  // The pupil taps an alternative of a digit; -1: what stands there is right. False where there is
  // no such digit or alternative.
  bool chooseAlternative(int digit, int alternative);
  void confirmAll();
  // The digits that the pupil has confirmed; and the same said again of a later reading, where the
  // ink is the same and that is among what it may be.
  std::vector<Confirmed> confirmed() const;
  void remember(const std::vector<Confirmed>& said);

  // Whether it is right to grade this against `answer`, and how. Unsure is asked about; a wrong
  // number that a second reading of one digit would make right is asked about as well, and that
  // digit becomes doubtful.
  Verdict judge(const std::string& answer);

  std::string text() const;  // empty: cannot be read
  const Ink& ink() const { return ink_; }
  bool readable() const { return !digits_.empty(); }
  // 1 where the pupil has confirmed every digit, else the reader's own, always below 1: so the
  // records tell one from the other.
  double confidence() const;
  ReadingView view() const;

 private:
  struct Digit {
    std::string symbol;
    std::vector<handwriting::Candidate> others;  // other digits, likeliest first
    bool doubtful = false;
    bool confirmed = false;
    bool mirrored = false;
    std::vector<std::size_t> strokes;
    handwriting::Box box;
  };

  static Digit digitFrom(const handwriting::ReadDigit& read);
  bool unsure() const;

  std::vector<Digit> digits_;
  double confidence_ = 0;
  Ink ink_;
};

// Whether two strings of digits are the same number ("08" is 8).
bool sameNumber(const std::string& left, const std::string& right);

}  // namespace primer::app
