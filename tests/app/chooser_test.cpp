#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "app/lesson.h"
#include "primer/app/item_chooser.h"
#include "primer/content/random.h"

namespace primer::app {
namespace {

constexpr std::size_t kSet = 8;

double difficultyOf(const content::Lesson& lesson, const Choice& choice) {
  return lesson.skills[choice.skill].levels[choice.level].difficulty / 1000.0;
}

// A made-up pupil: `ability` in logits above the author's expectation, a little more with every
// item of a skill.
class Learner {
 public:
  Learner(double ability, std::uint64_t seed) : ability_(ability), random_(seed) {}

  bool answers(std::size_t skill, double difficulty) {
    const double practised = 0.04 * tries_[skill]++;
    const double odds = std::log((1 - difficulty) / difficulty) + ability_ + practised;
    return random_.below(1'000'000) < 1'000'000 / (1 + std::exp(-odds));
  }

 private:
  double ability_;
  content::Random random_;
  std::map<std::size_t, int> tries_;
};

struct Played {
  std::vector<FirstTry> history;
  std::vector<Choice> choices;
};

Played play(const content::Lesson& lesson, Learner learner, int sets) {
  const auto chooser = makeAdaptiveChooser();
  Played played;
  for (int set = 0; set < sets; ++set) {
    for (std::size_t i = 0; i < kSet; ++i) {
      const auto choice = chooser->choose(lesson, played.history, i);
      const double difficulty = difficultyOf(lesson, choice);
      played.history.push_back(
          {choice.skill, difficulty, learner.answers(choice.skill, difficulty)});
      played.choices.push_back(choice);
    }
  }
  return played;
}

class Chooser : public testing::Test {
 protected:
  void SetUp() override { ASSERT_NE(lesson_, nullptr); }
  std::shared_ptr<const content::Lesson> lesson_ = shippedLesson();
};

TEST_F(Chooser, BeginsWithSomethingThatNeedsNothing) {
  const auto choice = makeAdaptiveChooser()->choose(*lesson_, {}, 0);
  EXPECT_TRUE(lesson_->skills[choice.skill].needs.empty());
  EXPECT_LE(difficultyOf(*lesson_, choice), 0.15);
}

TEST_F(Chooser, EveryChoiceHasItsReason) {
  std::set<QString> different;
  for (int seed = 0; seed < 20; ++seed) {
    for (const auto& choice : play(*lesson_, Learner(0.3 * seed - 2, seed), 6).choices) {
      ASSERT_FALSE(choice.reason.isEmpty());
      ASSERT_FALSE(choice.reason.contains('%')) << choice.reason.toStdString();
      different.insert(choice.reason);
    }
  }
  EXPECT_GE(different.size(), 8U);
}

TEST_F(Chooser, AfterTwoMissesComesSomethingEasier) {
  int eased = 0;
  for (int seed = 0; seed < 60; ++seed) {
    const auto played = play(*lesson_, Learner(-2.5, seed), 4);
    for (std::size_t i = 2; i < played.history.size(); ++i) {
      if (i % kSet < 2 || played.history[i - 1].right || played.history[i - 2].right) continue;
      const double easiest_miss =
          std::min(played.history[i - 1].difficulty, played.history[i - 2].difficulty);
      const bool at_the_bottom = easiest_miss <= 0.05;
      ASSERT_TRUE(played.history[i].difficulty < easiest_miss || at_the_bottom)
          << "seed " << seed << " item " << i;
      ++eased;
    }
  }
  EXPECT_GT(eased, 50);  // it happened often enough to be a test
}

TEST_F(Chooser, AimsAtEightyFivePercent) {
  int right = 0;
  int all = 0;
  for (int seed = 0; seed < 40; ++seed) {
    // From a pupil who finds everything hard to one who finds most easy.
    const auto played = play(*lesson_, Learner(-1 + 0.06 * seed, seed), 12);
    for (std::size_t i = 2 * kSet; i < played.history.size(); ++i, ++all) {
      if (played.history[i].right) ++right;
    }
  }
  EXPECT_NEAR(static_cast<double>(right) / all, 0.86, 0.05);
}

TEST_F(Chooser, AQuickPupilMovesOnToTheHardest) {
  std::set<std::size_t> met;
  for (const auto& choice : play(*lesson_, Learner(4, 1), 12).choices) met.insert(choice.skill);
  EXPECT_TRUE(met.count(*lesson_->skillNamed("divide-by-6-to-9")));
  EXPECT_GE(met.size(), 9U);
}

TEST_F(Chooser, ASlowPupilIsNotPushed) {
  for (int seed = 0; seed < 10; ++seed) {
    for (const auto& past : play(*lesson_, Learner(-2.5, seed), 8).history) {
      EXPECT_LE(past.difficulty, 0.30);
    }
  }
}

TEST_F(Chooser, ASetIsVaried) {
  for (int seed = 0; seed < 10; ++seed) {
    const auto played = play(*lesson_, Learner(1, seed), 10);
    for (std::size_t set = 5; set < 10; ++set) {
      std::set<std::pair<std::size_t, std::size_t>> kinds;
      for (std::size_t i = set * kSet; i < (set + 1) * kSet; ++i) {
        kinds.emplace(played.choices[i].skill, played.choices[i].level);
      }
      EXPECT_GE(kinds.size(), 3U) << "seed " << seed << " set " << set;
    }
  }
}

TEST_F(Chooser, TheSameHistoryGivesTheSameChoice) {
  const auto played = play(*lesson_, Learner(0, 5), 5);
  const auto one = makeAdaptiveChooser()->choose(*lesson_, played.history, 0);
  const auto two = makeAdaptiveChooser()->choose(*lesson_, played.history, 0);
  EXPECT_EQ(one.skill, two.skill);
  EXPECT_EQ(one.level, two.level);
  EXPECT_EQ(one.reason, two.reason);
}

}  // namespace
}  // namespace primer::app
