#pragma once

// Made-up questions of a quiz.

#include "primer/app/values.h"

namespace primer::ui::sample {

app::ItemView chooseQuestion();
app::ItemView gapQuestion();
app::ItemView chooseAllQuestion();  // of six
app::ItemView orderQuestion();      // of six
app::ItemView matchQuestion();      // of five pairs
app::ItemView lineQuestion();
app::ItemView numberQuestion();
app::ItemView textQuestion();
app::ItemView spellQuestion();
app::ItemView sayQuestion();
app::JudgementView quizNotYetSpelt();                         // of spellQuestion(), "chip"
app::ItemView longestQuestion();                              // words of forty letters
app::JudgementView quizForTeacher();                          // a text in doubt
app::JudgementView quizNotYet();                              // with a hint
app::JudgementView quizOver(const app::QuizReply& solution);  // right, and why

}  // namespace primer::ui::sample
