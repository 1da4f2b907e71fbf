#pragma once

#include <cstddef>

namespace primer::inference::testing {

// How often this program has asked for memory so far, by operator new, malloc, calloc or realloc:
// the tests replace them to count.
std::size_t allocationCount();

// False under a sanitizer that has a malloc of its own: then operator new alone is counted.
bool countsMalloc();

}  // namespace primer::inference::testing
