#pragma once

#include <memory>

#include "primer/app/answer_reader.h"

namespace primer::app {

// The models of the share folder: lines of notation, column work, and gestures of the pen. Where
// only the gestures' model is missing, nothing is ever scratched out.
Result<std::unique_ptr<SheetReader>> openShippedSheetReader();

}  // namespace primer::app
