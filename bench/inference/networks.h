#pragma once

// Made-up networks whose shape is that of real ones: weights are random, answers mean nothing.

#include <cstddef>
#include <string>
#include <vector>

namespace primer::bench {

struct Network {
  std::string name;
  std::vector<std::byte> bytes;
};

// Single layers and a small digit recogniser, all int8 with one scale per channel.
std::vector<Network> syntheticNetworks();

}  // namespace primer::bench
