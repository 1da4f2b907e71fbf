#pragma once

// Answer logs of other platforms. Their licences let them check models, not
// make them: nothing that ships is fitted on them.

#include <filesystem>
#include <string>
#include <vector>

#include "primer/base/result.h"
#include "primer/knowledge/answer.h"

namespace primer::knowledge::workshop {

struct LogOfLearner {
  std::string learner;
  History answers;
};

// learning/kt-assistments09 (Gervet et al. 2020): skills and items, no clock.
Result<std::vector<LogOfLearner>> readAssistments09(const std::filesystem::path& data);
// learning/kt-assistments15 (pyKT): skills only.
Result<std::vector<LogOfLearner>> readAssistments15(const std::filesystem::path& data);
// learning/kt-ednet-pebg (Choi et al. 2020; Liu et al. 2020): combinations of
// skills, items.
Result<std::vector<LogOfLearner>> readEdnet(const std::filesystem::path& data);

// Which half of a platform's learners one belongs to, by name and for good.
bool isOfHistory(const std::string& learner);

// What an author might have said: items in five levels by the share of these
// learners who fail them (levels of equal numbers of answers; each stands for
// its answers' share). For checking only: authors do not know so well.
void putAuthorsLevels(std::vector<LogOfLearner>& logs);

}  // namespace primer::knowledge::workshop
