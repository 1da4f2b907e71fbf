// Texts as words, sentences and stems.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "primer/writing/vocabulary.h"
#include "primer/writing/words.h"
#include "src/likeness.h"

namespace primer::writing {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> textsOf(std::string_view text) {
  std::vector<std::string> texts;
  for (const auto& word : wordsOf(text)) texts.push_back(word.text);
  return texts;
}

TEST(Words, AreTakenOutOfAnyPunctuation) {
  EXPECT_THAT(textsOf("The well-known \"salt\", (or NaCl)!"),
              ElementsAre("the", "well", "known", "salt", "or", "nacl"));
  EXPECT_THAT(textsOf(""), IsEmpty());
  EXPECT_THAT(textsOf("\x01\x02...\n"), IsEmpty());
}

TEST(Words, NegationsHaveOneForm) {
  for (const auto* text : {"it isn't", "it isnt", "it is not", "it isn\u2019t"}) {
    EXPECT_THAT(textsOf(text), ElementsAre("it", "is", "not")) << text;
  }
  EXPECT_THAT(textsOf("cannot"), ElementsAre("can", "not"));
}

TEST(Words, NumbersAreDigits) {
  EXPECT_THAT(textsOf("two cups, 1,500 ml and 2.5 g"),
              ElementsAre("2", "cups", "1500", "ml", "and", "2.5", "g"));
}

TEST(Words, AccentsDoNotMatterAndScriptsStay) {
  EXPECT_THAT(textsOf("caf\u00e9 \u00c9t\u00e9"), ElementsAre("cafe", "ete"));
  EXPECT_THAT(textsOf("\u0441\u043e\u043b\u044c"), ElementsAre("\u0441\u043e\u043b\u044c"));
  EXPECT_EQ(lettersOf("\u0441\u043e\u043b\u044c a1").other, 4u);
  EXPECT_TRUE(lettersOf("?! \u2026 \U0001f600").none());
}

TEST(Words, BytesThatAreNoTextPartWords) {
  EXPECT_THAT(textsOf("a\xff\xfe b\xc3"), ElementsAre("a", "b"));
  EXPECT_EQ(wordsOf(std::string(100'000, 'x')).size(), 1u);
  EXPECT_LE(wordsOf(std::string(100'000, 'x'))[0].text.size(), 40u);
  std::string many;
  for (int i = 0; i < 5000; ++i) many += "ab ";
  EXPECT_EQ(wordsOf(many, 300).size(), 300u);
}

TEST(Words, StemsJoinForms) {
  for (const auto& [a, b] :
       std::vector<std::pair<const char*, const char*>>{{"evaporated", "evaporation"},
                                                        {"plants", "plant"},
                                                        {"hopping", "hop"},
                                                        {"went", "go"},
                                                        {"happiness", "happy"},
                                                        {"dissolves", "dissolving"}}) {
    EXPECT_EQ(stemOf(a), stemOf(b)) << a;
  }
  EXPECT_NE(stemOf("shorter"), stemOf("longer"));
  // Porter 1980.
  EXPECT_EQ(stemOf("relational"), "relat");
  EXPECT_EQ(stemOf("caresses"), "caress");
  EXPECT_EQ(stemOf("adjustment"), "adjust");
}

TEST(Words, InCapitalsASingleLetterIsNoLabel) {
  EXPECT_EQ(wordsOf("use A and B")[1].text, "label-a");
  EXPECT_EQ(wordsOf("USE A MAGNET")[1].text, "a");
}

TEST(Words, SentencesEndWhereAReaderEndsThem) {
  EXPECT_EQ(sentencesOf("It rained. We stayed in! Why? Dr. J. Smith knew 2.5 reasons.").size(), 4u);
  EXPECT_EQ(sentencesOf("No stop at all").size(), 1u);
  EXPECT_THAT(sentencesOf(" ... "), IsEmpty());
}

TEST(Words, SyllablesAreCountedNearEnough) {
  EXPECT_EQ(syllablesOf("cat"), 1);
  EXPECT_EQ(syllablesOf("water"), 2);
  EXPECT_EQ(syllablesOf("make"), 1);
  EXPECT_EQ(syllablesOf("table"), 2);
  EXPECT_EQ(syllablesOf("evaporation"), 5);
}

TEST(Vocabulary, ABrokenTableIsRefused) {
  EXPECT_TRUE(Vocabulary::fromText("# note\nthe 0\n", "big large | small\n"));
  for (const auto* words : {"the", "the x", "the 99", " 3", "the 1 2"}) {
    EXPECT_FALSE(Vocabulary::fromText(words, "")) << words;
  }
  for (const auto* senses : {"a | b | c", "= big", "big = a = b", "big ; a ; b", "big ; a | b"}) {
    EXPECT_FALSE(Vocabulary::fromText("", senses)) << senses;
  }
}

TEST(Vocabulary, WordsAreRelatedAsTheLinesSay) {
  const auto vocabulary = Vocabulary::fromText(
      "", "big large | small tiny\nheart = ; lung liver\nadd = plus join | subtract ; divide\n");
  ASSERT_TRUE(vocabulary) << vocabulary.error().message;
  EXPECT_TRUE(vocabulary->nearlySame("larg", "big"));
  EXPECT_TRUE(vocabulary->nearlySame(stemOf("small"), stemOf("tiny")));
  EXPECT_TRUE(vocabulary->opposite(stemOf("tiny"), stemOf("large")));
  EXPECT_FALSE(vocabulary->nearlySame(stemOf("large"), stemOf("tiny")));
  EXPECT_TRUE(vocabulary->ofOneKind(stemOf("liver"), stemOf("heart")));
  EXPECT_TRUE(vocabulary->ofOneKind(stemOf("liver"), stemOf("lungs")));
  EXPECT_TRUE(vocabulary->nearlySame(stemOf("add"), stemOf("plus")));
  // A word's own line says nothing of the words behind it among themselves.
  EXPECT_FALSE(vocabulary->nearlySame(stemOf("plus"), stemOf("join")));
  EXPECT_TRUE(vocabulary->opposite(stemOf("subtracting"), stemOf("add")));
  EXPECT_TRUE(vocabulary->ofOneKind(stemOf("divide"), stemOf("add")));
  EXPECT_FALSE(vocabulary->ofOneKind(stemOf("heart"), stemOf("heart")));
  EXPECT_FALSE(vocabulary->opposite("big", "unheard"));
}

TEST(Vocabulary, TheShippedOneKnowsSchoolWords) {
  const auto vocabulary = Vocabulary::openShipped();
  ASSERT_TRUE(vocabulary) << vocabulary.error().message;
  EXPECT_GT(vocabulary->size(), 8000u);
  EXPECT_LT(vocabulary->level("the"), vocabulary->level("water"));
  EXPECT_LT(vocabulary->level("water"), vocabulary->level("constitution"));
  EXPECT_FALSE(vocabulary->knows("watre"));
  EXPECT_TRUE(vocabulary->opposite(stemOf("hotter"), stemOf("colder")));
  EXPECT_TRUE(vocabulary->nearlySame(stemOf("growing"), stemOf("developed")));
}

TEST(Likeness, ByFormSpellingAndSense) {
  const auto vocabulary = Vocabulary::openShipped();
  ASSERT_TRUE(vocabulary);
  Likeness likeness(*vocabulary);
  const auto of = [&](const char* a, const char* b) {
    return likeness.of(wordsOf(a)[0], wordsOf(b)[0]);
  };
  EXPECT_EQ(of("water", "Water"), 1);
  EXPECT_GT(of("evaparated", "evaporated"), 0.8f);
  EXPECT_GT(of("bigger", "larger"), 0.7f);
  EXPECT_EQ(of("shorter", "shower"), 0);
  EXPECT_EQ(of("12", "13"), 0);
  EXPECT_EQ(spellingDistance("abcd", "abdc", 3), 1);
  EXPECT_EQ(spellingDistance("abcd", "wxyz", 2), 3);
}

}  // namespace
}  // namespace primer::writing
