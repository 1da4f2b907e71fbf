#pragma once

// A lesson, as authors mean it and as the tutor uses it: skills in a child's words, for each the
// kinds of sums that practise it, and the words around them. See content/README.md for authors.
//
// A Lesson is a plain value. It comes from a source folder (lesson_source.h) or a compiled pack
// (pack.h); both give only lessons in which checkLesson() finds no fault.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "primer/base/result.h"

namespace primer::content {

enum class Operation : std::uint8_t { kAdd, kSubtract, kMultiply, kDivide };

std::string_view operationName(Operation operation);  // "add", "subtract", "multiply", "divide"
std::string_view operationSign(Operation operation);  // "+", "−", "×", "÷"
std::optional<Operation> operationFromName(std::string_view name);

struct NumberRange {
  std::int32_t low = 0, high = 0;  // both belong to it
  friend bool operator==(const NumberRange&, const NumberRange&) = default;
};

// Some whole numbers from 0 to 9999: "2 to 9", "2, 5, 10", "0 to 3, 10".
struct NumberSet {
  std::vector<NumberRange> ranges;  // rising, without overlap; empty: not given

  // kInvalidArgument says what is wrong with the text.
  static Result<NumberSet> parse(std::string_view text);
  std::string text() const;
  bool holds(std::int64_t number) const;
  std::int64_t count() const;
  bool given() const { return !ranges.empty(); }
  friend bool operator==(const NumberSet&, const NumberSet&) = default;
};

inline constexpr std::int32_t kLargestNumber = 9999;

// Whether the ones carry (7 + 5) or borrow (12 - 5).
enum class Crossing : std::uint8_t { kEither, kNever, kAlways };

// Templates (see Skill): one that points, one that teaches, one that tells.
using Hints = std::array<std::string, 3>;

// One kind of sums: all `a operation b` within the limits. Answers are whole numbers and never
// negative; division is always exact.
struct Level {
  int difficulty = 0;  // of 1000 pupils who meet it, how many are expected to miss it; 0..1000
  NumberSet a, b, answer;
  Crossing crosses_ten = Crossing::kEither;
  bool either_order = false;   // b operation a as well
  int hardness = 0;            // of an exercise, 1 to 3; 0 for sums
  std::optional<Hints> hints;  // instead of the skill's, where these sums want other advice
  friend bool operator==(const Level&, const Level&) = default;
};

// Templates: text in which {a}, {b}, {answer} and small calculations like {10 - a} stand for
// numbers of the sum.
struct Skill {
  std::string id;     // small letters, digits, dashes; kept in records for ever
  std::string title;  // in a child's words: "Adding up to 10"
  std::string did;    // ends the sentence "You ...": "added numbers up to 10"
  Operation operation = Operation::kAdd;
  std::string prompt;              // template: "{a} + {b} ="
  std::string spoken;              // template: "{a} plus {b}"
  Hints hints;                     // of the levels that have none of their own
  std::vector<std::string> needs;  // ids of skills that come before
  std::vector<Level> levels;       // easiest first

  // Written line by line instead of answered with one number: a kind of primer/maths/exercises.h.
  // Empty for sums. Help comes from what the lines say, so there are no hints, and no prompt.
  std::string exercise;
  std::string request;  // above the problem: "Solve, line by line"
  std::string explain;  // the card that says what this is about

  // Of a skill that was joined to a course: the lesson that it came from, and its kind words.
  std::string lesson;
  std::vector<std::string> right;

  bool isWorked() const { return !exercise.empty(); }
  friend bool operator==(const Skill&, const Skill&) = default;
};

struct Lesson {
  std::string id;  // the folder's name
  std::string title;
  std::string about;     // for the teacher: what it practises
  std::string language;  // "en"
  int youngest = 6, oldest = 14;
  std::string request;                  // above every sum: "Work it out"
  std::vector<std::string> right;       // templates of kind words
  std::vector<std::string> not_yet;     // may use {given}
  std::vector<std::string> laid_aside;  // after the last hint
  std::vector<Skill> skills;
  friend bool operator==(const Lesson&, const Lesson&) = default;

  std::optional<std::size_t> skillNamed(std::string_view skill_id) const;
  // The lesson under whose name answers to this skill are kept.
  const std::string& lessonOf(std::size_t skill) const {
    return skills[skill].lesson.empty() ? id : skills[skill].lesson;
  }
};

// Several lessons as one course, under the first one's name and words. Needs that name a skill of
// another lesson ("number-facts/add-to-20") find it; a need that is not in the course is no need. A
// skill whose id an earlier lesson has already is left out. `lessons` must not be empty.
Lesson joinLessons(std::vector<Lesson> lessons);

// What is wrong and in which field: "skill 'add-to-10', level 2, a".
struct Fault {
  std::string field;
  std::string what;
};

// Everything that is wrong with a lesson; empty where it can be used. At most 100 faults.
std::vector<Fault> checkLesson(const Lesson& lesson);

// One sum.
struct Sum {
  std::int32_t a = 0, b = 0, answer = 0;
  friend bool operator==(const Sum&, const Sum&) = default;
};

// All sums of a level, in a fixed order. kInvalidArgument where the limits contradict each other
// or hold more than 100 000 sums or a million pairs to try.
Result<std::vector<Sum>> sumsOf(Operation operation, const Level& level);

}  // namespace primer::content
