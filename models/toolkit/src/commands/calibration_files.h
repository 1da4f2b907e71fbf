#pragma once

// Samples to calibrate on from files, as the command line names them.

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "primer/base/result.h"
#include "primer/toolkit/quantize.h"

namespace primer::toolkit {

// `FILE` (raw inputs, as `run` takes them) for the main graph, `SIGNATURE=FILE` for a signature
// that begins elsewhere. kDamaged where a file holds no whole number of samples.
Result<CalibrationData> readCalibration(const std::vector<std::string>& named,
                                        std::span<const std::byte> model);

}  // namespace primer::toolkit
