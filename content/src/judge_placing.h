#pragma once

#include <string>
#include <vector>

#include "primer/content/quiz.h"

namespace primer::content {

// Of a question with Answering::kPlace; `places` as in QuizAnswer.
std::vector<std::size_t> rightPlaces(const Question& question);
QuizVerdict judgePlacing(const Question& question, const std::vector<std::size_t>& places);
// "Ann's plate: apple × 3; Ben's plate: apple × 3".
std::string placedInWords(const Question& question, const std::vector<std::size_t>& places);

}  // namespace primer::content
