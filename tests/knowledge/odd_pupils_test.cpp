// Pupils, clocks and tablets that nobody plans for: the choosing stays sensible, bounded, and loses
// nothing.

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "primer/knowledge/recommendation.h"
#include "time_bound.h"

namespace primer::knowledge {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

class OddPupils : public testing::Test {
 protected:
  void SetUp() override {
    auto model = KnowledgeModel::openShipped();
    ASSERT_TRUE(model) << model.error().message;
    model_ = std::make_unique<KnowledgeModel>(std::move(*model));
  }

  static Library libraryOf(std::size_t packs, std::size_t skills, std::size_t items) {
    std::vector<Pack> all(packs);
    for (std::size_t p = 0; p < packs; ++p) {
      all[p].name = "pack " + std::to_string(p);
      for (std::size_t s = 0; s < skills; ++s) {
        CurriculumSkill skill;
        skill.name = std::to_string(s);
        if (s > 0) skill.needs.push_back(s - 1);
        for (std::size_t i = 0; i < items; ++i) {
          skill.items.push_back({skill.name + "." + std::to_string(i),
                                 0.05 + 0.8 * static_cast<double>(i) / static_cast<double>(items)});
        }
        all[p].skills.push_back(std::move(skill));
      }
    }
    auto library = Library::create(std::move(all));
    EXPECT_TRUE(library) << library.error().message;
    return std::move(*library);
  }

  // Goes on for `count` questions; every choice must be one that can be asked.
  void play(const Library& library, int count, const std::function<bool(int)>& answers,
            const std::function<double(int)>& clock) const {
    Recommender recommender(library, *model_);
    for (int i = 0; i < count; ++i) {
      const auto offer = recommender.next(clock(i));
      ASSERT_LT(offer.pack, library.size()) << i;
      const auto& skills = library.pack(offer.pack).skills;
      ASSERT_LT(offer.choice.skill, skills.size()) << i;
      ASSERT_LT(offer.choice.item, skills[offer.choice.skill].items.size()) << i;
      ASSERT_TRUE(offer.choice.chance > 0 && offer.choice.chance < 1) << i;
      ASSERT_LE(offer.choice.recent_right, offer.choice.recent_tries) << i;
      ASSERT_GE(offer.choice.days_since, 0) << i;
      recommender.observe(offer.pack, offer.choice.skill, offer.choice.item, answers(i), clock(i));
    }
  }

  std::unique_ptr<KnowledgeModel> model_;
};

TEST_F(OddPupils, RandomAnswersOneKeyAndAllRight) {
  const auto library = libraryOf(2, 6, 8);
  const auto minutes = [](int i) { return 60.0 * i; };
  unsigned state = 1;
  play(
      library, 400, [&](int) { return ((state = state * 1664525 + 1013904223) >> 31) != 0; },
      minutes);
  play(
      library, 400, [](int) { return false; }, minutes);  // one key: hardly ever right
  play(
      library, 400, [](int i) { return i % 11 == 0; }, minutes);
  play(
      library, 400, [](int) { return true; }, minutes);
}

TEST_F(OddPupils, ClocksThatJumpOrStandStill) {
  const auto library = libraryOf(2, 6, 8);
  const auto mostly = [](int i) { return i % 4 != 1; };
  const std::vector<double> odd = {0,      1.7e9,     -5,         1e300,
                                   -1e300, kInfinity, -kInfinity, std::nan("")};
  play(library, 400, mostly, [](int) { return 1.7e9; });
  play(library, 400, mostly, [](int i) { return 1.7e9 - 86400.0 * i; });
  play(library, 400, mostly, [](int i) { return i % 50 == 49 ? 4e9 : 1.7e9 + 60.0 * i; });
  play(library, 400, mostly, [&](int i) { return odd[static_cast<std::size_t>(i) % odd.size()]; });
}

// 50,000 events on a tablet with 10,000 items.
TEST_F(OddPupils, FiftyThousandEventsStayWithinBounds) {
  const auto library = libraryOf(40, 10, 25);
  Recommender recommender(library, *model_);
  constexpr int kEvents = 50'000;
  const double reading = test::threadMilliseconds([&] {
    for (int i = 0; i < kEvents; ++i) {
      recommender.observe(static_cast<std::size_t>(i) % 40, static_cast<std::size_t>(i / 40) % 10,
                          static_cast<std::size_t>(i) % 25, i % 7 != 0, 1.6e9 + 600.0 * i);
    }
  });
  EXPECT_LT(reading / kEvents, 0.2 * test::kSlowBuild);
  constexpr int kChoices = 20;
  const double choosing = test::threadMilliseconds([&] {
    for (int i = 0; i < kChoices; ++i) {
      const auto offer = recommender.next(1.7e9 + 60 * i);
      EXPECT_TRUE(offer.choice.chance > 0 && offer.choice.chance < 1);
    }
  });
  RecordProperty("answer_us", std::to_string(1000 * reading / kEvents));
  RecordProperty("choice_ms", std::to_string(choosing / kChoices));
  EXPECT_LT(choosing / kChoices, 5 * test::kSlowBuild);
}

// A choice is made from all answers and not from the latest only: an old one turned round changes
// what is believed.
TEST_F(OddPupils, NothingIsLost) {
  const auto library = libraryOf(1, 3, 8);
  const auto chanceAfter = [&](bool first_right) {
    Recommender recommender(library, *model_);
    recommender.observe(0, 0, 2, first_right, 0);
    for (int i = 1; i < 12; ++i) recommender.observe(0, 0, 2, i % 2 == 0, 60.0 * i);
    return recommender.chooser().chance(0, 4, 60.0 * 12);
  };
  EXPECT_GT(chanceAfter(true), chanceAfter(false));
}

}  // namespace
}  // namespace primer::knowledge
