#pragma once

// What can be asked: skills, what each needs, and items by difficulty.

#include <cstddef>
#include <string>
#include <vector>

#include "primer/base/result.h"

namespace primer::knowledge {

struct CurriculumItem {
  std::string name;
  double difficulty = 0.5;  // the share of pupils whom the author expects to fail, 0..1
};

struct CurriculumSkill {
  std::string name;
  std::vector<std::size_t> needs;  // places of skills
  std::vector<CurriculumItem> items;
  // Whether an item is a kind of questions of which there is always another (sums within limits):
  // asking it again is then no repetition.
  bool endless = false;
};

// Immutable. Items of a skill stand in the order of their difficulty.
class Curriculum {
 public:
  // kInvalidArgument names a skill without items, a need or difficulty that is none, or a circle of
  // needs: a skill that is needed for itself could never be reached.
  static Result<Curriculum> create(std::vector<CurriculumSkill> skills);

  std::size_t size() const { return skills_.size(); }
  const CurriculumSkill& skill(std::size_t place) const { return skills_[place]; }

 private:
  std::vector<CurriculumSkill> skills_;
};

}  // namespace primer::knowledge
