#pragma once

// One written line: what a pupil put down, as statements. Text and LaTeX are read alike.
//
//   2x + 3 = 11             one chain of two members
//   8 - 3 = 5, x = 5        two chains, joined by a comma
//   x = 2 or x = -2         two chains, joined by "or"; `x = ±2` reads as the same
//   → 2x = 8                a chain behind an arrow
//   = 715                   a chain that goes on from the line above (`continues`)
//   0.3 ? 0.47              the question of a problem: which sign belongs here
//   1 h 40 min, 1.2 m + 35 cm   quantities of one kind: 100 and 155, in the smallest unit written
//   x ∈ {2; 3}, L = {2, 3}  x = 2 or x = 3
//
// Bounds: 4,000 bytes, 2,000 tokens, 250 levels of nesting; beyond them a line is unreadable.
// Pure functions, safe on any thread.

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "primer/maths/expression.h"

namespace primer::maths {

enum class Relation : std::uint8_t {
  kEqual,
  kNotEqual,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kAbout,  // ≈
  kAsk,    // ? between two values
};
const char* relationText(Relation relation);
// The relation with its sides swapped: < becomes >.
Relation mirrored(Relation relation);
bool isOrder(Relation relation);  // <, ≤, >, ≥

struct Chain {
  std::vector<Expr> members;
  std::vector<Relation> relations;  // one fewer than members
  std::vector<std::string> units;   // of the members, mostly empty
  std::string unit;                 // of the last member: "cm", "°", "apples"; mostly empty
  std::string own_unit;             // the same as it was written, before toUnit()
  std::set<std::string> measures;   // every unit that stands in it
  bool continues = false;           // began with a relation, which goes before the first member
  Relation opening = Relation::kEqual;
};

enum class Joint : std::uint8_t { kComma, kOr, kAnd, kArrow };

struct Line {
  std::vector<Chain> chains;
  std::vector<Joint> joints;   // one fewer than chains
  bool no_solution = false;    // "no solution", "∅"
  bool every_number = false;   // "all x", "infinitely many"
  bool bare_relation = false;  // only a sign: "<"
  Relation relation_alone = Relation::kEqual;
};

// Every member whose unit is of the same kind, in this unit. A member that has a value is then
// that number.
void toUnit(Chain& chain, const std::string& unit);

struct ReadOptions {
  std::set<std::string> letters;  // of the problem: these are variables, never units
  bool limit_units = false;       // single letters are units only where `units` has them
  std::set<std::string> units;
  bool split_runs = false;      // "ab" is a·b even where a and b are not known (problems)
  bool tight_product = false;   // 1/2x is 1/(2x)
  bool comma_groups = false;    // 1,300 is thirteen hundred
  bool list_commas = false;     // {2,3} is 2 and 3, not 2.3
  bool decimal_commas = false;  // no comma parts thousands
  bool factorials = false;      // 5! is 120; else "!" is a pupil's joy
};

enum class ReadState : std::uint8_t { kRead, kIncomplete, kUnreadable };

struct ReadLine {
  ReadState state = ReadState::kUnreadable;
  std::string message;  // what is missing or cannot be read
  Line line;
  // What was read in one of two ways.
  bool saw_loose_product = false;
  bool saw_comma_group = false;
  bool saw_list_comma = false;
  bool saw_bare_term = false;      // a sum of terms with and without units
  bool saw_bang = false;           // "!" that was not taken for a factorial
  bool saw_times_x = false;        // an x that was taken for ×
  std::vector<std::string> words;  // words that are no maths ("apples", "Answer")
};

ReadLine readLine(std::string_view text, const ReadOptions& options = {});

// "2x + 3 = 11, x = 4"
std::string toText(const Line& line);
std::string toText(const Chain& chain);
std::string toLatex(const Chain& chain);

}  // namespace primer::maths
