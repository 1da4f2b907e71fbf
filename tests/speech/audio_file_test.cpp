#include "primer/speech/audio_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sndfile.h>

#include <cmath>
#include <fstream>
#include <limits>

#include "sounds.h"
#include "test_folder.h"

namespace primer::speech {
namespace {

using testing::HasSubstr;

class AudioFiles : public testing::Test {
 protected:
  // Writes `seconds` of a sine in a format, the same in all channels.
  std::filesystem::path sine(const std::string& name, int format, int rate, int channels,
                             double hertz, double seconds = 1, float height = 0.5f) {
    SF_INFO about{};
    about.samplerate = rate;
    about.channels = channels;
    about.format = format;
    const auto path = folder_ / name;
    SNDFILE* file = sf_open(path.c_str(), SFM_WRITE, &about);
    EXPECT_NE(file, nullptr) << sf_strerror(nullptr);
    std::vector<float> samples;
    for (int i = 0; i < static_cast<int>(seconds * rate); ++i) {
      const double angle = 2 * 3.14159265358979 * hertz * i / rate;
      const auto value = std::clamp(height * static_cast<float>(std::sin(angle)), -1.0f, 1.0f);
      for (int c = 0; c < channels; ++c) samples.push_back(value);
    }
    sf_writef_float(file, samples.data(), static_cast<sf_count_t>(samples.size()) / channels);
    sf_close(file);
    return path;
  }

  static std::vector<std::int16_t> all(const std::filesystem::path& path,
                                       std::size_t block = 1000) {
    auto file = AudioFile::open(path);
    EXPECT_TRUE(file) << file.error().message;
    std::vector<std::int16_t> samples, part(block);
    while (true) {
      const auto count = file->read(part);
      EXPECT_TRUE(count);
      if (!count || *count == 0) break;
      samples.insert(samples.end(), part.begin(),
                     part.begin() + static_cast<std::ptrdiff_t>(*count));
    }
    return samples;
  }

  // Times that a sine crosses zero upwards in a second.
  static int crossings(const std::vector<std::int16_t>& samples) {
    int count = 0;
    for (std::size_t i = 1; i < samples.size(); ++i) count += samples[i - 1] < 0 && samples[i] >= 0;
    return count;
  }

  const primer::test::TestFolder folder_;
};

TEST_F(AudioFiles, AreReadInEveryFormatAtEveryRate) {
  struct Case {
    const char* name;
    int format, rate, channels;
  };
  for (const auto& one : {Case{"a.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 16000, 1},
                          Case{"b.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_24, 8000, 2},
                          Case{"c.wav", SF_FORMAT_WAV | SF_FORMAT_FLOAT, 96000, 6},
                          Case{"d.flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_16, 44100, 1},
                          Case{"e.opus", SF_FORMAT_OGG | SF_FORMAT_OPUS, 48000, 2},
                          Case{"f.ogg", SF_FORMAT_OGG | SF_FORMAT_VORBIS, 22050, 1}}) {
    const auto samples = all(sine(one.name, one.format, one.rate, one.channels, 440));
    EXPECT_NEAR(static_cast<double>(samples.size()), 16000, 400) << one.name;
    EXPECT_NEAR(crossings(samples), 440, 5) << one.name;
    const auto loudest = *std::max_element(samples.begin(), samples.end());
    EXPECT_NEAR(loudest, 16384, 900) << one.name;
  }
}

TEST_F(AudioFiles, GiveTheSameSamplesInAnyBlocks) {
  const auto path = sine("a.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 22050, 1, 300);
  EXPECT_EQ(all(path, 160), all(path, 50'000));
}

TEST_F(AudioFiles, ClippingIsSeenAndLoudnessIsNot) {
  const auto share = [](const std::filesystem::path& path) {
    auto file = *AudioFile::open(path);
    std::vector<std::int16_t> samples(20'000);
    EXPECT_TRUE(file.read(samples));
    return file.clippedShare();
  };
  const int wav = SF_FORMAT_WAV | SF_FORMAT_PCM_16;
  EXPECT_EQ(share(sine("loud.wav", wav, 16000, 1, 1000, 1, 0.99f)), 0);
  EXPECT_GT(share(sine("cut.wav", wav, 16000, 1, 200, 1, 2.5f)), 0.3);
}

TEST_F(AudioFiles, ALyingOrCutHeaderGivesWhatThereIs) {
  const auto path = sine("cut.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 16000, 1, 440);
  std::filesystem::resize_file(path, 44 + 2 * 4000);
  EXPECT_EQ(all(path).size(), 4000u);
  // The header's length of data, set to four gigabytes.
  std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
  file.seekp(40);
  file.write("\xff\xff\xff\x7f", 4);
  file.close();
  EXPECT_EQ(all(path).size(), 4000u);
}

TEST_F(AudioFiles, WhatIsNoNumberIsSilence) {
  SF_INFO about{};
  about.samplerate = 16000;
  about.channels = 1;
  about.format = SF_FORMAT_WAV | SF_FORMAT_FLOAT;
  const auto path = folder_ / "nan.wav";
  SNDFILE* file = sf_open(path.c_str(), SFM_WRITE, &about);
  ASSERT_NE(file, nullptr);
  const std::vector<float> samples = {0.5f, std::numeric_limits<float>::quiet_NaN(),
                                      std::numeric_limits<float>::infinity(), -0.5f};
  sf_write_float(file, samples.data(), 4);
  sf_close(file);
  EXPECT_EQ(all(path), (std::vector<std::int16_t>{16384, 0, 0, -16384}));
}

TEST_F(AudioFiles, WhatIsNoRecordingIsRefusedInWords) {
  EXPECT_EQ(AudioFile::open(folder_ / "none.wav").error().code, ErrorCode::kNotFound);
  EXPECT_EQ(AudioFile::open(folder_.path()).error().code, ErrorCode::kIo);
  const auto text = folder_ / "text.wav";
  std::ofstream(text) << "this is no sound at all";
  const auto refused = AudioFile::open(text);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kDamaged);
  EXPECT_THAT(refused.error().message, HasSubstr("text.wav"));
  // A header and nothing after it.
  const auto path = sine("empty.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 16000, 1, 440);
  std::filesystem::resize_file(path, 44);
  auto empty = AudioFile::open(path);
  if (empty) {
    std::vector<std::int16_t> samples(10);
    EXPECT_EQ(empty->read(samples).error().code, ErrorCode::kDamaged);
  } else {
    EXPECT_EQ(empty.error().code, ErrorCode::kDamaged);
  }
}

}  // namespace
}  // namespace primer::speech
