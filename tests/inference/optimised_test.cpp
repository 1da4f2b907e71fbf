// What the planner changes changes no byte: every model that opens, run as it stands in the file
// and as the planner leaves it.

#include <gtest/gtest.h>

#include <cstdio>
#include <cstring>

#include "inference/recording_file.h"
#include "inference/shared_models.h"
#include "primer/inference/session.h"

namespace primer::inference {
namespace {

// Where the two sessions differ; empty where they do not.
std::string difference(const Session& a, const Session& b) {
  for (std::size_t i = 0; i < a.model().outputCount(); ++i) {
    const auto one = a.outputBytes(i);
    const auto other = b.outputBytes(i);
    for (std::size_t k = 0; k < one.size(); ++k) {
      if (one[k] != other[k]) {
        return "output " + std::to_string(i) + " differs at byte " + std::to_string(k);
      }
    }
  }
  return {};
}

void expectSameBytes(const std::shared_ptr<const Model>& model, std::span<const std::byte> inputs) {
  auto plain = Session::create(model, {.optimise = false});
  auto changed = Session::create(model);
  ASSERT_TRUE(plain) << plain.error().message;
  ASSERT_TRUE(changed) << changed.error().message;
  for (int run = 0; run < 3; ++run) {  // state passes from run to run
    const auto rest = testing::giveInputs(*plain, inputs);
    testing::giveInputs(*changed, inputs);
    // A loop that would not end is stopped, as the file stands and changed.
    const auto ended = plain->run();
    ASSERT_EQ(changed->run().has_value(), ended.has_value()) << model->name();
    if (!ended) return;
    EXPECT_EQ(difference(*plain, *changed), "") << model->name() << ", run " << run;
    inputs = rest;
  }
  const auto before = plain->arenaFigures();
  const auto after = changed->arenaFigures();
  EXPECT_LE(before.bytes, before.greedy_bytes) << model->name();
  EXPECT_GE(before.bytes, before.bound_bytes) << model->name();
  EXPECT_LE(after.bytes, after.greedy_bytes) << model->name();
  EXPECT_LE(after.bytes, before.bytes) << model->name();
}

TEST(Optimised, RecordedOperatorsGiveTheSameBytes) {
  for (const auto& recording : testing::recordings()) {
    const auto model = Model::fromBytes(recording.model, recording.name);
    ASSERT_TRUE(model) << model.error().message;
    expectSameBytes(*model, recording.inputs);
  }
}

TEST(Optimised, SharedModelsGiveTheSameBytes) {
  const auto models = testing::sharedModels();
  if (models.empty()) GTEST_SKIP() << "PRIMER_DATA is not set";
  for (const auto& path : models) {
    const auto model = Model::open(path);
    if (model) expectSameBytes(*model, testing::sharedInputs(path));
  }
}

// The table of inference/README.md.
TEST(Optimised, ArenasOfWholeModels) {
  const auto models = testing::sharedModels("whole");
  if (models.empty()) GTEST_SKIP() << "PRIMER_DATA is not set";
  std::printf(
      "| model | greedy | bound | arena, tensors apart | arena |\n|---|---:|---:|---:|---:|\n");
  for (const auto& path : models) {
    const auto model = Model::open(path);
    if (!model) continue;
    auto plain = Session::create(*model, {.optimise = false});
    auto changed = Session::create(*model);
    ASSERT_TRUE(plain && changed);
    const auto figures = plain->arenaFigures();
    std::printf("| %s | %zu | %zu | %zu | %zu |\n", path.stem().c_str(), figures.greedy_bytes,
                figures.bound_bytes, figures.bytes, changed->arenaBytes());
    EXPECT_EQ(figures.bytes, figures.bound_bytes) << "a bound that was reached is missed";
    EXPECT_LE(changed->arenaBytes(), figures.bound_bytes);
  }
}

}  // namespace
}  // namespace primer::inference
