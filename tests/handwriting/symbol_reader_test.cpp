// The shipped symbol model, on ink made by code.

#include "primer/handwriting/symbol_reader.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <string>
#include <vector>

#include "handwriting/test_ink.h"
#include "primer/handwriting/drawn_digits.h"
#include "primer/handwriting/personal_templates.h"
#include "test_folder.h"
#include "time_bound.h"

namespace primer::handwriting {
namespace {

Ink digitInk(int digit, std::uint32_t seed = 1) {
  PenStyle style;
  style.seed = seed;
  Ink ink;
  ink.strokes = drawDigit(digit, 20, 30, style);
  return ink;
}

class SymbolReaderTest : public testing::Test {
 protected:
  void SetUp() override {
    auto opened = SymbolReader::openShipped();
    ASSERT_TRUE(opened) << opened.error().message;
    reader_.emplace(std::move(*opened));
  }
  SymbolReading read(const Ink& ink, const SymbolSet& allowed = SymbolSet::digits()) {
    return reader_->read(ink, allowed);
  }
  std::optional<SymbolReader> reader_;
};

TEST_F(SymbolReaderTest, ReadsDrawnDigits) {
  for (int digit = 0; digit <= 9; ++digit) {
    for (std::uint32_t seed = 1; seed <= 5; ++seed) {
      const auto reading = read(digitInk(digit, seed));
      EXPECT_EQ(reading.candidates.front().symbol, std::to_string(digit)) << seed;
      EXPECT_FALSE(reading.unsure) << digit << " " << seed;
      EXPECT_FALSE(reading.mirrored) << digit << " " << seed;
    }
  }
}

TEST_F(SymbolReaderTest, CandidatesAreOrderedAndShareOne) {
  for (const auto& set : {SymbolSet::digits(), SymbolSet::school(), SymbolSet::all()}) {
    const auto reading = read(digitInk(7), set);
    ASSERT_GE(reading.candidates.size(), 3u);
    float sum = 0;
    float last = 1;
    for (const auto& candidate : reading.candidates) {
      EXPECT_LE(candidate.probability, last);
      EXPECT_TRUE(set.contains(symbolIndex(candidate.symbol).value()));
      last = candidate.probability;
      sum += candidate.probability;
    }
    EXPECT_LE(sum, 1.0001f);
    EXPECT_GT(sum, 0.9f);
  }
}

TEST_F(SymbolReaderTest, ReadsOnlyWhatIsAllowed) {
  const auto set = SymbolSet::of("48").value();
  for (int digit = 0; digit <= 9; ++digit) {
    for (const auto& candidate : read(digitInk(digit), set).candidates) {
      EXPECT_TRUE(candidate.symbol == "4" || candidate.symbol == "8" || candidate.symbol.empty());
    }
  }
}

TEST_F(SymbolReaderTest, DoesNotDependOnPlaceOrScale) {
  for (int digit = 0; digit <= 9; ++digit) {
    const auto ink = digitInk(digit);
    const auto here = read(ink).candidates.front();
    const auto there = read(test::moved(ink, 0.02f, -3000, 500)).candidates.front();
    EXPECT_EQ(here.symbol, there.symbol);
    EXPECT_NEAR(here.probability, there.probability, 0.05);
  }
}

TEST_F(SymbolReaderTest, KnowsMirrorWriting) {
  for (const int digit : {2, 3, 4, 5, 6, 7, 9}) {
    const auto reading = read(test::mirrored(digitInk(digit)));
    EXPECT_EQ(reading.candidates.front().symbol, std::to_string(digit));
    EXPECT_TRUE(reading.mirrored) << digit;
  }
  for (const int digit : {0, 1, 8}) EXPECT_FALSE(read(test::mirrored(digitInk(digit))).mirrored);
}

// One's mirror image is nearly the other: how it was written tells, most of the time surely.
TEST_F(SymbolReaderTest, IsMostlySureOfAMirroredTwoOrFive) {
  for (const int digit : {2, 5}) {
    int sure = 0;
    for (std::uint32_t seed = 1; seed <= 40; ++seed) {
      const auto turned = read(test::mirrored(digitInk(digit, seed)));
      sure += turned.mirrored && !turned.unsure ? 1 : 0;
      EXPECT_FALSE(read(digitInk(digit, seed)).mirrored) << digit << " " << seed;
    }
    EXPECT_GE(sure, 36) << digit;
  }
}

TEST_F(SymbolReaderTest, BadInkIsNeverSure) {
  for (const auto& [name, ink] : test::badInk()) {
    const auto reading = read(ink);
    EXPECT_TRUE(reading.unsure) << name << " read as " << reading.candidates.front().symbol;
    EXPECT_GE(reading.candidates.size(), 3u) << name;
  }
  for (const auto& ink : {Ink{}, test::scribble(20), test::manyStrokes(40)}) {
    const auto reading = read(ink, SymbolSet::all());
    EXPECT_EQ(reading.candidates.front().symbol, "");
    EXPECT_TRUE(reading.unsure);
  }
}

TEST_F(SymbolReaderTest, WhatIsNearlyJunkIsALetterAmongLettersButNeverSure) {
  const auto letters = SymbolSet::upper();
  int near = 0;
  for (int first = 0; first <= 9; ++first) {
    for (int second = 0; second <= 9; ++second) {
      for (const float gap : {0.2f, 0.5f, 0.8f}) {
        // Two digits run together: no letter, and like some.
        auto ink = digitInk(first);
        const auto more = test::moved(digitInk(second), 1, 30 * gap, 0);
        ink.strokes.insert(ink.strokes.end(), more.strokes.begin(), more.strokes.end());
        FlatInk flat;
        ASSERT_TRUE(flatten(ink, flat));
        SymbolScores scores;
        reader_->score({&flat, 1}, {}, {&scores, 1});
        float best = -1e9f;
        for (std::size_t i = 0; i < kSymbolCount; ++i) {
          if (i != kJunk && letters.contains(i)) best = std::max(best, scores.log_probabilities[i]);
        }
        if (best > scores.log_probabilities[kJunk]) continue;  // no junk at all
        const auto reading = read(ink, letters);
        EXPECT_TRUE(reading.unsure) << first << " and " << second;
        near += reading.candidates.front().symbol.empty() ? 0 : 1;
      }
    }
  }
  EXPECT_GT(near, 0);
}

TEST_F(SymbolReaderTest, OfBothCasesALettersChancesAreSharedMoreEvenly) {
  // An o: which case it is nobody can tell without its size.
  Ink ring;
  ring.strokes.resize(1);
  for (int i = 0; i <= 40; ++i) {
    const float a = 6.3f * static_cast<float>(i) / 40;
    ring.strokes[0].push_back({50 + 48 * std::sin(a), 50 - 50 * std::cos(a), 0, 1});
  }
  const auto reading = reader_->read(ring, SymbolSet::letters());
  float upper = 0;
  float lower = 0;
  for (const auto& candidate : reading.candidates) {
    if (candidate.symbol == "O") upper = candidate.probability;
    if (candidate.symbol == "o") lower = candidate.probability;
  }
  EXPECT_GT(upper + lower, 0.8f);
  EXPECT_GT(std::min(upper, lower), 0.02f);
  EXPECT_TRUE(reading.unsure);
}

TEST_F(SymbolReaderTest, ADotIsAPointWhereThereAreAny) {
  EXPECT_EQ(read(test::oneDot(), SymbolSet::school()).candidates.front().symbol, ".");
}

TEST_F(SymbolReaderTest, TimesDoNotMatter) {
  auto ink = digitInk(5);
  const auto forward = read(ink).candidates.front().probability;
  for (auto& stroke : ink.strokes) {
    for (auto& p : stroke) p.t = std::numeric_limits<float>::quiet_NaN();
  }
  EXPECT_EQ(read(ink).candidates.front().probability, forward);
}

TEST_F(SymbolReaderTest, ManyAtOnceAreAsEachByItself) {
  std::vector<Ink> inks;
  for (int digit = 0; digit <= 9; ++digit) inks.push_back(digitInk(digit, 3));
  const auto all = reader_->read(inks, SymbolSet::school());
  ASSERT_EQ(all.size(), inks.size());
  auto second = reader_->another();
  ASSERT_TRUE(second) << second.error().message;
  for (std::size_t i = 0; i < inks.size(); ++i) {
    const auto one = second->read(inks[i], SymbolSet::school());
    EXPECT_EQ(one.candidates.front().symbol, all[i].candidates.front().symbol);
    EXPECT_EQ(one.candidates.front().probability, all[i].candidates.front().probability);
  }
}

TEST_F(SymbolReaderTest, ScoresManyAsItReadsEach) {
  std::vector<FlatInk> inks(11);
  for (int digit = 0; digit <= 9; ++digit) {
    flatten(digitInk(digit, 2), inks[static_cast<std::size_t>(digit)]);
  }
  std::vector<SymbolScores> scores(inks.size());
  reader_->score(inks, {}, scores);
  for (int digit = 0; digit <= 9; ++digit) {
    const auto& one = scores[static_cast<std::size_t>(digit)];
    float sum = 0;
    for (const float value : one.log_probabilities) sum += std::exp(value);
    EXPECT_NEAR(sum, 1, 1e-3);
    EXPECT_EQ(one.features, reader_->features(digitInk(digit, 2)));
    EXPECT_TRUE(std::any_of(one.features.begin(), one.features.end(),
                            [](float value) { return value > 0; }));
    EXPECT_TRUE(std::all_of(one.features.begin(), one.features.end(),
                            [](float value) { return value >= 0; }));
  }
  EXPECT_NE(scores[2].features, scores[3].features);
  // The last piece of ink holds nothing.
  const auto& nothing = scores.back();
  EXPECT_EQ(*std::max_element(nothing.log_probabilities.begin(), nothing.log_probabilities.end()),
            nothing.log_probabilities[kJunk]);
  EXPECT_EQ(*std::max_element(nothing.features.begin(), nothing.features.end()), 0);
}

TEST_F(SymbolReaderTest, LeansOnTheWritersOwnHand) {
  const auto ink = digitInk(5);
  PersonalTemplates hand(reader_->featureSpace());
  ASSERT_TRUE(hand.add(*symbolIndex("S"), reader_->features(ink)));
  const auto set = SymbolSet::of("5S").value();
  const auto chanceOfS = [&](const PersonalTemplates* own) {
    SymbolContext context;
    context.hand = own;
    for (const auto& candidate : reader_->read(ink, set, context).candidates) {
      if (candidate.symbol == "S") return candidate.probability;
    }
    return 0.0f;
  };
  EXPECT_GT(chanceOfS(&hand), 2 * chanceOfS(nullptr));
  // Of another model's features: not looked at.
  PersonalTemplates foreign(reader_->featureSpace() + 1);
  ASSERT_TRUE(foreign.add(*symbolIndex("S"), reader_->features(ink)));
  EXPECT_EQ(chanceOfS(&foreign), chanceOfS(nullptr));
  auto other = reader_->another();
  ASSERT_TRUE(other);
  EXPECT_EQ(other->featureSpace(), reader_->featureSpace());
}

TEST_F(SymbolReaderTest, TakesBoundedTimeOnAnyInk) {
  const auto worst = test::manyStrokes(2000);
  const double taken = test::threadMilliseconds([&] {
    for (int i = 0; i < 10; ++i) read(worst, SymbolSet::all());
  });
  // Two milliseconds are the aim; slow machines are allowed for.
  EXPECT_LT(taken / 10, 20 * test::kSlowBuild);
}

TEST(SymbolReaderOpen, SaysWhatIsWrongWithAFile) {
  const auto missing = SymbolReader::open("/nowhere/model.tflite");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::kNotFound);

  const test::TestFolder folder;
  std::ofstream(folder / "text.tflite") << "this is no model";
  const auto text = SymbolReader::open(folder / "text.tflite");
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().code, ErrorCode::kDamaged);

  std::ifstream whole(SymbolReader::shippedModel(), std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(whole)), {});
  ASSERT_GT(bytes.size(), 1000u);
  for (const double share : {0.1, 0.5, 0.9, 0.999}) {
    std::ofstream(folder / "cut.tflite", std::ios::binary)
        .write(bytes.data(),
               static_cast<std::streamsize>(share * static_cast<double>(bytes.size())));
    EXPECT_FALSE(SymbolReader::open(folder / "cut.tflite")) << share;
  }
}

}  // namespace
}  // namespace primer::handwriting
