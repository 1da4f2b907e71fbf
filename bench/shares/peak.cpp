// bench-peak
//
// How many multiplications of bytes this CPU does in a second with nothing else to do: products of
// four bytes from registers into registers, as many sums as keep its units busy. One line: billions
// a second, the least of many turns counting. It is what shares.py divides by.

#include <chrono>
#include <cstdint>
#include <cstdio>

#if defined(__x86_64__)
#include <immintrin.h>

namespace {

using Clock = std::chrono::steady_clock;
constexpr int kTurns = 20000;
constexpr int kSums = 12;  // more than a product's latency times those that begin in a cycle

// The registers are named: left to the compiler, sums pass through memory.
__attribute__((target("avx512f,avx512vnni"))) void wide() {
  for (int turn = 0; turn < kTurns; ++turn) {
    __asm__ volatile(
        "vpdpbusd %%zmm31, %%zmm30, %%zmm0\n\tvpdpbusd %%zmm31, %%zmm30, %%zmm1\n\t"
        "vpdpbusd %%zmm31, %%zmm30, %%zmm2\n\tvpdpbusd %%zmm31, %%zmm30, %%zmm3\n\t"
        "vpdpbusd %%zmm31, %%zmm30, %%zmm4\n\tvpdpbusd %%zmm31, %%zmm30, %%zmm5\n\t"
        "vpdpbusd %%zmm31, %%zmm30, %%zmm6\n\tvpdpbusd %%zmm31, %%zmm30, %%zmm7\n\t"
        "vpdpbusd %%zmm31, %%zmm30, %%zmm8\n\tvpdpbusd %%zmm31, %%zmm30, %%zmm9\n\t"
        "vpdpbusd %%zmm31, %%zmm30, %%zmm10\n\tvpdpbusd %%zmm31, %%zmm30, %%zmm11"
        :
        :
        : "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10",
          "xmm11");
  }
}

// AVX2 has products of pairs of words: two for four bytes, each with a sum.
__attribute__((target("avx2"))) void narrow() {
  for (int turn = 0; turn < kTurns; ++turn) {
    __asm__ volatile(
        "vpmaddwd %%ymm15, %%ymm14, %%ymm6\n\tvpaddd %%ymm6, %%ymm0, %%ymm0\n\t"
        "vpmaddwd %%ymm15, %%ymm14, %%ymm7\n\tvpaddd %%ymm7, %%ymm1, %%ymm1\n\t"
        "vpmaddwd %%ymm15, %%ymm14, %%ymm8\n\tvpaddd %%ymm8, %%ymm2, %%ymm2\n\t"
        "vpmaddwd %%ymm15, %%ymm14, %%ymm9\n\tvpaddd %%ymm9, %%ymm3, %%ymm3"
        :
        :
        : "xmm0", "xmm1", "xmm2", "xmm3", "xmm6", "xmm7", "xmm8", "xmm9");
  }
}

template <typename Loop>
double leastNanoseconds(Loop loop) {
  double least = 1e18;
  for (int round = 0; round < 200; ++round) {
    const auto begin = Clock::now();
    loop();
    const auto took = std::chrono::duration<double, std::nano>(Clock::now() - begin).count();
    if (took < least) least = took;
  }
  return least;
}

}  // namespace

int main() {
  if (__builtin_cpu_supports("avx512vnni") != 0) {
    std::printf("%.1f\n", static_cast<double>(kTurns) * kSums * 64 / leastNanoseconds(wide));
  } else if (__builtin_cpu_supports("avx2") != 0) {
    std::printf("%.1f\n", static_cast<double>(kTurns) * 4 * 16 / leastNanoseconds(narrow));
  } else {
    return 1;
  }
  return 0;
}

#else

int main() {
  std::fprintf(stderr, "bench-peak: only for x86-64\n");
  return 1;
}

#endif
