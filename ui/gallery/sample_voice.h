#pragma once

// Made-up values for the pages that listen: ordinary ones, and ones that strain them.

#include "primer/app/heard.h"
#include "primer/app/values.h"

namespace primer::ui::sample {

app::ItemView saying();
app::ItemView sayingPair();
app::ItemView longestSaying();  // a word of forty letters, texts 40 % longer than ours
app::ItemView story();
app::HeardNow heardSome(int words);
app::HeardNow noMicrophone();
app::ChosenView answerHeard(int choice);
app::ChosenView answerNotHeard();  // there is no microphone
app::SaidView saidWithSlips();     // of saying(): two sounds to try, one in doubt
app::SaidView saidClearly(const app::ItemView& item);
app::JudgementView saidJudgement(bool right);
app::SaidView storyRead();

}  // namespace primer::ui::sample
