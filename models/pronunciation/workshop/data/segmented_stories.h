#pragma once

// RoboTutor's sentences with where each of their words begins and ends.

#include <filesystem>
#include <string>
#include <vector>

#include "primer/base/result.h"
#include "primer/pronunciation/lexicon.h"

namespace primer::pronunciation::workshop {

struct SegmentedStory {
  std::string id;
  std::filesystem::path audio;
  std::vector<TextWord> words;
  std::vector<double> begins, ends;  // of each word, in ms of the segments' own clock
  bool held_out = false;             // every tenth: nothing learns from its segments
};

// Those whose recording is there and whose words are those of the segments.
Result<std::vector<SegmentedStory>> readSegmentedStories(const std::filesystem::path& data,
                                                         const Lexicon& lexicon);

}  // namespace primer::pronunciation::workshop
