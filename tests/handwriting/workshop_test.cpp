// The workshop's ink: how it is varied, made and split. Reads PRIMER_DATA only where it is there.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <set>
#include <string>

#include "mnist/image_measure.h"
#include "primer/handwriting-workshop/archives.h"
#include "primer/handwriting-workshop/readers.h"
#include "primer/handwriting/drawn_digits.h"
#include "primer/handwriting/symbol_reader.h"
#include "symbols/distortion.h"
#include "symbols/drawings.h"
#include "symbols/ink_measure.h"
#include "symbols/reliability.h"
#include "symbols/synthesis.h"
#include "test_folder.h"

namespace primer::handwriting::workshop {
namespace {

FlatInk drawn(int digit) {
  Ink ink;
  ink.strokes = drawDigit(digit, 0, 0);
  FlatInk flat;
  EXPECT_TRUE(flatten(ink, flat));
  return flat;
}

TEST(InkDistortion, KeepsInkWholeAndFinite) {
  const DistortionOptions options;
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    toolkit::Random random(seed);
    FlatInk ink = drawn(static_cast<int>(seed % 10));
    const auto strokes = ink.strokeCount();
    distort(options, random, ink);
    ASSERT_FALSE(ink.points.empty());
    ASSERT_EQ(ink.ends.back(), ink.points.size());
    ASSERT_LE(ink.strokeCount(), strokes + 1);
    ASSERT_GE(ink.strokeCount() + 1, strokes);
    for (std::size_t s = 0; s < ink.strokeCount(); ++s) {
      ASSERT_LT(ink.strokeBegin(s), ink.ends[s]);
    }
    for (const auto& p : ink.points) ASSERT_TRUE(std::abs(p.x) < 3 && std::abs(p.y) < 3);
  }
}

TEST(InkDistortion, IsNamedByItsSeed) {
  const DistortionOptions options;
  const auto once = [&](std::uint64_t seed) {
    toolkit::Random random(seed);
    FlatInk ink = drawn(8);
    distort(options, random, ink);
    return ink.points.front().x;
  };
  EXPECT_EQ(once(3), once(3));
  EXPECT_NE(once(3), once(4));
}

TEST(InkDistortion, RefusesOptionsThatItDoesNotKnow) {
  EXPECT_TRUE(DistortionOptions::parse(toolkit::Json::parse(R"({"rotation": 4})")));
  EXPECT_FALSE(DistortionOptions::parse(toolkit::Json::parse(R"({"rotatoin": 4})")));
  EXPECT_FALSE(DistortionOptions::parse(toolkit::Json::parse(R"({"rotation": -4})")));
}

TEST(InkSynthesis, ScribblesFitTheReader) {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    toolkit::Random random(seed);
    FlatInk ink;
    Synthesis::makeScribble(random, ink);
    ASSERT_FALSE(ink.points.empty());
    ASSERT_LE(ink.strokeCount(), kMaxSymbolStrokes);
  }
}

TEST(InkSplit, IsStableAndAboutAnEighth) {
  int development = 0;
  for (int i = 0; i < 5000; ++i) {
    if (isDevelopmentWriter("writer" + std::to_string(i))) ++development;
  }
  EXPECT_NEAR(development, 600, 80);
  // Where these stood when the shipped model was trained.
  std::string pendigits;
  for (int i = 1; i <= 30; ++i) {
    if (isDevelopmentWriter("pendigits-" + std::to_string(i))) pendigits += std::to_string(i) + " ";
  }
  EXPECT_EQ(pendigits, "1 7 10 16 ");
}

TEST(InkSizes, AreRelativeToTheWritersMedian) {
  SampleStore store;
  Sample description;
  description.writer = store.writerNumber("someone");
  for (int i = 1; i <= 11; ++i) {
    FlatInk ink;
    ink.points = {{0, 0}, {static_cast<float>(i), 1}};
    ink.ends = {2};
    ASSERT_TRUE(store.add(ink, description));
  }
  store.measureSizes();
  EXPECT_NEAR(store.samples()[5].relative_size, 1, 1e-5);
  EXPECT_NEAR(store.samples()[11 - 1].relative_size, 11.0 / 6, 1e-5);
}

