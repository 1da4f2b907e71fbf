// What is said and read aloud: the shipped lessons, and everything that an author can get wrong.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "primer/content/generator.h"
#include "primer/content/lesson_source.h"
#include "primer/content/pack.h"
#include "primer/content/pictures.h"
#include "small_lesson.h"

namespace primer::content {
namespace {

using testing::Contains;
using testing::HasSubstr;

Lesson shipped(const char* name) {
  const auto pack =
      openPack(std::filesystem::path(PRIMER_TEST_SHARE) / "lessons" / name, realFileSystem());
  EXPECT_TRUE(pack) << pack.error().message;
  return pack.value_or(Lesson());
}

std::size_t wordsOf(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), ' ')) + 1;
}

TEST(SayIt, HasSkillsForManySoundsWithWordsPairsAndSentences) {
  const auto lesson = shipped("say-it.pack");
  EXPECT_GE(lesson.skills.size(), 8u);
  std::set<std::string> sounds;
  std::size_t pairs = 0, sentences = 0;
  for (const auto& skill : lesson.skills) {
    EXPECT_EQ(skill.kind, Kind::kSaying);
    EXPECT_FALSE(skill.explain.empty()) << skill.id;
    sounds.insert(skill.sound);
    for (const auto& level : skill.levels) {
      for (const auto& saying : level.sayings) {
        pairs += saying.other.empty() ? 0 : 1;
        sentences += wordsOf(saying.text) > 3 ? 1 : 0;
      }
    }
  }
  EXPECT_GE(sounds.size(), 8u);
  EXPECT_GE(pairs, 60u);
  EXPECT_GE(sentences, 100u);
}

TEST(ReadAloud, HasTextsOfEightKindsWithPicturesAndQuestions) {
  const auto lesson = shipped("read-aloud.pack");
  struct Length {
    std::size_t least, most;
  };
  const std::map<std::string, Length> words = {
      {"short-stories", {55, 80}},    {"letters", {55, 90}},          {"make-it", {55, 90}},
      {"people-talking", {105, 145}}, {"longer-stories", {105, 140}}, {"true-things", {105, 145}},
      {"long-stories", {165, 190}},   {"reports", {160, 190}}};
  ASSERT_EQ(lesson.skills.size(), words.size());
  std::size_t texts = 0;
  for (std::size_t s = 0; s < lesson.skills.size(); ++s) {
    EXPECT_EQ(lesson.skills[s].kind, Kind::kStory);
    const auto [least, most] = words.at(lesson.skills[s].id);
    for (const auto& level : lesson.skills[s].levels) {
      EXPECT_GE(level.stories.size(), 2u);
      for (std::size_t i = 0; i < level.stories.size(); ++i, ++texts) {
        const auto item = makeSpokenItem(lesson, s, 0, i);
        EXPECT_GE(wordsOf(item.spoken), least) << item.id;
        EXPECT_LE(wordsOf(item.spoken), most) << item.id;
        EXPECT_GE(item.story->questions.size(), 2u) << item.id;
        EXPECT_TRUE(isPicture(item.story->picture)) << item.id;
        EXPECT_EQ(item.prompt, item.story->title);
      }
    }
  }
  EXPECT_EQ(texts, 22u);
}

TEST(Spoken, IdsBringWordsPairsAndStoriesBack) {
  for (const char* name : {"say-it.pack", "read-aloud.pack"}) {
    const auto lesson = shipped(name);
    for (std::size_t s = 0; s < lesson.skills.size(); ++s) {
      for (std::size_t level = 0; level < lesson.skills[s].levels.size(); ++level) {
        ItemDealer dealer(lesson, s, level, 3);
        std::set<std::string> dealt;
        const auto& kinds = lesson.skills[s].levels[level];
        const auto count = std::max(kinds.sayings.size(), kinds.stories.size());
        for (std::size_t i = 0; i < count; ++i) {
          const auto item = dealer.next();
          EXPECT_TRUE(dealt.insert(item.id).second) << item.id << " came twice";
          const auto again = itemFromId(lesson, item.id);
          ASSERT_TRUE(again) << item.id;
          EXPECT_EQ(again->spoken, item.spoken);
          EXPECT_EQ(again->other, item.other);
          EXPECT_EQ(again->level, level);
        }
        EXPECT_TRUE(dealt.count(dealer.next().id)) << "all are dealt, then all again";
      }
    }
    EXPECT_FALSE(itemFromId(lesson, lesson.id + "/" + lesson.skills[0].id + "/nothing"));
  }
  const auto lesson = shipped("read-aloud.pack");
  const auto question = itemFromId(lesson, "read-aloud/short-stories/the-red-kite.2");
  ASSERT_TRUE(question);
  EXPECT_EQ(question->prompt, "Who helped Sam?");
  EXPECT_EQ(question->answer, "A bird");
  EXPECT_FALSE(itemFromId(lesson, "read-aloud/short-stories/the-red-kite.9"));
  EXPECT_EQ(slugOf("Three thin fish swim."), "three-thin-fish-swim");
  EXPECT_EQ(slugOf("My father's  -- hat!"), "my-fathers-hat");
  EXPECT_EQ(slugOf(Saying{"thin", "fin"}), "thin-not-fin");
}

