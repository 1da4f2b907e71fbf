#pragma once

#include <string>
#include <vector>

#include "primer/content/lesson.h"

namespace primer::content {

// What is wrong with the picture and the things of a question with Answering::kPlace.
std::vector<Fault> checkPlacing(const std::string& field, const Question& question);

// Whether the picture's sizes are such that its spots can be told.
bool sizesAreSound(const Picture& picture);

}  // namespace primer::content
