#pragma once

// The parts of a Tutor that tests replace.

#include <cstdint>

#include "primer/app/answer_reader.h"
#include "primer/app/listener.h"

namespace primer::app {

struct TutorParts {
  // Empty: the shipped handwriting model of the share folder.
  AnswerReaderFactory open_reader;
  SheetReaderFactory open_sheet_reader;
  // Where it listens; empty: this machine's microphone.
  ListenerParts hearing;
  // True: a class made from now on has a PIN that costs next to nothing to try. For tests only.
  bool quick_pin = false;
  // A full disk: the most pages of 4096 bytes that the records may take; 0: no limit.
  std::int64_t most_pages = 0;
};

}  // namespace primer::app
