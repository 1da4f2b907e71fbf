#pragma once

// What scores of digits in pictures are worth.

#include <span>

#include "primer/toolkit/task.h"

namespace primer::handwriting {

// "accuracy" in per cent; "temperature", by which scores are divided to become logarithms of
// probabilities that fit these labels best; with it "ece" (expected calibration error) and, of the
// readings that claim 0.9, "sure_share" and "sure_errors" in per cent. `scores` holds ten a label.
toolkit::Metrics measureImages(std::span<const float> scores, std::span<const int> labels);

}  // namespace primer::handwriting
