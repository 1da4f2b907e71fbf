#pragma once

// Items of one level, one after the other.

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "primer/content/lesson.h"
#include "primer/content/random.h"
#include "primer/maths/problem.h"

namespace primer::content {

// What is asked, with its words, ready to be shown.
struct Item {
  Kind kind = Kind::kNumber;
  std::string id;  // "number-facts/times-6-to-9/7x8": the same sum has the same id for ever
  std::size_t skill = 0, level = 0;  // places in the lesson
  Sum sum;
  std::string answer;  // in digits
  std::string prompt, spoken;
  Hints hints;                       // point, teach, tell
  double difficulty = 0;             // 0..1, the expected share of misses
  std::optional<Question> question;  // of Kind::kQuiz; `prompt` is its text
  // Where it is worked line by line. `answer` is then the last line of a way to it, and there are
  // no hints.
  std::optional<maths::ProblemSource> problem;
  // Of two words that sound alike, the one that is not asked for; empty: there is none.
  std::string other;
  // To be read aloud; `answer` and `spoken` are its whole text, `prompt` its title.
  std::optional<Story> story;
};

// The item for one sum of a checked lesson.
Item makeItem(const Lesson& lesson, std::size_t skill, std::size_t level, const Sum& sum);

// The exercise that `seed` makes of a worked skill: "written-maths/fractions-add/2.17" has level
// 2's hardness and seed 17.
Item makeExerciseItem(const Lesson& lesson, std::size_t skill, std::size_t level,
                      std::uint32_t seed);

// A question of a quiz: "number-sense/halves/half-of-8".
Item makeQuizItem(const Lesson& lesson, std::size_t skill, std::size_t level, std::size_t question);

// What a level has to be said or read: number `number` of its sayings or stories.
// "say-it/th-in-thin/three-thin-fish-swim", "read-aloud/short-stories/the-red-kite"; its second
// question is "read-aloud/short-stories/the-red-kite.2".
Item makeSpokenItem(const Lesson& lesson, std::size_t skill, std::size_t level, std::size_t number);

// The item with this id; kNotFound where the lesson has no such skill or its levels no such sum.
Result<Item> itemFromId(const Lesson& lesson, std::string_view id);

// One like an item of Kind::kNumber, step by step: another sum of its level, with another answer.
// Another `seed` gives another one. Nothing where the author gave no steps.
std::optional<Example> exampleLike(const Lesson& lesson, const Item& item, std::uint64_t seed);

// Kind words, with the item's numbers in them. `given`: the answer that was read (digits).
std::string fillWords(const std::string& words, const Lesson& lesson, const Item& item,
                      const std::string& given);

// Deals the sums of a level like cards: all of them once in an order that the seed decides, then
// again in another order. Never the same sum twice running, and where the level has others to
// offer, neither its twin (7 × 8 after 8 × 7) nor the same answer. Not thread-safe.
class SumDealer {
 public:
  // `sums` must not be empty.
  SumDealer(std::vector<Sum> sums, std::uint64_t seed);
  Sum next();

 private:
  std::size_t firstFitting() const;

  std::vector<Sum> cards_;
  std::size_t dealt_ = 0;
  Sum last_{-1, -1, -1};
  Random random_;
};

// Deals the items of a checked lesson's level, of whatever kind. The lesson must outlive it. Not
// thread-safe.
class ItemDealer {
 public:
  ItemDealer(const Lesson& lesson, std::size_t skill, std::size_t level, std::uint64_t seed);
  Item next();

 private:
  std::size_t nextListed();

  const Lesson* lesson_;
  std::size_t skill_, level_;
  std::optional<SumDealer> sums_;   // of Kind::kNumber
  std::vector<std::size_t> order_;  // of what a level lists, still to be dealt; the last is next
  Random random_;                   // of all but the sums
};

}  // namespace primer::content
