#pragma once

// Samples of logging in, of a guest's pages, and of what a teacher changes about a pupil.

#include <vector>

#include "gallery/sample_page.h"

namespace primer::ui {

std::vector<SamplePage> sampleLogInPages();

}  // namespace primer::ui
