// `train --folds` as its users meet it: a model a fold, each of which knows on whom it was not
// trained.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "primer/toolkit/metadata.h"
#include "primer/toolkit/random.h"
#include "src/model_file.h"
#include "test_folder.h"

namespace primer::toolkit {
namespace {

using testing::HasSubstr;

constexpr int kEach = 20;  // recordings of a speaker

class TrainFolds : public testing::Test {
 protected:
  void SetUp() override {
    // Three made-up speakers, each of whom hums the ten digits twice: a tone a digit.
    const auto fsdd = folder_ / "speech" / "fsdd";
    std::filesystem::create_directories(fsdd / "opus");
    std::ofstream list(fsdd / "utts.tsv");
    list << "id\tseconds\tsplit\tspeaker\ttext\n";
    const char* const kWords[] = {"zero", "one", "two",   "three", "four",
                                  "five", "six", "seven", "eight", "nine"};
    Random random(3);
    for (const auto* speaker : {"ann", "ben", "cid"}) {
      for (int i = 0; i < kEach; ++i) {
        const auto id = std::string(speaker) + std::to_string(i);
        list << id << "\t0.3\ttrain\t" << speaker << "\t" << kWords[i % 10] << "\n";
        writeTone(fsdd / "opus" / (id + ".opus"), 8 + 4 * (i % 10), random);
      }
    }
    std::ofstream(folder_ / "hums.json") << R"({
      "name": "hums",
      "architecture": {"name": "digits-cnn", "widths": [4, 4, 4, 8]},
      "data": {"name": "spoken-digits", "speakers": ["ann"]},
      "training": {"epochs": 2, "batch": 10},
      "seed": 2
    })";
  }

  // A WAV file (its name does not matter to the reader): 8 kHz, one channel.
  static void writeTone(const std::filesystem::path& path, int period, Random& random) {
    constexpr std::uint32_t kSamples = 2400, kRate = 8000;
    std::string bytes = "RIFF";
    const auto number = [&](std::uint32_t value, int size) {
      for (int i = 0; i < size; ++i) bytes.push_back(static_cast<char>(value >> (8 * i)));
    };
    number(36 + 2 * kSamples, 4);
    bytes += "WAVEfmt ";
    number(16, 4);
    number(1, 2);
    number(1, 2);
    number(kRate, 4);
    number(2 * kRate, 4);
    number(2, 2);
    number(16, 2);
    bytes += "data";
    number(2 * kSamples, 4);
    for (std::uint32_t i = 0; i < kSamples; ++i) {
      const bool high = static_cast<int>(i) % period < period / 2;
      const auto sample = (high ? 6000 : -6000) + static_cast<int>(random.below(400));
      number(static_cast<std::uint16_t>(static_cast<std::int16_t>(sample)), 2);
    }
    std::ofstream(path, std::ios::binary) << bytes;
  }

  Json run(const std::string& arguments) {
    const auto out = (folder_ / "out").string(), err = (folder_ / "err").string();
    const auto command = std::string(std::getenv("PRIMER_BIN")) + "/primer-model " + arguments +
                         " --data " + folder_.path().string() + " >" + out + " 2>" + err;
    const int status = std::system(command.c_str());
    complaint_ = text("err");
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << complaint_;
    return Json::parse(text("out"), nullptr, false);
  }

  std::string text(const std::string& name) {
    std::ifstream file(folder_ / name, std::ios::binary);
    std::ostringstream all;
    all << file.rdbuf();
    return all.str();
  }
  std::string path(const std::string& name) const { return (folder_ / name).string(); }

  const primer::test::TestFolder folder_;
  std::string complaint_;
};

TEST_F(TrainFolds, MakesAModelAFoldAndJudgesItOnWhomItDidNotHear) {
  const auto train = "train " + path("hums.json") + " --folds 3 -o " + path("hums.tflite");
  const auto report = run(train);
  ASSERT_EQ(report["folds"].size(), 3u) << complaint_;
  double sum = 0;
  for (int fold = 1; fold <= 3; ++fold) {
    const auto name = "hums.fold" + std::to_string(fold);
    const auto bytes = readFile(folder_ / (name + ".tflite"));
    ASSERT_TRUE(bytes);
    const auto metadata = *readMetadata(*bytes);
    const auto known = foldOf(metadata);
    ASSERT_TRUE(known);
    EXPECT_EQ(known->index, fold - 1);
    EXPECT_EQ(metadata["split"]["training"], 2 * kEach);
    EXPECT_EQ(metadata["split"]["by"], "speaker");
    EXPECT_THAT(text(name + ".md"), HasSubstr("--fold " + std::to_string(fold) + "/3"));
    // The file alone says what it is to be judged on.
    const auto judged = run("evaluate " + path(name + ".tflite"));
    EXPECT_EQ(judged["n"], kEach);
    const auto& figures = report["folds"][static_cast<std::size_t>(fold - 1)]["metrics"];
    EXPECT_NEAR(judged["metrics"]["accuracy"].get<double>(), figures["accuracy"].get<double>(),
                100.0 / kEach + 1e-6);
    sum += figures["accuracy"].get<double>();
  }
  EXPECT_NEAR(report["mean"]["accuracy"].get<double>(), sum / 3, 1e-9);

  // Going on keeps what is finished and makes what is missing, the same.
  const auto second = text("hums.fold2.tflite");
  std::filesystem::remove(folder_ / "hums.fold2.tflite");
  const auto again = run(train + " --resume");
  EXPECT_EQ(again["mean"], report["mean"]);
  EXPECT_EQ(text("hums.fold2.tflite"), second);
  std::size_t trained = 0;
  for (auto at = complaint_.find("epoch 2/2"); at != std::string::npos;
       at = complaint_.find("epoch 2/2", at + 1)) {
    ++trained;
  }
  EXPECT_EQ(trained, 1u);
}

}  // namespace
}  // namespace primer::toolkit
