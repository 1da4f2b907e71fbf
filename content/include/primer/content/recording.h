#pragma once

// What a person recorded of a lesson's words: the model that a pupil hears in place of the
// synthetic voice.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace primer::content {

struct Recording {
  std::string text;              // that is heard in it
  std::vector<std::byte> sound;  // a WAV, FLAC or Ogg file as it is
  friend bool operator==(const Recording&, const Recording&) = default;
};

inline constexpr std::size_t kMostRecordings = 400;                         // of a lesson
inline constexpr std::chrono::seconds kLongestRecording{300};               // each
inline constexpr std::uint64_t kMaxRecordedBytes = std::uint64_t{3} << 20;  // of a lesson, together

// What a text is found by: its words in small letters (a to z), one blank between them, without
// the punctuation at their edges. "Three thin fish!" is "three thin fish"; "1.5" and "don't" keep
// what stands inside of them. Empty for a text without a word.
std::string spokenKey(std::string_view text);

}  // namespace primer::content
