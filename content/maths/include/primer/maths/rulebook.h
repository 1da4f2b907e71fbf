#pragma once

// The misconceptions that Primer knows, in words. What each one does to a line is code beside this
// table (src/rules.h); content/maths/MISCONCEPTIONS.md is written from it.

#include <string>
#include <string_view>
#include <vector>

namespace primer::maths {

struct Misconception {
  std::string_view key;          // as in the contracts
  std::string_view name;         // for the teacher: a short noun phrase
  std::string_view example;      // "47+38 = 715"
  std::string_view explanation;  // to the child, about this line
  std::string_view point;        // first hint: where to look
  std::string_view teach;        // second hint: the idea
  std::string_view source;       // who described it
};

// All 49, by topic.
const std::vector<Misconception>& misconceptions();
// Null for a key that is not in the table.
const Misconception* findMisconception(std::string_view key);
// The table as Markdown.
std::string misconceptionsPage();

}  // namespace primer::maths
