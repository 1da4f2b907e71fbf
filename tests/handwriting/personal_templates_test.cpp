// A pupil's own samples: bounded, forgotten on request, and safe to read back.

#include "primer/handwriting/personal_templates.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <limits>
#include <vector>

namespace primer::handwriting {
namespace {

using Features = std::array<float, PersonalTemplates::kFeatureCount>;

constexpr std::uint64_t kSpace = 0x123456789abcdef0u;

// A direction of its own for every number.
Features direction(std::size_t number) {
  Features features{};
  features[number % features.size()] = 3;
  features[(number + 1) % features.size()] = 1;
  return features;
}

std::size_t symbol(const char* text) { return *symbolIndex(text); }

std::array<float, kSymbolCount> adjusted(const PersonalTemplates& hand, const Features& features) {
  std::array<float, kSymbolCount> scores{};
  hand.adjust(scores, features);
  return scores;
}

TEST(PersonalTemplates, SpeakForTheSymbolThatWasConfirmed) {
  PersonalTemplates hand(kSpace);
  ASSERT_TRUE(hand.add(symbol("r"), direction(5)));
  ASSERT_TRUE(hand.add(symbol("k"), direction(60)));
  const auto scores = adjusted(hand, direction(5));
  EXPECT_GT(scores[symbol("r")], 1);
  EXPECT_LT(scores[symbol("k")], 0);
  EXPECT_EQ(scores[symbol("n")], 0);  // of which there is no sample
}

TEST(PersonalTemplates, SayMoreTheMoreThereAre) {
  PersonalTemplates hand(kSpace);
  float last = 0;
  for (std::size_t i = 0; i < PersonalTemplates::kPerSymbol; ++i) {
    ASSERT_TRUE(hand.add(symbol("r"), direction(5)));
    const float now = adjusted(hand, direction(5))[symbol("r")];
    EXPECT_GT(now, last);
    last = now;
  }
}

TEST(PersonalTemplates, SpreadScoresByTheShareThatHasSamples) {
  PersonalTemplates hand(kSpace);
  const auto set = SymbolSet::of("rk7").value();
  EXPECT_EQ(hand.spread(set), 1);
  ASSERT_TRUE(hand.add(symbol("r"), direction(5)));
  const float one = hand.spread(set);
  EXPECT_GT(one, 1);
  ASSERT_TRUE(hand.add(symbol("k"), direction(9)));
  EXPECT_GT(hand.spread(set), one);
  EXPECT_EQ(hand.spread(SymbolSet::digits()), 1);
}

TEST(PersonalTemplates, LengthDoesNotMatter) {
  PersonalTemplates hand(kSpace);
  ASSERT_TRUE(hand.add(symbol("r"), direction(5)));
  auto longer = direction(5);
  for (auto& value : longer) value *= 40;
  EXPECT_NEAR(adjusted(hand, longer)[symbol("r")], adjusted(hand, direction(5))[symbol("r")], 1e-4);
  const auto nothing = adjusted(hand, Features{});
  EXPECT_EQ(nothing[symbol("r")], 0);
}

TEST(PersonalTemplates, TheOldestGo) {
  PersonalTemplates hand(kSpace);
  for (std::size_t i = 0; i < 20; ++i) ASSERT_TRUE(hand.add(symbol("x"), direction(10 * i)));
  ASSERT_TRUE(hand.add(symbol("y"), direction(3)));
  EXPECT_EQ(hand.count(symbol("x")), PersonalTemplates::kPerSymbol);
  EXPECT_EQ(hand.size(), PersonalTemplates::kPerSymbol + 1);
  EXPECT_GT(adjusted(hand, direction(190))[symbol("x")], 0);
  EXPECT_LT(adjusted(hand, direction(100))[symbol("x")], 0);
}

TEST(PersonalTemplates, TakeNoDigitsAndNothingEmpty) {
  PersonalTemplates hand(kSpace);
  EXPECT_FALSE(hand.add(symbol("7"), direction(1)));
  EXPECT_FALSE(hand.add(kJunk, direction(1)));
  EXPECT_FALSE(hand.add(kSymbolCount + 9, direction(1)));
  EXPECT_FALSE(hand.add(symbol("a"), Features{}));
  EXPECT_FALSE(hand.add(symbol("a"), std::array<float, 3>{1, 2, 3}));
  auto bad = direction(1);
  bad[7] = std::numeric_limits<float>::quiet_NaN();
  EXPECT_FALSE(hand.add(symbol("a"), bad));
  EXPECT_TRUE(hand.empty());
}

TEST(PersonalTemplates, ForgetOnRequest) {
  PersonalTemplates hand(kSpace);
  ASSERT_TRUE(hand.add(symbol("a"), direction(1)));
  hand.reset();
  EXPECT_TRUE(hand.empty());
  EXPECT_EQ(adjusted(hand, direction(1))[symbol("a")], 0);
  EXPECT_EQ(hand, PersonalTemplates(kSpace));
}

TEST(PersonalTemplates, ComeBackFromBytesAsTheyWere) {
  PersonalTemplates hand(kSpace);
  for (std::size_t i = 0; i < 9; ++i) ASSERT_TRUE(hand.add(symbol("a") + i % 4, direction(7 * i)));
  const auto bytes = hand.serialise();
  const auto back = PersonalTemplates::parse(bytes);
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_EQ(*back, hand);
  EXPECT_EQ(back->featureSpace(), kSpace);
  EXPECT_EQ(back->serialise(), bytes);
  EXPECT_EQ(adjusted(*back, direction(14)), adjusted(hand, direction(14)));
  EXPECT_TRUE(PersonalTemplates::parse(PersonalTemplates(1).serialise())->empty());
}

TEST(PersonalTemplates, TrustNoBytes) {
  PersonalTemplates hand(kSpace);
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(hand.add(symbol("a"), direction(1)));
  const auto good = hand.serialise();
  for (std::size_t size = 0; size < good.size(); ++size) {
    const auto cut = PersonalTemplates::parse(std::span(good).first(size));
    // Whole samples that are missing at the end cannot be seen.
    const bool whole = size >= 13 && (size - 13) % 129 == 0;
    ASSERT_EQ(cut.has_value(), whole) << size;
  }
  const auto with = [&](std::size_t place, int value) {
    auto bytes = good;
    bytes[place] = static_cast<std::byte>(value);
    return PersonalTemplates::parse(bytes);
  };
  EXPECT_EQ(with(0, 'X').error().code, ErrorCode::kDamaged);
  EXPECT_EQ(with(4, 9).error().code, ErrorCode::kUnsupported);
  EXPECT_EQ(with(13, static_cast<int>(symbol("7"))).error().code, ErrorCode::kDamaged);
  EXPECT_EQ(with(13, 255).error().code, ErrorCode::kDamaged);
  auto many = good;
  many.insert(many.end(), good.begin() + 13, good.begin() + 13 + 129);
  EXPECT_EQ(PersonalTemplates::parse(many).error().code, ErrorCode::kDamaged);
  auto empty = good;
  std::fill(empty.begin() + 14, empty.begin() + 14 + 128, std::byte{0});
  EXPECT_EQ(PersonalTemplates::parse(empty).error().code, ErrorCode::kDamaged);
}

}  // namespace
}  // namespace primer::handwriting
