#include "primer/content/lesson_source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "content/example_lesson.h"
#include "test_folder.h"

namespace primer::content {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

std::string faultsOf(const std::string& text) {
  std::string all;
  for (const auto& fault : parseLesson("doubles", text).faults) {
    all += fault.text("lesson.toml") + "\n";
  }
  return all;
}

TEST(LessonSource, ReadsEveryField) {
  const auto source = parseLesson("doubles", kExampleSource);
  ASSERT_THAT(faultsOf(kExampleSource), IsEmpty());
  const auto& lesson = source.lesson;
  EXPECT_EQ(lesson.id, "doubles");
  EXPECT_EQ(lesson.title, "Doubles");
  EXPECT_EQ(lesson.youngest, 6);
  EXPECT_EQ(lesson.oldest, 8);
  EXPECT_EQ(lesson.not_yet, std::vector<std::string>{"Not {given} yet."});
  ASSERT_EQ(lesson.skills.size(), 1U);
  const auto& skill = lesson.skills[0];
  EXPECT_EQ(skill.did, "added small numbers");
  EXPECT_EQ(skill.operation, Operation::kAdd);
  EXPECT_EQ(skill.hints[2], "Write {answer}.");
  ASSERT_EQ(skill.levels.size(), 1U);
  EXPECT_EQ(skill.levels[0].difficulty, 100);
  EXPECT_EQ(skill.levels[0].a.text(), "1 to 4");
  EXPECT_FALSE(skill.levels[0].answer.given());
}

TEST(LessonSource, ALevelMayHaveHintsOfItsOwnAndTheyAreHeldToTheSameRules) {
  const std::string with_hints = std::string(kExampleSource) +
                                 "[skill.level.hints]\npoint = \"Look at {a}.\"\n"
                                 "teach = \"Think of {b}.\"\ntell = \"It is {answer}.\"\n";
  const auto source = parseLesson("doubles", with_hints);
  ASSERT_THAT(faultsOf(with_hints), IsEmpty());
  ASSERT_TRUE(source.lesson.skills[0].levels[0].hints);
  EXPECT_EQ((*source.lesson.skills[0].levels[0].hints)[2], "It is {answer}.");

  auto spoilt = with_hints;
  spoilt.replace(spoilt.find("Look at {a}"), 11, "It is {answer}");
  EXPECT_THAT(faultsOf(spoilt), HasSubstr("level 1, hints, point: must not give {answer} away"));
  EXPECT_THAT(faultsOf(std::string(kExampleSource) + "[skill.level.hints]\npoint = \"Look.\"\n"),
              HasSubstr("level 1, hints, teach"));
}

TEST(LessonSource, SumsMayBeExplainedAndShownByAnExample) {
  const std::string explained =
      exampleWith("[skill.hints]", "explain = \"Count on.\"\n[skill.hints]") +
      "[skill.level.example]\nsteps = [\"{a} | Begin.\", \"{answer} | Done.\"]\n";
  EXPECT_THAT(faultsOf(explained), HasSubstr("explain and example belong together"));
  auto whole = explained;
  whole.replace(whole.find("[[skill.level]]"), 0,
                "[skill.example]\nsteps = [\"{larger} | Start.\", \"{answer} | There.\"]\n");
  ASSERT_THAT(faultsOf(whole), IsEmpty());
  const auto lesson = parseLesson("doubles", whole).lesson;
  EXPECT_EQ(lesson.skills[0].explain, "Count on.");
  EXPECT_EQ(lesson.skills[0].example.steps[1].words, "There.");
  EXPECT_EQ(lesson.skills[0].levels[0].example.steps[0].line, "{a}");
  const auto spoilt = [&whole](const std::string& from, const std::string& to) {
    auto text = whole;
    return faultsOf(text.replace(text.find(from), from.size(), to));
  };
  EXPECT_THAT(spoilt("{a} | Begin.", "{a - 3} | Begin."),
              HasSubstr("level 1, example, steps, number 1: "));
  EXPECT_THAT(spoilt("{larger} | Start.", "{largest} | Start."),
              HasSubstr("skill 'small', example, steps, number 1: "));
  EXPECT_THAT(spoilt("{larger} | Start.", "Start."), HasSubstr("is missing or empty"));
  EXPECT_THAT(spoilt("{a} | Begin.", "{a} and a line that has no room upon the card | Begin."),
              HasSubstr("grows to more than 40 characters"));
}

struct Spoilt {
  const char* name;
  const char* from;
  const char* to;
  const char* told;
};

void PrintTo(const Spoilt& spoilt, std::ostream* out) { *out << spoilt.name; }

class SpoiltSource : public testing::TestWithParam<Spoilt> {};

TEST_P(SpoiltSource, IsToldWithItsLineAndField) {
  const auto& spoilt = GetParam();
  EXPECT_THAT(faultsOf(exampleWith(spoilt.from, spoilt.to)), HasSubstr(spoilt.told));
}

INSTANTIATE_TEST_SUITE_P(
    Faults, SpoiltSource,
    testing::Values(
        Spoilt{"unknown_key", "title = \"Doubles\"", "title = \"Doubles\"\ntitel = 1",
               "lesson.toml:2: titel: is not known here"},
        Spoilt{"unknown_level_key", "b = \"1 to 4\"", "b = \"1 to 4\"\nc = \"1\"",
               "lesson.toml:25: skill 'small', level 1, c: is not known here"},
        Spoilt{"missing", "did = \"added small numbers\"\n", "",
               "lesson.toml:10: skill 'small', did: is missing"},
        Spoilt{"missing_words", "right = [\"Yes, {answer}.\"]\n", "",
               "lesson.toml:6: words, right: is missing"},
        Spoilt{"wrong_kind", "ages = [6, 8]", "ages = \"six\"",
               "lesson.toml:4: ages: must be two whole numbers"},
        Spoilt{"ages_backwards", "ages = [6, 8]", "ages = [8, 6]", "lesson.toml:4: ages: must be"},
        Spoilt{"operation", "make = \"add\"", "make = \"sum\"",
               "lesson.toml:14: skill 'small', make: \"sum\" is not known"},
        Spoilt{"backwards", "a = \"1 to 4\"", "a = \"4 to 1\"",
               "lesson.toml:23: skill 'small', level 1, a: \"4 to 1\" runs backwards"},
        Spoilt{"not_a_number", "a = \"1 to 4\"", "a = \"one\"",
               "lesson.toml:23: skill 'small', level 1, a: \"one\" is not a whole number"},
        Spoilt{"negative", "a = \"1 to 4\"", "a = \"-1 to 4\"", "is not within 0 to 9999"},
        Spoilt{"huge", "a = \"1 to 4\"", "a = \"1 to 99999999999\"", "is not within 0 to 9999"},
        Spoilt{"contradiction", "b = \"1 to 4\"", "b = \"1 to 4\"\nanswer = \"50 to 60\"",
               "level 1: the limits contradict each other: no sum fits them"},
        Spoilt{"too_few", "a = \"1 to 4\"", "a = \"1\"", "only 4 sums fit the limits"},
        Spoilt{"difficulty", "difficulty = 0.1", "difficulty = 1.5",
               "lesson.toml:22: skill 'small', level 1, difficulty: must be a number from 0"},
        Spoilt{"turned_subtraction", "b = \"1 to 4\"", "b = \"1 to 4\"\neither_order = 1",
               "level 1, either_order: must be true or false"},
        Spoilt{"given_away", "Start at {larger}.", "Write {answer}.",
               "lesson.toml:18: skill 'small', hints, point: must not give {answer} away"},
        Spoilt{"never_told", "Write {answer}.", "Write it.",
               "lesson.toml:20: skill 'small', hints, tell: must tell the {answer}"},
        Spoilt{"given_away_kindly", "Not {given} yet.", "It is {answer}.",
               "words, not_yet, number 1: must not give {answer} away"},
        Spoilt{"unknown_name", "{a} plus {b}", "{a} plus {c}", "there is no \"c\""},
        Spoilt{"open_brace", "{a} plus {b}", "{a plus {b}", "spoken: "},
        Spoilt{"below_zero", "Start at {larger}.", "Start at {smaller - larger}.",
               "comes to -1, less than nothing (skill 'small', level 1: 1 + 2)"},
        Spoilt{"divides_by_zero", "Start at {larger}.", "Start at {1 / (a - 1)}.",
               "divides by zero"},
        Spoilt{"given_elsewhere", "Start at {larger}.", "Not {given}.", "{given} can only stand"},
        Spoilt{"long_title", "title = \"Small sums\"",
               "title = \"A title that goes on and on until no page can hold it any more\"",
               "characters; at most 48 fit"},
        Spoilt{"bad_id", "id = \"small\"", "id = \"Small sums\"", "small letters, digits"},
        Spoilt{"unknown_need", "make = \"add\"", "make = \"add\"\nneeds = [\"large\"]",
               "needs: there is no skill 'large'"},
        Spoilt{"circle", "make = \"add\"", "make = \"add\"\nneeds = [\"small\"]",
               "needs: goes round in a circle"},
        Spoilt{"no_toml", "ages = [6, 8]", "ages = [6, 8", "is not TOML"},
        Spoilt{"twice", "ages = [6, 8]", "ages = [6, 8]\nages = [6, 8]", "is not TOML"}),
    [](const auto& spoilt) { return std::string(spoilt.param.name); });

TEST(LessonSource, WideLimitsAreBounded) {
  EXPECT_THAT(faultsOf(exampleWith("a = \"1 to 4\"\nb = \"1 to 4\"",
                                   "a = \"0 to 9999\"\nb = \"0 to 9999\"")),
              HasSubstr("too wide"));
}

TEST(LessonSource, TellsManyFaultsAtOnce) {
  auto text = exampleWith("did = ", "dud = ");
  text.replace(text.find("make"), 4, "mk");
  const auto faults = parseLesson("doubles", text).faults;
  EXPECT_GE(faults.size(), 4U);
  for (std::size_t i = 1; i < faults.size(); ++i) EXPECT_LE(faults[i - 1].line, faults[i].line);
}

TEST(LessonSource, AMissingFolderIsAnError) {
  const auto source = readLessonFolder("/nonexistent/lesson", realFileSystem());
  ASSERT_FALSE(source);
  EXPECT_EQ(source.error().code, ErrorCode::kNotFound);
}

TEST(LessonSource, TheFolderNamesTheLesson) {
  const test::TestFolder folder;
  std::filesystem::create_directory(folder / "my-lesson");
  std::ofstream(folder / "my-lesson/lesson.toml") << kExampleSource;
  for (const auto* spelt : {"my-lesson", "my-lesson/", "my-lesson/."}) {
    const auto source = readLessonFolder(folder / spelt, realFileSystem());
    ASSERT_TRUE(source);
    EXPECT_EQ(source->lesson.id, "my-lesson") << spelt;
    EXPECT_THAT(source->faults, IsEmpty());
  }
}

TEST(NumberSet, ReadsAndWritesTheSameText) {
  for (const auto* text : {"0", "2 to 9", "2, 5, 10", "0 to 3, 10", "0 to 9999"}) {
    const auto set = NumberSet::parse(text);
    ASSERT_TRUE(set) << text;
    EXPECT_EQ(set->text(), text);
  }
  EXPECT_EQ(NumberSet::parse("1,2,3")->text(), "1 to 3");
  EXPECT_EQ(NumberSet::parse("2 to 9")->count(), 8);
  EXPECT_TRUE(NumberSet::parse("2, 5, 10")->holds(5));
  EXPECT_FALSE(NumberSet::parse("2, 5, 10")->holds(6));
  for (const auto* text :
       {"", " ", "2 to", "to 9", "2-9", "2,,3", "3, 2", "2, 2", "2 to 9 to 10"}) {
    EXPECT_FALSE(NumberSet::parse(text)) << text;
  }
}

}  // namespace
}  // namespace primer::content
