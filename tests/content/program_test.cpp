// The program `primer-content` as a script meets it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "content/example_lesson.h"
#include "test_folder.h"

namespace primer::content {
namespace {

using nlohmann::json;
using testing::HasSubstr;

struct Ran {
  int exit_code = -1;
  std::string output;  // standard output, then standard error
};

Ran run(const std::string& arguments) {
  const std::string command =
      std::string(PRIMER_TEST_BIN) + "/primer-content " + arguments + " 2>&1";
  FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) return {};
  Ran ran;
  std::array<char, 4096> buffer{};
  while (const auto got = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
    ran.output.append(buffer.data(), got);
  }
  const int status = ::pclose(pipe);
  ran.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return ran;
}

std::vector<json> lines(const std::string& text) {
  std::vector<json> parsed;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) parsed.push_back(json::parse(line));
  return parsed;
}

class Program : public testing::Test {
 protected:
  void write(const std::string& text) {
    std::filesystem::create_directories(folder_ / "doubles");
    std::ofstream(folder_ / "doubles/lesson.toml") << text;
  }
  std::string source() const { return (folder_ / "doubles").string(); }
  std::string pack() const { return (folder_ / "doubles.pack").string(); }

  test::TestFolder folder_;
};

TEST_F(Program, CompilesChecksAndLists) {
  write(kExampleSource);
  const auto compiled = run("compile " + source() + " -o " + pack());
  ASSERT_EQ(compiled.exit_code, 0) << compiled.output;
  EXPECT_EQ(json::parse(compiled.output)["bytes"], std::filesystem::file_size(pack()));
  for (const auto& what : {source(), pack()}) {
    const auto checked = run("check " + what);
    EXPECT_EQ(checked.exit_code, 0) << checked.output;
    EXPECT_EQ(json::parse(checked.output)["sums"], 16);
    EXPECT_EQ(json::parse(checked.output)["recordings"], 0);
  }
  const auto listed = run("list " + pack());
  ASSERT_EQ(listed.exit_code, 0);
  EXPECT_EQ(lines(listed.output).at(0)["generator"], "doubles/small/1");
  const auto items = run("generate doubles/small/1 --count 5 --pack " + pack());
  EXPECT_EQ(lines(items.output).size(), 5U);
}

TEST_F(Program, TellsFaultsWithFileAndLine) {
  write(exampleWith("did = ", "dud = "));
  const auto ran = run("check " + source());
  EXPECT_EQ(ran.exit_code, 3);
  EXPECT_THAT(ran.output, HasSubstr("doubles/lesson.toml:13: skill 'small', dud: is not known"));
  EXPECT_THAT(ran.output, HasSubstr("doubles/lesson.toml:10: skill 'small', did: is missing"));
  EXPECT_EQ(run("compile " + source() + " -o " + pack()).exit_code, 3);
  EXPECT_FALSE(std::filesystem::exists(pack()));
}

TEST_F(Program, GeneratesTheSameForTheSameSeed) {
  const auto first = run("generate multiply --count 1000 --seed 9");
  ASSERT_EQ(first.exit_code, 0);
  EXPECT_EQ(first.output, run("generate multiply --count 1000 --seed 9").output);
  EXPECT_NE(first.output, run("generate multiply --count 1000 --seed 10").output);
  const auto items = lines(first.output);
  ASSERT_EQ(items.size(), 1000U);
  for (std::size_t i = 1; i < items.size(); ++i) EXPECT_NE(items[i]["id"], items[i - 1]["id"]);
}

TEST_F(Program, GeneratesWithinLimits) {
  const auto ran = run("generate divide --b '7 to 9' --answer '2 to 4' --count 50");
  for (const auto& item : lines(ran.output)) {
    const int answer = std::stoi(item["answer"].get<std::string>());
    EXPECT_TRUE(answer >= 2 && answer <= 4) << item;
  }
  const auto shipped = run("generate number-facts/times-6-to-9 --count 3");
  EXPECT_EQ(lines(shipped.output).at(0)["hints"].size(), 3U) << shipped.output;
}

TEST_F(Program, ExitCodesAreTheContracts) {
  EXPECT_EQ(run("--help").exit_code, 0);
  EXPECT_EQ(run("").exit_code, 2);
  EXPECT_EQ(run("cook").exit_code, 2);
  EXPECT_EQ(run("check").exit_code, 2);
  EXPECT_EQ(run("generate dance").exit_code, 2);
  EXPECT_EQ(run("generate add --count -1").exit_code, 2);
  EXPECT_EQ(run("generate add --a '9 to 2'").exit_code, 2);
  EXPECT_EQ(run("generate subtract --a '1 to 3' --b '5 to 9'").exit_code, 2);
  EXPECT_EQ(run("generate no-such-lesson/skill").exit_code, 3);
  EXPECT_EQ(run("check /nonexistent").exit_code, 3);
  EXPECT_EQ(run("check /etc/hostname").exit_code, 3);
  for (const auto* later : {"import-qti x.zip -o y", "export-qti x.pack -o y.zip"}) {
    const auto ran = run(later);
    EXPECT_EQ(ran.exit_code, 2);
    EXPECT_THAT(ran.output, HasSubstr("not in this version"));
  }
}

}  // namespace
}  // namespace primer::content
