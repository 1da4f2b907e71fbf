#pragma once

// From symbols with places to a tree: what stands over what, in what, and to the upper right of
// what.
//
// Widest container first: a root by its box, a "-" with ink above and below as a fraction's bar;
// their contents are read likewise, the rest from left to right. Every decision that could have
// gone otherwise is kept with its margin, so that a search can reverse it at that price.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "primer/handwriting/lines/notation.h"
#include "primer/handwriting/lines/stroke_shape.h"

namespace primer::handwriting::lines {

struct PlacedSymbol {
  StrokeBox box;
  std::size_t label = 0;
};

// Names a decision: its kind and the two symbols that it is about.
using DecisionKey = std::uint32_t;

struct Decision {
  DecisionKey key = 0;
  float margin = 0;  // nats by which it went as it went; below 0 where it was reversed
};

struct Layout {
  Row row;
  float score = 0;               // the logarithms of the chances of all decisions as taken, summed
  std::vector<Decision> narrow;  // decisions that could well have gone the other way
};

// What a class is to the layout: symbols in the same places whose classes are of the same kinds are
// laid out alike.
std::uint8_t layoutKindOf(std::size_t label);

// Decisions in `reversed` are taken against their margin.
Layout layOut(const std::vector<PlacedSymbol>& symbols, const std::vector<DecisionKey>& reversed);

}  // namespace primer::handwriting::lines
