// primer-batch grade, run as people run it.

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "batch_program.h"

namespace primer::writing {
namespace {

using nlohmann::json;

using WritingProgram = test::BatchProgram;

TEST_F(WritingProgram, GradesLineByLine) {
  const std::string asked =
      R"("question":"How did you separate the salt from the water?","references":["The water was evaporated, leaving the salt."])";
  const auto outcome =
      run("grade", R"({"id":"a",)" + asked +
                       R"(,"answer":"The water was evaporated, leaving the salt."})"
                       "\n"
                       R"({"id":2,)" +
                       asked +
                       R"(,"answer":""})"
                       "\n");
  EXPECT_EQ(outcome.exit_code, 0);
  ASSERT_EQ(outcome.lines.size(), 2u);
  EXPECT_EQ(outcome.lines[0]["id"], "a");
  EXPECT_EQ(outcome.lines[0]["verdict"], "right");
  EXPECT_GT(outcome.lines[0]["score"].get<double>(), 0.9);
  EXPECT_EQ(outcome.lines[1]["verdict"], "not_yet");
  for (const auto& line : outcome.lines) EXPECT_FALSE(line["feedback"].get<std::string>().empty());
}

TEST_F(WritingProgram, AnswersALineBeforeTheNextOneComes) {
  EXPECT_TRUE(answersAtOnce("reading", R"({"id":1,"text":"The cat sat on the mat."})"));
}

TEST_F(WritingProgram, OddAnswersAreGradedAndNotRewarded) {
  const std::string all_control = [] {
    std::string text;
    for (char c = 1; c < 32; ++c) text += c;
    return text;
  }();
  std::string long_one;
  while (long_one.size() < 10'000) long_one += "salt ";
  const std::vector<std::string> answers = {long_one,
                                            std::string(10'000, 'a'),
                                            std::string(10'000, '\n'),
                                            all_control,
                                            "Вода испарилась, соль осталась.",
                                            "水蒸发了,盐留下了。",
                                            "\xf0\x9f\xa7\x82\xf0\x9f\xa7\x82"};
  std::string input;
  for (const auto& answer : answers) {
    input += json{{"id", 1},
                  {"question", "How did you separate the salt from the water?"},
                  {"references", {"The water was evaporated, leaving the salt."}},
                  {"answer", answer}}
                 .dump() +
             "\n";
  }
  const auto outcome = run("grade", input);
  ASSERT_EQ(outcome.exit_code, 0) << outcome.errors;
  ASSERT_EQ(outcome.lines.size(), answers.size());
  for (const auto& line : outcome.lines) {
    EXPECT_NE(line["verdict"], "right") << line;
    EXPECT_FALSE(line["feedback"].get<std::string>().empty());
  }
  EXPECT_EQ(outcome.lines[4]["verdict"], "ask_teacher") << "another script is no fault";
  EXPECT_EQ(outcome.lines[5]["verdict"], "ask_teacher");
}

TEST_F(WritingProgram, BadRecordsAreNamedInTheirPlace) {
  const auto outcome =
      run("grade", R"({"id":1,"references":["x"]})"
                   "\n"
                   R"({"id":2,"references":"x","answer":"y"})"
                   "\n"
                   R"({"id":3,"references":["x",4],"answer":"y"})"
                   "\n"
                   "no json\n"
                   R"({"id":5,"question":null,"references":["water"],"answer":"water"})"
                   "\n");
  EXPECT_EQ(outcome.exit_code, 1);
  ASSERT_EQ(outcome.lines.size(), 5u);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_TRUE(outcome.lines[i].contains("error")) << i;
  EXPECT_EQ(outcome.lines[2]["error"]["message"], "reference 2 must be a text");
  EXPECT_EQ(outcome.lines[4]["verdict"], "right");
}

}  // namespace
}  // namespace primer::writing
