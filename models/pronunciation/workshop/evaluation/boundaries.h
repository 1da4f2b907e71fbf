#pragma once

#include <filesystem>

#include "primer/pronunciation/pronunciation.h"
#include "primer/toolkit/task.h"

namespace primer::pronunciation::workshop {

// Where words begin and end, against the segments that come with RoboTutor's sentences: every tenth
// of them, whose segments nothing learned from. These recordings are in the training data of the
// acoustic model, without the segments.
Status measureBoundaries(PronunciationJudge& judge, const std::filesystem::path& data,
                         toolkit::Metrics& metrics);

}  // namespace primer::pronunciation::workshop
