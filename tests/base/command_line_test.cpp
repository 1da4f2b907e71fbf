#include "primer/base/command_line.h"

#include <gtest/gtest.h>

#include <CLI/CLI.hpp>
#include <initializer_list>
#include <stdexcept>
#include <string>
#include <vector>

#include "primer/base/program.h"

namespace primer {
namespace {

struct Outcome {
  int exit_code;
  std::string out;
  std::string errors;
  bool ran;
};

// A program with --count N, a verb `greet` and one for later, whose job is `job`.
Outcome runWith(
    std::initializer_list<const char*> words, const Job& job = [] { return 0; }) {
  std::vector<const char*> line = {"tool"};
  line.insert(line.end(), words);
  bool ran = false;
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  int count = 0;
  const int exit_code =
      runCommandLine("tool", "For this test.", int(line.size()), line.data(), [&](CLI::App& app) {
        app.require_subcommand(1);
        app.fallthrough();
        app.add_option("--count", count, "how many");
        app.add_subcommand("greet", "says hello");
        addLaterVerb(app, "sing");
        return [&] {
          ran = true;
          return job();
        };
      });
  return {exit_code, testing::internal::GetCapturedStdout(), testing::internal::GetCapturedStderr(),
          ran};
}

TEST(CommandLine, RunsTheJobAndGivesItsExitCode) {
  const auto ran = runWith({"greet", "--count", "3"}, [] { return int(kExitSomeFailed); });
  EXPECT_TRUE(ran.ran);
  EXPECT_EQ(ran.exit_code, kExitSomeFailed);
  EXPECT_EQ(ran.errors, "");
}

TEST(CommandLine, HelpIsAnAnswer) {
  const auto help = runWith({"--help"});
  EXPECT_EQ(help.exit_code, kExitOk);
  EXPECT_FALSE(help.ran);
  EXPECT_NE(help.out.find("says hello"), std::string::npos);
}

TEST(CommandLine, AWrongLineIsOneLineAndExitTwo) {
  const auto strange = runWith({"shout"});
  EXPECT_EQ(strange.exit_code, kExitUsage);
  EXPECT_EQ(strange.errors, "tool: there is no 'shout'; --help lists what there is\n");
  const auto none = runWith({});
  EXPECT_EQ(none.exit_code, kExitUsage);
  const auto no_number = runWith({"greet", "--count", "many"});
  EXPECT_EQ(no_number.exit_code, kExitUsage);
  EXPECT_NE(no_number.errors.find("many"), std::string::npos);
  EXPECT_FALSE(strange.ran || none.ran || no_number.ran);
}

TEST(CommandLine, WhatIsForLaterSaysSoWhateverItsOptions) {
  const auto later = runWith({"sing", "--loud", "song.txt"});
  EXPECT_EQ(later.exit_code, kExitUsage);
  EXPECT_EQ(later.errors, "tool: sing: not in this version\n");
  EXPECT_FALSE(later.ran);
}

TEST(CommandLine, AnExceptionEndsInOneLine) {
  const auto thrown =
      runWith({"greet"}, []() -> int { throw std::runtime_error("the disk\nis gone"); });
  EXPECT_EQ(thrown.exit_code, kExitUnusable);
  EXPECT_EQ(thrown.errors, "tool: the disk is gone\n");
}

}  // namespace
}  // namespace primer
