#pragma once

// The words for what can go wrong: from the key of an Error to sentences for people.

#include <cstdint>
#include <string>

#include "primer/app/values.h"
#include "primer/base/result.h"

namespace primer::app {

// The problem that `error` is to the people at the tablet. An error without a known key is told by
// its code; nobody ever reads an empty sentence.
Problem problemFrom(const Error& error);

// That the knowledge model cannot be used, because of `error`.
Problem knowledgeProblem(const Error& error);

// That handwriting cannot be read on this tablet, because of `error`.
Problem handwritingProblem(const Error& error);

// That nothing can be played: no loudspeaker, or one that takes nothing.
Problem noSoundProblem();

// Something that was mended when the records were opened: its key, how many it concerns, the same
// in English, and whether something is lost.
Problem problemFromRepair(const std::string& key, std::int64_t count, const std::string& english,
                          bool loss);

}  // namespace primer::app
