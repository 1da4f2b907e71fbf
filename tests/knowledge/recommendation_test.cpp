// What a tablet offers over all its packs.

#include "primer/knowledge/recommendation.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "time_bound.h"

namespace primer::knowledge {
namespace {

constexpr double kDay = 86400;

// A row of skills with items from easy to hard, and texts from easy to hard.
Pack packOf(const std::string& name, std::size_t skills, std::size_t items, std::size_t texts) {
  Pack pack;
  pack.name = name;
  for (std::size_t s = 0; s < skills; ++s) {
    CurriculumSkill skill;
    skill.name = "skill " + std::to_string(s);
    if (s > 0) skill.needs.push_back(s - 1);
    for (std::size_t i = 0; i < items; ++i) {
      skill.items.push_back({std::to_string(s) + "." + std::to_string(i),
                             0.05 + 0.7 * static_cast<double>(i) / static_cast<double>(items)});
    }
    pack.skills.push_back(std::move(skill));
  }
  for (std::size_t t = 0; t < texts; ++t) {
    const double difficulty = 0.02 + 0.9 * static_cast<double>(t) / static_cast<double>(texts);
    pack.reading.push_back({"story " + std::to_string(t), difficulty});
    pack.listening.push_back({"tale " + std::to_string(t), difficulty});
  }
  return pack;
}

Event answered(const std::string& pack, std::size_t skill, std::size_t item, bool right,
               double at) {
  Event event;
  event.pack = pack;
  event.skill = "skill " + std::to_string(skill);
  event.item = std::to_string(skill) + "." + std::to_string(item);
  event.right = right;
  event.at = at;
  return event;
}

Event understood(Material material, const std::string& pack, const std::string& text, bool right,
                 double at) {
  Event event;
  event.pack = pack;
  event.material = material;
  event.item = text;
  event.right = right;
  event.at = at;
  return event;
}

class Recommending : public testing::Test {
 protected:
  void SetUp() override {
    auto model = KnowledgeModel::openShipped();
    ASSERT_TRUE(model) << model.error().message;
    model_ = std::make_unique<KnowledgeModel>(std::move(*model));
  }
  static Library libraryOf(std::vector<Pack> packs) {
    auto library = Library::create(std::move(packs));
    EXPECT_TRUE(library) << library.error().message;
    return library ? std::move(*library) : Library();
  }
  static RecommendationPolicy plain() {
    RecommendationPolicy policy;
    policy.placement = false;
    return policy;
  }
  double difficultyOf(const Library& library, Material material, const TextOffer& offer) const {
    return library.pack(offer.pack).texts(material)[offer.text].difficulty;
  }

