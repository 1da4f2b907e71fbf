#pragma once

// The classic first task: pictures of digits.

#include "primer/toolkit/workshop.h"

namespace primer::handwriting {

// Adds the task "mnist" (data options: "development", how many of the last training images are held
// out) and the architecture "mnist-cnn" (options: "widths", six numbers of channels).
void addMnist(toolkit::Workshop& workshop);

}  // namespace primer::handwriting
