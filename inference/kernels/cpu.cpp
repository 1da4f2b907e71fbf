#include "kernels/cpu.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "src/list_text.h"

#if defined(PRIMER_X86_KERNELS)
#if __has_include(<sys/platform/x86.h>)
#include <sys/platform/x86.h>
#define PRIMER_SYSTEM_ASKED_CPU
#else
#include <cpuid.h>
#endif
#if defined(__linux__)
#include <sys/syscall.h>
#include <unistd.h>
#endif

#include "kernels/packed/test_levels.h"
#elif defined(PRIMER_ARM_KERNELS)
#include <asm/hwcap.h>
#include <sys/auxv.h>
#endif

namespace primer::inference {
namespace {

struct Name {
  CpuLevel level;
  std::string_view text;
};
constexpr std::array kNames = {
    Name{CpuLevel::kScalar, "scalar"},
    Name{CpuLevel::kAvx2, "avx2"},
    Name{CpuLevel::kAvxVnni, "avxvnni"},
    Name{CpuLevel::kAvx512Vl, "avx512vl"},
    Name{CpuLevel::kAvx512Vnni, "avx512vnni"},
    Name{CpuLevel::kAmx, "amx"},
    Name{CpuLevel::kNeon, "neon"},
    Name{CpuLevel::kDotprod, "dotprod"},
    Name{CpuLevel::kI8mm, "i8mm"},
};

#if defined(PRIMER_X86_KERNELS)

struct Registers {
  unsigned a = 0, b = 0, c = 0, d = 0;
};

#if defined(PRIMER_SYSTEM_ASKED_CPU)
// A virtual machine's host answers each time, which takes 6 to 70 microseconds. The C library has
// asked when the program began.
Registers told(unsigned leaf) {
  const auto& r = __x86_get_cpuid_feature_leaf(leaf)->cpuid_array;
  return {r[0], r[1], r[2], r[3]};
}
Registers cpuidLeaf1() { return told(CPUID_INDEX_1); }
Registers cpuidLeaf7() { return told(CPUID_INDEX_7); }
Registers cpuidLeaf7Sub1() { return told(CPUID_INDEX_7_ECX_1); }
#else
Registers cpuid(unsigned leaf, unsigned subleaf) {
  Registers r;
  __cpuid_count(leaf, subleaf, r.a, r.b, r.c, r.d);
  return r;
}
Registers cpuidLeaf1() { return cpuid(1, 0); }
Registers cpuidLeaf7() { return cpuid(7, 0); }
Registers cpuidLeaf7Sub1() { return cpuid(7, 1); }
#endif

constexpr bool has(unsigned bits, unsigned bit) { return (bits >> bit & 1u) != 0; }

// Which registers the system saves when it changes threads: XCR0. Only after OSXSAVE was seen.
unsigned savedRegisters() {
  unsigned low = 0;
  unsigned high = 0;
  __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return low;
}

// Whether the system gives this process tiles, which it does for all its threads, and only to those
// who ask. It refuses where a thread's stack for signals has no room for the 8 KB more that a frame
// takes then, and where a filter forbids it; from then on it takes no smaller stacks. Other systems
// are not asked.
bool mayUseTiles() {
#if defined(__linux__)
  constexpr long kRequestState = 0x1023;  // ARCH_REQ_XCOMP_PERM
  constexpr long kTileData = 18;
  return syscall(SYS_arch_prctl, kRequestState, kTileData) == 0;
#else
  return false;
#endif
}

std::vector<CpuLevel> findLevels() {
  std::vector<CpuLevel> levels = {CpuLevel::kScalar};
  const auto basic = cpuidLeaf1();
  const bool system_tells = has(basic.c, 27);             // OSXSAVE
  const bool avx = has(basic.c, 28) && has(basic.c, 12);  // AVX, FMA
  if (!system_tells || !avx) return levels;
  constexpr unsigned kYmm = 0x06;
  constexpr unsigned kZmm = 0xe6;
  const unsigned saved = savedRegisters();
  const auto more = cpuidLeaf7();  // there is a leaf 13 where the system saves registers
  const auto yet_more = more.a >= 1 ? cpuidLeaf7Sub1() : Registers{};
  if ((saved & kYmm) != kYmm || !has(more.b, 5)) return levels;  // AVX2
  levels.push_back(CpuLevel::kAvx2);
  if (has(yet_more.a, 4)) levels.push_back(CpuLevel::kAvxVnni);
  const bool avx512 = has(more.b, 16) && has(more.b, 17) && has(more.b, 30) && has(more.b, 31);
  const bool vnni = has(more.c, 11);  // AVX512F, DQ, BW, VL and VNNI
  if ((saved & kZmm) == kZmm && avx512 && vnni) {
    if (&packed::avx512VlKernels != nullptr) levels.push_back(CpuLevel::kAvx512Vl);
    levels.push_back(CpuLevel::kAvx512Vnni);
    const bool tiles = has(more.d, 24) && has(more.d, 25);  // AMX-TILE, AMX-INT8
    constexpr unsigned kTiles = 0x60000;                    // their shapes and what they hold
    if (tiles && (saved & kTiles) == kTiles) levels.push_back(CpuLevel::kAmx);
  }
  return levels;
}

#elif defined(PRIMER_ARM_KERNELS)

std::vector<CpuLevel> findLevels() {
  std::vector<CpuLevel> levels = {CpuLevel::kScalar};
  const unsigned long has = getauxval(AT_HWCAP);
  if ((has & HWCAP_ASIMD) == 0) return levels;
  levels.push_back(CpuLevel::kNeon);
  if ((has & HWCAP_ASIMDDP) == 0) return levels;
  levels.push_back(CpuLevel::kDotprod);
  if ((getauxval(AT_HWCAP2) & HWCAP2_I8MM) != 0) levels.push_back(CpuLevel::kI8mm);
  return levels;
}

#else

std::vector<CpuLevel> findLevels() { return {CpuLevel::kScalar}; }

#endif

// Those of the CPU; the system has not been asked for leave yet where one needs it.
const std::vector<CpuLevel>& levelsOfCpu() {
  static const std::vector<CpuLevel> levels = findLevels();
  return levels;
}

std::string usableNames() {
  std::vector<std::string_view> names;
  for (const auto level : usableCpuLevels()) names.push_back(cpuLevelName(level));
  return listText(names);
}

}  // namespace

std::string_view cpuLevelName(CpuLevel level) {
  return std::find_if(kNames.begin(), kNames.end(), [&](const Name& n) { return n.level == level; })
      ->text;
}

std::span<const CpuLevel> usableCpuLevels() {
  static const std::vector<CpuLevel> levels = [] {
    auto usable = levelsOfCpu();
#if defined(PRIMER_X86_KERNELS)
    if (usable.back() == CpuLevel::kAmx && !mayUseTiles()) usable.pop_back();
#endif
    return usable;
  }();
  return levels;
}

Result<CpuLevel> chooseCpuLevel(const char* wish) {
  if (wish == nullptr || *wish == '\0') return usableCpuLevels().back();
  const std::string_view text = wish;
  // Who wants another level than tiles' does not ask for them.
  const bool asks = text == cpuLevelName(CpuLevel::kAmx);
  for (const auto level : asks ? usableCpuLevels() : std::span<const CpuLevel>(levelsOfCpu())) {
    if (cpuLevelName(level) == text) return level;
  }
  if (std::any_of(kNames.begin(), kNames.end(), [&](const Name& n) { return n.text == text; })) {
    return fail(ErrorCode::kUnsupported,
                fmt::format("PRIMER_CPU={}: this CPU or this build lacks that level; it has {}",
                            text, usableNames()));
  }
  return fail(
      ErrorCode::kInvalidArgument,
      fmt::format("PRIMER_CPU={:.40}: is not a CPU level; this CPU has {}", text, usableNames()));
}

}  // namespace primer::inference
