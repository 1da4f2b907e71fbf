#pragma once

// Where tensors lie in one block of memory, so that those that live at the same time never share a
// byte. Greedy by size: Pisarchyk and Lee, "Efficient Memory Management for Deep Neural Net
// Inference", 2020, the largest first, each into the smallest gap that holds it.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace primer::inference {

inline constexpr std::size_t kArenaAlignment = 64;

struct ArenaRequest {
  std::uint64_t bytes = 0;
  // Steps during which the bytes are needed, both included. Step 0 is before the first operator,
  // when inputs are written.
  std::size_t first = 0;
  std::size_t last = 0;
  // Outputs keep their bytes while the inputs of the next run are written.
  bool kept_for_next_run = false;
};

struct ArenaPlan {
  std::vector<std::uint64_t> offsets;  // of each request, multiples of kArenaAlignment
  std::uint64_t bytes = 0;             // of the whole block
};

bool needTogether(const ArenaRequest& a, const ArenaRequest& b);

ArenaPlan planArena(std::span<const ArenaRequest> requests);

// The most bytes that are needed at one step: no plan can do with less.
std::uint64_t arenaLowerBound(std::span<const ArenaRequest> requests);

}  // namespace primer::inference
