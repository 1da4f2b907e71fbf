// Where a technician's scripts may take the PIN from, and what happens where they cannot.

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <thread>

#include "program.h"
#include "test_folder.h"

namespace primer {
namespace {

using primer::test::pinFile;
using primer::test::Program;
using primer::test::TestFolder;

int trialClass(const std::filesystem::path& data, const std::filesystem::path& pin) {
  Program program({"trial-class", "--data", data, "--pin-file", pin, "--pupils", "2", "--answers",
                   "3", "--seed", "1"});
  return program.wait();
}

TEST(PinFile, MayBeAPipeThatLeavesNothingOnADisk) {
  const TestFolder folder;
  const auto pipe = folder / "pipe";
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  std::thread writer([&pipe] { std::ofstream(pipe) << "2468\r\nand what follows"; });
  EXPECT_EQ(trialClass(folder / "data", pipe), 0);
  writer.join();
  // The same PIN as from a file.
  EXPECT_EQ(trialClass(folder / "data", pinFile(folder.path(), "2468")), 0);
  EXPECT_EQ(trialClass(folder / "data", pinFile(folder.path(), "8642")), 3);
}

TEST(PinFile, ThatIsNoneMakesNoClass) {
  const TestFolder folder;
  std::ofstream(folder / "empty").flush();
  std::ofstream(folder / "words") << "no digits\n";
  for (const char* name : {"empty", "words", "missing", "."}) {
    EXPECT_EQ(trialClass(folder / "data", folder / name), 3) << name;
    EXPECT_FALSE(std::filesystem::exists(folder / "data")) << name;
  }
}

}  // namespace
}  // namespace primer
