#pragma once

// The parts of a Tutor that tests replace.

#include "primer/app/answer_reader.h"

namespace primer::app {

struct TutorParts {
  // Empty: the shipped handwriting model of the share folder.
  AnswerReaderFactory open_reader;
};

}  // namespace primer::app
