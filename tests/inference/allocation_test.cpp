// A run on checked input takes no memory: not by operator new, not by malloc. Every kernel family
// is run, as it stands in the file and as the planner leaves it.

#include <gtest/gtest.h>

#include <cstring>

#include "inference/allocation_count.h"
#include "inference/recording_file.h"
#include "inference/shared_models.h"
#include "primer/inference/session.h"

namespace primer::inference {
namespace {

void expectNoAllocation(const std::shared_ptr<const Model>& model,
                        std::span<const std::byte> inputs) {
  const SessionOptions kAll[] = {
      {.optimise = false}, {.optimise = true}, {.optimise = true, .threads = 2}};
  for (const auto& options : kAll) {
    auto session = Session::create(model, options);
    ASSERT_TRUE(session) << session.error().message;
    // Of the second run the inputs of the first may be gone: what matters here is that it runs.
    testing::giveInputs(*session, inputs);
    const auto before = testing::allocationCount();
    const auto first = session->run();
    const auto second = session->run();
    const auto after = testing::allocationCount();
    EXPECT_EQ(after, before) << model->name() << (options.optimise ? "" : ", as in the file")
                             << ", threads: " << options.threads;
    EXPECT_TRUE(first && second) << model->name();
  }
}

TEST(RunAllocates, TheCountersCount) {
  const auto before = testing::allocationCount();
  auto* by_new = new int(1);
  EXPECT_GT(testing::allocationCount(), before);
  delete by_new;
  if (!testing::countsMalloc()) GTEST_SKIP() << "malloc belongs to the sanitizer";
  const auto between = testing::allocationCount();
  void* volatile by_malloc = std::malloc(16);
  void* volatile by_realloc = std::realloc(by_malloc, 64);
  EXPECT_GE(testing::allocationCount(), between + 2);
  std::free(by_realloc);
}

TEST(RunAllocates, NothingInAnyRecordedOperator) {
  for (const auto& recording : testing::recordings()) {
    const auto model = Model::fromBytes(recording.model, recording.name);
    ASSERT_TRUE(model) << model.error().message;
    expectNoAllocation(*model, recording.inputs);
  }
}

TEST(RunAllocates, NothingInAnySharedModel) {
  const auto models = testing::sharedModels();
  if (models.empty()) GTEST_SKIP() << "PRIMER_DATA is not set";
  for (const auto& path : models) {
    const auto model = Model::open(path);
    if (model) expectNoAllocation(*model, testing::sharedInputs(path));
  }
}

// No exception leaves run(): the compiler holds it to that.
static_assert(noexcept(std::declval<Session&>().run()));

}  // namespace
}  // namespace primer::inference