TEST(Spoken, ThePackKeepsEveryField) {
  for (const char* name : {"say-it.pack", "read-aloud.pack"}) {
    const auto lesson = shipped(name);
    const auto pack = compilePack(lesson);
    ASSERT_TRUE(pack) << pack.error().message;
    EXPECT_EQ(*openPack(*pack), lesson);
  }
}

// A small lesson in which one line is another.
std::vector<std::string> faultsWith(const std::string& line, const std::string& instead) {
  std::string text = std::string(kSayingHead) + R"([[skill.level]]
difficulty = 0.2
say = ["thin", "thick", "three", "thumb", "bath", "path"]
[[skill.level]]
difficulty = 0.3
pairs = [["thin", "fin"], ["thick", "sick"], ["three", "free"], ["path", "pass"], ["thumb", "sum"], ["bath", "bass"]]
[[skill]]
id = "stories"
title = "Stories"
did = "read"
make = "story"
request = "Read it"
explain = "Read."
[[skill.level]]
difficulty = 0.2
[[skill.level.story]]
id = "one"
title = "One"
text = ["A long time ago there was a small grey house at the end of a road that nobody had ever walked to its end."]
[[skill.level.story.question]]
ask = "Where?"
right = "At the end"
wrong = ["Here", "There"]
)";
  const auto at = text.find(line);
  EXPECT_NE(at, std::string::npos) << line;
  text.replace(at, line.size(), instead);
  std::vector<std::string> told;
  for (const auto& fault : parseLesson("words", text).faults) {
    told.push_back(fault.text("lesson.toml"));
  }
  return told;
}

TEST(Spoken, ASoundLessonHasNoFault) { EXPECT_TRUE(faultsWith("thin", "thin").empty()); }

TEST(Spoken, EveryFaultIsToldWithItsLine) {
  const auto expectFault = [](const std::string& line, const std::string& instead,
                              const std::string& told) {
    EXPECT_THAT(faultsWith(line, instead), Contains(HasSubstr(told))) << instead;
  };
  expectFault("sound = \"TH\"", "sound = \"th\"",
              "lesson.toml:15: skill 'th', sound: \"th\" is no sound; known are AA, AE,");
  expectFault("sound = \"TH\"\n", "", "lesson.toml:10: skill 'th', sound: is missing");
  expectFault("make = \"say\"", "make = \"speak\"",
              "lesson.toml:14: skill 'th', make: \"speak\" is not known; known are add, subtract, "
              "multiply, divide, working, quiz, say, story");
  expectFault("\"thick\", \"three\"", "\"thin\", \"three\"",
              "lesson.toml:20: skill 'th', level 1, say, number 2: stands twice in this skill: "
              "\"thin\"");
  expectFault("\"thick\", \"three\"", "\"?!\", \"three\"",
              "say, number 2: has no letter: nobody can say it");
  expectFault("\"thick\", \"three\", \"thumb\"", "\"thick\"", "4 things to say; 6 to 200");
  expectFault(
      "[\"thick\", \"sick\"]", "[\"thick\", \"Thick!\"]",
      "lesson.toml:23: skill 'th', level 2, pairs, number 2: both words of the pair are the "
      "same");
  expectFault("[\"thick\", \"sick\"]", "[\"thick\"]",
              "lesson.toml:23: skill 'th', level 2, pairs: must be pairs of texts");
  expectFault("title = \"One\"\n", "title = \"One\"\npicture = \"dragon\"\n",
              "lesson.toml:36: skill 'stories', level 1, story 1, picture: there is no picture of "
              "that name; there are acorn, anchor, ");
  expectFault("difficulty = 0.3", "difficulty = 0.1", "is less than that of the level before");
  expectFault(
      "id = \"one\"", "id = \"One!\"",
      "lesson.toml:34: skill 'stories', level 1, story 1, id: must be made of small letters");
  expectFault("A long time ago there was a small grey house at the end of a road that nobody",
              "Nobody", "story 1, text: 7 words; 20 to 600 can be read aloud");
  expectFault("wrong = [\"Here\", \"There\"]", "wrong = [\"At the end\"]",
              "question 1, wrong: \"At the end\" stands twice");
  expectFault("wrong = [\"Here\", \"There\"]", "wrong = []",
              "question 1, wrong: must be one to three answers");
  expectFault("ask = \"Where?\"", "asks = \"Where?\"", "asks: is not known here; known are");
  expectFault("title = \"One\"", "titel = \"One\"", "story 1, title: is missing");
}

}  // namespace
}  // namespace primer::content
