// A training that is killed again and again, at any moment, ends with the same bytes as one that
// was left alone: the program itself, with a checkpoint after every batch, so that many kills fall
// into the writing of one.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <thread>

#include "primer/base/file_system.h"
#include "primer/toolkit/metadata.h"
#include "primer/toolkit/random.h"
#include "src/model_file.h"
#include "test_folder.h"

namespace primer::toolkit {
namespace {

using testing::HasSubstr;

class KilledTraining : public testing::Test {
 protected:
  void SetUp() override {
    const auto mnist = folder_ / "handwriting" / "mnist";
    std::filesystem::create_directories(mnist);
    // Bars at the height of their number, in place of digits.
    constexpr std::uint32_t kCount = 260;
    std::string images, labels;
    put(images, {0x803, kCount, 28, 28});
    put(labels, {0x801, kCount});
    Random random(8);
    for (std::uint32_t i = 0; i < kCount; ++i) {
      const auto digit = i % 10;
      labels.push_back(static_cast<char>(digit));
      for (std::uint32_t at = 0; at < 28 * 28; ++at) {
        const bool ink = at / 28 / 2 == digit + 2;
        images.push_back(static_cast<char>(random.below(120) + (ink ? 120 : 0)));
      }
    }
    zip(mnist / "train-images-idx3-ubyte.gz", images);
    zip(mnist / "train-labels-idx1-ubyte.gz", labels);
    std::ofstream(folder_ / "bars.json") << R"({
      "name": "bars",
      "architecture": {"name": "mnist-cnn", "widths": [4, 4, 4, 4, 4, 4]},
      "data": {"name": "mnist", "development": 60},
      "training": {"epochs": 6, "batch": 20, "averaging": 0.9, "mixup": 0.2,
                   "checkpoint_minutes": 1e-9},
      "seed": 3
    })";
    std::ofstream(folder_ / "tune.json")
        << R"({"training": {"epochs": 24, "learning_rate": 1e-4}})";
  }

  static void put(std::string& to, std::initializer_list<std::uint32_t> numbers) {
    for (const auto number : numbers) {
      for (const int shift : {24, 16, 8, 0}) to.push_back(static_cast<char>(number >> shift));
    }
  }
  static void zip(const std::filesystem::path& path, const std::string& bytes) {
    const auto file = gzopen(path.c_str(), "wb1");
    ASSERT_EQ(gzwrite(file, bytes.data(), static_cast<unsigned>(bytes.size())),
              static_cast<int>(bytes.size()));
    gzclose(file);
  }

  // The program in a process of its own.
  pid_t start(const std::vector<std::string>& words) {
    std::string program = std::string(std::getenv("PRIMER_BIN")) + "/primer-model";
    auto all = words;
    std::vector<char*> arguments = {program.data()};
    for (auto& word : all) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    const auto log = (folder_ / "log").string();
    const pid_t child = fork();
    if (child != 0) return child;
    for (const int stream : {STDOUT_FILENO, STDERR_FILENO}) {
      if (std::freopen(log.c_str(), "a", stream == STDOUT_FILENO ? stdout : stderr) == nullptr) {
        _exit(99);
      }
    }
    execv(program.c_str(), arguments.data());
    _exit(98);
  }

  // Trainings of a model `output`, from the start or from where they were left.
  pid_t train(const std::string& output) {
    return start({"train", path("bars.json"), "--data", path(""), "-o", path(output), "--resume"});
  }
  pid_t fineTune(const std::string& output) {
    return start({"quantize", path("whole.tflite"), "--mode", "int8", "--qat", path("tune.json"),
                  "--data", path(""), "--samples", "40", "-o", path(output), "--resume"});
  }

  // Kills what `run` starts again and again at any moment, until its output is there; `whole` is
  // about how long it takes. How often it was killed.
  int killUntilDone(const std::function<pid_t()>& run, std::chrono::duration<double> whole,
                    const std::string& output) {
    Random random(77);
    int kills = 0;
    for (; kills < 12; ++kills) {
      const pid_t child = run();
      std::this_thread::sleep_for(whole * random.uniform(0.1, 0.7));
      int status = 0;
      if (waitpid(child, &status, WNOHANG) == child) {  // it was done already
        EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << text("log");
        break;
      }
      kill(child, SIGKILL);
      EXPECT_EQ(waitFor(child), -SIGKILL);
      if (realFileSystem().exists(folder_ / output)) break;  // killed at the very end
    }
    // Killed between the model's writing and its end, a training is simply asked to go on as well.
    if (!realFileSystem().exists(folder_ / output) ||
        realFileSystem().exists(folder_ / (output + ".checkpoint"))) {
      EXPECT_EQ(waitFor(run()), 0) << text("log");
    }
    return kills;
  }

