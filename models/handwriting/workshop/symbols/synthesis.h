#pragma once

// Ink made from other ink, or from nothing: signs that no collection holds enough of, and junk.

#include <array>
#include <vector>

#include "primer/handwriting-workshop/samples.h"
#include "primer/handwriting/symbol_set.h"
#include "primer/toolkit/random.h"

namespace primer::handwriting::workshop {

// Draws from the trusted samples of one split (development writers or the others), so that made-up
// ink never carries a writer across.
class Synthesis {
 public:
  // `store` must outlive this.
  Synthesis(const SampleStore& store, bool development);

  // ÷ of a dash and two dots, ≤ and ≥ of a bracket over a dash, ≠ of an equals sign and a slash, €
  // of a C and an equals sign, ° of a small o, a school x of two arcs, a root with its bar drawn
  // out.
  static constexpr std::array<std::string_view, 8> kSigns = {"÷", "≤", "≥", "≠",
                                                             "€", "°", "x", "√"};
  // False where this split lacks a part.
  bool makeSign(std::string_view sign, toolkit::Random& random, FlatInk& ink) const;

  // Scribbles: zigzags, spirals, knots, many random lines.
  static void makeScribble(toolkit::Random& random, FlatInk& ink);

  // Two or three symbols of one writer side by side, as a wrong grouping of strokes would hold
  // them. `relative_size` is 0 where it is not known.
  bool makeCombination(toolkit::Random& random, FlatInk& ink, float& relative_size) const;

 private:
  bool pick(std::string_view symbol, toolkit::Random& random, FlatInk& ink) const;

  const SampleStore& store_;
  std::array<std::vector<std::uint32_t>, kSymbolCount> by_symbol_;
  // What is combined, by writer: letters and digits with some width, and digits alone (half of the
  // combinations: numbers are where strokes are grouped most).
  std::vector<std::vector<std::uint32_t>> wide_by_writer_;
  std::vector<std::vector<std::uint32_t>> digits_by_writer_;
};

}  // namespace primer::handwriting::workshop
