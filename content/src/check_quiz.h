#pragma once

#include <string>
#include <vector>

#include "primer/content/lesson.h"

namespace primer::content {

// What is wrong with a skill of Kind::kQuiz; `field` is the skill's.
std::vector<Fault> checkQuiz(const std::string& field, const Skill& skill);

}  // namespace primer::content
