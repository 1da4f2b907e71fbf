#pragma once

// Ink as bytes, for sealing: small, versioned, independent of the machine.
//
//   byte 0       version, 1
//   varint       number of strokes
//   per stroke   varint number of points, then per point four zigzag varints: the differences of
//                x, y (1/16 unit), t (ms) and pressure (1/255) to the point before
//                (the first point of the ink: to 0)
//
// Coordinates keep 1/16 of a unit, time a millisecond: finer than any digitizer reports.

#include <cstddef>
#include <span>
#include <vector>

#include "primer/base/ink.h"
#include "primer/base/result.h"

namespace primer::app {

// kInvalidArgument for a coordinate that is not finite or beyond +-1e6, kLimitExceeded for more
// than 100 000 points.
Result<std::vector<std::byte>> encodeInk(const Ink& ink);

// kDamaged for bytes that encodeInk() cannot have written, kNewerVersion for a later version.
Result<Ink> decodeInk(std::span<const std::byte> bytes);

}  // namespace primer::app
