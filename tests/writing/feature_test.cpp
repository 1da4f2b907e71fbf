// What the grading model sees of an answer.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "primer/writing/answer_features.h"

namespace primer::writing {
namespace {

class Features : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    auto opened = Vocabulary::openShipped();
    ASSERT_TRUE(opened) << opened.error().message;
    vocabulary_ = new Vocabulary(std::move(*opened));
  }
  static void TearDownTestSuite() { delete vocabulary_; }

  AnswerFeatures of(const std::string& answer) const {
    const std::vector<std::string> references = {"The longer string has a lower pitch."};
    return GradedQuestion(*vocabulary_, "How do the sounds of two strings differ?", references)
        .features(answer);
  }
  static float number(const AnswerFeatures& features, const std::string& name) {
    const auto names = pairNumberNames();
    const auto found = std::find(names.begin(), names.end(), name);
    EXPECT_NE(found, names.end()) << name;
    return features.numbers[static_cast<std::size_t>(found - names.begin())];
  }

  static inline const Vocabulary* vocabulary_ = nullptr;
};

TEST_F(Features, NamesFitTheNumbers) {
  const auto names = pairNumberNames();
  EXPECT_GT(names.size(), 70u);
  EXPECT_LE(names.size(), kPairNumbers);
}

TEST_F(Features, MoreOfTheReferenceIsMoreRecall) {
  const auto none = of("I do not know");
  const auto half = of("the string is longer");
  const auto all = of("the longer string has a lower pitch");
  EXPECT_LT(number(none, "recall"), number(half, "recall"));
  EXPECT_LT(number(half, "recall"), number(all, "recall"));
  EXPECT_NEAR(number(all, "recall"), 1, 0.01);
  EXPECT_EQ(all.missed.size(), 0u);
  EXPECT_EQ(half.met.size(), 2u);
}

TEST_F(Features, OtherWordsInThePlaceOfTheReferencesAreSeen) {
  const std::vector<std::string> references = {"It boils and turns into steam."};
  const GradedQuestion water(*vocabulary_, "What happens to hot water?", references);
  const auto frozen = water.features("It freezes and turns into ice.");
  EXPECT_TRUE(frozen.other_in_place);
  EXPECT_GT(number(frozen, "substituted_new"), 0.5f);
  EXPECT_EQ(number(frozen, "substituted_rarest"), 1);
  const auto right = water.features("It boils and becomes steam.");
  EXPECT_FALSE(right.other_in_place);
  EXPECT_LT(number(right, "substituted_new"), 0.3f);

  const std::vector<std::string> sun = {"The sun rises in the east and sets in the west."};
  const GradedQuestion where(*vocabulary_, "Where does it rise and set?", sun);
  EXPECT_TRUE(where.features("It rises in the west and sets in the east.").other_in_place);
  EXPECT_FALSE(where.features("It sets in the west and rises in the east.").other_in_place);
}

TEST_F(Features, NegationAndOppositesAreSeen) {
  EXPECT_FALSE(of("the longer string has a lower pitch").negation_differs);
  EXPECT_TRUE(of("the longer string does not have a lower pitch").negation_differs);
  EXPECT_TRUE(of("the long string has a higher pitch").opposite);
  EXPECT_FALSE(of("the long string has a low pitch").opposite);
}

// One of a reference's two sentences in full is more than half of either.
TEST_F(Features, ClausesAreSeen) {
  const std::vector<std::string> references = {
      "The bubbles show that a gas has formed, because vinegar attacks chalk."};
  const GradedQuestion question(*vocabulary_, "What did you see?", references);
  const auto first = question.features("there were bubbles so a gas formed");
  const auto word = question.features("it attacks");
  EXPECT_GT(number(first, "clause_first"), number(first, "clause_mean"));
  EXPECT_EQ(number(first, "clause_last"), 0);
  EXPECT_EQ(number(first, "clause_least"), 0);
  EXPECT_GT(number(first, "clause_most"), number(word, "clause_most"));
  EXPECT_EQ(number(first, "fresh_met_2"), 1);
  EXPECT_EQ(number(word, "clause_first"), 0);
  EXPECT_GT(number(word, "clause_last"), 0);
  EXPECT_EQ(number(word, "fresh_met_1"), 1);
  EXPECT_EQ(number(word, "fresh_met_2"), 0);
}

TEST_F(Features, YesAndNoAreSeen) {
  const std::vector<std::string> references = {"No, string is an insulator."};
  const GradedQuestion question(*vocabulary_, "Can you use string?", references);
  EXPECT_EQ(number(question.features("no it does not conduct"), "yes_or_no"), 1);
  EXPECT_EQ(number(question.features("yes you can"), "yes_or_no"), -1);
  EXPECT_EQ(number(question.features("string insulates"), "yes_or_no"), 0);
}

TEST_F(Features, OrderIsSeen) {
  const auto text = of("the longer string has a lower pitch");
  const auto salad = of("pitch a lower string the has longer");
  EXPECT_GT(number(text, "neighbours_met"), number(salad, "neighbours_met") + 0.4f);
  EXPECT_EQ(number(text, "recall"), number(salad, "recall"));
}

TEST_F(Features, AreFiniteAndBoundedForAnything) {
  std::string all_bytes;
  for (int i = 0; i < 256; ++i) all_bytes += static_cast<char>(i);
  for (const auto& text : {std::string(), std::string("?"), all_bytes, std::string(5000, '7'),
                           std::string("not not not not")}) {
    const auto features = of(text);
    for (const auto value : features.numbers) EXPECT_LE(std::abs(value), 2) << text;
    for (const auto& bucket : features.order) {
      EXPECT_LT(bucket.at, kOrderBuckets);
      EXPECT_LE(std::abs(bucket.weight), 1);
    }
    for (const auto& bucket : features.question) EXPECT_LT(bucket.at, kQuestionBuckets);
  }
}

TEST_F(Features, WithoutReferencesThereIsNothingToCompare) {
  const GradedQuestion question(*vocabulary_, "Why?", {});
  EXPECT_FALSE(question.hasReferences());
  const auto features = question.features("because");
  for (const auto value : features.numbers) EXPECT_EQ(value, 0);
}

}  // namespace
}  // namespace primer::writing
