#pragma once

#include <cstddef>
#include <vector>

#include "primer/app/values.h"

namespace primer::app {

// Of a question with Answering::kPlace; `order`: how its things are shown.
PlacingView placingOf(const content::Question& question, const std::vector<std::size_t>& order);

// What is read aloud of it: what the things are called, each once, and what is written on the
// picture.
QList<QuizOption> wordsOfThings(const PlacingView& placing);
QList<QuizOption> wordsOfPicture(const PlacingView& placing);

}  // namespace primer::app
