// What fuzzing found once, and a share of what it would look at next: runs in every build, without
// libFuzzer.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "fuzz/corpus.h"
#include "fuzz/drive.h"
#include "fuzz/generator.h"
#include "fuzz/tree.h"

namespace primer::inference::fuzz {
namespace {

std::span<const std::uint8_t> view(const std::vector<std::byte>& bytes) {
  return {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()};
}

// Files that once crashed the engine, hung it, or made it break a promise; findings/README.md says
// how each did.
TEST(Replay, EveryFinding) {
  int seen = 0;
  for (const auto& entry : std::filesystem::directory_iterator(PRIMER_FINDINGS)) {
    if (entry.path().extension() != ".tflite") continue;
    SCOPED_TRACE(entry.path().filename().string());
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string bytes(std::istreambuf_iterator<char>(file), {});
    drive(std::as_bytes(std::span(bytes)));
    drive(std::as_bytes(std::span(bytes)), Limits{});
    ++seen;
  }
  EXPECT_GT(seen, 0);
}

TEST(Replay, TheCorpusRuns) {
  Limits limits;  // as shipped: some recordings are above the fuzzer's
  for (const auto& model : corpus()) {
    const auto outcome = drive(model.bytes, limits);
    EXPECT_TRUE(outcome.ran) << model.name << ": " << outcome.refusal;
  }
}

TEST(Replay, ChangedTrees) {
  const auto models = corpus();
  Choices choices(4);
  int ran = 0;
  constexpr int kTrials = 2000;
  for (int trial = 0; trial < kTrials; ++trial) {
    auto model = unpack(view(choices.in(models).bytes));
    ASSERT_TRUE(model);
    if (choices.once(4)) {
      model = join(std::move(*model), *unpack(view(choices.in(models).bytes)), choices);
    }
    const auto bytes = mutate(std::move(*model), choices);
    ran += drive(std::as_bytes(std::span(bytes))).ran ? 1 : 0;
  }
  // Both fates must be common, or the mutator tests nothing.
  EXPECT_GT(ran, kTrials / 10);
  EXPECT_LT(ran, kTrials * 9 / 10);
}

TEST(Replay, GeneratedOperators) {
  Choices choices(5);
  int ran = 0;
  constexpr int kTrials = 4000;
  for (int trial = 0; trial < kTrials; ++trial) {
    const auto bytes = oneOperatorModel(choices);
    ran += drive(std::as_bytes(std::span(bytes))).ran ? 1 : 0;
  }
  EXPECT_GT(ran, kTrials / 10);
  EXPECT_LT(ran, kTrials * 9 / 10);
}

}  // namespace
}  // namespace primer::inference::fuzz
