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
#include <thread>

#include "primer/base/file_system.h"
#include "primer/toolkit/random.h"
#include "test_folder.h"

namespace primer::toolkit {
namespace {

using namespace std::chrono_literals;

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
  pid_t start(const std::string& output) {
    const auto program = std::string(std::getenv("PRIMER_BIN")) + "/primer-model";
    const auto recipe = (folder_ / "bars.json").string(), data = folder_.path().string();
    const auto model = (folder_ / output).string(), log = (folder_ / "log").string();
    const pid_t child = fork();
    if (child != 0) return child;
    for (const int stream : {STDOUT_FILENO, STDERR_FILENO}) {
      if (std::freopen(log.c_str(), "a", stream == STDOUT_FILENO ? stdout : stderr) == nullptr) {
        _exit(99);
      }
    }
    execl(program.c_str(), program.c_str(), "train", recipe.c_str(), "--data", data.c_str(), "-o",
          model.c_str(), "--resume", static_cast<char*>(nullptr));
    _exit(98);
  }

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
  ASSERT_EQ(waitFor(start("whole.tflite")), 0) << text("log");
  const auto whole = std::chrono::steady_clock::now() - begin;

  Random random(77);
  int kills = 0;
  for (; kills < 12; ++kills) {
    const pid_t child = start("cut.tflite");
    std::this_thread::sleep_for(whole * random.uniform(0.1, 0.9));
    int status = 0;
    if (waitpid(child, &status, WNOHANG) == child) {  // it was done already
      ASSERT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << text("log");
      break;
    }
    kill(child, SIGKILL);
    ASSERT_EQ(waitFor(child), -SIGKILL);
    if (realFileSystem().exists(folder_ / "cut.tflite")) break;  // killed at the very end
  }
  ASSERT_GT(kills, 0);
  if (!realFileSystem().exists(folder_ / "cut.tflite")) {
    ASSERT_EQ(waitFor(start("cut.tflite")), 0) << text("log");
  }
  EXPECT_EQ(text("cut.tflite"), text("whole.tflite"));
  EXPECT_THAT(text("log"), testing::HasSubstr("going on at epoch"));
}

}  // namespace
}  // namespace primer::toolkit
