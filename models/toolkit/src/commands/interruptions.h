#pragma once

#include <functional>

namespace primer::toolkit {

// From now on Ctrl-C and SIGTERM do not end the program: the function tells whether they came, so
// that a long run can save what it has.
std::function<bool()> interruptions();

}  // namespace primer::toolkit
