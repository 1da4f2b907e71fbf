// primer-batch speech and choose, run as people run them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sndfile.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "primer/speech/audio_file.h"
#include "test_folder.h"

namespace primer {
namespace {

using nlohmann::json;
using testing::HasSubstr;

struct Outcome {
  int exit_code = -1;
  std::vector<json> lines;
};

class SpeechProgram : public testing::Test {
 protected:
  Outcome run(const std::string& arguments, const std::vector<json>& records) {
    std::ofstream in(folder_ / "in");
    for (const auto& record : records) in << record.dump() << '\n';
    in.close();
    const auto quoted = [&](const char* name) { return "'" + (folder_ / name).string() + "'"; };
    const auto command = "'" + std::string(std::getenv("PRIMER_BIN")) + "/primer-batch' " +
                         arguments + " --input " + quoted("in") + " --output " + quoted("out") +
                         " 2> " + quoted("err");
    const int status = std::system(command.c_str());
    Outcome outcome;
    outcome.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128;
    std::ifstream out(folder_ / "out");
    for (std::string line; std::getline(out, line);) outcome.lines.push_back(json::parse(line));
    return outcome;
  }

  // The phones of one word.
  static json list(const std::vector<std::string>& phones) { return json::array({json(phones)}); }

  std::string silence(int seconds, int rate = 16'000) {
    SF_INFO about{};
    about.samplerate = rate;
    about.channels = 2;
    about.format = SF_FORMAT_WAV | SF_FORMAT_PCM_16;
    const auto path = folder_ / ("silence" + std::to_string(rate) + ".wav");
    SNDFILE* file = sf_open(path.c_str(), SFM_WRITE, &about);
    EXPECT_NE(file, nullptr);
    const std::vector<float> samples(static_cast<std::size_t>(2 * seconds * rate), 0.0f);
    sf_writef_float(file, samples.data(), seconds * rate);
    sf_close(file);
    return path.string();
  }