TEST(InkFolds, HoldOutWholeWritersAndLeaveDetexifyAlone) {
  SampleStore store;
  FlatInk ink;
  ink.points = {{0, 0}, {1, 1}};
  ink.ends = {2};
  const auto add = [&](const std::string& writer, Source source, bool development) {
    Sample sample;
    sample.writer = store.writerNumber(writer);
    sample.source = source;
    sample.development = development;
    ASSERT_TRUE(store.add(ink, sample));
  };
  for (int i = 0; i < 30; ++i) {
    add("writer" + std::to_string(i % 3), Source::kUnipen, false);
    add("detexify", Source::kDetexify, i < 5);
  }
  for (int fold = 0; fold < 3; ++fold) {
    ASSERT_TRUE(store.holdOut({fold, 3}));
    std::set<std::uint16_t> held_out;
    int detexify = 0;
    for (const auto& sample : store.samples()) {
      if (!sample.development) continue;
      if (sample.source == Source::kDetexify) {
        ++detexify;
      } else {
        held_out.insert(sample.writer);
      }
    }
    EXPECT_EQ(held_out.size(), 1u);
    EXPECT_EQ(detexify, 5);
  }
  EXPECT_FALSE(store.holdOut({0, 4}));
}

TEST(InkMeasure, CountsByGroupAndFindsTheTemperature) {
  // Two hundred digits; scores say 0 or the truth with a margin of 2, and are right in 7 of 8.
  std::vector<Judged> samples;
  std::vector<float> scores;
  const auto zero = *symbolIndex("0");
  for (int i = 0; i < 200; ++i) {
    samples.push_back(
        {static_cast<std::uint8_t>(zero), Source::kPendigits, true, Judged::Group::kWritten});
    std::vector<float> row(kSymbolCount, -20);
    row[zero] = i % 8 == 0 ? 0.0f : 2.0f;
    row[zero + 1] = i % 8 == 0 ? 2.0f : 0.0f;
    scores.insert(scores.end(), row.begin(), row.end());
  }
  const std::vector<float> upright(samples.size() * (kNotMirrored + 1), 0.0f);
  const auto metrics = measureSymbols(samples, scores, upright);
  EXPECT_NEAR(metrics.at("pendigits"), 87.5, 1e-6);
  // sigmoid(2 / T) = 7/8 at T = 2 / ln 7 = 1.03.
  EXPECT_NEAR(metrics.at("temperature_digits"), 1.03, 0.05);
  EXPECT_LT(metrics.at("ece_digits"), 0.02);
}

TEST(ImageMeasure, FindsTheTemperatureAndWhatIsSure) {
  // Seven of eight pictures are read rightly, with a margin of 2; then one by 40, surely wrong.
  std::vector<float> scores;
  std::vector<int> labels;
  for (int i = 0; i < 400; ++i) {
    std::vector<float> row(10, -30);
    row[3] = 2;
    row[5] = 0;
    scores.insert(scores.end(), row.begin(), row.end());
    labels.push_back(i % 8 == 0 ? 5 : 3);
  }
  auto metrics = measureImages(scores, labels);
  EXPECT_NEAR(metrics.at("accuracy"), 87.5, 1e-6);
  EXPECT_NEAR(metrics.at("temperature"), 2 / std::log(7.0), 0.05);
  EXPECT_LT(metrics.at("ece"), 0.01);
  EXPECT_EQ(metrics.at("sure_share"), 0);
  std::vector<float> row(10, -40);
  row[1] = 0;
  scores.insert(scores.end(), row.begin(), row.end());
  labels.push_back(7);
  metrics = measureImages(scores, labels);
  EXPECT_NEAR(metrics.at("sure_share"), 100.0 / 401, 1e-6);
  EXPECT_EQ(metrics.at("sure_errors"), 100);
}

TEST(InkMeasure, AmongLettersJunkMustLeadAsItDoesForTheReader) {
  ASSERT_GT(junkLead(SymbolSet::upper()), 0.5f);
  EXPECT_EQ(junkLead(SymbolSet::school()), 0);
  EXPECT_EQ(junkLead(SymbolSet::digits()), 0);
  const auto rightOf = [](const char* text, float lead) {
    const auto symbol = *symbolIndex(text);
    std::vector<float> row(kSymbolCount, -20);
    row[symbol] = 0;
    row[kJunk] = lead;
    const std::vector<Judged> samples = {
        {static_cast<std::uint8_t>(symbol), Source::kUnipen, true, Judged::Group::kWritten}};
    const auto metrics = measureSymbols(samples, row, std::vector<float>(kNotMirrored + 1));
    return metrics.at(symbol < *symbolIndex("A") ? "unipen_digits" : "unipen_upper");
  };
  const float lead = junkLead(SymbolSet::upper());
  EXPECT_EQ(rightOf("M", lead - 0.1f), 100);
  EXPECT_EQ(rightOf("M", lead + 0.1f), 0);
  EXPECT_EQ(rightOf("8", -0.1f), 100);
  EXPECT_EQ(rightOf("8", 0.1f), 0);
}

