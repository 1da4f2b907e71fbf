#include "primer/pronunciation/lexicon.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "made_up.h"
#include "primer/base/file_system.h"
#include "primer/base/share.h"
#include "src/number_words.h"

namespace primer::pronunciation {
namespace {

using test::phones;
using testing::Contains;
using testing::ElementsAre;
using testing::Not;

const Lexicon& shipped() {
  static const auto lexicon = *Lexicon::openShipped();
  return lexicon;
}

std::vector<std::string> written(std::string_view text) {
  std::vector<std::string> words;
  for (const auto& word : shipped().words(text)) words.push_back(word.written);
  return words;
}

std::vector<Pronunciation> waysOf(std::string_view text) { return shipped().words(text)[0].ways; }

TEST(Lexicon, KnowsWordsByRuleAndByTable) {
  EXPECT_THAT(shipped().ways("cat"), ElementsAre(phones("K AE T")));
  EXPECT_THAT(shipped().ways("Book"), ElementsAre(phones("B UH K")));
  EXPECT_THAT(shipped().ways("one"), Contains(phones("W AH N")));
  EXPECT_THAT(shipped().ways("choir"), Contains(phones("K W AY ER")));
  EXPECT_THAT(shipped().ways("colonel"), Contains(phones("K ER N AH L")));
  EXPECT_THAT(shipped().ways("don't"), Contains(phones("D OW N T")));
  // Two ways of saying it.
  EXPECT_THAT(shipped().ways("either"), Contains(phones("IY DH ER")));
  EXPECT_THAT(shipped().ways("either"), Contains(phones("AY DH ER")));
}

TEST(Lexicon, SoundsOutWhatItDoesNotKnow) {
  EXPECT_THAT(shipped().ways("blick"), ElementsAre(phones("B L IH K")));
  EXPECT_THAT(shipped().ways("snorp"), ElementsAre(phones("S N AO R P")));
  for (const char* odd : {"xq", "h", "zzzz", "mmm", "bhrgh"}) {
    ASSERT_FALSE(shipped().ways(odd).empty()) << odd;
    EXPECT_FALSE(shipped().ways(odd)[0].empty()) << odd;
  }
  EXPECT_TRUE(shipped().ways("...").empty());
}

TEST(Lexicon, CutsATextIntoWhatIsSaid) {
  EXPECT_THAT(written("  \"We call it — bear!\" "), ElementsAre("We", "call", "it", "bear"));
  EXPECT_THAT(written("well-known 1984, isn\u2019t it?"),
              ElementsAre("well-known", "1984", "isn't", "it"));
  EXPECT_THAT(written("caf\u00e9 3/4 50% ... - !"), ElementsAre("cafe", "3/4", "50%"));
  EXPECT_TRUE(written("").empty());
  EXPECT_TRUE(written("?! \u4f60\u597d").empty());
  EXPECT_THAT(waysOf("cat-book"), ElementsAre(phones("K AE T B UH K")));
}

TEST(Lexicon, ReadsNumbersAsPeopleDo) {
  EXPECT_THAT(readNumber("3"), ElementsAre("three"));
  EXPECT_THAT(
      readNumber("1984"),
      testing::IsSupersetOf({"nineteen eighty four", "one thousand nine hundred eighty four",
                             "one thousand nine hundred and eighty four", "one nine eight four"}));
  EXPECT_EQ(readNumber("1905")[0], "nineteen oh five");
  EXPECT_EQ(readNumber("2.5")[0], "two point five");
  EXPECT_THAT(readNumber("1st"), ElementsAre("first"));
  EXPECT_THAT(readNumber("20th"), ElementsAre("twentieth"));
  EXPECT_THAT(readNumber("42nd"), ElementsAre("forty second"));
  EXPECT_EQ(readNumber("1,250")[0], "one thousand two hundred and fifty");
  EXPECT_EQ(readNumber("007")[0], "zero zero seven");
  EXPECT_EQ(readNumber("1000000")[0], "one million");
  EXPECT_THAT(readNumber("100"), Contains("a hundred"));
  EXPECT_TRUE(readNumber("1.2.3").empty());
  EXPECT_TRUE(readNumber(std::string(41, '9')).empty());
  EXPECT_THAT(waysOf("3"), Contains(phones("TH R IY")));
  EXPECT_THAT(waysOf("b2"), Contains(phones("B IY T UW")));
}

TEST(Lexicon, AcceptsEstablishedAccents) {
  const auto accepted = [](const char* phone, Phone before, Phone after) {
    return acceptedFor(*phoneNamed(phone), before, after);
  };
  const Phone aa = *phoneNamed("AA"), t = *phoneNamed("T"), s = *phoneNamed("S");
  EXPECT_THAT(accepted("R", aa, kSilence), Contains(kSilence));
  EXPECT_THAT(accepted("R", t, aa), testing::IsEmpty());
  EXPECT_THAT(accepted("AE", t, s), Contains(aa));
  EXPECT_THAT(accepted("T", aa, aa), Contains(*phoneNamed("D")));
  EXPECT_THAT(accepted("T", aa, kSilence), Not(Contains(*phoneNamed("D"))));
  EXPECT_THAT(accepted("TH", kSilence, aa), testing::IsEmpty());
}

TEST(Lexicon, RefusesDamage) {
  const auto read =
      realFileSystem().read(shareFolder() / "models" / "pronunciation-lexicon.bin", 1 << 24);
  ASSERT_TRUE(read);
  std::vector<std::uint8_t> whole;
  for (const auto byte : *read) whole.push_back(static_cast<std::uint8_t>(byte));
  EXPECT_LT(whole.size(), 1'000'000u);
  EXPECT_EQ(Lexicon::fromBytes({}, "x").error().code, ErrorCode::kDamaged);
  auto cut = whole;
  cut.resize(whole.size() / 2);
  EXPECT_EQ(Lexicon::fromBytes(cut, "x").error().code, ErrorCode::kDamaged);
  // Whatever byte is changed: it is refused, or every word still has some pronunciation.
  std::uint32_t state = 5;
  for (int i = 0; i < 60; ++i) {
    auto bytes = whole;
    for (int k = 0; k < 20; ++k) {
      state = state * 1664525u + 1013904223u;
      bytes[state % bytes.size()] = static_cast<std::uint8_t>(state >> 24);
    }
    const auto lexicon = Lexicon::fromBytes(bytes, "x");
    if (!lexicon) continue;
    for (const char* word : {"cat", "either", "blick", "choir"}) {
      EXPECT_FALSE(lexicon->ways(word).empty());
    }
  }
}

}  // namespace
}  // namespace primer::pronunciation
