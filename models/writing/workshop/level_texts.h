#pragma once

// OneStopEnglish (CC BY-SA 4.0): articles, each told at three levels.

#include <filesystem>
#include <string>
#include <vector>

#include "primer/base/result.h"

namespace primer::writing::workshop {

struct LevelText {
  std::string article;  // without its level
  int level = 0;        // 0 elementary, 1 intermediate, 2 advanced
  std::string text;     // as the set has it, without the word "Intermediate" at the head of a level
};

// Without the articles that are kept for evaluation: those whose name's SHA-1 begins with a byte
// below 51. Folder learning/readability-onestopenglish of the data.
Result<std::vector<LevelText>> readOneStopEnglish(const std::filesystem::path& data);

}  // namespace primer::writing::workshop
