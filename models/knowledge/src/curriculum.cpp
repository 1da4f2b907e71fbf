#include "primer/knowledge/curriculum.h"

#include <algorithm>
#include <cmath>

namespace primer::knowledge {

namespace {

// Takes away skills that need none of the rest, until nothing goes (Kahn 1962). What is left is a
// circle or hangs on one.
std::vector<bool> reachable(const std::vector<CurriculumSkill>& skills) {
  std::vector<std::size_t> waiting_for(skills.size());
  std::vector<std::vector<std::size_t>> needed_by(skills.size());
  std::vector<std::size_t> ready;
  for (std::size_t s = 0; s < skills.size(); ++s) {
    waiting_for[s] = skills[s].needs.size();
    for (const auto need : skills[s].needs) needed_by[need].push_back(s);
    if (waiting_for[s] == 0) ready.push_back(s);
  }
  std::vector<bool> reached(skills.size(), false);
  while (!ready.empty()) {
    const auto skill = ready.back();
    ready.pop_back();
    reached[skill] = true;
    for (const auto next : needed_by[skill]) {
      if (--waiting_for[next] == 0) ready.push_back(next);
    }
  }
  return reached;
}

}  // namespace

Result<Curriculum> Curriculum::create(std::vector<CurriculumSkill> skills) {
  const auto wrong = [](const CurriculumSkill& skill, const std::string& what) {
    return fail(ErrorCode::kInvalidArgument, "skill '" + skill.name + "' " + what);
  };
  for (auto& skill : skills) {
    if (skill.items.empty()) return wrong(skill, "has no items");
    for (const auto need : skill.needs) {
      if (need >= skills.size()) return wrong(skill, "needs a skill that there is not");
    }
    for (const auto& item : skill.items) {
      if (!(item.difficulty >= 0 && item.difficulty <= 1)) {
        return wrong(skill, "has item '" + item.name + "' whose difficulty is not 0 to 1");
      }
    }
    std::stable_sort(skill.items.begin(), skill.items.end(),
                     [](const auto& a, const auto& b) { return a.difficulty < b.difficulty; });
  }
  const auto reached = reachable(skills);
  const auto stuck = std::find(reached.begin(), reached.end(), false);
  if (stuck != reached.end()) {
    return wrong(skills[static_cast<std::size_t>(stuck - reached.begin())],
                 "needs itself, directly or by way of others");
  }
  Curriculum curriculum;
  curriculum.skills_ = std::move(skills);
  return curriculum;
}

}  // namespace primer::knowledge
