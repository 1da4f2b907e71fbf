#pragma once

// Reading a written answer, behind a seam so that tests can say what is read.

#include <functional>
#include <memory>

#include "primer/base/ink.h"
#include "primer/base/result.h"
#include "primer/handwriting/number_reader.h"

namespace primer::app {

// Used from one thread (the tutor's worker), which need not be the one that made it.
class AnswerReader {
 public:
  virtual ~AnswerReader() = default;
  // A whole number written in `box`. An unreadable ink is not an error: its reading has no text.
  virtual handwriting::NumberReading read(const Ink& ink, const handwriting::Box& box) = 0;
};

using AnswerReaderFactory = std::function<Result<std::unique_ptr<AnswerReader>>()>;

}  // namespace primer::app
