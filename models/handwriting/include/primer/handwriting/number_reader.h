#pragma once

// A whole number written by hand in a box: ink in, digits out, each with its strokes, its place and
// its alternatives.
//
// Strokes are grouped into candidate symbols in several ways at once, each candidate is read by the
// symbol model, and the best path through the lattice is the number. What no path explains well is
// unsure; nothing here guesses.

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "primer/base/ink.h"
#include "primer/base/result.h"
#include "primer/handwriting/symbol_reader.h"

namespace primer::handwriting {

struct Box {
  float left = 0, top = 0, right = 0, bottom = 0;  // in the ink's units, y downward
};

struct ReadDigit {
  SymbolReading reading;
  std::vector<std::size_t> strokes;  // indices into Ink::strokes
  Box box;
};

struct NumberReading {
  std::vector<ReadDigit> digits;  // left to right; empty where the ink is empty
  // The best digits in order ("42"). Empty where the ink cannot be read as a number: then it must
  // not be graded.
  std::string text;
  float confidence = 0;  // chance that `text` is what was meant
  bool unsure = true;    // ask, do not grade
};

// Thread-compatible, as SymbolReader.
class NumberReader {
 public:
  explicit NumberReader(SymbolReader symbols);
  static Result<NumberReader> openShipped();

  ~NumberReader();
  NumberReader(NumberReader&&) noexcept;
  NumberReader& operator=(NumberReader&&) noexcept;

  // Never fails. Empty ink, a dot, a scribble, more strokes than a number has, or ink that
  // lies outside `area` gives an empty text and is unsure. Takes bounded time, whatever the ink:
  // the network is run on at most kMaxCandidates groups.
  NumberReading read(const Ink& ink, const std::optional<Box>& area = std::nullopt);

  static constexpr std::size_t kMaxStrokes = 24;
  static constexpr std::size_t kMaxDigits = 12;
  static constexpr std::size_t kMaxCandidates = 96;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace primer::handwriting
