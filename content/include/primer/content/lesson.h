#pragma once

// A lesson, as authors mean it and as the tutor uses it: skills in a child's words, for each the
// kinds of sums that practise it, and the words around them. See content/README.md for authors.
//
// A Lesson is a plain value. It comes from a source folder (lesson_source.h) or a compiled pack
// (pack.h); both give only lessons in which checkLesson() finds no fault.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "primer/base/result.h"
#include "primer/content/kind.h"
#include "primer/content/quiz.h"
#include "primer/content/recording.h"

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

// A word or a sentence to be said. With `other`, the two sound nearly alike and it is listened
// which of them was said.
struct Saying {
  std::string text;
  std::string other;  // empty: none
  friend bool operator==(const Saying&, const Saying&) = default;
};

// A question about a story, answered by choosing.
struct StoryQuestion {
  std::string ask;
  std::string right;
  std::vector<std::string> wrong;  // one to three
  friend bool operator==(const StoryQuestion&, const StoryQuestion&) = default;
};

struct Story {
  std::string id;  // kept in records for ever, as a skill's
  std::string title;
  std::vector<std::string> paragraphs;
  std::vector<StoryQuestion> questions;
  std::string picture;  // one of kPictures; empty: none
  friend bool operator==(const Story&, const Story&) = default;
};

// A question like those of a skill, answered step by step.
struct Example {
  struct Step {
    std::string line, words;  // what is written, and what was done
    friend bool operator==(const Step&, const Step&) = default;
  };
  std::string problem;  // of a sum empty: another sum of the level takes its place
  std::vector<Step> steps;
  friend bool operator==(const Example&, const Example&) = default;
};

// One kind of sums: all `a operation b` within the limits. Answers are whole numbers and never
// negative; division is always exact.
struct Level {
  int difficulty = 0;  // of 1000 pupils who meet it, how many are expected to miss it; 0..1000
  NumberSet a, b, answer;
  Crossing crosses_ten = Crossing::kEither;
  bool either_order = false;        // b operation a as well
  int hardness = 0;                 // of an exercise, 1 to 3; 0 for others
  std::optional<Hints> hints;       // instead of the skill's, where these sums want other advice
  Example example;                  // the same, of sums; without steps: the skill's
  std::vector<Question> questions;  // of Kind::kQuiz
  std::vector<Saying> sayings;      // of Kind::kSaying
  std::vector<Story> stories;       // of Kind::kStory
  friend bool operator==(const Level&, const Level&) = default;
};

// Templates: text in which {a}, {b}, {answer} and small calculations like {10 - a} stand for
// numbers of the sum.
struct Skill {
  std::string id;     // small letters, digits, dashes; kept in records for ever
  std::string title;  // in a child's words: "Adding up to 10"
  std::string did;    // ends the sentence "You ...": "added numbers up to 10"
  Kind kind = Kind::kNumber;
  Operation operation = Operation::kAdd;  // of Kind::kNumber
  std::string prompt;                     // template: "{a} + {b} ="
  std::string spoken;                     // template: "{a} plus {b}"
  Hints hints;                            // of the levels that have none of their own
  std::vector<std::string> needs;  // skills that come before: an id, or "lesson/id" of another's
  std::vector<Level> levels;       // easiest first

  // Of Kind::kWorking: which of primer/maths/exercises.h. Help comes from what the lines say, so
  // there are no hints, and no prompt.
  std::string exercise;
  std::string request;  // above the problem: "Solve, line by line"
  std::string explain;  // the card that says what this is about; of sums it may be empty
  // Of Kind::kQuiz; of Kind::kNumber its steps are templates, and may be none.
  Example example;
  // Of Kind::kSaying: the sound that is practised, in ARPABET ("TH"). Prompts and hints are those
  // of the words themselves, so there are none; likewise for stories.
  std::string sound;
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
  std::vector<Recording> recordings;  // of what is said or read in it
  friend bool operator==(const Lesson&, const Lesson&) = default;

  std::optional<std::size_t> skillNamed(std::string_view skill_id) const;
};

// What is wrong and in which field: "skill 'add-to-10', level 2, a".
struct Fault {
  std::string field;
  std::string what;
};

// Everything that is wrong with a lesson; empty where it can be used. At most 100 faults.
std::vector<Fault> checkLesson(const Lesson& lesson);

// What a text is called in an item's id: "Three thin fish." is "three-thin-fish".
std::string slugOf(std::string_view text);
std::string slugOf(const Saying& saying);

// One sum.
struct Sum {
  std::int32_t a = 0, b = 0, answer = 0;
  friend bool operator==(const Sum&, const Sum&) = default;
};

// All sums of a level, in a fixed order. kInvalidArgument where the limits contradict each other
// or hold more than 100 000 sums or a million pairs to try.
Result<std::vector<Sum>> sumsOf(Operation operation, const Level& level);

}  // namespace primer::content
