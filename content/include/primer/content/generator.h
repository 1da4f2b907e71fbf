#pragma once

// Sums of one level, one after the other.

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

// A sum, or a problem that is worked line by line, with its words, ready to be shown.
struct Item {
  std::string id;  // "number-facts/times-6-to-9/7x8": the same sum has the same id for ever
  std::size_t skill = 0, level = 0;  // places in the lesson
  Sum sum;
  std::string answer;  // in digits
  std::string prompt, spoken;
  Hints hints;            // point, teach, tell
  double difficulty = 0;  // 0..1, the expected share of misses
  // Where it is worked line by line. `answer` is then the last line of a way to it, and there are
  // no hints.
  std::optional<maths::ProblemSource> problem;
};

// The item for one sum of a checked lesson.
Item makeItem(const Lesson& lesson, std::size_t skill, std::size_t level, const Sum& sum);

// The exercise that `seed` makes of a worked skill: "written-maths/fractions-add/2.17" has level
// 2's hardness and seed 17.
Item makeExerciseItem(const Lesson& lesson, std::size_t skill, std::size_t level,
                      std::uint32_t seed);

// The item with this id; kNotFound where the lesson has no such skill or its levels no such sum.
Result<Item> itemFromId(const Lesson& lesson, std::string_view id);

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

}  // namespace primer::content
