#include "primer/handwriting/symbol_set.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace primer::handwriting {
namespace {

TEST(SymbolSet, EverySymbolIsFoundByItsText) {
  std::set<std::string> seen;
  for (std::size_t i = 0; i < kSymbolCount; ++i) {
    EXPECT_EQ(symbolIndex(symbolText(i)), i);
    seen.insert(std::string(symbolText(i)));
  }
  EXPECT_EQ(seen.size(), kSymbolCount);
  EXPECT_EQ(symbolIndex(""), kJunk);
  EXPECT_FALSE(symbolIndex(" "));
  EXPECT_FALSE(symbolIndex("ä"));
  EXPECT_FALSE(symbolIndex("12"));
}

TEST(SymbolSet, NamedSetsHaveTheirSizes) {
  const auto size = [](const char* name) { return SymbolSet::named(name)->size() - 1; };
  EXPECT_EQ(size("digits"), 10u);
  EXPECT_EQ(size("upper"), 26u);
  EXPECT_EQ(size("lower"), 26u);
  EXPECT_EQ(size("letters"), 52u);
  EXPECT_EQ(size("school"), 33u);
  EXPECT_EQ(size("all"), 104u);
  EXPECT_FALSE(SymbolSet::named("Digits"));
}

TEST(SymbolSet, JunkIsAlwaysAllowed) {
  EXPECT_TRUE(SymbolSet{}.contains(kJunk));
  EXPECT_TRUE((SymbolSet::digits() & SymbolSet::upper()).contains(kJunk));
  EXPECT_EQ((SymbolSet::digits() & SymbolSet::upper()).size(), 1u);
}

TEST(SymbolSet, OfTextTakesUtf8AndRefusesTheRest) {
  const auto set = SymbolSet::of("7×€");
  ASSERT_TRUE(set);
  EXPECT_EQ(set->size(), 4u);
  EXPECT_TRUE(set->contains(*symbolIndex("×")));
  for (const char* bad : {"ж", " ", "\xC3", "\xFF", "\xE2\x82"}) {
    EXPECT_FALSE(SymbolSet::of(bad)) << bad;
  }
}

}  // namespace
}  // namespace primer::handwriting
