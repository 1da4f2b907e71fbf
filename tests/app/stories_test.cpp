// The shipped stories: what is said of them is what is measured.

#include <gtest/gtest.h>

#include <map>

#include "app/lesson.h"
#include "primer/writing/reading_level.h"

namespace primer::app {
namespace {

const std::map<std::string, writing::Level> kStated = {
    {"short-stories", writing::Level::kElementary},
    {"letters", writing::Level::kElementary},
    {"make-it", writing::Level::kElementary},
    {"people-talking", writing::Level::kElementary},
    {"longer-stories", writing::Level::kIntermediate},
    {"true-things", writing::Level::kIntermediate},
    {"long-stories", writing::Level::kAdvanced},
    {"reports", writing::Level::kAdvanced}};

std::string textOf(const content::Story& story) {
  std::string text;
  for (const auto& paragraph : story.paragraphs) text += (text.empty() ? "" : "\n\n") + paragraph;
  return text;
}

TEST(Stories, AreOfTheLevelThatTheirSkillStates) {
  const auto lesson = shippedLesson("read-aloud");
  ASSERT_NE(lesson, nullptr);
  const auto leveller = writing::ReadingLeveller::openShipped();
  ASSERT_TRUE(leveller) << leveller.error().message;
  std::size_t stories = 0;
  for (const auto& skill : lesson->skills) {
    const auto stated = kStated.find(skill.id);
    ASSERT_NE(stated, kStated.end()) << skill.id << ": no level is stated";
    for (const auto& level : skill.levels) {
      for (const auto& story : level.stories) {
        const auto measured = leveller->judge(textOf(story));
        ASSERT_TRUE(measured) << story.id;
        EXPECT_EQ(levelName(measured->level), levelName(stated->second))
            << story.id << ", school grade " << measured->grade;
        EXPECT_FALSE(story.picture.empty()) << story.id;
        ++stories;
      }
    }
  }
  EXPECT_GE(stories, 22U);
}

}  // namespace
}  // namespace primer::app
