#pragma once

// How much speaks for one sign standing in, over, or to the upper right of another: margins in
// nats, above 0 for yes. Lengths are measured in `em`, the height of a digit of the line.

#include <vector>

#include "primer/handwriting/lines/notation.h"
#include "primer/handwriting/lines/stroke_shape.h"

namespace primer::handwriting::lines {

// A sign in the making of a row: a symbol, or a fraction or root with all that it holds.
struct Part {
  StrokeBox box;
  Item item;
  std::size_t label = 0;  // of the symbol, the bar, the root sign
  float axis = 0;         // of a fraction: the height of its bar
  bool settled = false;   // a container whose contents are taken, or a "-" that holds nothing

  bool isSymbol() const { return item.kind == Item::Kind::kSymbol; }
};

using Parts = std::vector<Part>;

// Signs that stand on the middle of the line, not on its foot; letters that hang below it; letters
// without an upper length.
bool isMiddleSign(std::size_t label);
bool hangsDown(std::size_t label);
bool isLow(std::size_t label);
// Signs that seldom begin a power.
bool neverBeginsPower(std::size_t label);

// Whether a power or an index can stand at this.
bool canCarry(const Part& base);

// How far a sign stands above the line between "beside" and "power", in nats.
float raisedMargin(const Part& base, const Part& sign, float em);
// For a first sign of a power, and for an index.
float powerMargin(const Part& base, const Part& sign, float em);
float belowMargin(const Part& base, const Part& sign, float em);

// That a sign at `p` belongs to the fraction of this bar. `off_line`: it is clear of the bar's
// height; `may_overhang`: it could be of a part that reaches beyond the bar.
float insideMargin(const StrokeBox& p, const StrokeBox& bar, bool off_line, bool may_overhang,
                   float em);

// That a sign stands under a root, and that it is the root's index.
float underRootMargin(const StrokeBox& p, const StrokeBox& root, float em);
float rootIndexMargin(const StrokeBox& p, const StrokeBox& root, float em);

}  // namespace primer::handwriting::lines
