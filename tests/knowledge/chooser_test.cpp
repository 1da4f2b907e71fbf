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
  Chooser on(std::vector<CurriculumSkill> skills) {
    curriculum_ = std::make_unique<Curriculum>(*Curriculum::create(std::move(skills)));
    return Chooser(*curriculum_, *model_);
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
  Chooser b(*curriculum_, *model_);
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
