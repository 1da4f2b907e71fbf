// primer-batch working, run as people run it.

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "test_folder.h"

namespace primer::maths {
namespace {

using nlohmann::json;

class WorkingProgram : public testing::Test {
 protected:
  struct Outcome {
    int exit_code = -1;
    std::vector<json> lines;
  };

  Outcome run(const std::string& arguments, const std::string& input) {
    std::ofstream(folder_ / "in") << input;
    const auto quoted = [&](const char* name) { return "'" + (folder_ / name).string() + "'"; };
    const std::string command = "'" + std::string(std::getenv("PRIMER_BIN")) +
                                "/primer-batch' working " + arguments + " < " + quoted("in") +
                                " > " + quoted("out") + " 2> " + quoted("err");
    Outcome outcome;
    const int status = std::system(command.c_str());
    outcome.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128;
    std::ifstream out(folder_ / "out");
    for (std::string line; std::getline(out, line);) {
      outcome.lines.push_back(json::parse(line, nullptr, false));
    }
    return outcome;
  }

  primer::test::TestFolder folder_;
};

TEST_F(WorkingProgram, AnswersAsTheContractSays) {
  const auto outcome =
      run("", R"({"id":"a","problem":"2x+3=11","lines":["2x=14","x=7","2x=8","x=4"]})"
              "\n"
              R"({"id":7,"problem":"143-28","lines":["125"]})"
              "\n");
  ASSERT_EQ(outcome.exit_code, 0);
  ASSERT_EQ(outcome.lines.size(), 2u);
  const auto& first = outcome.lines[0];
  EXPECT_EQ(first["id"], "a");
  EXPECT_EQ(first["finished"], true);
  ASSERT_EQ(first["lines"].size(), 4u);
  EXPECT_EQ(first["lines"][0]["state"], "misconception");
  EXPECT_EQ(first["lines"][0]["misconception"], "equation-wrong-inverse");
  EXPECT_EQ(first["lines"][1]["state"], "wrong");
  EXPECT_EQ(first["lines"][1]["follows_error"], true);
  EXPECT_TRUE(first["lines"][1]["misconception"].is_null());
  EXPECT_EQ(first["lines"][2]["state"], "right");
  for (const auto& line : first["lines"]) {
    EXPECT_EQ(line["hints"].size(), 3u);
    EXPECT_TRUE(line["explanation"].is_string());
  }
  EXPECT_EQ(outcome.lines[1]["id"], 7);
  EXPECT_EQ(outcome.lines[1]["lines"][0]["also"].size(), 1u);
}

TEST_F(WorkingProgram, BadRecordsGiveErrorLinesAndTheRunGoesOn) {
  const auto outcome = run("",
                           "{\"id\":1,\"lines\":[\"5\"]}\n"
                           "{\"id\":2,\"problem\":\"2+3\",\"lines\":\"5\"}\n"
                           "{\"id\":3,\"problem\":\"2+3\",\"lines\":[5]}\n"
                           "{\"id\":4,\"problem\":\"Anna has three apples\",\"lines\":[]}\n"
                           "{\"id\":5,\"problem\":\"2+3\",\"task\":\"guess\",\"lines\":[]}\n"
                           "no json\n"
                           "{\"id\":6,\"problem\":\"2+3\",\"lines\":[\"5\"]}\n");
  EXPECT_EQ(outcome.exit_code, 1);
  ASSERT_EQ(outcome.lines.size(), 7u);
  for (std::size_t i = 0; i < 6; ++i) {
    EXPECT_TRUE(outcome.lines[i].contains("error")) << i;
    EXPECT_FALSE(outcome.lines[i]["error"]["message"].get<std::string>().empty());
  }
  EXPECT_TRUE(outcome.lines[5]["id"].is_null());
  EXPECT_EQ(outcome.lines[6]["finished"], true);
}

TEST_F(WorkingProgram, KnowsItsOptions) {
  EXPECT_EQ(run("--language en", "{\"id\":6,\"problem\":\"2+3\",\"lines\":[\"5\"]}\n").exit_code,
            0);
  EXPECT_EQ(run("--language xx", "").exit_code, 2);
  EXPECT_EQ(run("--no-such-option", "").exit_code, 2);
  EXPECT_EQ(run("--input /no/such/file", "").exit_code, 3);
}

}  // namespace
}  // namespace primer::maths
