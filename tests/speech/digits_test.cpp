#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "digits/fsdd_reader.h"
#include "digits/sound_variation.h"
#include "primer/speech-workshop/speech_workshop.h"
#include "sounds.h"
#include "test_folder.h"

namespace primer::speech::workshop {
namespace {

using testing::Each;
using testing::HasSubstr;
using toolkit::Random;
using toolkit::Split;

class Digits : public testing::Test {
 protected:
  void SetUp() override {
    if (const char* data = std::getenv("PRIMER_DATA"); data != nullptr) data_ = data;
    if (data_.empty() || !std::filesystem::exists(data_ / "speech" / "fsdd")) {
      GTEST_SKIP() << "needs PRIMER_DATA with speech/fsdd";
    }
    addSpeech(workshop_);
  }
  Result<std::unique_ptr<toolkit::Task>> open(toolkit::Json options,
                                              std::optional<toolkit::Fold> fold = {}) {
    return workshop_.openTask("spoken-digits", {data_, std::move(options), nullptr, fold});
  }

  std::filesystem::path data_;
  toolkit::Workshop workshop_;
};

TEST_F(Digits, KeepSpeakersApart) {
  const auto all = readFsdd(data_);
  ASSERT_TRUE(all) << all.error().message;
  EXPECT_EQ(all->size(), 2700u);
  const auto task = open({{"speakers", {"theo", "lucas"}}});
  ASSERT_TRUE(task) << task.error().message;
  EXPECT_EQ((*task)->size(Split::kDevelopment), 900u);
  EXPECT_EQ((*task)->size(Split::kTraining), 1800u);
  const auto fold = open(nullptr, toolkit::Fold{5, 6});
  ASSERT_TRUE(fold) << fold.error().message;
  EXPECT_EQ((*fold)->size(Split::kDevelopment), 450u);
  EXPECT_THAT(open({{"speakers", {"nobody"}}}).error().message, HasSubstr("speaker 'nobody'"));
  EXPECT_THAT(open(nullptr, toolkit::Fold{0, 7}).error().message, HasSubstr("6 groups"));
}

TEST(FsddReader, NamesWhatIsWrong) {
  const primer::test::TestFolder folder;
  EXPECT_THAT(readFsdd(folder.path()).error().message, HasSubstr("utts.tsv is not there"));
  std::filesystem::create_directories(folder / "speech" / "fsdd" / "opus");
  const auto list = folder / "speech" / "fsdd" / "utts.tsv";
  const auto complaint = [&](const std::string& text) {
    std::ofstream(list) << "id\tseconds\tsplit\tspeaker\ttext\n" << text;
    return readFsdd(folder.path()).error().message;
  };
  EXPECT_THAT(complaint(""), HasSubstr("no recordings"));
  EXPECT_THAT(complaint("a\t1\ttrain\tbob\tzwei\n"), HasSubstr("utts.tsv:2: not an id"));
  EXPECT_THAT(complaint("a\t1\ttrain\tbob\n"), HasSubstr("utts.tsv:2: not an id"));
  EXPECT_THAT(complaint("../a\t1\ttrain\tbob\ttwo\n"), HasSubstr("utts.tsv:2: not an id"));
  EXPECT_THAT(complaint("a\t1\ttrain\tbob\ttwo\n"), HasSubstr("a.opus"));
  std::ofstream(folder / "speech" / "fsdd" / "opus" / "a.opus") << "not sound";
  EXPECT_EQ(readFsdd(folder.path()).error().code, ErrorCode::kDamaged);
}

TEST(SoundVariation, IsNamedByItsSeedAndStaysInBounds) {
  const SoundVariation variation;
  const auto sound = speech::test::noise(4000, 30'000);
  Random one(5), again(5), other(6);
  const auto varied = variation.varySound(sound, one);
  EXPECT_EQ(varied, variation.varySound(sound, again));
  EXPECT_NE(varied, variation.varySound(sound, other));
  std::vector<std::int16_t> features(64 * 32);
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    std::fill(features.begin(), features.end(), std::int16_t{3000});
    Random random(seed);
    variation.varyFeatures(features, 32, random);
    for (const auto value : features) ASSERT_LT(std::abs(value), 6000);
  }
}

TEST(SoundVariation, DoesNothingWhereNothingIsAsked) {
  const auto variation = SoundVariation::parse(
      {{"speed", 0}, {"noise", 0}, {"tilt", 0}, {"shift", 0}, {"masked_share", 0}});
  ASSERT_TRUE(variation) << variation.error().message;
  Random random(1);
  const auto sound = speech::test::noise(500, 30'000);
  EXPECT_EQ(variation->varySound(sound, random), sound);
  std::vector<std::int16_t> features(64 * 32, 5);
  variation->varyFeatures(features, 32, random);
  EXPECT_THAT(features, Each(5));
  EXPECT_THAT(SoundVariation::parse({{"noise", 2}}).error().message, HasSubstr("noise"));
  EXPECT_THAT(SoundVariation::parse({{"loudness", 2}}).error().message,
              HasSubstr("unknown key 'loudness'"));
}

}  // namespace
}  // namespace primer::speech::workshop
