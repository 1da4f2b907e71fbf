#pragma once

// Several lines of notation on one sheet, ruled or blank: ink in, rows out, each read as a line.
//
// A row that did not change since the call before is not read again, so a stroke costs the row that
// it belongs to.

#include <cstddef>
#include <memory>
#include <vector>

#include "primer/base/ink.h"
#include "primer/base/result.h"
#include "primer/handwriting/line_reader.h"

namespace primer::handwriting {

struct PageRow {
  std::vector<std::size_t> strokes;  // indices into Ink::strokes, in the order of writing
  Box box;
  LineReading reading;  // its symbols' strokes are indices into the page's ink too
};

struct PageContext {
  // The sheet's ruled lines from the top, or none. Ink belongs to the line that its middle lies on.
  std::vector<LineContext::Ruled> lines;
  std::optional<SymbolSet> expected;
  // The writer's own hand, as LineContext::hand. Rows are read again when it has changed.
  const PersonalTemplates* hand = nullptr;
};

// Thread-compatible, as LineReader.
class PageReader {
 public:
  explicit PageReader(LineReader lines);
  static Result<PageReader> openShipped();

  ~PageReader();
  PageReader(PageReader&&) noexcept;
  PageReader& operator=(PageReader&&) noexcept;

  // Rows from top to bottom. Never fails, takes bounded time: a sheet of more than kMaxStrokes
  // strokes gives no rows, a row of more than a line can have gives an empty, unsure reading.
  std::vector<PageRow> read(const Ink& ink, const PageContext& context = {});

  static constexpr std::size_t kMaxStrokes = 1000;

  // PersonalTemplates are of this space, as SymbolReader::featureSpace().
  std::uint64_t featureSpace() const;

  // How many rows were read, not taken from the call before.
  std::size_t rowsRead() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace primer::handwriting
