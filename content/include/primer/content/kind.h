#pragma once

// What an item asks for. A new kind begins here; the compiler then names every place that has to
// know it, and ARCHITECTURE.md ("A new kind of item") says what each of them is.

#include <cstdint>

namespace primer::content {

// As packs keep it: new ones at the end.
enum class Kind : std::uint8_t {
  kNumber,   // a sum within limits, answered with one number
  kWorking,  // a problem that is worked line by line
  kQuiz,     // a question that its author wrote, answered in one of the ways of quiz.h
  kSaying,   // a word or a sentence to be said
  kStory,    // a story to be read aloud
};

}  // namespace primer::content
