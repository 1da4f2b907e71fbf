#pragma once

// What a symbol model is worth, by kind of symbol and source.

#include <cstdint>
#include <span>
#include <vector>

#include "primer/handwriting-workshop/samples.h"
#include "primer/toolkit/task.h"

namespace primer::handwriting::workshop {

// The class of the output "mirrored" that stands for ink as it should be.
inline constexpr int kNotMirrored = 10;

// One sample of which a score is to be judged.
struct Judged {
  // How the ink came about; all but the first two are made up.
  enum class Group : std::uint8_t {
    kWritten,
    kMirrored,
    kSign,
    kScribble,
    kCombination,
    kDrawing,
  };
  std::uint8_t symbol = 0;
  Source source = Source::kUnipen;
  bool trusted = true;
  Group group = Group::kWritten;
};

// Percentages right, each group read within its own
// class set and junk: unipen_digits, unipen_upper, unipen_lower (without contributor ibm),
// pendigits, detexify_school, omniglot_lower; `mean` of the first four and the school signs, by
// which models are chosen; junk_refused (of scribbles, combinations, drawings and foreign script,
// read as digits), junk_refused_school, and junk_school_<kind> by kind of junk (Detexify and
// Omniglot hold kinds and a script that were never trained on, and so are all drawings);
// junk_false (digits taken for junk). By class set: temperature_<set> (that makes the probabilities
// honest) and ece_<set> at that temperature; of digits: sure_share and sure_errors (per cent of the
// sure) at a threshold of 0.9. mirrored_found: digits turned round that "mirrored" finds at the
// threshold that takes one plain digit in 1,000 for mirrored, and mirrored_found_<digit>.
// `scores` and `mirrored` hold kSymbolCount and kNotMirrored + 1 logits a sample.
toolkit::Metrics measureSymbols(const std::vector<Judged>& samples, std::span<const float> scores,
                                std::span<const float> mirrored);

}  // namespace primer::handwriting::workshop
