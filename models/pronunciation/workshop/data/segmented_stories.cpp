#include "data/segmented_stories.h"

#include <fstream>
#include <nlohmann/json.hpp>

namespace primer::pronunciation::workshop {

namespace {

constexpr std::size_t kEvery = 10;
constexpr double kFrame = 10;  // ms

}  // namespace

Result<std::vector<SegmentedStory>> readSegmentedStories(const std::filesystem::path& data,
                                                         const Lexicon& lexicon) {
  const auto folder = data / "speech" / "robotutor-english";
  std::ifstream file(folder / "word_segments.json");
  const auto json = nlohmann::json::parse(file, nullptr, false);
  if (!json.is_object()) {
    return fail(ErrorCode::kNotFound, (folder / "word_segments.json").string() + " is not there");
  }
  std::vector<SegmentedStory> stories;
  std::size_t number = 0;
  try {
    for (const auto& [id, segments] : json.items()) {
      SegmentedStory story;
      story.id = id;
      story.held_out = ++number % kEvery == 0;
      story.audio = folder / "opus" / "story" / (id + ".opus");
      std::string text;
      for (const auto& segment : segments) {
        text += segment.at(0).get<std::string>() + " ";
        // Both ends are inside.
        story.begins.push_back(kFrame * segment.at(1).get<double>());
        story.ends.push_back(kFrame * (segment.at(2).get<double>() + 1));
      }
      story.words = lexicon.words(text);
      if (story.words.size() != segments.size() || !std::filesystem::exists(story.audio)) continue;
      stories.push_back(std::move(story));
    }
  } catch (const nlohmann::json::exception& problem) {
    return fail(ErrorCode::kDamaged,
                (folder / "word_segments.json").string() + ": " + problem.what());
  }
  return stories;
}

}  // namespace primer::pronunciation::workshop
