#pragma once

// How hard a text is to read: its level, a school grade, and its hard words.

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "primer/base/result.h"
#include "primer/inference/session.h"
#include "primer/writing/text_measures.h"
#include "primer/writing/vocabulary.h"

namespace primer::writing {

enum class Level : std::uint8_t { kElementary, kIntermediate, kAdvanced };
inline constexpr std::size_t kLevels = 3;

std::string_view levelName(Level level);  // "elementary", "intermediate", "advanced"

struct ReadingLevel {
  Level level = Level::kElementary;
  std::array<float, kLevels> chances{};
  // School grade, 1 to 13, to a tenth: Flesch and Kincaid 1975.
  float grade = 1;
  std::vector<std::string> hard_words;  // as they stand in the text but lower case; rarest first
  TextMeasures measures;
};

// Used by one thread at a time.
class ReadingLeveller {
 public:
  static constexpr std::size_t kMostHardWords = 20;

  static Result<ReadingLeveller> open(const std::filesystem::path& model, Vocabulary vocabulary);
  static Result<ReadingLeveller> openShipped();  // models/reading-level.tflite of the share folder

  // kInvalidArgument for a text without a word of plain letters. At most 5000 words are looked at.
  Result<ReadingLevel> judge(std::string_view text) const;

 private:
  ReadingLeveller(Vocabulary vocabulary, inference::Session session);

  Vocabulary vocabulary_;
  mutable inference::Session session_;
};

}  // namespace primer::writing
