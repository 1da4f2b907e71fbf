#pragma once

// The beginnings of small lessons, down to the first level: of things to say, of a quiz.

#include <string>

namespace primer::content {

inline constexpr const char* kSayingHead = R"(title = "Words"
about = "Words."
language = "en"
ages = [6, 10]
request = "Say it"
[words]
right = ["Yes."]
not_yet = ["Not yet."]
laid_aside = ["Later."]
[[skill]]
id = "th"
title = "The sound th"
did = "said th"
make = "say"
sound = "TH"
request = "Say it"
explain = "Tongue out."
)";

// Down to what its skill did.
inline const std::string kSmallHead = R"(
title = "T"
about = "A."
language = "en"
ages = [7, 12]
request = "Work"
[words]
right = ["Yes."]
not_yet = ["Not yet."]
laid_aside = ["Another day."]
[[skill]]
id = "one"
title = "One"
did = "did one"
)";

inline const std::string kQuizHead = kSmallHead + R"(make = "quiz"
request = "Tap"
explain = "How it goes."
example = { problem = "P", steps = ["1 | one"] }
[[skill.level]]
difficulty = 0.4
)";

}  // namespace primer::content
