#pragma once

// What is said to a pupil about a graded answer.

#include <string>

#include "primer/writing/grader.h"

namespace primer::writing {

// Looks at verdict, remark and features; never empty.
std::string feedbackFor(const GradedShortAnswer& grade, const AnswerFeatures& features);

}  // namespace primer::writing
