#include "primer/app/learning_path.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "app/lesson.h"
#include "primer/app/policy.h"
#include "primer/content/random.h"

namespace primer::app {
namespace {

using knowledge::Door;

constexpr std::size_t kSet = 8;
constexpr std::int64_t kMinute = 60'000;
constexpr std::int64_t kDay = 24 * 60 * kMinute;
constexpr WallTime kMorning{1'700'000'000'000};

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

class LearningPathTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_NE(lesson_, nullptr);
    ASSERT_NE(model_, nullptr);
  }

  LearningPath path(std::span<const FirstTry> history = {}) const {
    return {lesson_, model_, history};
  }

  double difficultyOf(const Choice& choice) const {
    return lesson_->skills[choice.skill].levels[choice.level].difficulty / 1000.0;
  }

  // A set a day.
  Played play(Learner learner, int sets) const {
    Played played;
    auto way = path();
    for (int set = 0; set < sets; ++set) {
      for (std::size_t i = 0; i < kSet; ++i) {
        const WallTime now{kMorning.unix_ms + set * kDay + static_cast<std::int64_t>(i) * kMinute};
        const auto choice = way.next(now);
        const double difficulty = difficultyOf(choice);
        FirstTry tried{choice.skill, difficulty, learner.answers(choice.skill, difficulty), now,
                       "sum " + std::to_string(played.history.size())};
        way.observe(tried);
        played.history.push_back(std::move(tried));
        played.choices.push_back(choice);
      }
    }
    return played;
  }

  std::shared_ptr<const content::Lesson> lesson_ = shippedLesson();
  std::shared_ptr<const knowledge::KnowledgeModel> model_ = shippedKnowledge();
};

TEST_F(LearningPathTest, BeginsWithSomethingEasy) {
  const auto choice = path().next(kMorning);
  EXPECT_LE(difficultyOf(choice), 0.25);
  EXPECT_THAT(choice.reason.toStdString(), testing::HasSubstr("where to begin"));
}

TEST_F(LearningPathTest, EveryChoiceHasItsReason) {
  std::set<QString> different;
  for (int seed = 0; seed < 20; ++seed) {
    const auto played = play(Learner(0.3 * seed - 2, static_cast<std::uint64_t>(seed)), 12);
    for (const auto& choice : played.choices) {
      ASSERT_FALSE(choice.reason.isEmpty());
      ASSERT_FALSE(choice.reason.contains('%')) << choice.reason.toStdString();
      different.insert(choice.reason);
    }
  }
  EXPECT_GE(different.size(), 20U);
}

TEST_F(LearningPathTest, ReasonsAreTrueOfTheHistory) {
  for (std::uint64_t seed = 0; seed < 12; ++seed) {
    const auto played = play(Learner(-0.5, seed), 10);
    for (std::size_t i = 0; i < played.choices.size(); ++i) {
      const auto& reason = played.choices[i].reason;
      const auto skill = played.choices[i].skill;
      const auto met = std::count_if(played.history.begin(), played.history.begin() + long(i),
                                     [&](const auto& past) { return past.skill == skill; });
      if (reason.startsWith("This is new")) {
        EXPECT_EQ(met, 0) << i;
      }
      if (reason.startsWith("That went well")) {
        EXPECT_EQ(met, 1) << i;
      }
      if (reason.contains("of your last")) {
        EXPECT_GT(met, 0) << i;
      }
      if (reason.contains("last two were hard")) {
        ASSERT_GE(i, 2U);
        EXPECT_FALSE(played.history[i - 1].right || played.history[i - 2].right);
      }
      if (reason.contains("warm up")) {
        EXPECT_EQ(i % kSet, 0U) << "first of a visit";
      }
      if (reason.contains("yesterday")) {
        const auto since = std::find_if(
            std::make_reverse_iterator(played.history.begin() + long(i)), played.history.rend(),
            [&](const auto& past) { return past.skill == skill; });
        ASSERT_NE(since, played.history.rend());
        const auto dayOf = [](WallTime at) { return at.unix_ms / kDay; };
        EXPECT_EQ(dayOf(played.history[i].at) - dayOf(since->at), 1);
      }
    }
  }
}

