#pragma once

// The beginning of a small lesson of things to say, down to its first level.

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

}  // namespace primer::content
