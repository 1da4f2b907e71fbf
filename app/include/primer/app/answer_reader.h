#pragma once

// Reading what was written, behind a seam so that tests can say what is read.

#include <functional>
#include <memory>
#include <vector>

#include "primer/base/ink.h"
#include "primer/base/result.h"
#include "primer/handwriting/number_reader.h"
#include "primer/handwriting/work_reader.h"

namespace primer::app {

// Used from one thread (the tutor's worker), which need not be the one that made it.
class AnswerReader {
 public:
  virtual ~AnswerReader() = default;
  // A whole number written in `box`. An unreadable ink is not an error: its reading has no text.
  virtual handwriting::NumberReading read(const Ink& ink, const handwriting::Box& box) = 0;
};

using AnswerReaderFactory = std::function<Result<std::unique_ptr<AnswerReader>>()>;

// Working on a sheet: lines and column work. Threads as AnswerReader.
class SheetReader {
 public:
  virtual ~SheetReader() = default;
  // Lines and pieces of column work from top to bottom. What did not change since the call before
  // costs nothing.
  virtual std::vector<handwriting::WorkPiece> read(const Ink& ink,
                                                   const handwriting::WorkContext& context) = 0;
  // The strokes that the last stroke scratches out, itself among them, ascending; empty where it is
  // writing.
  virtual std::vector<std::size_t> scratchedByLast(const Ink& ink) = 0;
};

using SheetReaderFactory = std::function<Result<std::unique_ptr<SheetReader>>()>;

}  // namespace primer::app
