#pragma once

// A small sound lesson that tests spoil in one place.

#include <string>

namespace primer::content {

inline const std::string kExampleSource = R"(title = "Doubles"
about = "Doubles and their turned forms."
language = "en"
ages = [6, 8]
request = "Work it out"
[words]
right = ["Yes, {answer}."]
not_yet = ["Not {given} yet."]
laid_aside = ["It is {answer}."]
[[skill]]
id = "small"
title = "Small sums"
did = "added small numbers"
make = "add"
prompt = "{a} {sign} {b} ="
spoken = "{a} plus {b}"
[skill.hints]
point = "Start at {larger}."
teach = "Count on {smaller} from {larger}."
tell = "Write {answer}."
[[skill.level]]
difficulty = 0.1
a = "1 to 4"
b = "1 to 4"
)";

// The example with the first `from` replaced.
inline std::string exampleWith(const std::string& from, const std::string& to) {
  std::string text = kExampleSource;
  const auto at = text.find(from);
  if (at == std::string::npos) return "the example does not hold " + from;
  return text.replace(at, from.size(), to);
}

}  // namespace primer::content
