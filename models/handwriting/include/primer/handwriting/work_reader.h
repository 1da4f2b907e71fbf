#pragma once

// A sheet of working as pupils leave it: lines of notation and column arithmetic, and which is
// which is found out here. Ink in, pieces out.
//
// Rows that hold a long level line or a wall, with what stands close above and below them, are
// given to the column reader; what it takes for column work is a piece of its own, all else is read
// in rows. Readings are kept: a stroke costs the pieces that it belongs to.

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "primer/base/ink.h"
#include "primer/base/result.h"
#include "primer/handwriting/column_reader.h"
#include "primer/handwriting/page_reader.h"
#include "primer/handwriting/printed_division.h"

namespace primer::handwriting {

// Strokes are indices into the sheet's ink everywhere.
struct WorkPiece {
  std::vector<std::size_t> strokes;  // in the order of writing
  Box box;
  // Exactly one of the two.
  std::optional<LineReading> line;
  std::optional<ColumnReading> columns;

  bool unsure() const { return line ? line->unsure : columns->unsure; }
};

// A sheet's rules, and what is printed on it to be filled in.
struct WorkContext : PageContext {
  std::optional<PrintedDivision> division;
};

// Thread-compatible, as LineReader.
class WorkReader {
 public:
  WorkReader(PageReader pages, ColumnReader columns, PrintedDivisionReader printed);
  static Result<WorkReader> openShipped();

  ~WorkReader();
  WorkReader(WorkReader&&) noexcept;
  WorkReader& operator=(WorkReader&&) noexcept;

  // Pieces from top to bottom; what stands in a printed layout is one. Never fails, takes bounded
  // time; a sheet of more than PageReader::kMaxStrokes strokes gives none.
  std::vector<WorkPiece> read(const Ink& ink, const WorkContext& context = {});

  // PersonalTemplates are of this space, as SymbolReader::featureSpace().
  std::uint64_t featureSpace() const;

  // How many pieces of ink were given to the column reader so far, for tests.
  std::size_t columnsRead() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace primer::handwriting
