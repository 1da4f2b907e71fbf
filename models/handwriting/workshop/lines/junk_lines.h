#pragma once

// Ink that is no line of notation, and must not be read as a sure one.

#include <array>
#include <utility>

#include "lines/line_composer.h"
#include "primer/handwriting-workshop/samples.h"

namespace primer::handwriting::workshop {

enum class JunkLine : std::uint8_t { kScribbles, kDrawing, kUpsideDown, kForeign, kTwoHands };

std::array<std::pair<JunkLine, const char*>, 5> junkKinds();

Ink makeJunkLine(JunkLine kind, const SampleStore& store, const LineComposer& composer,
                 toolkit::Random& random);

}  // namespace primer::handwriting::workshop
