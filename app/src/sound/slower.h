#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace primer::app {

// Speech at `share` of its speed, 0.4 to 1, at the same pitch: pieces of 15 ms follow each other
// less quickly than they did, each where it goes on as the one before it would have (WSOLA:
// Verhelst and Roelands, ICASSP 1993). What is shorter than two pieces stays as it is.
std::vector<std::int16_t> slower(std::span<const std::int16_t> samples, double share);

}  // namespace primer::app
