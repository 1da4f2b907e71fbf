// The shipped lesson, over thousands of its items.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "primer/base/share.h"
#include "primer/content/generator.h"
#include "primer/content/lesson_source.h"
#include "primer/content/pack.h"

namespace primer::content {
namespace {

class NumberFacts : public testing::Test {
 protected:
  void SetUp() override {
    auto opened = openPack(shareFolder() / "lessons/number-facts.pack", realFileSystem());
    ASSERT_TRUE(opened) << opened.error().message;
    lesson_ = *std::move(opened);
  }

  template <typename Visit>
  void forEachItem(Visit visit) const {
    for (std::size_t s = 0; s < lesson_.skills.size(); ++s) {
      const auto& skill = lesson_.skills[s];
      for (std::size_t l = 0; l < skill.levels.size(); ++l) {
        const auto sums = sumsOf(skill.operation, skill.levels[l]);
        ASSERT_TRUE(sums) << skill.id;
        for (const auto& sum : *sums) visit(makeItem(lesson_, s, l, sum));
      }
    }
  }

  Lesson lesson_;
};

// The answer worked out from the words alone, as a pupil does.
int workedOut(const std::string& prompt) {
  std::smatch parts;
  if (!std::regex_match(prompt, parts, std::regex("(\\d+) (\\+|−|×|÷) (\\d+) ="))) return -1;
  const int a = std::stoi(parts[1]);
  const int b = std::stoi(parts[3]);
  if (parts[2] == "+") return a + b;
  if (parts[2] == "−") return a - b;
  if (parts[2] == "×") return a * b;
  return b != 0 && a % b == 0 ? a / b : -1;
}

TEST_F(NumberFacts, ThePackHoldsWhatTheSourceSays) {
  const auto source = readLessonFolder(
      std::filesystem::path(PRIMER_LESSON_SOURCES) / "number-facts", realFileSystem());
  ASSERT_TRUE(source);
  EXPECT_EQ(source->lesson, lesson_);
}

TEST_F(NumberFacts, EveryAnswerIsExact) {
  int items = 0;
  forEachItem([&items](const Item& item) {
    ++items;
    const int answer = workedOut(item.prompt);
    ASSERT_GE(answer, 0) << item.prompt;
    ASSERT_EQ(item.answer, std::to_string(answer)) << item.prompt;
    ASSERT_LE(answer, 100) << item.prompt;
  });
  EXPECT_GT(items, 5000);
}

TEST_F(NumberFacts, HintsPointTeachTell) {
  forEachItem([](const Item& item) {
    const std::set<std::string> different(item.hints.begin(), item.hints.end());
    ASSERT_EQ(different.size(), 3U) << item.id;
    for (const auto& hint : item.hints) {
      ASSERT_LE(hint.size(), 200U) << item.id;
      ASSERT_EQ(hint.find_first_of("{}"), std::string::npos) << hint;
    }
    const std::regex answer("\\b" + item.answer + "\\b");
    ASSERT_TRUE(std::regex_search(item.hints[2], answer)) << item.id << ": " << item.hints[2];
  });
}

TEST_F(NumberFacts, EverySkillIsExplainedAndHasAnExample) {
  for (const auto& skill : lesson_.skills) {
    EXPECT_FALSE(skill.explain.empty()) << skill.id;
    EXPECT_GE(skill.example.steps.size(), 2U) << skill.id;
  }
}

// Of the same kind, worked out rightly, and not the answer that is asked for.
TEST_F(NumberFacts, AnExampleIsAnotherSumOfTheLevelDoneRightly) {
  const std::regex line("(\\d+|\\?) (\\+|−|×|÷) (\\d+) = (\\d+)");
  int made = 0;
  std::uint64_t seed = 0;
  forEachItem([&](const Item& item) {
    if (++made % 7 != 0) return;  // every sum of a level has the same texts
    const auto example = exampleLike(lesson_, item, ++seed);
    ASSERT_TRUE(example) << item.id;
    EXPECT_EQ(*example, *exampleLike(lesson_, item, seed));
    const int answer = workedOut(example->problem);
    ASSERT_GE(answer, 0) << example->problem;
    EXPECT_NE(std::to_string(answer), item.answer) << item.prompt << " by " << example->problem;
    ASSERT_GE(example->steps.size(), 2U);
    for (const auto& step : example->steps) {
      EXPECT_EQ((step.line + step.words).find_first_of("{}"), std::string::npos) << step.line;
      std::smatch parts;
      if (!std::regex_match(step.line, parts, line) || parts[1] == "?") continue;
      EXPECT_EQ(workedOut(parts[1].str() + " " + parts[2].str() + " " + parts[3].str() + " ="),
                std::stoi(parts[4]))
          << step.line;
    }
    const auto& last = example->steps.back().line;
    EXPECT_TRUE(std::regex_search(last, std::regex("\\b" + std::to_string(answer) + "\\b")))
        << example->problem << " " << last;
  });
}

TEST_F(NumberFacts, IdsNameOneSumEach) {
  std::set<std::pair<std::string, std::string>> seen;
  forEachItem([&seen](const Item& item) {
    // Levels of a skill may share a sum; then it has one id and one prompt.
    seen.emplace(item.id, item.prompt);
  });
  std::set<std::string> ids;
  for (const auto& [id, prompt] : seen) ASSERT_TRUE(ids.insert(id).second) << id;
}

TEST_F(NumberFacts, SkillsComeAfterWhatTheyNeedAndGetHarder) {
  std::set<std::string> met;
  for (const auto& skill : lesson_.skills) {
    for (const auto& need : skill.needs) EXPECT_TRUE(met.count(need)) << skill.id << " " << need;
    met.insert(skill.id);
  }
}

TEST_F(NumberFacts, KindWordsNameNoChildCleverOrSlow) {
  const std::regex judging("clever|smart|slow|stupid|wrong|bad|fail|easy", std::regex::icase);
  for (const auto* words : {&lesson_.right, &lesson_.not_yet, &lesson_.laid_aside}) {
    for (const auto& text : *words) EXPECT_FALSE(std::regex_search(text, judging)) << text;
  }
}

// Authors copy it: it must be sound.
TEST(Readme, TheExampleIsALesson) {
  std::ifstream file(std::filesystem::path(PRIMER_LESSON_SOURCES).parent_path() / "README.md");
  std::stringstream text;
  text << file.rdbuf();
  const auto page = text.str();
  const std::string opening = "```toml\n";
  const auto begin = page.find(opening);
  ASSERT_NE(begin, std::string::npos);
  const auto end = page.find("```", begin + opening.size());
  const auto source =
      parseLesson("example", page.substr(begin + opening.size(), end - begin - opening.size()));
  for (const auto& fault : source.faults) ADD_FAILURE() << fault.text("README.md");
  EXPECT_EQ(source.lesson.skills.size(), 1U);
}

}  // namespace
}  // namespace primer::content
