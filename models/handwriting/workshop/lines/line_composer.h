#pragma once

// Ink of a line of notation in one hand: glyphs set in rows, fractions, powers and roots, with the
// freedoms that hands take.

#include <string>
#include <vector>

#include "lines/glyphs.h"
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

// How one hand sets a line; lengths in heights of a digit. Drawn anew for every line.
struct HandStyle {
  float gap = 0.15f;         // between glyphs' boxes
  float sign_gap = 0.1f;     // more, around operators and relations
  float low_height = 0.65f;  // of x, a, n
  float size_jitter = 0.08f;
  float height_jitter = 0.04f;  // of the base line
  float own_size = 0.5f;        // how far glyphs keep the size that their writer gave them
  float power_scale = 0.65f;
  float power_raise = 0.5f;  // of the base's height
  float fraction_scale = 0.85f;
  float fraction_gap = 0.18f;
  float bar_overhang = 0.12f;
  float root_reach = 0.1f;  // of the bar beyond its content
  float slant = 0;
  float tilt = 0;          // of the whole line
  float delayed = 0.05f;   // chance that a symbol's last stroke comes later
  float grid = 60;         // units of the tablet per height
  float coarse = 0;        // share of the points that are missing
  bool bar_first = false;  // a fraction's bar before its numerator
  bool bar_last = false;   // after both
  bool root_last = false;
  bool root_parted = false;  // hook and bar in two strokes

  static HandStyle draw(toolkit::Random& random);
};

// What a tablet keeps of a stroke: lean, tilt and drift of the whole line, its grid, lost points.
Stroke recordStroke(const std::vector<PlanePoint>& points, const HandStyle& style, float wave,
                    float phase, toolkit::Random& random);

class LineComposer {
 public:
  // `store` must outlive this. `distortion`: how glyphs are varied; none for development lines.
  // `overwritten`: chance that in a line one digit is written over another; `kept_back` as Glyphs.
  LineComposer(const SampleStore& store, bool development,
               const std::optional<DistortionOptions>& distortion, double overwritten = 0,
               std::size_t kept_back = 0);

  // Lines whose signs cannot all be drawn are drawn anew.
  MadeNotation make(toolkit::Random& random) const;

  const Glyphs& glyphs() const { return glyphs_; }
  std::size_t handCount() const { return glyphs_.handCount(); }

  // The milder distortion for glyphs in lines.
  static DistortionOptions glyphDistortion();

 private:
  Glyphs glyphs_;
  std::optional<DistortionOptions> distortion_;
  double overwritten_ = 0;
};

}  // namespace primer::handwriting::workshop
