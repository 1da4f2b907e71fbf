#pragma once

// Reading what was written, behind a seam so that tests can say what is read.

#include <functional>
#include <memory>
#include <vector>

#include "primer/base/ink.h"
#include "primer/base/result.h"
#include "primer/handwriting/number_reader.h"
#include "primer/handwriting/page_reader.h"

namespace primer::app {

// Used from one thread (the tutor's worker), which need not be the one that made it.
class AnswerReader {
 public:
  virtual ~AnswerReader() = default;
  // A whole number written in `box`. An unreadable ink is not an error: its reading has no text.
  virtual handwriting::NumberReading read(const Ink& ink, const handwriting::Box& box) = 0;
};

using AnswerReaderFactory = std::function<Result<std::unique_ptr<AnswerReader>>()>;

// Lines of working on a ruled sheet. Threads as AnswerReader.
class SheetReader {
 public:
  virtual ~SheetReader() = default;
  // Rows from top to bottom. A row that did not change since the call before costs nothing.
  virtual std::vector<handwriting::PageRow> read(const Ink& ink,
                                                 const handwriting::PageContext& context) = 0;
  // The strokes that the last stroke scratches out, itself among them, ascending; empty where it is
  // writing.
  virtual std::vector<std::size_t> scratchedByLast(const Ink& ink) = 0;
};

using SheetReaderFactory = std::function<Result<std::unique_ptr<SheetReader>>()>;

}  // namespace primer::app
