#pragma once

// Ink of a line of notation in one hand: glyphs set in rows, fractions, powers and roots, with the
// freedoms that hands take.

#include <string>
#include <vector>

#include "lines/glyphs.h"
#include "lines/hand_style.h"
#include "lines/line_grammar.h"
#include "primer/base/ink.h"
#include "symbols/distortion.h"

namespace primer::handwriting::workshop {

struct MadeSymbol {
  std::size_t label = 0;
  std::vector<std::size_t> strokes;  // of the ink
  bool replaced = false;             // another was written over it
};

struct MadeNotation {
  Ink ink;
  std::vector<MadeSymbol> symbols;
  std::string latex;
  std::string text;
  Glyphs::Hand hand;
};

struct ComposerOptions {
  std::optional<DistortionOptions> distortion;  // how glyphs are varied; none for development lines
  double overwritten = 0;  // chance that in a line one digit is written over another
  // By how much a style's ranges are wider than those of HandStyle, about their middle.
  double freedom = 0;
  GlyphOptions glyphs;
};

class LineComposer {
 public:
  // `store` must outlive this.
  LineComposer(const SampleStore& store, bool development, const ComposerOptions& options = {});

  // Lines whose signs cannot all be drawn are drawn anew.
  MadeNotation make(toolkit::Random& random) const;

  const Glyphs& glyphs() const { return glyphs_; }
  std::size_t handCount() const { return glyphs_.handCount(); }

  // The milder distortion for glyphs in lines.
  static DistortionOptions glyphDistortion();

 private:
  Glyphs glyphs_;
  ComposerOptions options_;
};

}  // namespace primer::handwriting::workshop
