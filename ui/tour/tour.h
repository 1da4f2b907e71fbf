#pragma once

// One whole visit without a person: the real window, database and model, driven by pointer events.

#include <QSize>
#include <filesystem>
#include <string>
#include <vector>

#include "primer/base/result.h"

namespace primer::ui {

struct TourSettings {
  std::filesystem::path folder;  // for the pictures and tour.json; made if needed
  QSize size;
};

// Plays the visit in a data folder of its own that is thrown away. Returns what did not go as it
// should, a line each; empty: all of it did. Needs a QApplication with the look put on.
Result<std::vector<std::string>> playTour(const TourSettings& settings);

}  // namespace primer::ui
