#pragma once

#include <vector>

#include "primer/content/lesson.h"

namespace primer::content {

// What is wrong with a lesson's recordings. Fields: "recording 3, text" and "recording 3, file".
std::vector<Fault> checkRecordings(const Lesson& lesson);

}  // namespace primer::content
