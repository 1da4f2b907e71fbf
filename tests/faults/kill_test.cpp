// A plug that is pulled: kill -9 in the middle of answers loses none that was shown as saved.

#include <gtest/gtest.h>
#include <time.h>

#include <random>
#include <string>

#include "faults/program.h"
#include "primer/base/clock.h"
#include "primer/storage/database.h"
#include "test_folder.h"

namespace primer::storage {
namespace {

using primer::test::pinFile;
using primer::test::Program;
using primer::test::TestFolder;

constexpr int kRounds = 25;

std::int64_t savedIn(const std::string& line) {
  constexpr std::string_view kStart = "{\"saved\":";
  if (line.rfind(kStart, 0) != 0) return 0;
  return std::atoll(line.c_str() + kStart.size());
}

void waitMicroseconds(long microseconds) {
  const timespec pause = {0, microseconds * 1000};
  nanosleep(&pause, nullptr);
}

std::int64_t answersKept(const std::filesystem::path& folder) {
  const SystemClock clock;
  OpenOptions options;
  options.folder = folder;
  options.clock = &clock;
  options.must_exist = true;
  auto database = Database::open(options);
  if (!database) {
    ADD_FAILURE() << database.error().message;
    return -1;
  }
  const auto report = (*database)->check();
  if (!report) {
    ADD_FAILURE() << report.error().message;
    return -1;
  }
  EXPECT_TRUE(report->sound);
  EXPECT_TRUE(report->repaired.empty()) << report->repaired.front().words;
  return report->answers;
}

TEST(Kill, LosesNoAcknowledgedAnswer) {
  const TestFolder folder;
  const auto data = folder / "data";
  const auto pin = pinFile(folder.path());
  {
    Program made({"--data", data, "--pin-file", pin, "trial-class", "--pupils", "4", "--answers",
                  "10", "--seed", "7"});
    ASSERT_EQ(made.wait(), 0);
  }
  std::int64_t kept = answersKept(data);
  ASSERT_EQ(kept, 10);
  std::mt19937 random(20261121);
  int killed_at_work = 0;
  for (int round = 0; round < kRounds; ++round) {
    Program program({"--data", data, "--pin-file", pin, "trial-class", "--class", "Trial 7",
                     "--answers", "100000", "--acknowledge"});
    const auto acknowledged_before_kill = static_cast<std::int64_t>(random() % 60);
    std::int64_t acknowledged = 0;
    std::string line;
    while (acknowledged < acknowledged_before_kill && program.readLine(line)) {
      acknowledged = savedIn(line);
    }
    // Anywhere within the next few commits, or (in some rounds) while it still starts.
    waitMicroseconds(static_cast<long>(random() % 4000));
    program.kill();
    while (program.readLine(line)) acknowledged = std::max(acknowledged, savedIn(line));
    ASSERT_EQ(program.wait(), -1) << "it should have been killed at work";
    if (acknowledged > 0) ++killed_at_work;

    const std::int64_t now = answersKept(data);
    ASSERT_GE(now, kept + acknowledged) << "round " << round;
    // One more may be there: written, and killed before it could be said.
    ASSERT_LE(now, kept + acknowledged + 1) << "round " << round;
    kept = now;
  }
  EXPECT_GT(killed_at_work, kRounds / 2);
}

TEST(Kill, InTheMiddleOfMakingTheFolderLeavesOneThatWorks) {
  std::mt19937 random(7);
  for (int round = 0; round < 12; ++round) {
    const TestFolder folder;
    const auto data = folder / "data";
    const auto pin = pinFile(folder.path());
    {
      Program program({"--data", data, "--pin-file", pin, "trial-class", "--pupils", "3",
                       "--answers", "0", "--seed", "1"});
      waitMicroseconds(static_cast<long>(random() % 60'000));
      program.kill();
      program.wait();
    }
    Program again({"--data", data, "--pin-file", pin, "trial-class", "--pupils", "3", "--answers",
                   "5", "--seed", "2"});
    ASSERT_EQ(again.wait(), 0) << "round " << round;
    ASSERT_EQ(answersKept(data), 5);
  }
}

TEST(TwoPrograms, MayUseOneFolder) {
  const TestFolder folder;
  const auto data = folder / "data";
  const auto pin = pinFile(folder.path());
  {
    Program made({"--data", data, "--pin-file", pin, "trial-class", "--pupils", "4", "--answers",
                  "0", "--seed", "7"});
    ASSERT_EQ(made.wait(), 0);
  }
  const std::vector<std::string> more = {"--data",  data,      "--pin-file", pin, "trial-class",
                                         "--class", "Trial 7", "--answers",  "60"};
  Program one(more);
  Program two(more);
  EXPECT_EQ(one.wait(), 0);
  EXPECT_EQ(two.wait(), 0);
  EXPECT_EQ(answersKept(data), 120);
}

TEST(PrimerAdmin, AWrongPinIsRefusedAndChangesNothing) {
  const TestFolder folder;
  const auto data = folder / "data";
  {
    Program made({"--data", data, "--pin-file", pinFile(folder.path()), "trial-class", "--pupils",
                  "2", "--answers", "4", "--seed", "7"});
    ASSERT_EQ(made.wait(), 0);
  }
  Program refused({"--data", data, "--pin-file", pinFile(folder.path(), "1357"), "trial-class",
                   "--class", "Trial 7", "--answers", "4"});
  std::string line;
  EXPECT_FALSE(refused.readLine(line)) << line;
  EXPECT_EQ(refused.wait(), 3);
  EXPECT_EQ(answersKept(data), 4);
}

TEST(PrimerAdmin, ExitCodesAreThoseOfTheContracts) {
  const TestFolder folder;
  const auto nowhere = folder / "nowhere";
  EXPECT_EQ(Program({"check", "--data", nowhere}).wait(), 3);
  EXPECT_FALSE(std::filesystem::exists(nowhere));
  EXPECT_EQ(Program({"check"}).wait(), 2);
  EXPECT_EQ(Program({"doctor", "--data", nowhere}).wait(), 2);
  EXPECT_EQ(Program({"no-such-command"}).wait(), 2);
  EXPECT_EQ(Program({"--help"}).wait(), 0);
  EXPECT_EQ(Program({"trial-class", "--data", nowhere, "--pin-file", folder / "no-pin", "--pupils",
                     "2", "--answers", "1"})
                .wait(),
            3);
}

TEST(PrimerAdmin, TheSameSeedMakesTheSameAnswers) {
  const TestFolder folder;
  const auto pin = pinFile(folder.path());
  std::vector<std::vector<std::string>> runs;
  for (const auto* name : {"a", "b"}) {
    Program made({"--data", folder / name, "--pin-file", pin, "trial-class", "--pupils", "3",
                  "--answers", "30", "--seed", "11"});
    ASSERT_EQ(made.wait(), 0);
    const SystemClock clock;
    OpenOptions options;
    options.folder = folder / name;
    options.clock = &clock;
    auto database = Database::open(options);
    ASSERT_TRUE(database);
    const auto classes = (*database)->classes();
    ASSERT_TRUE(classes);
    auto key = (*database)->unlock(classes->front().id, std::move(*Pin::parse("2468")));
    ASSERT_TRUE(key) << key.error().message;
    std::vector<std::string> told;
    const auto names = (*database)->names(*key);
    ASSERT_TRUE(names);
    for (const auto& pupil : *names) {
      told.push_back(pupil.name);
      const auto events = (*database)->openedEvents(pupil.card.id, *key);
      ASSERT_TRUE(events);
      for (const auto& one : *events) {
        EXPECT_TRUE(one.readable);
        EXPECT_FALSE(one.ink.empty());
        EXPECT_FALSE(one.event.why_chosen.empty());
        told.push_back(one.event.item + " = " + one.answer_as_read);
      }
    }
    runs.push_back(std::move(told));
  }
  EXPECT_EQ(runs[0].size(), 33u);
  EXPECT_EQ(runs[0], runs[1]);
}

}  // namespace
}  // namespace primer::storage
