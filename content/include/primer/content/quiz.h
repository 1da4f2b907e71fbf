#pragma once

// A question of a quiz, as its author wrote it: what is asked, how it is answered, and what is said
// about every answer that can be foreseen. Plain values; checkLesson() says what is wrong with one.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "primer/content/placing.h"

namespace primer::content {

// Three of them: one that points, one that teaches, one that tells.
using Hints = std::array<std::string, 3>;

// How a question is answered. As packs keep it: new ones at the end.
enum class Answering : std::uint8_t {
  kChooseOne,   // tap the one option that is right
  kChooseMany,  // tap all options that are right
  kLine,        // put the flag on the number line
  kGaps,        // put words into the gaps of a sentence
  kMatch,       // put to each option its partner
  kOrder,       // put the options into their order
  kNumber,      // write a number, perhaps with a unit
  kText,        // a few words of one's own
  kSpell,       // write the word that is heard into the sentence's gap
  kSay,         // say the one option that is right; none is shown
  kPlace,       // put things onto the places of a picture
};

// "choose", "choose-all", "line", "gaps", "match", "order", "number", "text", "spell", "say",
// "place".
std::string_view answeringName(Answering answering);
std::optional<Answering> answeringFromName(std::string_view name);

struct Option {
  std::string text;
  bool right = false;   // of a choice
  std::string partner;  // of a match; of a thing to be placed where: Place::at, or empty: it stays
  std::string says;     // to who chose it, or placed it, wrongly; may be empty
  std::string drawn = {};  // of a thing: one of drawnThings(), in place of its text
  friend bool operator==(const Option&, const Option&) = default;
};

// A number line from `low` to `high` with `parts` equal steps to every whole number.
struct NumberLine {
  int low = 0, high = 1;
  int parts = 1;
  int at = 0;  // where the flag belongs, in steps from `low`
  int steps() const { return (high - low) * parts; }
  friend bool operator==(const NumberLine&, const NumberLine&) = default;
};

struct Question {
  std::string id;      // small letters, digits, dashes; kept in records for ever
  std::string text;    // what is asked; of gaps the sentence too, each gap as "___"
  std::string spoken;  // as it is read aloud, where that is not the text
  Answering answering = Answering::kChooseOne;
  // Of a choice, an answer to be said and a match; of gaps the words for the gaps in their order,
  // then others that fit none; of an order in the right one; the things to be placed, where things
  // that look alike stand for each other.
  std::vector<Option> options;
  NumberLine line;                      // kLine
  std::string number, tolerance, unit;  // kNumber: "2.5", "0.1" or empty, "cm" or empty
  std::vector<std::string> references;  // kText: answers that are right; kSpell: the word
  std::optional<Picture> picture;       // kPlace
  std::string why;                      // said when it is right, or over: why it is so
  Hints hints;
  friend bool operator==(const Question&, const Question&) = default;

  std::size_t gaps() const;  // in the text
};

inline constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

// An answer as it was given, in the places that the question has.
struct QuizAnswer {
  // kChooseOne, kChooseMany, kSay: the options. kGaps: per gap the option; kMatch: per option the
  // one whose partner was put to it; kOrder: the options in the order given; kPlace: per option the
  // picture's place, or kNowhere.
  std::vector<std::size_t> places;
  int at = 0;        // kLine: in steps from the line's start
  std::string text;  // kNumber, kText, kSpell
};

struct QuizVerdict {
  bool right = false;
  // Per place given, whether it is right there; of kSpell per letter, those that the word has in
  // this order.
  std::vector<bool> fits;
  std::string says;  // about this very answer; may be empty
};

// The right one; of kText the first reference.
QuizAnswer rightAnswer(const Question& question);
// As people write it: "3, 4", "1: one", "5/6".
std::string inWords(const Question& question, const QuizAnswer& answer);

// What is right in it. Of kText nothing can be said here: that is a matter for a grader. An answer
// that does not have the question's shape is not right. Texts are compared without regard to case
// and spaces, numbers by value: "2,5", "2.50" and "5/2" are one.
QuizVerdict judge(const Question& question, const QuizAnswer& answer);

}  // namespace primer::content
