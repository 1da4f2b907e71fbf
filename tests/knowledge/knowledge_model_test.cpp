#include "primer/knowledge/knowledge_model.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <limits>
#include <string>
#include <vector>

#include "population.h"
#include "primer/base/share.h"
#include "primer/toolkit/chances.h"
#include "test_folder.h"
#include "time_bound.h"

namespace primer::knowledge {
namespace {

using toolkit::Judged;
using workshop::simulateClass;

KnowledgeModel shipped() {
  auto model = KnowledgeModel::openShipped();
  if (!model) throw std::runtime_error(model.error().message);
  return std::move(*model);
}

std::vector<toolkit::Judged> judge(const KnowledgeModel& model,
                                   const std::vector<History>& histories) {
  std::vector<toolkit::Judged> judged;
  for (const auto& history : histories) {
    Learner learner(model);
    const Answer* before = nullptr;
    for (const auto& answer : history) {
      if (!isRetry(answer.question, before)) {
        judged.push_back({static_cast<float>(learner.chance(answer.question)), answer.right});
      }
      learner.observe(answer);
      before = &answer;
    }
  }
  return judged;
}

TEST(KnowledgeModel, KnowsMoreThanChanceOnClassesNeverSeen) {
  const auto model = shipped();
  double sum = 0;
  constexpr int kClasses = 12;
  for (int i = 0; i < kClasses; ++i) {
    sum += areaUnderCurve(
        judge(model, simulateClass(static_cast<std::uint64_t>(7000 + i), 30).learners));
  }
  EXPECT_GT(sum / kClasses, 0.66);
}

TEST(KnowledgeModel, AClassHistoryMakesItBetterAndCalibrated) {
  for (const std::uint64_t seed : {8001u, 8002u, 8003u}) {
    auto all = simulateClass(seed, 240).learners;
    const std::vector<History> gone(all.begin(), all.begin() + 120);
    const std::vector<History> here(all.begin() + 120, all.end());
    auto model = shipped();
    const auto first_day = judge(model, here);
    model.fit(gone);
    const auto later = judge(model, here);
    EXPECT_LT(logLoss(later), logLoss(first_day)) << seed;
    EXPECT_LT(calibrationError(later), 0.04) << seed;
  }
}

TEST(KnowledgeModel, FittingIsRepeatableAndReplacesWhatWasFitted) {
  const auto a = simulateClass(31, 30).learners;
  const auto b = simulateClass(32, 30).learners;
  auto once = shipped();
  auto twice = shipped();
  once.fit(a);
  twice.fit(b);
  twice.fit(a);
  const auto p = judge(once, b);
  const auto q = judge(twice, b);
  for (std::size_t i = 0; i < p.size(); ++i) ASSERT_EQ(p[i].p, q[i].p);
}

TEST(KnowledgeModel, NothingOfOneLearnerReachesAnother) {
  auto model = shipped();
  model.fit(simulateClass(41, 20).learners);
  const auto learners = simulateClass(42, 2).learners;
  const auto alone = judge(model, {learners[1]});
  const auto after_another = judge(model, learners);
  for (std::size_t i = 0; i < alone.size(); ++i) {
    ASSERT_EQ(alone[i].p, after_another[after_another.size() - alone.size() + i].p);
  }
}

TEST(KnowledgeModel, AnyHistoryCanBeFitted) {
  const std::vector<std::vector<History>> histories = {
      {},
      {{}, {}},
      {{{{"s", "i", {}, {}}, true}}},
      {{{{"", "", {}, {}}, true}, {{"", "", {}, {}}, false}}},
      {History(3000, Answer{{"s", "i", 5.0, 0.0}, true})},
      {History(300, Answer{{"s", "i", 5.0, 1.0}, false}),
       History(300, Answer{{"t", "j", {}, {}}, true})},
  };
  for (const auto& history : histories) {
    auto model = shipped();
    model.fit(history);
    Learner learner(model);
    for (int i = 0; i < 30; ++i) {
      const double p = learner.chance({"s", "i", -1.0 * i, {}});
      EXPECT_GT(p, 0);
      EXPECT_LT(p, 1);
      learner.observe({{"s", "i", -1.0 * i, {}}, i % 2 == 0});
    }
  }
}

TEST(KnowledgeModel, LongHistoriesAndOddClocksAreBounded) {
  const auto model = shipped();
  Learner learner(model);
  const double infinity = std::numeric_limits<double>::infinity();
  const std::vector<double> clocks = {0, -1e18, 1e18, infinity, std::nan(""), 5, 5};
  constexpr int kAnswers = 50'000;
  const double took = test::threadMilliseconds([&] {
    for (int i = 0; i < kAnswers; ++i) {
      const Question question{"s" + std::to_string(i % 700), "i" + std::to_string(i % 20'000),
                              clocks[static_cast<std::size_t>(i) % clocks.size()], 0.5};
      const double p = learner.chance(question);
      ASSERT_TRUE(p > 0 && p < 1) << i;
      learner.observe({question, i % 3 != 0});
    }
  });
  EXPECT_LT(took / kAnswers, 0.2 * 2 * test::kSlowBuild);  // 0.2 ms is promised
}

TEST(KnowledgeModel, IsSmall) {
  EXPECT_LE(std::filesystem::file_size(shareFolder() / "models" / "knowledge.tflite"), 64u << 10);
}

TEST(KnowledgeModel, RefusesWhatIsNoModelOfThisTask) {
  EXPECT_EQ(KnowledgeModel::open(shareFolder() / "models" / "mnist.tflite").error().code,
            ErrorCode::kUnsupported);
  const test::TestFolder folder;
  std::ofstream(folder / "damaged.tflite") << "this is no model";
  EXPECT_EQ(KnowledgeModel::open(folder / "damaged.tflite").error().code, ErrorCode::kDamaged);
  EXPECT_EQ(KnowledgeModel::open(folder / "missing.tflite").error().code, ErrorCode::kNotFound);
}

}  // namespace
}  // namespace primer::knowledge