  std::unique_ptr<KnowledgeModel> model_;
};

TEST_F(Recommending, OnePackIsWhatTheChooserDoes) {
  const auto library = libraryOf({packOf("a", 6, 10, 0)});
  Recommender recommender(library, *model_);
  Chooser chooser(library.curriculum(), *model_);
  for (int i = 0; i < 120; ++i) {
    const double now = kDay * (i / 10) + 60.0 * i;
    const auto offer = recommender.next(now);
    const auto choice = chooser.next(now);
    ASSERT_EQ(offer.choice.skill, choice.skill) << i;
    ASSERT_EQ(offer.choice.item, choice.item) << i;
    ASSERT_EQ(offer.choice.reason, choice.reason) << i;
    const bool right = i % 5 != 2;
    recommender.observe(offer.pack, offer.choice.skill, offer.choice.item, right, now);
    chooser.observe(choice.skill, choice.item, right, now);
  }
}

TEST_F(Recommending, IsAFunctionOfTheEvents) {
  const auto library = libraryOf({packOf("a", 5, 8, 6), packOf("b", 5, 8, 6)});
  Recommender recommender(library, *model_);
  std::vector<Event> events;
  for (int i = 0; i < 60; ++i) {
    const double now = kDay * (i / 12) + 60.0 * i;
    const auto offer = recommender.next(now);
    const auto& pack = library.pack(offer.pack);
    events.push_back(answered(pack.name, offer.choice.skill, offer.choice.item, i % 4 != 1, now));
    recommender.observe(events.back());
    if (i % 10 == 9) {
      events.push_back(understood(Material::kReading, "b", "story 2", true, now));
      recommender.observe(events.back());
    }
  }
  const double now = 6 * kDay;
  const auto kept = recommender.all(now);
  const auto again = recommend(library, *model_, events, {}, now);
  EXPECT_EQ(again.go_on.pack, kept.go_on.pack);
  EXPECT_EQ(again.go_on.choice.skill, kept.go_on.choice.skill);
  EXPECT_EQ(again.go_on.choice.item, kept.go_on.choice.item);
  ASSERT_EQ(again.reading.size(), kept.reading.size());
  for (std::size_t i = 0; i < kept.reading.size(); ++i) {
    EXPECT_EQ(again.reading[i].pack, kept.reading[i].pack);
    EXPECT_EQ(again.reading[i].text, kept.reading[i].text);
  }
}

// What is known of one pack does not keep another from being begun.
TEST_F(Recommending, GoesThroughAllPacks) {
  const auto library =
      libraryOf({packOf("a", 2, 6, 0), packOf("b", 2, 6, 0), packOf("c", 2, 6, 0)});
  Recommender recommender(library, *model_, plain());
  std::set<std::size_t> met;
  for (int i = 0; i < 200; ++i) {
    const double now = kDay * (i / 20) + 60.0 * i;
    const auto offer = recommender.next(now);
    met.insert(offer.pack);
    recommender.observe(offer.pack, offer.choice.skill, offer.choice.item, true, now);
  }
  EXPECT_EQ(met.size(), 3u);
}

TEST_F(Recommending, TheTeachersPinsComeOneAfterTheOther) {
  const auto library = libraryOf({packOf("a", 4, 8, 0), packOf("b", 4, 8, 0)});
  auto policy = plain();
  policy.pins = {{"gone", "skill 0"}, {"b", "skill 2"}, {"a", "skill 3"}};
  Recommender recommender(library, *model_, policy);
  std::vector<std::pair<std::size_t, std::size_t>> pinned;
  for (int i = 0; i < 80; ++i) {
    const double now = 60.0 * i;
    const auto offer = recommender.next(now);
    if (offer.choice.reason == Reason::kPinned) {
      pinned.emplace_back(offer.pack, offer.choice.skill);
    }
    recommender.observe(offer.pack, offer.choice.skill, offer.choice.item, true, now);
  }
  ASSERT_GE(pinned.size(), 4u);
  EXPECT_EQ(pinned.front(), (std::pair<std::size_t, std::size_t>(1, 2)));
  EXPECT_EQ(pinned.back(), (std::pair<std::size_t, std::size_t>(0, 3)));
  EXPECT_TRUE(recommender.chooser().goesWell(*library.skillNamed("b", "skill 2")));
}

TEST_F(Recommending, TheTargetMovesTheDifficulty) {
  const auto library = libraryOf({packOf("a", 1, 60, 60)});
  const auto& items = library.pack(0).skills[0].items;
  double before = 1;
  for (const double target : {0.62, 0.68, 0.74, 0.8}) {
    auto policy = plain();
    policy.target = target;
    const auto found = recommend(library, *model_, {}, policy, 0);
    EXPECT_LT(items[found.go_on.choice.item].difficulty, before) << target;
    before = items[found.go_on.choice.item].difficulty;
    EXPECT_NEAR(found.go_on.choice.chance, target, 0.03);
    ASSERT_FALSE(found.reading.empty());
    EXPECT_NEAR(found.reading[0].chance, target, 0.03);
  }
  // What no item reaches: the easiest. What is no target: as by default.
  auto policy = plain();
  policy.target = 0.95;
  EXPECT_EQ(recommend(library, *model_, {}, policy, 0).go_on.choice.item, 0u);
  policy.target = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(recommend(library, *model_, {}, policy, 0).go_on.choice.item,
            recommend(library, *model_, {}, plain(), 0).go_on.choice.item);
}

// A pupil whose chance falls with difficulty and grows with practice.
TEST_F(Recommending, SuccessFollowsTheTarget) {
  const auto library = libraryOf({packOf("a", 12, 10, 0)});
  const auto shareRight = [&](double target) {
    auto policy = plain();
    policy.target = target;
    int right = 0;
    int all = 0;
    for (unsigned pupil = 0; pupil < 8; ++pupil) {
      std::mt19937 random(pupil);
      Recommender recommender(library, *model_, policy);
      std::vector<int> tries(12, 0);
      for (int i = 0; i < 120; ++i) {
        const double now = kDay * (i / 20) + 60.0 * i;
        const auto choice = recommender.next(now).choice;
        const double difficulty =
            library.pack(0).skills[choice.skill].items[choice.item].difficulty;
        const double odds = std::log((1 - difficulty) / difficulty) + 0.2 * pupil - 1 +
                            0.08 * tries[choice.skill]++;
        const bool well = random() < 4294967295.0 / (1 + std::exp(-odds));
        recommender.observe(0, choice.skill, choice.item, well, now);
        if (i < 20) continue;
        ++all;
        right += well ? 1 : 0;
      }
    }
    return static_cast<double>(right) / all;
  };
  EXPECT_LT(shareRight(0.6) + 0.1, shareRight(0.95));
}

TEST_F(Recommending, TextsFollowWhatIsUnderstood) {
  const auto library = libraryOf({packOf("a", 1, 5, 40), packOf("b", 1, 5, 40)});
  const auto firstOf = [&](const std::vector<Event>& events) {
    const auto found = recommend(library, *model_, events, plain(), 100 * kDay);
    EXPECT_EQ(found.reading.size(), 3u);
    return std::pair(difficultyOf(library, Material::kReading, found.reading[0]),
                     difficultyOf(library, Material::kListening, found.listening[0]));
  };
  const auto fresh = firstOf({});
  std::vector<Event> events;
  for (int i = 0; i < 12; ++i) {
    const auto text = "story " + std::to_string(10 + i);
    events.push_back(understood(Material::kReading, "a", text, true, 99 * kDay + i));
  }
  const auto well = firstOf(events);
  EXPECT_GT(well.first, fresh.first + 0.05);
  EXPECT_LT(well.second, well.first) << "listening is another matter";
  for (int i = 0; i < 6; ++i) {
    events.push_back(understood(Material::kReading, "b", "story 30", false, 99 * kDay + 60 + i));
  }
  EXPECT_LT(firstOf(events).first, well.first - 0.05);
}

TEST_F(Recommending, ATextIsOfferedOnceUntilAllWereMet) {
  const auto library = libraryOf({packOf("a", 1, 5, 4), packOf("b", 1, 5, 3)});
  Recommender recommender(library, *model_, plain());
  std::set<std::pair<std::size_t, std::size_t>> met;
  for (int i = 0; i < 7; ++i) {
    const auto offers = recommender.texts(Material::kListening, 60.0 * i);
    ASSERT_FALSE(offers.empty());
    EXPECT_FALSE(offers[0].again);
    EXPECT_TRUE(met.emplace(offers[0].pack, offers[0].text).second) << i;
    const auto& pack = library.pack(offers[0].pack);
    recommender.observe(understood(Material::kListening, pack.name,
                                   pack.listening[offers[0].text].name, true, 60.0 * i));
  }
  const auto offers = recommender.texts(Material::kListening, 1000);
  ASSERT_EQ(offers.size(), 3u);
  EXPECT_TRUE(offers[0].again);
}

TEST_F(Recommending, WhatIsNotThereIsPassedOver) {
  const auto library = libraryOf({packOf("a", 2, 4, 2)});
  Recommender recommender(library, *model_, plain());
  recommender.observe(answered("gone", 0, 0, true, 0));
  recommender.observe(answered("a", 99, 0, true, 0));
  recommender.observe(understood(Material::kReading, "a", "no such story", true, 0));
  EXPECT_EQ(recommender.next(0).choice.reason, Reason::kNew);
  EXPECT_EQ(recommender.texts(Material::kReading, 0)[0].recent_tries, 0);

  const auto empty = libraryOf({});
  const auto nothing = recommend(empty, *model_, {}, {}, 0);
  EXPECT_FALSE(nothing.review);
  EXPECT_TRUE(nothing.reading.empty());
}

TEST_F(Recommending, ASkillMayNeedOneOfAnotherPack) {
  auto later = packOf("later", 2, 1, 0);
  later.needs_elsewhere = {{0, "first", "skill 1"}, {0, "not here", "skill 0"}};
  const auto library = libraryOf({later, packOf("first", 2, 1, 0)});
  const auto needing = *library.skillNamed("later", "skill 0");
  EXPECT_EQ(library.curriculum().skill(needing).needs,
            std::vector{*library.skillNamed("first", "skill 1")});
  const Recommender way(library, *model_, plain());
  EXPECT_FALSE(way.chooser().isOpen(needing));
  EXPECT_EQ(way.next(0).pack, 1U) << "though it stands first";
}

TEST_F(Recommending, LibrariesThatCannotBeMeantAreRefused) {
  const auto refused = [](std::vector<Pack> packs, const std::string& words) {
    const auto library = Library::create(std::move(packs));
    ASSERT_FALSE(library) << words;
    EXPECT_NE(library.error().message.find(words), std::string::npos) << library.error().message;
  };
  refused({packOf("a", 1, 1, 0), packOf("a", 1, 1, 0)}, "two of this name");
  auto circle = packOf("a", 3, 1, 0);
  circle.skills[0].needs = {2};
  refused({circle}, "needs itself");
  auto nowhere = packOf("a", 2, 1, 0);
  nowhere.skills[0].needs = {5};
  refused({packOf("b", 9, 1, 0), nowhere}, "needs a skill that there is not");
  auto of_nobody = packOf("a", 2, 1, 0);
  of_nobody.needs_elsewhere = {{5, "b", "skill 0"}};
  refused({packOf("b", 1, 1, 0), of_nobody}, "a need of a skill that there is not");
  auto round = packOf("a", 1, 1, 0);
  round.needs_elsewhere = {{0, "b", "skill 0"}};
  auto and_back = packOf("b", 1, 1, 0);
  and_back.needs_elsewhere = {{0, "a", "skill 0"}};
  refused({round, and_back}, "needs itself");
  auto texts = packOf("a", 1, 1, 2);
  texts.reading[1].difficulty = 2;
  refused({texts}, "difficulty");
  auto twins = packOf("a", 1, 1, 2);
  twins.listening[1].name = twins.listening[0].name;
  refused({twins}, "two texts");
}

// A class of thirty on a tablet with forty packs: 400 skills, 10,000 items, 2,000 texts.
TEST_F(Recommending, AWholeClassOverFortyPacksIsQuick) {
  std::vector<Pack> packs;
  for (int p = 0; p < 40; ++p) packs.push_back(packOf("pack " + std::to_string(p), 10, 25, 25));
  const auto library = libraryOf(std::move(packs));
  double slowest = 0;
  double all = 0;
  for (int pupil = 0; pupil < 30; ++pupil) {
    Recommender recommender(library, *model_);
    for (int i = 0; i < 300; ++i) {
      const double at = kDay * (i / 30) + 60.0 * i;
      const auto pack = static_cast<std::size_t>((i * 7 + pupil) % 40);
      recommender.observe(pack, static_cast<std::size_t>(i % 10), 3, (i + pupil) % 6 != 0, at);
    }
    Recommendation found;
    const double took = test::threadMilliseconds([&] { found = recommender.all(11 * kDay); });
    slowest = std::max(slowest, took);
    all += took;
    EXPECT_EQ(found.reading.size(), 3u);
  }
  RecordProperty("mean_ms", std::to_string(all / 30));
  RecordProperty("slowest_ms", std::to_string(slowest));
  // Three doors and two shelves: each door is a choice, and a choice takes at most 5 ms.
  EXPECT_LT(slowest, 15 * test::kSlowBuild);
}

}  // namespace
}  // namespace primer::knowledge
