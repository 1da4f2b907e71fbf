#pragma once

// Made-up questions of a quiz.

#include "primer/app/values.h"

namespace primer::ui::sample {

app::ItemView chooseQuestion();
app::ItemView gapQuestion();
app::JudgementView quizNotYet();                              // with a hint
app::JudgementView quizOver(const app::QuizReply& solution);  // right, and why

}  // namespace primer::ui::sample
