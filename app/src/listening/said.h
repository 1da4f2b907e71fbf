#pragma once

// What was heard of a text, judged and told to a child: sounds under their letters, at most two to
// work on, silence where the model is in doubt.

#include <QString>

#include "listening.h"
#include "primer/app/heard.h"
#include "primer/pronunciation/pronunciation.h"
#include "speaker.h"

namespace primer::app {

// The judgement, as a page shows it.
SaidView viewOf(const pronunciation::Judgement& judgement, const pronunciation::Lexicon& lexicon);

// The whole road from what was heard; `speaker` may be null. A text without words, or models that
// fail, are kNotThere.
SaidView judgeSaid(pronunciation::PronunciationJudge& judge,
                   const std::vector<pronunciation::TextWord>& text, Heard heard,
                   double sensitivity, const Speaker* speaker = nullptr);

// The record of a reading; none where nothing was judged.
std::optional<StoryRecord> recordOf(const pronunciation::Judgement& judgement);

}  // namespace primer::app
