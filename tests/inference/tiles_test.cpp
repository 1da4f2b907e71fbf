// The tiles of level `amx`: every product that they could be given, not only those that the rule
// gives them, has the bytes of the vectors' loops; nothing is read or written beyond what is
// theirs; they are given back; a process that the system refuses them does without.

#include <gtest/gtest.h>

#if defined(__x86_64__) && defined(__linux__)

#include <fmt/format.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "inference/layer_maker.h"
#include "inference/model_test.h"
#include "inference/small_models.h"
#include "kernels/cpu.h"
#include "kernels/packed/levels.h"
#include "kernels/packed/packed_product.h"
#include "src/aligned_block.h"

namespace primer::inference {
namespace {

using testing::Random;

bool hasTiles() { return usableCpuLevels().back() == CpuLevel::kAmx; }

// Bytes before a page that nobody may touch.
class BeforeTheEnd {
 public:
  explicit BeforeTheEnd(std::size_t bytes) : bytes_(bytes) {
    const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
    whole_ = (bytes + page - 1) / page * page + page;
    void* memory =
        mmap(nullptr, whole_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    EXPECT_NE(memory, MAP_FAILED);
    begin_ = static_cast<std::int8_t*>(memory);
    end_ = begin_ + whole_ - page;
    EXPECT_EQ(mprotect(end_, page, PROT_NONE), 0);
  }
  ~BeforeTheEnd() { munmap(begin_, whole_); }
  BeforeTheEnd(const BeforeTheEnd&) = delete;
  BeforeTheEnd& operator=(const BeforeTheEnd&) = delete;

  std::int8_t* data() const { return end_ - bytes_; }
  std::size_t size() const { return bytes_; }

 private:
  std::size_t bytes_;
  std::size_t whole_ = 0;
  std::int8_t* begin_ = nullptr;
  std::int8_t* end_ = nullptr;
};

struct RandomProduct {
  explicit RandomProduct(Random& random) {
    channels = random.range(1, random.chance(30) ? 200 : 70);
    runs.bytes = 4 * random.range(1, random.chance(30) ? 90 : 20);
    const int run_count = random.chance(50) ? 1 : random.range(2, 5);
    const int gap = random.chance(50) ? 0 : random.range(0, 40);
    for (int run = 0; run < run_count; ++run) {
      runs.offsets.push_back(std::int64_t{run} * (runs.bytes + gap));
    }
    lines = random.range(1, 5);
    width = random.range(1, random.chance(30) ? 100 : 20);
    pixel_step = random.range(1, 100);
    row_step = width * pixel_step + (random.chance(40) ? 0 : random.range(1, 50));
    weights = random.bytes(static_cast<std::size_t>(channels) * runs.offsets.size() *
                           static_cast<std::size_t>(runs.bytes));
    for (int c = 0; c < channels; ++c) bias.push_back(random.range(-30000, 30000));
    const float most = random.scale(-6, -3);
    for (int c = 0; c < channels; ++c) scales.push_back(most * random.scale(-2, 0));
    source.weights = weights.data();
    source.channels = channels;
    source.bias = bias.data();
    source.weight_scales = scales;
    source.is_dense = random.chance(30);
    source.input_zero_point = random.zeroPoint();
    source.output_zero_point = random.zeroPoint();
    source.range = {random.chance(70) ? -128 : std::min(source.output_zero_point, 100), 127};
    what = fmt::format("{} x {} rows of {} runs of {} bytes, {} channels{}", lines, width,
                       run_count, runs.bytes, channels, source.is_dense ? ", dense" : "");
  }

  std::size_t inputBytes() const {
    return static_cast<std::size_t>((lines - 1) * row_step + (width - 1) * pixel_step +
                                    runs.offsets.back() + runs.bytes);
  }

  // Nothing where the loops do not hold the numbers.
  std::vector<std::int8_t> outputOf(const packed::LevelKernels& kernels,
                                    const BeforeTheEnd& input) {
    source.input_offset = kernels.input_flip == 0 ? 0 : 128;
    auto product =
        packed::PackedProduct::make(source, runs, kernels, lines * width, packed::Skipping::kNever);
    if (!product) return {};
    product->pack();
    const BeforeTheEnd output(static_cast<std::size_t>(lines * width * channels));
    packed::ProductRows rows;
    rows.input = input.data();
    rows.count = lines * width;
    rows.width = width;
    rows.pixel_step = pixel_step;
    rows.row_step = row_step;
    rows.output = output.data();
    rows.output_step = channels;
    kernels.multiply(product->product(), rows);
    return {output.data(), output.data() + output.size()};
  }

