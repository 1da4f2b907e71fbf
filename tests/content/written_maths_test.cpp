// The shipped lesson of worked problems.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "primer/content/generator.h"
#include "primer/content/lesson_source.h"
#include "primer/content/pack.h"
#include "primer/maths/steps.h"
#include "primer/maths/working.h"
#include "small_lesson.h"

namespace primer::content {
namespace {

using testing::HasSubstr;

Lesson shipped(const char* name) {
  const auto pack =
      openPack(std::filesystem::path(PRIMER_TEST_SHARE) / "lessons" / name, realFileSystem());
  EXPECT_TRUE(pack) << pack.error().message;
  return pack.value_or(Lesson());
}

class WrittenMaths : public testing::Test {
 protected:
  Lesson lesson_ = shipped("written-maths.pack");
};

TEST_F(WrittenMaths, HasEnoughSkillsEachWithItsCard) {
  EXPECT_GE(lesson_.skills.size(), 8U);
  for (const auto& skill : lesson_.skills) {
    EXPECT_EQ(skill.kind, Kind::kWorking) << skill.id;
    EXPECT_FALSE(skill.explain.empty()) << skill.id;
    EXPECT_FALSE(skill.request.empty()) << skill.id;
    EXPECT_FALSE(skill.levels.empty()) << skill.id;
  }
}

TEST_F(WrittenMaths, EveryExerciseHasAWayThatIsRightLineByLine) {
  for (std::size_t s = 0; s < lesson_.skills.size(); ++s) {
    for (std::size_t level = 0; level < lesson_.skills[s].levels.size(); ++level) {
      for (std::uint32_t seed = 1; seed <= 12; ++seed) {
        const auto item = makeExerciseItem(lesson_, s, level, seed);
        ASSERT_TRUE(item.problem) << item.id;
        const auto problem = maths::readProblem(*item.problem);
        ASSERT_TRUE(problem) << item.id << ": " << item.prompt;
        const auto solution = maths::solveInSteps(*problem);
        ASSERT_FALSE(solution.steps.empty()) << item.id << ": " << item.prompt;
        std::vector<maths::WrittenLine> lines;
        for (const auto& step : solution.steps) lines.push_back({step.text, {}});
        const auto verdict = maths::checkWorking(*item.problem, lines);
        ASSERT_TRUE(verdict) << item.id;
        EXPECT_TRUE(verdict->finished) << item.id << ": " << item.prompt;
        EXPECT_EQ(item.answer, solution.steps.back().text);
      }
    }
  }
}

TEST_F(WrittenMaths, IdsBringTheProblemBack) {
  const auto item =
      makeExerciseItem(lesson_, *lesson_.skillNamed("order-of-operations"), 1, 4'000'000'001U);
  EXPECT_EQ(item.id, "written-maths/order-of-operations/2.4000000001");
  const auto again = itemFromId(lesson_, item.id);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->prompt, item.prompt);
  for (const char* unknown :
       {"written-maths/order-of-operations/9.1", "written-maths/order-of-operations/1.x",
        "written-maths/order-of-operations/1", "written-maths/nothing/1.1",
        "written-maths/order-of-operations/1.99999999999"}) {
    EXPECT_FALSE(itemFromId(lesson_, unknown)) << unknown;
  }
}

TEST_F(WrittenMaths, ThePackKeepsEveryField) {
  const auto pack = compilePack(lesson_);
  ASSERT_TRUE(pack) << pack.error().message;
  EXPECT_EQ(*openPack(*pack), lesson_);
}

const std::string kWorked = kSmallHead + R"(make = "working"
exercise = "linear"
request = "Solve"
explain = "How it goes."
needs = ["other-lesson/skill"]
[[skill.level]]
difficulty = 0.4
hardness = 1
)";

std::string faultsOf(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  text.replace(at, from.size(), to);
  std::string all;
  for (const auto& fault : parseLesson("t", text).faults) all += fault.text("lesson.toml") + "\n";
  return all;
}

TEST(WorkedSource, FaultsAreToldWithTheirLine) {
  EXPECT_EQ(faultsOf(kWorked, "linear", "linear"), "");
  EXPECT_THAT(faultsOf(kWorked, "\"linear\"", "\"linaer\""),
              HasSubstr("lesson.toml:16: skill 'one', exercise"));
  EXPECT_THAT(faultsOf(kWorked, "hardness = 1", "hardness = 4"), HasSubstr("must be 1, 2 or 3"));
  EXPECT_THAT(faultsOf(kWorked, "hardness = 1", "a = \"1 to 9\""), HasSubstr("is not known here"));
  EXPECT_THAT(faultsOf(kWorked, "hardness = 1\n", ""), HasSubstr("hardness: is missing"));
  EXPECT_THAT(faultsOf(kWorked, "explain = \"How it goes.\"\n", ""),
              HasSubstr("explain: is missing"));
  EXPECT_THAT(faultsOf(kWorked, "other-lesson/skill", "other lesson/skill"),
              HasSubstr("is not of the form lesson/skill"));
}

}  // namespace
}  // namespace primer::content
