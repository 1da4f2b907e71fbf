#pragma once

#include "primer/pronunciation/pronunciation.h"

namespace primer::pronunciation {

// Which of the texts was said, each heard as a whole; speech that is none of them competes with
// them.
ChoiceResult chooseAmong(const std::vector<std::vector<TextWord>>& texts,
                         const Posteriors& posteriors);

}  // namespace primer::pronunciation
