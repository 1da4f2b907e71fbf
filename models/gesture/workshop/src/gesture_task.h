#pragma once

// The task `pen-gestures`: a stroke and the ink beneath it to writing or one of the gestures.

#include <memory>

#include "primer/base/result.h"
#include "primer/toolkit/task.h"

namespace primer::gesture::workshop {

// Options ("data" of a recipe): pages, how many of them an epoch has; sure_above and temperature,
// which travel in the file. Half of the pages hold writing. Pages of the development split are made
// of the ink of writers that no page for training holds, by a seed that never changes.
//
// Figures: writing_taken, per cent of the strokes of writing that are taken for a gesture with a
// probability of sure_above, and writing_taken_<kind>; understood_<gesture>, per cent of the
// gestures that are taken for what they are with that probability, and understood, their mean.
// `score`, by which models are chosen, is `understood` at the threshold at which 0.3 per cent of
// writing is taken for a gesture; `threshold` is that threshold. ece: of the likeliest class.
Result<std::unique_ptr<toolkit::Task>> openGestureTask(const toolkit::TaskRequest& request);

// "gesture-maps": three convolutions over the maps, joined with the scalars by two dense layers.
// Option `width` (per cent, 100) scales them all.
Result<std::vector<std::byte>> buildGestureMaps(const toolkit::Json& options,
                                                const toolkit::TaskInfo& task, std::uint64_t seed);

}  // namespace primer::gesture::workshop
