// Letters and the sounds that they stand for.

#include "primer/pronunciation/spelling.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace primer::pronunciation {
namespace {

class Spelling : public testing::Test {
 protected:
  static const Lexicon& lexicon() {
    static const auto kLexicon = Lexicon::openShipped();
    return *kLexicon;
  }

  // "th|r|ee", with the sounds of a part in brackets where they are not one.
  static std::string parts(const std::string& word) {
    const auto phones = lexicon().words(word).at(0).ways.at(0);
    std::string text;
    std::size_t byte = 0, phone = 0;
    for (const auto& part : spell(lexicon(), word, phones)) {
      EXPECT_EQ(part.first_byte, byte) << word;
      EXPECT_EQ(part.first_phone, phone) << word;
      EXPECT_GT(part.phones, 0u) << word;
      byte += part.bytes;
      phone += part.phones;
      if (!text.empty()) text += '|';
      text += word.substr(part.first_byte, part.bytes);
      if (part.phones != 1) text += "(" + std::to_string(part.phones) + ")";
    }
    EXPECT_EQ(byte, word.size()) << word;
    EXPECT_EQ(phone, phones.size()) << word;
    return text;
  }
};

TEST_F(Spelling, LettersThatAreOneSoundStandTogether) {
  EXPECT_EQ(parts("three"), "th|r|ee");
  EXPECT_EQ(parts("thin"), "th|i|n");
  EXPECT_EQ(parts("fish"), "f|i|sh");
  EXPECT_EQ(parts("swim"), "s|w|i|m");
  EXPECT_EQ(parts("bath"), "b|a|th");
  EXPECT_EQ(parts("Church"), "Ch|ur|ch");
  EXPECT_EQ(parts("duck"), "d|u|ck");
  EXPECT_EQ(parts("rabbit"), "r|a|bb|i|t");
}

TEST_F(Spelling, SilentLettersGoWithANeighbour) {
  EXPECT_EQ(parts("knee"), "kn|ee");
  EXPECT_EQ(parts("make"), "m|a|ke");
  EXPECT_EQ(parts("write"), "wr|i|te");
}

TEST_F(Spelling, ALetterMayBeTwoSounds) { EXPECT_EQ(parts("fox"), "f|o|x(2)"); }

TEST_F(Spelling, EveryWordIsCoveredWhateverItIsMadeOf) {
  for (const char* word :
       {"one", "two", "eight", "women", "colonel", "1984", "7", "50%", "ice-cream", "don't", "café",
        "Wednesday", "pneumonoultramicroscopicsilicovolcano", "a", "I'd"}) {
    EXPECT_NE(parts(word), "") << word;
  }
}

TEST_F(Spelling, NothingIsSpelledWhereNothingIsSaid) {
  EXPECT_TRUE(spell(lexicon(), "cat", {}).empty());
  EXPECT_TRUE(spell(lexicon(), "", {1}).empty());
  // More sounds than any letter takes.
  EXPECT_EQ(spell(lexicon(), "a", Pronunciation(20, 1)).size(), 1u);
}

}  // namespace
}  // namespace primer::pronunciation