TEST(InkMeasure, FindsMirroredDigitsAtOneFalseInAThousand) {
  constexpr std::size_t kClasses = kNotMirrored + 1;
  constexpr std::size_t kCount = 2000;
  const auto three = static_cast<std::uint8_t>(*symbolIndex("3"));
  std::vector<Judged> samples;
  std::vector<float> mirrored;
  const auto add = [&](Judged::Group group, int said) {
    samples.push_back({three, Source::kPendigits, true, group});
    mirrored.resize(samples.size() * kClasses, 0.0f);
    mirrored[mirrored.size() - kClasses + static_cast<std::size_t>(said)] = 6;
  };
  // One plain digit in 1,000 is taken for mirrored; of the mirrored ones half are found, a quarter
  // is taken for another digit, a quarter for plain.
  for (std::size_t i = 0; i < kCount; ++i) {
    add(Judged::Group::kWritten, i % 1000 == 0 ? 3 : kNotMirrored);
    add(Judged::Group::kMirrored, i % 4 < 2 ? 3 : i % 4 == 2 ? 5 : kNotMirrored);
  }
  const std::vector<float> scores(samples.size() * kSymbolCount, 0.0f);
  const auto metrics = measureSymbols(samples, scores, mirrored);
  EXPECT_NEAR(metrics.at("mirrored_found"), 50, 1e-6);
  EXPECT_NEAR(metrics.at("mirrored_found_3"), 50, 1e-6);
  EXPECT_EQ(metrics.count("mirrored_found_5"), 0u);
}

TEST(Reliability, MeasuresTheDistanceOfClaimsFromTruth) {
  Reliability honest;
  Reliability boastful;
  for (int i = 0; i < 1000; ++i) {
    honest.count(0.75, i % 4 != 0);
    boastful.count(0.95, i % 4 != 0);
  }
  EXPECT_NEAR(honest.error(), 0, 1e-9);
  EXPECT_NEAR(boastful.error(), 0.2, 1e-9);
  EXPECT_EQ(honest.readings(), 1000);
  const auto bin = honest.bin(static_cast<std::size_t>(0.75 * Reliability::kBins));
  EXPECT_EQ(bin.readings, 1000);
  EXPECT_NEAR(bin.right, 0.75, 1e-9);
  const auto svg = drawReliability({{"honest", honest}, {"boastful", boastful}});
  EXPECT_NE(svg.find("boastful: 1000 readings, ECE 0.200"), std::string::npos);
  EXPECT_EQ(svg.substr(svg.size() - 7), "</svg>\n");
}

TEST(InkDrawings, FitTheReaderAndAreNeverTwiceAlike) {
  const auto check = [](std::string_view kind) {
    FlatInk first;
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
      toolkit::Random random(seed);
      FlatInk ink;
      makeDrawing(kind, random, ink);
      ASSERT_GT(ink.points.size(), 10u) << kind;
      ASSERT_EQ(ink.ends.back(), ink.points.size()) << kind;
      ASSERT_LE(ink.strokeCount(), kMaxSymbolStrokes) << kind;
      if (seed == 0) first = ink;
      if (seed == 1) {
        EXPECT_NE(first.points[0].x, ink.points[0].x) << kind;
      }
    }
  };
  for (const auto kind : kDrawings) check(kind);
  for (const auto kind : kUnseenDrawings) check(kind);
}

TEST(InkReaders, MissingAndBrokenFilesAreErrorsThatNameThem) {
  const test::TestFolder folder;
  SampleStore store;
  for (const auto read : {readUnipen, readPendigits, readOmniglot, readDetexify}) {
    const auto status = read(folder.path(), store);
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().code, ErrorCode::kNotFound);
    EXPECT_NE(status.error().message.find(folder.path().string()), std::string::npos);
  }
}

TEST(InkReaders, KeepWritersApart) {
  const char* data = std::getenv("PRIMER_DATA");
  if (data == nullptr) GTEST_SKIP() << "PRIMER_DATA is not set";
  const auto store = readAllInk(data);
  ASSERT_TRUE(store) << store.error().message;
  std::set<std::uint16_t> training;
  std::set<std::uint16_t> development;
  for (const auto& sample : store->samples()) {
    if (sample.source == Source::kDetexify) continue;  // has no writers
    (sample.development ? development : training).insert(sample.writer);
  }
  for (const auto writer : development) EXPECT_EQ(training.count(writer), 0u);
  EXPECT_GT(development.size(), 30u);
  EXPECT_GT(store->samples().size(), 100000u);
}

}  // namespace
}  // namespace primer::handwriting::workshop
