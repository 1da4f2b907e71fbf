// What the models are trained with.

#include <gtest/gtest.h>

#include <cstdlib>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "answer_sets.h"
#include "level_texts.h"
#include "sha1.h"
#include "tricks.h"

namespace primer::writing::workshop {
namespace {

TEST(Sha1, GivesThePublishedDigests) {
  EXPECT_EQ(sha1("abc")[0], 0xa9);  // FIPS 180-4, examples
  EXPECT_EQ(sha1("abc")[19], 0x9d);
  EXPECT_EQ(sha1("")[0], 0xda);
  EXPECT_EQ(sha1("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")[0], 0x84);
}

TEST(Tricks, AreWhatTheySay) {
  Random random(3);
  const std::string text = "the water was evaporated leaving the salt";
  for (int i = 0; i < 20; ++i) {
    const auto salad = shuffled(text, random);
    EXPECT_NE(salad, text);
    EXPECT_EQ(std::multiset<char>(salad.begin(), salad.end()),
              std::multiset<char>(text.begin(), text.end()));
    EXPECT_NE(withNot(text, random).find(" not "), std::string::npos);
    EXPECT_NE(misspelt(text, 2, random), "");
  }
  EXPECT_EQ(shuffled("two words", random), "");
}

TEST(AnswerSets, OurOwnQuestionsAreChecked) {
  const auto shipped = readSchoolAnswers();
  ASSERT_TRUE(shipped) << shipped.error().message;
  EXPECT_GT(shipped->size(), 1500u);
  const auto two = schoolAnswersOf("# note\nQ Why?\nR So.\n+ so\n~ s\n- no\n");
  ASSERT_TRUE(two) << two.error().message;
  ASSERT_EQ(two->size(), 3u);
  EXPECT_EQ((*two)[1].grade, Grade::kPartly);
  EXPECT_EQ((*two)[2].question->references, std::vector<std::string>{"So."});
  for (const auto& [text, where] :
       std::vector<std::pair<const char*, const char*>>{{"R So.\n", ":1:"},
                                                        {"Q Why?\n+\n", ":2:"},
                                                        {"Q Why?\nX so\n", ":2:"},
                                                        {"Q Why?\n+ so\n", "Why?"}}) {
    const auto bad = schoolAnswersOf(text);
    ASSERT_FALSE(bad) << text;
    EXPECT_NE(bad.error().message.find(where), std::string::npos) << bad.error().message;
  }
}

TEST(Tricks, OtherWordsSaySomethingElse) {
  const auto vocabulary = Vocabulary::openShipped();
  ASSERT_TRUE(vocabulary);
  const OtherWords others(*vocabulary, {"The plant grows toward the light.", "Iron is a metal."});
  Random random(3);
  for (int i = 0; i < 20; ++i) {
    const auto text = others.in("the water evaporated", "Where did the water go?", random);
    EXPECT_NE(text, "the water evaporated");
    EXPECT_EQ(text.rfind("the water ", 0), 0u) << text;
  }
  EXPECT_EQ(others.in("the water", "Where did the water go?", random), "");
}

TEST(AnswerSets, AreReadWhole) {
  const char* folder = std::getenv("PRIMER_DATA");
  if (folder == nullptr) GTEST_SKIP() << "PRIMER_DATA is not set";
  const auto science = readSemEval(folder, "sciEntsBank");
  ASSERT_TRUE(science) << science.error().message;
  EXPECT_EQ(science->size(), 4969u);
  std::set<std::string> questions;
  for (const auto& answer : *science) {
    questions.insert(answer.question->id);
    EXPECT_FALSE(answer.question->references.empty());
  }
  EXPECT_EQ(questions.size(), 135u);
  const auto feedback = readShortAnswerFeedback(folder);
  ASSERT_TRUE(feedback) << feedback.error().message;
  EXPECT_EQ(feedback->size(), 1476u);
}

// Articles kept for evaluation teach nothing.
TEST(LevelTexts, LeaveOutWhatIsKeptForEvaluation) {
  const char* folder = std::getenv("PRIMER_DATA");
  if (folder == nullptr) GTEST_SKIP() << "PRIMER_DATA is not set";
  const auto texts = readOneStopEnglish(folder);
  ASSERT_TRUE(texts) << texts.error().message;
  EXPECT_GT(texts->size(), 400u);
  EXPECT_LT(texts->size(), 500u);
  for (const auto& text : *texts) {
    EXPECT_GE(sha1(text.article)[0], 51) << text.article;
    EXPECT_NE(text.text.rfind("Intermediate", 0), 0u) << text.article;
  }
}

}  // namespace
}  // namespace primer::writing::workshop
