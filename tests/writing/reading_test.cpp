// Levels of texts, hard words, and the look at longer writing.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "primer/writing/composition.h"
#include "primer/writing/reading_level.h"
#include "time_bound.h"

namespace primer::writing {
namespace {

using testing::Contains;
using testing::Not;

constexpr const char* kPlain =
    "Tom has a dog. The dog is big and brown. It likes to run in the park. Tom throws a ball and "
    "the "
    "dog runs after it. Then they go home. Tom gives the dog some water. The dog is happy.";
constexpr const char* kNews =
    "Many people in the city do not have enough water. It has not rained for a year, and the "
    "rivers "
    "are very low. The government has told people to use less water. They can only wash their cars "
    "once a month. Farmers say that they will lose money because their plants are dying. Some "
    "people "
    "are angry. They want the government to build a new pipe. It will take two years to build.";
constexpr const char* kScholarly =
    "Notwithstanding considerable international pressure, successive administrations have "
    "consistently declined to acknowledge the unprecedented environmental consequences of "
    "industrialisation, preferring instead to commission increasingly elaborate consultations "
    "whose "
    "recommendations, however authoritative, are subsequently disregarded by policymakers who "
    "regard "
    "regulatory intervention as fundamentally incompatible with sustained economic development.";

class Reading : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    auto opened = ReadingLeveller::openShipped();
    ASSERT_TRUE(opened) << opened.error().message;
    leveller_ = new ReadingLeveller(std::move(*opened));
  }
  static void TearDownTestSuite() { delete leveller_; }

  static ReadingLevel judge(const std::string& text) {
    auto level = leveller_->judge(text);
    EXPECT_TRUE(level) << level.error().message;
    return level ? *level : ReadingLevel();
  }

  static inline const ReadingLeveller* leveller_ = nullptr;
};

TEST_F(Reading, HarderTextsHaveHigherLevels) {
  const auto plain = judge(kPlain);
  const auto news = judge(kNews);
  const auto scholarly = judge(kScholarly);
  EXPECT_EQ(plain.level, Level::kElementary);
  EXPECT_EQ(scholarly.level, Level::kAdvanced);
  EXPECT_LT(plain.grade, news.grade);
  EXPECT_LT(news.grade, scholarly.grade);
  EXPECT_GT(scholarly.chances[2], news.chances[2]);
  EXPECT_NEAR(news.chances[0] + news.chances[1] + news.chances[2], 1, 1e-4);
}

TEST_F(Reading, LengthTellsNothing) {
  const auto once = judge(kNews);
  const auto thrice = judge(std::string(kNews) + "\n\n" + kNews + "\n\n" + kNews);
  EXPECT_EQ(once.level, thrice.level);
  EXPECT_NEAR(once.chances[0], thrice.chances[0], 0.25);
  EXPECT_NEAR(once.grade, thrice.grade, 0.2);
}

// What one level of the training texts lost in a conversion must not matter.
TEST_F(Reading, QuotesAndSignsTellNothing) {
  const std::string typed =
      "Tom's dog isn't big. \"Run!\" says Tom, and it runs - home, of course.";
  const std::string printed =
      "Tom\u2019s dog isn\u2019t big. \u201cRun!\u201d says Tom, and it runs - home, of "
      "course.\u00a0";
  const std::string lost = "Toms dog isnt big. Run! says Tom, and it runs - home, of course.";
  EXPECT_EQ(judge(typed).chances, judge(printed).chances);
  EXPECT_EQ(judge(typed).chances, judge(lost).chances);
}

TEST_F(Reading, HardWordsAreTheRareOnesAndNoNames) {
  const auto hard =
      judge(std::string(kNews) + " Mr Fotheringale likes photosynthesis and bureaucracy.")
          .hard_words;
  EXPECT_THAT(hard, Contains("photosynthesis"));
  EXPECT_THAT(hard, Not(Contains("water")));
  EXPECT_THAT(hard, Not(Contains("people")));
  EXPECT_THAT(hard, Not(Contains("fotheringale")));
  EXPECT_LE(judge(kScholarly).hard_words.size(), ReadingLeveller::kMostHardWords);
}

TEST_F(Reading, WithoutWordsThereIsNoLevel) {
  for (const auto* text : {"", " \n", "... 12 3,5", "\x01\x02", "\u5149\u6bd4"}) {
    EXPECT_FALSE(leveller_->judge(text)) << text;
  }
}

TEST_F(Reading, AnyBytesInBoundedTime) {
  std::string bytes, words, one;
  for (int i = 0; i < 100'000; ++i) {
    bytes += static_cast<char>(i * 73 % 256);
    words += i % 7 == 0 ? ' ' : static_cast<char>('a' + i % 26);
    one += 'x';
  }
  for (const auto& text : {bytes, words, one}) {
    EXPECT_LT(test::threadMilliseconds([&] { (void)leveller_->judge(text); }),
              100 * test::kSlowBuild);
  }
}

TEST_F(Reading, AdviceIsNeverABareMark) {
  for (const std::string text :
       {kPlain, kNews, kScholarly, "Hi", "we went home and then and then"}) {
    const auto composition = lookAt(*leveller_, text);
    ASSERT_TRUE(composition) << text;
    EXPECT_GE(composition->advice.size(), 2u) << text;
    EXPECT_LE(composition->advice.size(), 3u) << text;
    for (const auto& advice : composition->advice) EXPECT_GE(advice.size(), 15u);
  }
  EXPECT_FALSE(lookAt(*leveller_, "?!"));
}

TEST_F(Reading, TraitsAreCounted) {
  const auto composition = lookAt(*leveller_,
                                  "I like my cat. my cat likes me because I feed my cat. "
                                  "My cat sleeps. My cat is grey.");
  ASSERT_TRUE(composition);
  EXPECT_EQ(composition->sentences, 3u);  // what begins small goes on
  EXPECT_EQ(composition->words, 20u);
  EXPECT_THAT(composition->overused, Contains("cat"));
}

}  // namespace
}  // namespace primer::writing
