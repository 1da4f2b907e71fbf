#include "stories.h"

#include <array>
#include <string>

namespace primer::maths {

namespace {

std::string text(int value) { return std::to_string(value); }

ProblemSource story(std::string words, std::string answer) {
  return {std::move(words), "", std::move(answer)};
}

template <std::size_t N>
const char* oneOf(Dice& dice, const std::array<const char*, N>& words) {
  return words[static_cast<std::size_t>(dice.from(0, static_cast<int>(N) - 1))];
}

int sizeOf(int level) { return level == 1 ? 20 : level == 2 ? 90 : 600; }

}  // namespace

ProblemSource tellSum(Dice& dice, int level) {
  const int a = dice.from(sizeOf(level) / 4, sizeOf(level));
  const int b = dice.from(2, a - 1);
  switch (dice.from(0, 3)) {
    case 0:
      return story("A library has " + text(a) + " books on one shelf and " + text(b) +
                       " on the next. How many books are on both shelves?",
                   text(a + b));
    case 1:
      return story("There were " + text(a) + " birds on the roof. Then " + text(b) +
                       " of them flew away. How many are still there?",
                   text(a - b));
    case 2:
      return story("The red ribbon is " + text(a) + " cm long, the blue one " + text(b) +
                       " cm. How much longer is the red one?",
                   text(a - b) + " cm");
    default:
      return story("A bus carried " + text(b) + " people. At the market " + text(a) +
                       " more got on. How many people are on the bus now?",
                   text(a + b));
  }
}

ProblemSource tellProduct(Dice& dice, int level) {
  const int groups = dice.from(3, 4 + 4 * level);
  const int each = dice.from(3, level == 1 ? 9 : 12 * level);
  switch (dice.from(0, 2)) {
    case 0:
      return story("A baker puts " + text(each) + " rolls into each of " + text(groups) +
                       " bags. How many rolls does the baker need?",
                   text(groups * each));
    case 1:
      return story("A class shares " + text(groups * each) + " pencils equally among " +
                       text(groups) + " tables. How many pencils does each table get?",
                   text(each));
    default:
      return story("One row of the hall has " + text(each) +
                       " seats. How many seats are there in " + text(groups) + " rows?",
                   text(groups * each));
  }
}

ProblemSource tellRatio(Dice& dice, int level) {
  const int a = dice.from(2, 3 + level);
  const int b = a + dice.from(1, 4);
  const int k = dice.from(2, 2 + 2 * level);
  const char* thing = oneOf<3>(dice, {"cups of flour", "spoons of sugar", "eggs"});
  return story("A recipe for " + text(a) + " people needs " + text(b) + " " + thing +
                   ". How many " + thing + " are needed for " + text(a * k) + " people?",
               text(b * k));
}

ProblemSource tellPercent(Dice& dice, int level) {
  const int price = 20 * dice.from(2, 5 * level);
  const int share = level == 1 ? 10 * dice.from(2, 5) : 5 * dice.from(2, 9);
  const char* thing = oneOf<3>(dice, {"coat", "bicycle", "lamp"});
  return story(std::string("A ") + thing + " costs " + text(price) + " euros. In the sale " +
                   text(share) + "% of the price is taken off. How many euros are taken off?",
               text(price * share / 100));
}

ProblemSource tellEquation(Dice& dice, int level) {
  const int k = dice.from(2, 4 + 3 * level);
  if (dice.from(0, 1) == 0) {
    return story(
        "In a wood there are " + text(k) +
            " times as many oaks as birches. Write an equation for the number o of oaks and the "
            "number b of birches.",
        "o=" + text(k) + "b");
  }
  return story(
      "A train has " + text(k) +
          " times as many seats as doors. Write an equation for the number s of seats and the "
          "number d of doors.",
      "s=" + text(k) + "d");
}

ProblemSource tellLetters(Dice& dice, int level) {
  const int k = dice.from(2, 4 + 2 * level);
  if (dice.from(0, 1) == 0) {
    return story("A notebook costs n cents. What do " + text(k) + " notebooks cost, in cents?",
                 text(k) + "n");
  }
  return story(
      "A jar holds m marbles. " + text(k) + " more are put in. How many marbles are in the jar?",
      "m + " + text(k));
}

}  // namespace primer::maths
