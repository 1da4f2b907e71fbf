#include "primer/knowledge/chooser.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "time_bound.h"

namespace primer::knowledge {
namespace {

constexpr double kDay = 86400;

// A row of skills, each needing the one before; items from easy to hard.
std::vector<CurriculumSkill> row(std::size_t skills, std::size_t items) {
  std::vector<CurriculumSkill> all;
  for (std::size_t s = 0; s < skills; ++s) {
    CurriculumSkill skill;
    skill.name = "s" + std::to_string(s);
    if (s > 0) skill.needs.push_back(s - 1);
    for (std::size_t i = 0; i < items; ++i) {
      skill.items.push_back({skill.name + "." + std::to_string(i),
                             0.05 + 0.7 * static_cast<double>(i) / static_cast<double>(items)});
    }
    all.push_back(std::move(skill));
  }
  return all;
}

class Choosing : public testing::Test {
 protected:
  void SetUp() override {
    auto model = KnowledgeModel::openShipped();
    ASSERT_TRUE(model) << model.error().message;
    model_ = std::make_unique<KnowledgeModel>(std::move(*model));
  }
  // Without what a visit begins with, unless asked for.
  static ChooserOptions plain() {
    ChooserOptions options;
    options.placement = 0;
    options.warm_up = false;
    return options;
  }
  Chooser on(std::vector<CurriculumSkill> skills, const ChooserOptions& options = plain()) {
    curriculum_ = std::make_unique<Curriculum>(*Curriculum::create(std::move(skills)));
    return Chooser(*curriculum_, *model_, options);
  }

