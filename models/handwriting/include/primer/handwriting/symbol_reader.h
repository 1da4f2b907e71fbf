#pragma once

// One symbol's ink, or one small picture, read.

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "primer/base/ink.h"
#include "primer/base/result.h"

namespace primer::handwriting {

struct Candidate {
  std::string
      symbol;  // UTF-8; empty: not a symbol at all (a scribble, a dot where no dot is meant)
  float probability = 0;
};

struct SymbolReading {
  std::vector<Candidate>
      candidates;         // most likely first, at least three where the class set has them
  bool unsure = true;     // would be shown in a dotted ring, never graded as it stands
  bool mirrored = false;  // read as a mirror-written digit
};

}  // namespace primer::handwriting