  const primer::test::TestFolder folder_;
};

TEST_F(SpeechProgram, SaysWhyItDoesNotScore) {
  const auto outcome =
      run("speech", {{{"id", "a"}, {"audio", silence(2)}, {"text", "One, 2 three!"}}});
  EXPECT_EQ(outcome.exit_code, 0);
  ASSERT_EQ(outcome.lines.size(), 1u);
  const auto& line = outcome.lines[0];
  EXPECT_EQ(line["id"], "a");
  EXPECT_EQ(line["signal"], (json{{"ok", false}, {"problem", "silence"}}));
  EXPECT_EQ(line["other_text"], false);
  for (const char* score : {"accuracy", "fluency", "completeness", "prosody", "total"}) {
    EXPECT_TRUE(line["sentence"].contains(score));
    EXPECT_TRUE(line["sentence"][score].is_null());
  }
  EXPECT_TRUE(line["words_per_minute"].is_null());
  EXPECT_TRUE(line["running_record"].is_null());
  ASSERT_EQ(line["words"].size(), 3u);
  EXPECT_EQ(line["words"][1]["word"], "2");
  for (const auto& word : line["words"]) {
    EXPECT_TRUE(word["total"].is_null());
    EXPECT_EQ(word["error"], "none");
  }
}

TEST_F(SpeechProgram, BadRecordsAreErrorLinesAndTheRunGoesOn) {
  std::ofstream(folder_ / "text.wav") << "no sound";
  std::ofstream(folder_ / "empty.wav");
  const auto good = silence(1);
  const auto outcome =
      run("speech --sensitivity 1",
          {{{"id", 1}, {"audio", "/nowhere.wav"}, {"text", "a"}},
           {{"id", 2}, {"audio", (folder_ / "text.wav").string()}, {"text", "a"}},
           {{"id", 3}, {"audio", (folder_ / "empty.wav").string()}, {"text", "a"}},
           {{"id", 4}, {"text", "a"}},
           {{"id", 5}, {"audio", good}, {"text", 7}},
           {{"id", 6}, {"audio", good}, {"text", "two words"}, {"phones", list({"T", "UW"})}},
           {{"id", 7}, {"audio", good}, {"text", "two"}, {"phones", list({"T", "QQ"})}},
           {{"id", 8}, {"audio", good}, {"text", "two"}, {"phones", list({})}},
           {{"id", 9}, {"audio", folder_.path().string()}, {"text", "a"}},
           {{"id", 10}, {"audio", good}, {"text", "two"}, {"phones", list({"t", "UW1"})}}});
  EXPECT_EQ(outcome.exit_code, 1);
  ASSERT_EQ(outcome.lines.size(), 10u);
  for (int i = 0; i < 9; ++i) {
    EXPECT_EQ(outcome.lines[static_cast<std::size_t>(i)]["id"], i + 1);
    EXPECT_TRUE(outcome.lines[static_cast<std::size_t>(i)].contains("error")) << i;
  }
  EXPECT_EQ(outcome.lines[0]["error"]["code"], "not_found");
  EXPECT_THAT(outcome.lines[6]["error"]["message"].get<std::string>(), HasSubstr("QQ"));
  EXPECT_EQ(outcome.lines[9]["signal"]["problem"], "silence");
  EXPECT_EQ(outcome.lines[9]["words"][0]["phones"][0]["phone"], "T");
}

TEST_F(SpeechProgram, GivesTheMarksOfAReading) {
  const char* data = std::getenv("PRIMER_DATA");
  const auto source = std::filesystem::path(data == nullptr ? "" : data) / "speech" /
                      "speechocean762" / "opus" / "000010011.opus";
  if (!std::filesystem::exists(source)) GTEST_SKIP() << "PRIMER_DATA has no speechocean762";
  const auto outcome = run(
      "speech", {{{"id", 1}, {"audio", source.string()}, {"text", "We call it bear"}},
                 {{"id", 2}, {"audio", source.string()}, {"text", "We call it seventeen bear"}}});
  ASSERT_EQ(outcome.exit_code, 0);
  const auto& right = outcome.lines[0]["running_record"];
  EXPECT_EQ(right["words"], 4);
  EXPECT_EQ(right["errors"], 0);
  EXPECT_EQ(right["accuracy"], 100);
  EXPECT_EQ(right["fit"], "easy");
  ASSERT_EQ(right["entries"].size(), 4u);
  EXPECT_EQ(right["entries"][3]["word"], "bear");
  const auto& missing = outcome.lines[1]["running_record"];
  EXPECT_EQ(missing["errors"], 1);
  EXPECT_EQ(missing["entries"][3]["mark"], "omitted");
  EXPECT_EQ(missing["fit"], "too_hard");
}

// Somebody forgot to stop: the same sentence over and over, for 20 minutes.
TEST_F(SpeechProgram, TwentyMinutesTakeLittleTimeAndMemory) {
  const char* data = std::getenv("PRIMER_DATA");
  const auto source = std::filesystem::path(data == nullptr ? "" : data) / "speech" /
                      "speechocean762" / "opus" / "000010011.opus";
  if (!std::filesystem::exists(source)) GTEST_SKIP() << "PRIMER_DATA has no speechocean762";
  auto file = *speech::AudioFile::open(source);
  std::vector<std::int16_t> sentence(16'000 * 20);
  sentence.resize(*file.read(sentence));
  SF_INFO about{};
  about.samplerate = 16'000;
  about.channels = 1;
  about.format = SF_FORMAT_WAV | SF_FORMAT_PCM_16;
  const auto path = folder_ / "long.wav";
  SNDFILE* written = sf_open(path.c_str(), SFM_WRITE, &about);
  ASSERT_NE(written, nullptr);
  std::string text;
  constexpr std::size_t kSamples = std::size_t{20} * 60 * 16'000;
  for (std::size_t done = 0; done < kSamples; done += sentence.size()) {
    sf_writef_short(written, sentence.data(), static_cast<sf_count_t>(sentence.size()));
    text += "we call it bear ";
  }
  sf_close(written);
  const auto outcome = run("speech", {{{"id", 1}, {"audio", path.string()}, {"text", text}}});
  ASSERT_EQ(outcome.exit_code, 0);
  EXPECT_TRUE(outcome.lines[0]["sentence"]["total"].is_number()) << outcome.lines[0]["signal"];
  rusage used{};
  ASSERT_EQ(getrusage(RUSAGE_CHILDREN, &used), 0);
  EXPECT_LT(used.ru_maxrss, 80 * 1024) << "KiB";
  const double seconds = static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec);
  EXPECT_LT(seconds, 0.03 * 20 * 60);
  RecordProperty("peak_kib", static_cast<int>(used.ru_maxrss));
  RecordProperty("cpu_seconds", static_cast<int>(seconds));
}

TEST_F(SpeechProgram, ChoosesNoneOfTheseInSilence) {
  const auto outcome =
      run("choose", {{{"id", 1}, {"audio", silence(1, 8000)}, {"choices", {"yes", "no"}}},
                     {{"id", 2}, {"audio", silence(1, 8000)}, {"choices", json::array()}},
                     {{"id", 3}, {"audio", silence(1, 8000)}, {"choices", {1, 2}}}});
  EXPECT_EQ(outcome.exit_code, 1);
  ASSERT_EQ(outcome.lines.size(), 3u);
  EXPECT_TRUE(outcome.lines[0]["choice"].is_null());
  EXPECT_TRUE(outcome.lines[1].contains("error"));
  EXPECT_TRUE(outcome.lines[2].contains("error"));
  EXPECT_EQ(run("speech --sensitivity 2", {}).exit_code, 2);
}

}  // namespace
}  // namespace primer