  packed::LayerSource source;
  packed::RowRuns runs;
  std::vector<std::int8_t> weights;
  std::vector<std::int32_t> bias;
  std::vector<float> scales;
  std::int32_t channels = 0;
  std::int64_t lines = 0, width = 0, pixel_step = 0, row_step = 0;
  std::string what;
};

TEST(Tiles, GiveTheBytesOfTheVectorsAndTouchNothingBehind) {
  if (!hasTiles()) GTEST_SKIP() << "this CPU or its system has no tiles";
  Random random(31);
  int held = 0;
  for (int trial = 0; trial < 1500; ++trial) {
    RandomProduct product(random);
    const BeforeTheEnd input(product.inputBytes());
    const auto bytes = random.bytes(input.size());
    std::copy(bytes.begin(), bytes.end(), input.data());
    const auto expected = product.outputOf(packed::avx512VnniKernels(), input);
    const auto given = product.outputOf(*packed::amxKernels().tiles, input);
    ASSERT_EQ(given, expected) << product.what;
    held += given.empty() ? 0 : 1;
  }
  EXPECT_GT(held, 1000);
}

// Which of the registers that a thread has beside the general ones hold something.
unsigned registersInUse() {
  unsigned low = 0;
  unsigned high = 0;
  __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(1));
  return low;
}

TEST(Tiles, AreGivenBackByEachRun) {
  if (!hasTiles()) GTEST_SKIP() << "this CPU or its system has no tiles";
  constexpr unsigned kTiles = 0x60000;
  for (const int threads : {1, 2}) {
    const auto model = opened(
        testing::pointwiseNet(28, 128, 128, std::vector<std::int8_t>(std::size_t{128} * 128, 3)));
    auto session = planned(model, {.threads = threads});
    EXPECT_EQ(session.cpuLevel(), "amx");
    ASSERT_TRUE(session.run());
    EXPECT_EQ(registersInUse() & kTiles, 0u);
  }
}

// From here on the system refuses this process its tiles, as sandboxes may.
bool forbidTiles() {
  constexpr unsigned kRequestState = 0x1023;
  sock_filter steps[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_arch_prctl, 0, 3),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, args)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, kRequestState, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  const sock_fprog program = {std::size(steps), steps};
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
         prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

// The system refuses them where a stack for signals is too small for what it would have to save.
bool setUpSmallStack() {
  static std::byte memory[8192];
  stack_t stack = {};
  stack.ss_sp = memory;
  stack.ss_size = sizeof(memory);
  return sigaltstack(&stack, nullptr) == 0;
}

// In a process of its own, which has not asked for its levels yet.
[[noreturn]] void doWithoutTiles(bool (*prevent)()) {
  if (!prevent()) {
    fmt::print(stderr, "not prevented");
    std::exit(0);
  }
  unsetenv("PRIMER_CPU");
  const auto model = opened(testing::SmallNet().builder);
  auto session = Session::create(model);
  const bool runs = session && session->cpuLevel() != "amx" && session->run();
  setenv("PRIMER_CPU", "amx", 1);
  const auto refused = Session::create(model);
  fmt::print(stderr, "{}; {}", runs ? "runs" : "does not run",
             refused ? "not refused" : refused.error().message);
  std::exit(0);
}

[[noreturn]] void tellWhetherAsked(const char* level) {
  constexpr long kGivenStates = 0x1022;  // ARCH_GET_XCOMP_PERM
  constexpr std::uint64_t kTileData = 1 << 18;
  setenv("PRIMER_CPU", level, 1);
  const auto session = Session::create(opened(testing::SmallNet().builder));
  std::uint64_t given = 0;
  if (syscall(SYS_arch_prctl, kGivenStates, &given) != 0) given = 0;
  fmt::print(stderr, "{} {}", session ? session->cpuLevel() : "refused",
             (given & kTileData) != 0 ? "asked" : "did not ask");
  std::exit(0);
}

TEST(TilesDeathTest, WhoNamesAnotherLevelDoesNotAskForThem) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(tellWhetherAsked("scalar"), ::testing::ExitedWithCode(0), "scalar did not ask");
  EXPECT_EXIT(tellWhetherAsked(""), ::testing::ExitedWithCode(0),
              "amx asked|(scalar|avx2|avxvnni|avx512vnni) did not ask");
}

TEST(TilesDeathTest, AProcessThatIsRefusedThemDoesWithout) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  const char* told =
      "not prevented|runs; .*PRIMER_CPU=amx: this CPU or this build lacks that level; it has";
  EXPECT_EXIT(doWithoutTiles(forbidTiles), ::testing::ExitedWithCode(0), told);
  EXPECT_EXIT(doWithoutTiles(setUpSmallStack), ::testing::ExitedWithCode(0), told);
}

}  // namespace
}  // namespace primer::inference

#endif