TEST_F(LearningPathTest, AfterTwoMissesComesSomethingThatIsLikelyToGoWell) {
  int eased = 0;
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    const auto played = play(Learner(-1.5, seed), 6);
    for (std::size_t i = 2; i < played.history.size(); ++i) {
      if (played.history[i - 1].right || played.history[i - 2].right) continue;
      const auto way = path(std::span(played.history.data(), i));
      if (way.chooser().isPlacing()) continue;
      const double now = static_cast<double>(played.history[i].at.unix_ms) / 1000;
      for (const std::size_t back : {1, 2}) {
        const double easiest = way.chooser().chance(played.history[i - back].skill, 0, now);
        EXPECT_GE(played.choices[i].chance, std::min(0.9, easiest)) << seed << " " << i;
      }
      ++eased;
    }
  }
  EXPECT_GT(eased, 30);  // it happened often enough to be a test
}

TEST_F(LearningPathTest, AimsAtEightyFivePercent) {
  int right = 0;
  int all = 0;
  for (int seed = 0; seed < 40; ++seed) {
    // From a pupil who finds everything hard to one who finds most easy.
    const auto played = play(Learner(-1 + 0.06 * seed, static_cast<std::uint64_t>(seed)), 12);
    for (std::size_t i = 2 * kSet; i < played.history.size(); ++i, ++all) {
      if (played.history[i].right) ++right;
    }
  }
  EXPECT_NEAR(static_cast<double>(right) / all, 0.86, 0.06);
}

TEST_F(LearningPathTest, AQuickPupilMovesOnToTheHardest) {
  std::set<std::size_t> met;
  for (const auto& choice : play(Learner(4, 1), 12).choices) met.insert(choice.skill);
  EXPECT_TRUE(met.count(*lesson_->skillNamed("divide-by-6-to-9")));
}

TEST_F(LearningPathTest, ASlowPupilIsNotPushed) {
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    const auto played = play(Learner(-2.5, seed), 8);
    for (std::size_t i = 3; i < played.history.size(); ++i) {
      EXPECT_LE(played.history[i].difficulty, 0.40) << seed << " " << i;
    }
  }
}

TEST_F(LearningPathTest, ASetIsVaried) {
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    const auto played = play(Learner(1, seed), 10);
    for (std::size_t set = 2; set < 10; ++set) {
      std::set<std::pair<std::size_t, std::size_t>> kinds;
      for (std::size_t i = set * kSet; i < (set + 1) * kSet; ++i) {
        kinds.emplace(played.choices[i].skill, played.choices[i].level);
      }
      EXPECT_GE(kinds.size(), 3U) << "seed " << seed << " set " << set;
    }
  }
}

TEST_F(LearningPathTest, GoesOnExactlyWhereItWasStopped) {
  const auto played = play(Learner(0, 5), 5);
  for (std::size_t i = 0; i < played.history.size(); ++i) {
    const std::span done(played.history.data(), i);
    const auto resumed = path(done).next(played.history[i].at);
    ASSERT_EQ(resumed.skill, played.choices[i].skill) << i;
    ASSERT_EQ(resumed.level, played.choices[i].level) << i;
    ASSERT_EQ(resumed.reason, played.choices[i].reason) << i;
  }
}

TEST_F(LearningPathTest, TheDoorsOfHomeSayWhatLiesBehind) {
  const auto first = path().doors(kMorning);
  EXPECT_FALSE(first.go_on.reason.isEmpty());
  EXPECT_FALSE(first.review) << "nothing was learned yet";
  EXPECT_FALSE(first.something_new) << "first of all: where to begin";
  const auto played = play(Learner(0.5, 3), 6);
  const WallTime later{kMorning.unix_ms + 40 * kDay};
  const auto way = path(played.history);
  const auto doors = way.doors(later);
  ASSERT_TRUE(doors.review);
  EXPECT_THAT(doors.review->reason.toStdString(), testing::HasSubstr("weeks ago"));
  EXPECT_EQ(way.next(later, Door::kReview).skill, doors.review->skill);
  int with_new = 0;
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    const auto begun = path(play(Learner(0.5, seed), 2).history);
    const auto found = begun.doors(later);
    if (!found.something_new) continue;
    ++with_new;
    const auto first_behind = begun.next(later, Door::kSomethingNew);
    if (!first_behind.reason.startsWith("The last two")) {
      EXPECT_EQ(first_behind.skill, found.something_new->skill);
    }
  }
  EXPECT_GE(with_new, 2);
}

