#pragma once

// The task `ink-symbols`: one symbol's ink to one of the classes of symbol_set.h (output "scores"),
// and to the digit that it is the mirror image of, or none ("mirrored", 11 classes; learned from
// digits only, half of them turned round).

#include <memory>

#include "primer/base/result.h"
#include "primer/toolkit/task.h"

namespace primer::handwriting::workshop {

// Options ("data" of a recipe), all of them counts: detexify_repeat, signs_repeat, made_signs (of
// each sign), scribbles, combinations, drawings; the share of digits that are also shown in the
// mirror (mirrored); and temperature, sure_above: the calibration that travels in
// the file (see docs in the model card). Augmentation: DistortionOptions.
Result<std::unique_ptr<toolkit::Task>> openInkTask(const toolkit::TaskRequest& request);

}  // namespace primer::handwriting::workshop
