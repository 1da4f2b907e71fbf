#pragma once

// Whole numbers (and words that are none) in one writer's hand, made of single characters.

#include <cstdint>
#include <string>
#include <vector>

#include "primer/base/ink.h"
#include "primer/handwriting-workshop/samples.h"
#include "primer/toolkit/random.h"

namespace primer::handwriting::workshop {

struct MadeLine {
  std::string text;
  Ink ink;
};

// How characters are set beside one another; in medians of the writer's character size.
struct LineStyle {
  double least_gap = -0.04;  // between boxes; below 0 they overlap
  double most_gap = 0.4;
  double baseline_jitter = 0.07;
  double size_jitter = 0.05;
  double delayed =
      0.05;  // chance, per character of several strokes, that its last stroke comes last
};

// Draws from the trusted samples of one split. Every line is of one writer.
class NumberSynthesis {
 public:
  NumberSynthesis(const SampleStore& store, bool development, LineStyle style = {});

  std::size_t writerCount() const { return writers_.size(); }

  // 1 to `most_digits` digits.
  MadeLine makeNumber(toolkit::Random& random, std::size_t most_digits) const;
  // 2 to 4 letters that no digit looks like; not a number.
  MadeLine makeWord(toolkit::Random& random) const;

 private:
  struct Writer {
    std::vector<std::uint32_t> digits;   // samples
    std::vector<std::uint32_t> letters;  // may be empty
    float median_side = 0;
  };

  MadeLine set(const std::vector<std::uint32_t>& characters, float median_side,
               toolkit::Random& random) const;

  const SampleStore& store_;
  const LineStyle style_;
  std::vector<Writer> writers_;
};

}  // namespace primer::handwriting::workshop
