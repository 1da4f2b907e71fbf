// What a teacher takes for granted, whatever was learned or fitted: a right answer never lowers the
// chances of its skill, a wrong one never raises them, harder is less likely, time lowers. Tried on
// simulated learners with odd clocks, on the model as it ships and as fitted on three kinds of
// class.

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "population.h"
#include "primer/knowledge/knowledge_model.h"

namespace primer::knowledge {
namespace {

using workshop::simulateClass;

constexpr double kRounding = 1e-9;

// 0: as shipped; -1: without the file; else fitted on a simulated class.
class Laws : public testing::TestWithParam<int> {
 protected:
  void SetUp() override {
    auto opened = KnowledgeModel::openShipped();
    ASSERT_TRUE(opened) << opened.error().message;
    model_ = std::make_unique<KnowledgeModel>(std::move(*opened));
    if (GetParam() < 0) *model_ = KnowledgeModel::withoutNetwork();
    if (GetParam() > 0) {
      model_->fit(simulateClass(static_cast<std::uint64_t>(500 + GetParam()), 40).learners);
    }
    for (int kind = 0; kind < 6; ++kind) {
      for (auto& history : simulateClass(static_cast<std::uint64_t>(900 + kind), 3).learners) {
        histories_.push_back(std::move(history));
      }
    }
  }

  Learner after(const History& history, std::size_t count) const {
    Learner learner(*model_);
    for (std::size_t i = 0; i < count; ++i) learner.observe(history[i]);
    return learner;
  }

  // Questions of the history's skills, known and unknown items, easy and hard.
  static std::vector<Question> questionsAt(const History& history, std::size_t place) {
    const auto& now = history[place].question;
    std::vector<Question> questions = {now};
    questions.push_back(history[place / 2].question);
    questions.push_back({now.skill, "never seen", now.at, 0.5});
    questions.push_back({now.skill, now.item, {}, 0.9});
    questions.push_back({"never seen", "never seen", now.at, {}});
    return questions;
  }

  template <typename Check>
  void everywhere(Check check) const {
    for (const auto& history : histories_) {
      for (std::size_t place = 0; place < history.size(); place += 1 + place / 3) {
        check(history, place);
      }
    }
  }

  std::unique_ptr<KnowledgeModel> model_;
  std::vector<History> histories_;
};

TEST_P(Laws, ARightAnswerNeverLowersAndAWrongOneNeverRaises) {
  everywhere([&](const History& history, std::size_t place) {
    const auto before = after(history, place);
    for (const auto& asked : questionsAt(history, place)) {
      for (const bool right : {false, true}) {
        auto learner = before;
        learner.observe({asked, right});
        for (const auto& question : questionsAt(history, place)) {
          if (question.skill != asked.skill) continue;
          const double was = before.chance(question);
          const double is = learner.chance(question);
          const double rise = right ? is - was : was - is;
          EXPECT_GE(rise, -kRounding) << question.skill << " at " << place;
        }
      }
    }
  });
}

TEST_P(Laws, AnEarlierAnswerTurnedRightNeverLowers) {
  everywhere([&](const History& history, std::size_t place) {
    History wrong = history;
    History right = history;
    wrong[place / 2].right = false;
    right[place / 2].right = true;
    const auto worse = after(wrong, place + 1);
    const auto better = after(right, place + 1);
    for (const auto& question : questionsAt(history, place)) {
      EXPECT_GE(better.chance(question), worse.chance(question) - kRounding);
    }
  });
}

TEST_P(Laws, HarderIsLessLikely) {
  everywhere([&](const History& history, std::size_t place) {
    const auto learner = after(history, place);
    for (auto question : questionsAt(history, place)) {
      double last = 1;
      for (const double difficulty : {0.05, 0.1, 0.3, 0.32, 0.5, 0.7, 0.9, 0.95}) {
        question.difficulty = difficulty;
        const double chance = learner.chance(question);
        EXPECT_LT(chance, last) << difficulty;
        last = chance;
      }
    }
  });
}

TEST_P(Laws, TimeNeverRaises) {
  everywhere([&](const History& history, std::size_t place) {
    const auto learner = after(history, place);
    for (auto question : questionsAt(history, place)) {
      const double now = history[place].question.at.value_or(0);
      double last = 1;
      for (const double later : {-1e9, 0.0, 60.0, 86400.0, 30 * 86400.0, 1e9, 1e18}) {
        question.at = now + later;
        const double chance = learner.chance(question);
        EXPECT_LE(chance, last + kRounding) << later;
        last = chance;
      }
    }
  });
}

TEST_P(Laws, TimeLowersWhereSomethingWasKnown) {
  Learner learner(*model_);
  for (int i = 0; i < 5; ++i) {
    learner.observe({{"s", "i" + std::to_string(i), 1000.0 * i, {}}, true});
  }
  EXPECT_LT(learner.chance({"s", "next", 4000.0 + 60 * 86400, {}}),
            learner.chance({"s", "next", 4000.0 + 60, {}}));
}

INSTANTIATE_TEST_SUITE_P(ShippedAndFitted, Laws, testing::Values(-1, 0, 1, 2, 3));

}  // namespace
}  // namespace primer::knowledge
