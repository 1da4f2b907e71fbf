#include "primer/knowledge/class_difficulty.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "primer/toolkit/random.h"

namespace primer::knowledge {
namespace {

std::vector<const History*> pointers(const std::vector<History>& histories) {
  std::vector<const History*> all;
  for (const auto& history : histories) all.push_back(&history);
  return all;
}

// Learners of differing ability answer items of known easiness.
std::vector<History> madeUpClass(const std::vector<double>& easiness, int learners) {
  std::vector<History> all;
  toolkit::Random random(7);
  for (int l = 0; l < learners; ++l) {
    const double ability = random.normal();
    History history;
    for (std::size_t i = 0; i < easiness.size(); ++i) {
      const double p = 1 / (1 + std::exp(-(ability + easiness[i])));
      history.push_back(
          {{"s" + std::to_string(i % 2), "i" + std::to_string(i), {}, {}}, random.chance(p)});
    }
    all.push_back(std::move(history));
  }
  return all;
}

TEST(ClassDifficulty, FindsHowEasyItemsAre) {
  const std::vector<double> truth = {-2, -1.2, -0.4, 0.4, 1.2, 2};
  const auto histories = madeUpClass(truth, 600);
  const auto difficulty = ClassDifficulty::fit(pointers(histories));
  double last = -3;
  for (std::size_t i = 0; i < truth.size(); ++i) {
    const Question question{"s" + std::to_string(i % 2), "i" + std::to_string(i), {}, {}};
    // Six answers a learner leave abilities shrunk, and easiness with them.
    EXPECT_NEAR(difficulty.of(question).logit, truth[i], 0.5);
    EXPECT_GT(difficulty.of(question).logit, last);
    last = difficulty.of(question).logit;
    EXPECT_EQ(difficulty.of(question).item_answers, 600);
  }
}

TEST(ClassDifficulty, AnUnknownItemIsAsEasyAsItsSkill) {
  const auto histories = madeUpClass({2, -2, 2, -2, 2, -2}, 200);
  const auto difficulty = ClassDifficulty::fit(pointers(histories));
  EXPECT_GT(difficulty.of({"s0", "new", {}, {}}).logit, 1);
  EXPECT_LT(difficulty.of({"s1", "new", {}, {}}).logit, -1);
  EXPECT_NEAR(difficulty.of({"new", "new", {}, {}}).logit, 0, 0.7);
}

TEST(ClassDifficulty, FewAnswersSayLittle) {
  const std::vector<History> one = {{{{"s", "i", {}, {}}, false}}};
  const auto difficulty = ClassDifficulty::fit(pointers(one));
  const ClassDifficulty unknown;
  const Question question{"s", "i", {}, {}};
  EXPECT_LT(difficulty.of(question).logit, unknown.of(question).logit);
  EXPECT_GT(difficulty.of(question).logit, unknown.of(question).logit - 1);
}

TEST(ClassDifficulty, NeverEasierWhereTheAuthorSaysHarder) {
  // Authors who are wrong throughout: what they call hard goes well.
  std::vector<History> histories;
  for (int l = 0; l < 50; ++l) {
    History history;
    for (int i = 0; i < 20; ++i) {
      const bool hard = i % 2 == 0;
      history.push_back({{"s", "i" + std::to_string(i), {}, hard ? 0.9 : 0.1}, hard});
    }
    histories.push_back(std::move(history));
  }
  const auto difficulty = ClassDifficulty::fit(pointers(histories));
  double last = difficulty.of({"s", "new", {}, 0.0}).logit;
  for (double d = 0.1; d <= 1.0; d += 0.1) {
    const double now = difficulty.of({"s", "new", {}, d}).logit;
    EXPECT_LE(now, last) << d;
    last = now;
  }
}

TEST(ClassDifficulty, RetriesAreNoEvidence) {
  History plain = {{{"s", "a", {}, {}}, false}, {{"s", "b", {}, {}}, true}};
  History retried = {{{"s", "a", {}, {}}, false},
                     {{"s", "a", {}, {}}, true},
                     {{"s", "a", {}, {}}, true},
                     {{"s", "b", {}, {}}, true}};
  const auto from_plain = ClassDifficulty::fit(pointers({plain}));
  const auto from_retried = ClassDifficulty::fit(pointers({retried}));
  EXPECT_EQ(from_plain.of(plain[0].question).logit, from_retried.of(plain[0].question).logit);
}

}  // namespace
}  // namespace primer::knowledge
