#pragma once

// Column arithmetic written by hand: ink in, what stands in which row and column out. Sums,
// differences and products with carries and borrows, long and short division under a house
// (6)618), behind a colon (618 : 6 = 103, steps beneath) and with a corner (618 | 6).
//
// Rules and walls are found by their shape. All other strokes are read as the strokes of a line are
// (line_reader.h): candidate groups, the same two networks, the best divisions of all strokes among
// groups; each division is laid out in rows and columns, and the best that is column work is the
// reading. What is written is read, right or wrong: nothing is computed here.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "primer/base/ink.h"
#include "primer/base/result.h"
#include "primer/handwriting/column_text.h"
#include "primer/handwriting/line_reader.h"

namespace primer::handwriting {

enum class ColumnRole : std::uint8_t {
  kNone,  // has no place in the layout
  kOperand,
  kOperator,  // + - × : ÷ = r, a point
  kResult,
  kRow,   // of a long product, of the steps of a division
  kMark,  // a small digit
  kRemainder,
};

struct ColumnSymbol {
  LineSymbol symbol;
  ColumnRole role = ColumnRole::kNone;
};

struct ColumnReading {
  std::optional<ColumnText> text;  // nothing where the ink is no column work
  float confidence = 0;            // chance that all of `text` is what was meant
  bool unsure = true;              // would be asked about, never graded as it stands
  std::vector<float> doubts;       // what the confidence is made of, for its calibration
  std::vector<ColumnSymbol> symbols;
  std::vector<std::size_t> rules;  // strokes that are lines, walls, and strikes through digits
  std::vector<std::size_t> overwritten;  // strokes of signs that others were written over
  // In a printed layout (printed_division.h), whose numbers were not written; and there, where it
  // is unsure, what else it may be, likelier first.
  bool printed = false;
  std::vector<Box> places;  // of the result's digits there, from the right
  std::vector<ColumnText> alternatives;
};

// Thread-compatible, as LineReader, and keeps what the networks said in the same way.
class ColumnReader {
 public:
  static Result<ColumnReader> openShipped();
  // `head` is a model of the task ink-lines.
  static Result<ColumnReader> open(SymbolReader symbols, const std::filesystem::path& head);
  Result<ColumnReader> another() const;

  ~ColumnReader();
  ColumnReader(ColumnReader&&) noexcept;
  ColumnReader& operator=(ColumnReader&&) noexcept;

  // Never fails, takes bounded time. Ink of more than LineReader::kMaxStrokes strokes, or that is
  // no column work, gives no text and is unsure.
  ColumnReading read(const Ink& ink);

 private:
  struct Impl;
  explicit ColumnReader(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace primer::handwriting
