#pragma once

// What a symbol model is worth, by kind of symbol and source.

#include <cstdint>
#include <span>
#include <vector>

#include "data/samples.h"
#include "primer/toolkit/task.h"

namespace primer::handwriting::workshop {

// One sample of which a score is to be judged.
struct Judged {
  std::uint8_t symbol = 0;
  Source source = Source::kUnipen;
  bool trusted = true;
  bool made = false;  // synthetic
};

// `scores` holds kSymbolCount logits per sample. Percentages right, each group read within its own
// class set and junk: unipen_digits, unipen_upper, unipen_lower (without contributor ibm),
// pendigits, detexify_school, omniglot_lower; `mean` of the first four and the school signs, by
// which models are chosen; junk_refused (of scribbles, combinations and foreign script, read as
// digits), junk_false (digits taken for junk). And of digits: temperature (that makes the
// probabilities honest), ece at that temperature; sure_share and sure_errors (per cent of the sure)
// at a threshold of 0.9.
toolkit::Metrics measureSymbols(const std::vector<Judged>& samples, std::span<const float> scores);

}  // namespace primer::handwriting::workshop