  std::unique_ptr<KnowledgeModel> model_;
  std::unique_ptr<Curriculum> curriculum_;
};

TEST_F(Choosing, BeginsWithWhatNeedsNothing) {
  const auto choice = on(row(5, 10)).next(0);
  EXPECT_EQ(choice.skill, 0u);
  EXPECT_EQ(choice.reason, Reason::kNew);
}

TEST_F(Choosing, ASkillOpensWhenWhatItNeedsGoesWell) {
  auto chooser = on(row(3, 10));
  std::size_t opened_after = 0;
  for (std::size_t i = 0; i < 60 && opened_after == 0; ++i) {
    const auto choice = chooser.next(60.0 * static_cast<double>(i));
    if (choice.skill > 0) {
      opened_after = i;
      EXPECT_EQ(choice.skill, 1u);
      EXPECT_EQ(choice.reason, Reason::kNew);
    }
    chooser.observe(choice.skill, choice.item, true, 60.0 * static_cast<double>(i));
  }
  EXPECT_GE(opened_after, 3u);
  EXPECT_LE(opened_after, 30u);
}

TEST_F(Choosing, WhoMissesAlwaysNeverLeavesTheFirstSkill) {
  auto chooser = on(row(3, 10));
  for (int i = 0; i < 40; ++i) {
    const auto choice = chooser.next(60.0 * i);
    EXPECT_EQ(choice.skill, 0u);
    chooser.observe(choice.skill, choice.item, false, 60.0 * i);
  }
}

TEST_F(Choosing, AfterTwoMissesSomethingThatGoesRight) {
  auto chooser = on(row(6, 20));
  double now = 0;
  for (int i = 0; i < 30; ++i, now += 60) {
    const auto choice = chooser.next(now);
    chooser.observe(choice.skill, choice.item, true, now);
  }
  for (int i = 0; i < 2; ++i, now += 60) {
    const auto choice = chooser.next(now);
    EXPECT_NE(choice.reason, Reason::kEase);
    chooser.observe(choice.skill, choice.item, false, now);
  }
  const auto choice = chooser.next(now);
  EXPECT_EQ(choice.reason, Reason::kEase);
  EXPECT_GE(choice.chance, 0.9);
}

TEST_F(Choosing, WhatWentWellComesBackOnAnotherDay) {
  auto chooser = on(row(6, 10));
  std::multiset<Reason> reasons;
  for (int day = 0; day < 10; ++day) {
    for (int i = 0; i < 12; ++i) {
      const double now = day * kDay + 60 * i;
      const auto choice = chooser.next(now);
      reasons.insert(choice.reason);
      chooser.observe(choice.skill, choice.item, true, now);
    }
  }
  EXPECT_GE(reasons.count(Reason::kConfirm), 1u);
  EXPECT_GE(reasons.count(Reason::kReview), 1u);
}

TEST_F(Choosing, AimsAtTheTargetWhereThereAreItems) {
  auto chooser = on(row(2, 60));
  double sum = 0;
  int count = 0;
  for (int i = 0; i < 80; ++i) {
    const auto choice = chooser.next(60.0 * i);
    if (i >= 10 && choice.reason != Reason::kEase) {
      sum += choice.chance;
      ++count;
    }
    // Right as often as the model believes: five times of six.
    chooser.observe(choice.skill, choice.item, i % 6 != 5, 60.0 * i);
  }
  EXPECT_NEAR(sum / count, 0.85, 0.07);
}

TEST_F(Choosing, AStuckSkillGivesWayToWhatItNeeds) {
  auto chooser = on(row(2, 10));
  double now = 0;
  while (chooser.next(now).skill == 0 && now < 6000) {
    const auto choice = chooser.next(now);
    chooser.observe(choice.skill, choice.item, true, now);
    now += 60;
  }
  ASSERT_EQ(chooser.next(now).skill, 1u);
  bool bridged = false;
  for (int i = 0; i < 12; ++i, now += 60) {
    const auto choice = chooser.next(now);
    bridged = bridged || (choice.skill == 0 &&
                          (choice.reason == Reason::kBridge || choice.reason == Reason::kEase));
    chooser.observe(choice.skill, choice.item, choice.skill == 0, now);
  }
  EXPECT_TRUE(bridged);
}

TEST_F(Choosing, TheSameAnswersGiveTheSameChoices) {
  auto a = on(row(8, 12));
  Chooser b(*curriculum_, *model_, plain());
  for (int i = 0; i < 100; ++i) {
    const auto x = a.next(60.0 * i);
    const auto y = b.next(60.0 * i);
    ASSERT_EQ(x.skill, y.skill);
    ASSERT_EQ(x.item, y.item);
    a.observe(x.skill, x.item, i % 7 != 0, 60.0 * i);
    b.observe(y.skill, y.item, i % 7 != 0, 60.0 * i);
  }
}

TEST_F(Choosing, IsQuickAmongTenThousandItems) {
  // 200 skills side by side, 50 items each.
  auto skills = row(200, 50);
  for (auto& skill : skills) skill.needs.clear();
  auto chooser = on(std::move(skills));
  for (int i = 0; i < 300; ++i)
    chooser.observe(static_cast<std::size_t>(i) % 200, 3, i % 3 != 0, i);
  constexpr int kChoices = 20;
  const double took = test::threadMilliseconds([&] {
    for (int i = 0; i < kChoices; ++i) {
      const auto choice = chooser.next(1000 + i);
      chooser.observe(choice.skill, choice.item, i % 3 == 0, 1000 + i);
    }
  });
  EXPECT_LT(took / kChoices, 5 * 2 * test::kSlowBuild);  // 5 ms is promised
}

TEST_F(Choosing, AVisitBeginsWithSomethingThatGoesWell) {
  auto options = plain();
  options.warm_up = true;
  auto chooser = on(row(6, 20), options);
  EXPECT_EQ(chooser.next(0).reason, Reason::kNew);  // nothing was met before
  for (int day = 0; day < 4; ++day) {
    for (int i = 0; i < 10; ++i) {
      const double now = day * kDay + 60 * i;
      const auto choice = chooser.next(now);
      if (day > 0 && i == 0) {
        EXPECT_EQ(choice.reason, Reason::kWarmUp);
        EXPECT_GE(choice.chance, 0.7);
      }
      if (i > 0) {
        EXPECT_NE(choice.reason, Reason::kWarmUp) << day << " " << i;
      }
      chooser.observe(choice.skill, choice.item, i % 5 != 4, now);
    }
  }
  // Late on the same day, and under a clock that ran backwards: a visit of its own.
  EXPECT_EQ(chooser.next(3 * kDay + 9000).reason, Reason::kWarmUp);
  EXPECT_EQ(chooser.next(kDay).reason, Reason::kWarmUp);
}

TEST_F(Choosing, BehindTheDoorsLiesWhatTheySay) {
  auto chooser = on(row(6, 10));
  EXPECT_FALSE(chooser.doors(0).review) << "nothing was learned yet";
  for (int i = 0; i < 40; ++i) {
    const auto choice = chooser.next(60.0 * i);
    chooser.observe(choice.skill, choice.item, true, 60.0 * i);
  }
  const double later = 30 * kDay;
  const auto doors = chooser.doors(later);
  ASSERT_TRUE(doors.review);
  EXPECT_TRUE(doors.review->reason == Reason::kReview || doors.review->reason == Reason::kConfirm);
  EXPECT_EQ(chooser.next(later, Door::kReview).skill, doors.review->skill);
  EXPECT_GE(doors.review->days_since, 29);
  if (doors.something_new) {
    EXPECT_EQ(doors.something_new->reason, Reason::kNew);
    EXPECT_EQ(doors.something_new->recent_tries, 0);
  }
  const auto wide = [this] {  // skills side by side: there is always a new one
    auto skills = row(6, 10);
    for (auto& skill : skills) skill.needs.clear();
    return on(std::move(skills));
  }();
  ASSERT_TRUE(wide.doors(0).something_new);
  EXPECT_EQ(wide.next(0, Door::kSomethingNew).skill, wide.doors(0).something_new->skill);
}

TEST_F(Choosing, BehindTheNewDoorANewSkillIsTriedThreeTimes) {
  auto skills = row(6, 10);
  for (auto& skill : skills) skill.needs.clear();
  auto chooser = on(std::move(skills));
  double now = 0;
  for (int i = 0; i < 3; ++i, now += 60) chooser.observe(0, 5, true, now);
  const auto first = chooser.next(now, Door::kSomethingNew);
  EXPECT_NE(first.skill, 0u);
  for (int i = 0; i < 3; ++i, now += 60) {
    const auto choice = chooser.next(now, Door::kSomethingNew);
    if (choice.reason == Reason::kReview || choice.reason == Reason::kConfirm) continue;
    EXPECT_EQ(choice.skill, first.skill) << i;
    chooser.observe(choice.skill, choice.item, true, now);
  }
}

TEST_F(Choosing, WhoFindsAllEasyMayJump) {
  // Every skill has easy items only, so that what is open is soon too easy.
  auto skills = row(8, 3);
  for (auto& skill : skills) {
    for (auto& item : skill.items) item.difficulty = 0.02;
  }
  // A second way that takes long to open.
  auto chooser = on(std::move(skills));
  double now = 0;
  bool jumped = false;
  for (int i = 0; i < 40 && !jumped; ++i, now += 60) {
    const auto choice = chooser.next(now);
    if (choice.reason == Reason::kJump) {
      jumped = true;
      EXPECT_FALSE(chooser.isOpen(choice.skill));
      chooser.observe(choice.skill, choice.item, true, now);
      EXPECT_TRUE(chooser.isOpen(choice.skill)) << "who can do it is there";
      EXPECT_NE(chooser.next(now + 60).reason, Reason::kJump) << "not at once again";
      break;
    }
    chooser.observe(choice.skill, choice.item, true, now);
  }
  EXPECT_TRUE(jumped);
}

TEST_F(Choosing, TheTeachersSkillComesEverySecondTime) {
  auto options = plain();
  options.pinned = {3};
  auto chooser = on(row(6, 10), options);
  int pinned = 0;
  for (int i = 0; i < 6; ++i) {
    const auto choice = chooser.next(60.0 * i);
    if (choice.reason == Reason::kPinned) {
      ++pinned;
      EXPECT_EQ(choice.skill, 3u);
    }
    chooser.observe(choice.skill, choice.item, i % 2 == 0, 60.0 * i);
  }
  EXPECT_GE(pinned, 2);   // after two misses comes something easy
  options.pinned = {99};  // of another lesson
  EXPECT_NE(Chooser(*curriculum_, *model_, options).next(0).reason, Reason::kPinned);
}

TEST_F(Choosing, AnEndlessItemMayComeAgainAndAgain) {
  std::vector<CurriculumSkill> skills(1);
  skills[0].name = "sums";
  for (const double d : {0.05, 0.15, 0.9}) skills[0].items.push_back({std::to_string(d), d});
  skills[0].endless = true;
  auto chooser = on(std::move(skills));
  for (int i = 0; i < 60; ++i) {
    const auto choice = chooser.next(60.0 * i);
    EXPECT_LT(choice.item, 2u) << i;
    chooser.observe(0, choice.item, i % 4 != 0, 60.0 * i, "sum " + std::to_string(i));
  }
}

TEST_F(Choosing, TheFirstVisitFindsWhereToBegin) {
  // Knows the first nine of fifteen skills in a row.
  auto chooser = on(row(15, 10), ChooserOptions());
  double now = 0;
  int asked = 0;
  int misses = 0;
  for (; chooser.isPlacing(); ++asked, now += 60) {
    ASSERT_LE(asked, Placement::kMostQuestions);
    const auto choice = chooser.next(now);
    EXPECT_EQ(choice.reason, Reason::kPlacement);
    misses += choice.skill < 9 ? 0 : 1;
    chooser.observe(choice.skill, choice.item, choice.skill < 9, now);
  }
  EXPECT_GE(asked, 4);
  EXPECT_LE(misses, 4);
  int opened = 0;
  for (std::size_t s = 0; s < 15; ++s) opened += chooser.goesWell(s) ? 1 : 0;
  EXPECT_GE(opened, 7);
  EXPECT_LE(opened, 10);
  EXPECT_FALSE(chooser.isConfirmed(0)) << "believed, to be seen on another day";
}

// Every pupil of a row of skills who knows the first so many of them.
TEST(Placement, FindsHowFarAPupilHasCome) {
  const auto curriculum = *Curriculum::create(row(20, 3));
  for (std::size_t known = 0; known <= 20; ++known) {
    Placement walk(curriculum);
    int asked = 0;
    int running = 0;
    while (!walk.isOver()) {
      const auto skill = walk.next();
      if (asked == 0) {
        EXPECT_LE(skill, 6u) << "begins with something easy";
      }
      ASSERT_LT(++asked, 13);
      running = skill < known ? 0 : running + 1;
      EXPECT_LE(running, 2) << "never a row of misses";
      walk.observe(skill, skill < known);
    }
    std::size_t believed = 0;
    for (std::size_t s = 0; s < 20; ++s) {
      believed += walk.believedKnown(s) ? 1 : 0;
      if (s > 0) {
        EXPECT_LE(walk.chanceKnown(s), walk.chanceKnown(s - 1) + 1e-9);
      }
    }
    EXPECT_NEAR(static_cast<double>(believed), static_cast<double>(known), 3) << known;
  }
}

TEST(Placement, IsQuickAndBoundedOnAThousandSkills) {
  const auto curriculum = *Curriculum::create(row(1000, 1));
  const double took = test::threadMilliseconds([&] {
    Placement walk(curriculum);
    for (int i = 0; !walk.isOver(); ++i) walk.observe(walk.next(), i % 3 != 2);
  });
  EXPECT_LT(took, 200 * test::kSlowBuild);
}

TEST(Curriculum, RefusesACircleOfNeeds) {
  auto skills = row(4, 2);
  skills[1].needs = {3};
  const auto curriculum = Curriculum::create(skills);
  ASSERT_FALSE(curriculum);
  EXPECT_NE(curriculum.error().message.find("needs itself"), std::string::npos);
  EXPECT_TRUE(Curriculum::create(row(4, 2)));
}

TEST(Curriculum, RefusesWhatCannotBeMeant) {
  auto without_items = row(2, 2);
  without_items[1].items.clear();
  EXPECT_FALSE(Curriculum::create(without_items));
  auto nowhere = row(2, 2);
  nowhere[1].needs = {7};
  EXPECT_FALSE(Curriculum::create(nowhere));
  auto impossible = row(2, 2);
  impossible[0].items[0].difficulty = 1.5;
  EXPECT_FALSE(Curriculum::create(impossible));
}

}  // namespace
}  // namespace primer::knowledge