  std::string path(const std::string& name) const { return (folder_ / name).string(); }

  static int waitFor(pid_t child) {
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }

  std::string text(const std::string& name) {
    std::ifstream file(folder_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  const primer::test::TestFolder folder_;
};

TEST_F(KilledTraining, EndsWithTheSameBytes) {
  const auto begin = std::chrono::steady_clock::now();
  ASSERT_EQ(waitFor(train("whole.tflite")), 0) << text("log");
  const auto whole = std::chrono::steady_clock::now() - begin;
  EXPECT_GT(killUntilDone([&] { return train("cut.tflite"); }, whole, "cut.tflite"), 0);
  EXPECT_EQ(text("cut.tflite"), text("whole.tflite"));
  EXPECT_THAT(text("log"), HasSubstr("going on at epoch"));
}

TEST_F(KilledTraining, EndsWithTheSameBytesInTheIntegersArithmeticToo) {
  ASSERT_EQ(waitFor(train("whole.tflite")), 0) << text("log");
  const auto begin = std::chrono::steady_clock::now();
  ASSERT_EQ(waitFor(fineTune("whole-int8.tflite")), 0) << text("log");
  const auto whole = std::chrono::steady_clock::now() - begin;
  EXPECT_GT(killUntilDone([&] { return fineTune("cut-int8.tflite"); }, whole, "cut-int8.tflite"),
            0);
  EXPECT_EQ(text("cut-int8.tflite"), text("whole-int8.tflite"));
  EXPECT_FALSE(realFileSystem().exists(folder_ / "cut-int8.tflite.checkpoint"));
  // What was done travels in the file, and the card says it.
  const auto metadata = readMetadata(*readFile(folder_ / "cut-int8.tflite"));
  ASSERT_TRUE(metadata);
  EXPECT_EQ((*metadata)["quantization"]["training"]["epochs"], 24) << metadata->dump(1);
  EXPECT_TRUE((*metadata)["figures"].contains("development_int8"));
  EXPECT_THAT(text("cut-int8.md"), HasSubstr("int8"));
}

TEST_F(KilledTraining, LeavesNothingForDescribeToAdd) {
  ASSERT_EQ(waitFor(train("whole.tflite")), 0) << text("log");
  const auto describe = [&](const std::string& model, const std::string& output) {
    return waitFor(start({"describe", path(model), "--data", path(""), "-o", path(output)}));
  };
  ASSERT_EQ(describe("whole.tflite", "again.tflite"), 0) << text("log");
  EXPECT_EQ(text("again.tflite"), text("whole.tflite"));
  // A file of before: without what describes its data.
  const auto bytes = *readFile(folder_ / "whole.tflite");
  auto metadata = *readMetadata(bytes);
  for (const auto* key : {"use", "data", "split", "reference"}) EXPECT_TRUE(metadata.erase(key));
  ASSERT_TRUE(realFileSystem().writeAtomically(
      folder_ / "bare.tflite", *writeMetadata(bytes, metadata), FileAccess::kAsUsual));
  ASSERT_EQ(describe("bare.tflite", "told.tflite"), 0) << text("log");
  const auto told = readMetadata(*readFile(folder_ / "told.tflite"));
  ASSERT_TRUE(told);
  // What was missing stands at the end: the same members in another order.
  EXPECT_EQ(nlohmann::json::parse(told->dump()),
            nlohmann::json::parse(readMetadata(bytes)->dump()));
  EXPECT_THAT(text("told.md"), HasSubstr("Reference distribution"));
}

TEST_F(KilledTraining, RefusesARecipeThatNeedsADevelopmentSplitItHasNot) {
  ASSERT_EQ(waitFor(train("whole.tflite")), 0) << text("log");
  std::ofstream(folder_ / "tune.json") << R"({"data": {"name": "mnist", "development": 0},
    "training": {"epochs": 3, "patience": 2}})";
  EXPECT_EQ(waitFor(fineTune("tuned.tflite")), 3);
  EXPECT_THAT(text("log"), HasSubstr("patience needs a development split"));
  EXPECT_FALSE(realFileSystem().exists(folder_ / "tuned.tflite"));
}

}  // namespace
}  // namespace primer::toolkit
