#pragma once

// Ink and readings as JSON.

#include "json_lines.h"
#include "primer/base/ink.h"
#include "primer/handwriting/symbol_reader.h"

namespace primer::batch {

// The "strokes" of a record: [[[x, y, t], ...], ...], t may be left out. Coordinates that are null
// or too large are kept as not a number, which the recognisers drop. kInvalidArgument names the
// stroke and the point that is something else.
Result<Ink> parseInk(const Json& record);

// Puts "candidates", "unsure", and "mirrored" where it is so, into an answer.
void putReading(const handwriting::SymbolReading& reading, Json& answer);

// "digits", "school", ...: kInvalidArgument says what there is.
Result<handwriting::SymbolSet> parseClasses(const std::string& name);

}  // namespace primer::batch
