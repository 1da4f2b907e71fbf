#pragma once

// Where buffers lie in one block of memory, so that those that are needed at the same time never
// share a byte.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace primer::inference {

inline constexpr std::size_t kArenaAlignment = 64;

// Bytes as the arena counts them: a multiple of kArenaAlignment.
constexpr std::uint64_t arenaAligned(std::uint64_t bytes) {
  return (bytes + kArenaAlignment - 1) / kArenaAlignment * kArenaAlignment;
}

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

// The most bytes that are needed at one step: no plan can do with less.
std::uint64_t arenaLowerBound(std::span<const ArenaRequest> requests);

// Greedy by size: the largest first, each into the smallest gap that holds it. (Pisarchyk and Lee,
// "Efficient Memory Management for Deep Neural Net Inference", 2020.) What others do, and the
// measure that planArena() is held to.
ArenaPlan greedyArena(std::span<const ArenaRequest> requests);

// Never more bytes than greedyArena(), and the lower bound wherever it can be reached with the
// effort allowed: other orders of placing first, then a branch and bound for what is left. The same
// requests give the same plan on every machine: effort is counted, not timed. Where greedy reaches
// the bound, as it does for most networks, nothing more is tried.
//
// An effort of 1 is about a nanosecond of a desktop's CPU; what is spent beyond greedy is bounded
// by `most`, and by what there is to gain: so much for each byte between greedy and the bound.
struct ArenaEffort {
  std::uint64_t most = 2'000'000;
  std::uint64_t of_byte = 2'000;
};
ArenaPlan planArena(std::span<const ArenaRequest> requests, const ArenaEffort& effort = {});

}  // namespace primer::inference
