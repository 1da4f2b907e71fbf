#pragma once

#include <cstddef>

namespace primer::inference::testing {

// How often this program has called operator new so far: the test replaces it to count.
std::size_t allocationCount();

}  // namespace primer::inference::testing
