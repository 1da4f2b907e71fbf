// The lessons of a tablet: places, names, and what each needs of the others.

#include "primer/app/course.h"

#include <gtest/gtest.h>

#include "app/lesson.h"
#include "primer/app/learning_path.h"

namespace primer::app {
namespace {

class CourseTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_NE(facts_, nullptr);
    ASSERT_NE(written_, nullptr);
  }
  std::shared_ptr<const content::Lesson> facts_ = shippedLesson();
  std::shared_ptr<const content::Lesson> written_ = shippedLesson("written-maths");
  Course course_{{facts_, written_}};
};

TEST_F(CourseTest, CountsItsSkillsThroughAllLessons) {
  ASSERT_EQ(course_.size(), facts_->skills.size() + written_->skills.size());
  for (std::size_t at = 0; at < course_.size(); ++at) {
    const auto place = course_.placeOf(at);
    EXPECT_EQ(course_.at(place), at);
    EXPECT_EQ(course_.find(course_.lesson(place.lesson).id, course_.skill(at).id), place);
  }
  EXPECT_EQ(course_.nameOf({1, 0}), "written-maths/" + written_->skills[0].id);
  EXPECT_FALSE(course_.find("number-facts", written_->skills[0].id)) << "of the other lesson";
  EXPECT_FALSE(course_.find("nothing", facts_->skills[0].id));
}

TEST_F(CourseTest, ItemsAreFoundInTheirLesson) {
  EXPECT_TRUE(course_.itemFromId("number-facts/add-to-10/3+4"));
  EXPECT_TRUE(course_.itemFromId(content::makeExerciseItem(*written_, 0, 0, 5).id));
  for (const char* unknown : {"", "number-facts", "number-facts/written-add/1.5", "/", "x/y/z"}) {
    EXPECT_FALSE(course_.itemFromId(unknown)) << unknown;
  }
}

TEST_F(CourseTest, ANeedOfAnotherLessonKeepsASkillClosed) {
  const LearningPath path(course_.lessons(), shippedKnowledge(), {});
  const auto add = course_.at(*course_.find("written-maths", "written-add"));
  EXPECT_FALSE(path.chooser().isOpen(add));
  const LearningPath alone(Course::Lessons{written_}, shippedKnowledge(), {});
  EXPECT_TRUE(alone.chooser().isOpen(*written_->skillNamed("written-add"))) << "no need there";
}

TEST_F(CourseTest, LessonsThatNeedEachOtherInACircleStandAlone) {
  auto first = std::make_shared<content::Lesson>(*facts_);
  first->skills[0].needs = {"written-maths/" + written_->skills[0].id};
  auto second = std::make_shared<content::Lesson>(*written_);
  second->skills[0].needs = {"number-facts/" + facts_->skills[0].id};
  const LearningPath path(Course::Lessons{first, second}, shippedKnowledge(), {});
  EXPECT_FALSE(path.next({}).reason.isEmpty());
}

TEST_F(CourseTest, APinOnALaterLessonIsFound) {
  knowledge::RecommendationPolicy policy;
  policy.placement = false;
  policy.pins = {{"written-maths", "written-add"}};
  const LearningPath path(course_.lessons(), shippedKnowledge(), {}, policy);
  const auto choice = path.next({});
  EXPECT_EQ(course_.nameOf(choice.place()), "written-maths/written-add");
  EXPECT_EQ(choice.reason, "Your teacher chose this for you.");
}

}  // namespace
}  // namespace primer::app