TEST_F(LearningPathTest, GoesThroughAllLessons) {
  auto other = std::make_shared<content::Lesson>(*lesson_);
  other->id = "more-facts";
  LearningPath way(LearningPath::Lessons{lesson_, other}, model_, {});
  std::set<std::size_t> lessons;
  for (int i = 0; i < 400; ++i) {
    const WallTime now{kMorning.unix_ms + i / 8 * kDay + i * kMinute};
    const auto choice = way.next(now);
    ASSERT_LT(choice.lesson, 2U);
    lessons.insert(choice.lesson);
    way.observe({choice.skill, difficultyOf(choice), true, now, std::to_string(i), choice.lesson});
  }
  EXPECT_EQ(lessons.size(), 2U);
}

TEST_F(LearningPathTest, TheTeacherMovesTargetAndPins) {
  // Of all first choices for pupils with one skill behind them.
  const auto meanDifficulty = [&](double target) {
    knowledge::RecommendationPolicy policy;
    policy.target = target;
    double sum = 0;
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
      const auto history = play(Learner(0.5, seed), 2).history;
      const WallTime soon{history.back().at.unix_ms + kMinute};
      sum += difficultyOf(LearningPath(lesson_, model_, history, policy).next(soon));
    }
    return sum / 10;
  };
  EXPECT_GT(meanDifficulty(0.6), meanDifficulty(0.95) + 0.02);

  knowledge::RecommendationPolicy policy;
  policy.placement = false;
  policy.pins = {{lesson_->id, "divide-by-6-to-9"}};
  const auto pinned = LearningPath(lesson_, model_, {}, policy).next(kMorning);
  EXPECT_EQ(pinned.skill, *lesson_->skillNamed("divide-by-6-to-9"));
  EXPECT_EQ(pinned.reason, "Your teacher chose this for you.");
}

TEST(TextReason, SaysWhatTheOfferRestsOn) {
  using knowledge::Material;
  knowledge::TextOffer offer;
  EXPECT_EQ(textReason(offer, Material::kReading), "A text to begin with.");
  offer.recent_right = 4;
  offer.recent_tries = 5;
  EXPECT_EQ(textReason(offer, Material::kListening),
            "4 of your last 5 answers were right. This one should go well.");
  offer.harder = true;
  EXPECT_TRUE(textReason(offer, Material::kReading).endsWith("This one is a step harder."));
  offer.again = true;
  EXPECT_TRUE(textReason(offer, Material::kListening).startsWith("You have heard them all."));
}

TEST(LearningPolicy, IsTheSameAfterBeingKept) {
  knowledge::RecommendationPolicy policy;
  EXPECT_EQ(*policyFromText(policyText(policy)), policy);
  policy.target = 0.8;
  policy.placement = false;
  policy.pins = {{"number-facts", "add-to-20"}, {"école", "\"x\""}};
  const auto kept = policyFromText(policyText(policy));
  ASSERT_TRUE(kept) << kept.error().message;
  EXPECT_EQ(*kept, policy);
  EXPECT_EQ(*policyFromText("{}"), knowledge::RecommendationPolicy());
}

TEST(LearningPolicy, RefusesWhatCannotBeMeant) {
  for (const char* text :
       {"", "[]", "{", R"({"target":2})", R"({"target":"high"})", R"({"pins":{}})",
        R"({"pins":[{"lesson":"a"}]})", R"({"pins":[7]})", R"({"placement":1})"}) {
    const auto policy = policyFromText(text);
    ASSERT_FALSE(policy) << text;
    EXPECT_EQ(policy.error().code, ErrorCode::kDamaged);
  }
}

TEST_F(LearningPathTest, BearsRecordsOfAnotherLessonAndOddClocks) {
  std::vector<FirstTry> history;
  const auto skills = lesson_->skills.size();
  for (std::size_t i = 0; i < 40; ++i) {
    const WallTime odd{i % 3 == 0 ? 0 : i % 3 == 1 ? -5 : std::numeric_limits<std::int64_t>::max()};
    history.push_back({i % (skills + 5), 0.3, i % 2 == 0, odd, ""});
  }
  const auto choice = path(history).next({0});
  EXPECT_LT(choice.skill, skills);
  EXPECT_FALSE(choice.reason.isEmpty());
}

TEST_F(LearningPathTest, GoesOnWithoutTheModelsFile) {
  model_ = std::make_shared<const knowledge::KnowledgeModel>(
      knowledge::KnowledgeModel::withoutNetwork());
  int right = 0;
  const auto played = play(Learner(0.5, 2), 10);
  for (const auto& past : played.history) right += past.right ? 1 : 0;
  EXPECT_GE(right, 55);  // of 80
}

}  // namespace
}  // namespace primer::app
