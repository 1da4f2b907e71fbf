#pragma once

#include <string>
#include <vector>

#include "primer/content/lesson.h"

namespace primer::content {

// What is wrong with a skill whose items are said or read aloud; `field` is the skill's.
std::vector<Fault> checkSpoken(const std::string& field, const Skill& skill);

}  // namespace primer::content
