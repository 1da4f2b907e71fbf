// Files cut short at every length, and files with altered bytes: refused or run, never a crash or a
// hang. A share of it in every run of the tests; all of it with PRIMER_FULL set.

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "fuzz/alter_bytes.h"
#include "fuzz/choices.h"
#include "fuzz/corpus.h"
#include "fuzz/drive.h"

namespace primer::inference::fuzz {
namespace {

struct Tally {
  int refused = 0;
  int ran = 0;
  double slowest = 0.0;  // seconds

  void count(std::span<const std::byte> bytes, const Limits& limits) {
    const auto begin = std::chrono::steady_clock::now();
    (drive(bytes, limits).ran ? ran : refused) += 1;
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
    slowest = std::max(slowest, taken.count());
  }
};

std::ostream& operator<<(std::ostream& out, const Tally& tally) {
  return out << tally.refused << " refused, " << tally.ran << " ran, slowest " << tally.slowest
             << " s";
}

// The two models that ship, the small network of the engine's tests, and two recorded operators.
std::vector<CorpusModel> fiveModels() {
  std::vector<CorpusModel> models;
  for (auto& model : corpus()) {
    if (model.name == "small-net" || model.name == "mul_int16_0" || model.name == "prelu_float32") {
      models.push_back(std::move(model));
    }
  }
  EXPECT_EQ(models.size(), 3u);
  for (const auto* name : {"mnist", "ink-symbols"}) {
    const auto path = std::filesystem::path(std::getenv("PRIMER_SHARE")) / "models" /
                      (std::string(name) + ".tflite");
    std::ifstream file(path, std::ios::binary);
    const std::string text(std::istreambuf_iterator<char>(file), {});
    const auto bytes = std::as_bytes(std::span(text));
    models.push_back({name, {bytes.begin(), bytes.end()}});
  }
  return models;
}

TEST(Mutations, OfFiveModels) {
  const bool full = std::getenv("PRIMER_FULL") != nullptr;
  const int trials = full ? 20000 : 400;
  Choices choices(100);
  Tally all_cut;
  Tally all_altered;
  for (const auto& model : fiveModels()) {
    ASSERT_GT(model.bytes.size(), 100u) << model.name;
    Limits limits = fuzzLimits();
    limits.max_arena_bytes = 4u << 20;
    limits.max_work = 1u << 24;
    ASSERT_TRUE(drive(model.bytes, limits).ran) << model.name;
    Tally cut;
    Tally altered;
    const std::size_t step = full ? 1 : 1 + model.bytes.size() / 300;
    for (std::size_t length = 0; length < model.bytes.size(); length += step) {
      cut.count(std::span(model.bytes).first(length), limits);
    }
    for (int trial = 0; trial < trials; ++trial) {
      auto bytes = model.bytes;
      alterBytes(bytes, choices);
      altered.count(bytes, limits);
    }
    std::cout << model.name << ", " << model.bytes.size() << " bytes. Cut short: " << cut
              << ". Altered: " << altered << ".\n";
    all_cut.refused += cut.refused;
    all_altered.ran += altered.ran;
    all_altered.refused += altered.refused;
    EXPECT_LT(cut.slowest, 10.0);
    EXPECT_LT(altered.slowest, 10.0);
  }
  EXPECT_GT(all_cut.refused, 1000);
  EXPECT_GT(all_altered.ran, trials);          // weights and names may change freely ...
  EXPECT_GT(all_altered.refused, trials / 4);  // ... and structure may not
}

}  // namespace
}  // namespace primer::inference::fuzz
