// The program primer-batch, run as people run it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "handwriting/drawn_lines.h"
#include "handwriting/test_ink.h"
#include "primer/handwriting/drawn_columns.h"
#include "primer/handwriting/drawn_digits.h"
#include "test_folder.h"

namespace primer {
namespace {

using nlohmann::json;
using testing::HasSubstr;

struct Outcome {
  int exit_code = -1;
  std::string errors;
  std::vector<json> lines;
};

std::string fileText(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

class PrimerBatch : public testing::Test {
 protected:
  Outcome run(const std::string& arguments, const std::string& input) {
    std::ofstream(folder_ / "in") << input;
    const auto quoted = [&](const char* name) { return "'" + (folder_ / name).string() + "'"; };
    const std::string command = "'" + std::string(std::getenv("PRIMER_BIN")) + "/primer-batch' " +
                                arguments + " < " + quoted("in") + " > " + quoted("out") + " 2> " +
                                quoted("err");
    Outcome outcome;
    const int status = std::system(command.c_str());
    outcome.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128;
    outcome.errors = fileText(folder_ / "err");
    std::istringstream out(fileText(folder_ / "out"));
    for (std::string line; std::getline(out, line);) {
      outcome.lines.push_back(json::parse(line, nullptr, false));  // discarded where it is no JSON
    }
    return outcome;
  }

  static json strokesOf(int digit) {
    auto strokes = json::array();
    for (const auto& stroke : handwriting::drawDigit(digit, 3, 4)) {
      auto points = json::array();
      for (const auto& p : stroke) points.push_back({p.x, p.y, p.t});
      strokes.push_back(points);
    }
    return strokes;
  }

  test::TestFolder folder_;
};

TEST_F(PrimerBatch, ReadsSymbolsInOrder) {
  std::string input;
  for (int digit = 0; digit <= 9; ++digit) {
    input += json{{"id", "d" + std::to_string(digit)}, {"strokes", strokesOf(digit)}}.dump() + "\n";
  }
  const auto outcome = run("symbols --classes digits", input);
  EXPECT_EQ(outcome.exit_code, 0) << outcome.errors;
  ASSERT_EQ(outcome.lines.size(), 10u);
  for (int digit = 0; digit <= 9; ++digit) {
    const auto& line = outcome.lines[static_cast<std::size_t>(digit)];
    EXPECT_EQ(line["id"], "d" + std::to_string(digit));
    EXPECT_EQ(line["candidates"][0]["symbol"], std::to_string(digit));
    EXPECT_GE(line["candidates"].size(), 3u);
    EXPECT_TRUE(line["unsure"].is_boolean());
  }
}

TEST_F(PrimerBatch, AllowedNarrowsTheClasses) {
  const auto outcome =
      run("symbols", json{{"id", 1}, {"strokes", strokesOf(7)}, {"allowed", "12"}}.dump());
  ASSERT_EQ(outcome.lines.size(), 1u);
  for (const auto& candidate : outcome.lines[0]["candidates"]) {
    EXPECT_THAT(candidate["symbol"].get<std::string>(), testing::AnyOf("1", "2", ""));
  }
}

TEST_F(PrimerBatch, ABadLineIsAnErrorInItsPlace) {
  const std::string good = json{{"id", 9}, {"strokes", strokesOf(3)}}.dump() + "\n";
  const std::vector<std::string> bad = {
      "{",
      "[1]",
      "{\"id\":1}",
      "{\"id\":1,\"strokes\":7}",
      "{\"id\":1,\"strokes\":[[1,2]]}",
      "{\"id\":1,\"strokes\":[[[1]]]}",
      "{\"id\":1,\"strokes\":[[[1,\"2\"]]]}",
      "{\"id\":1,\"strokes\":[[[1,2]]],\"allowed\":7}",
      "{\"id\":1,\"strokes\":[[[1,2]]],\"allowed\":\"\xD0\xB6\"}",
      "{\"id\":1,\"strokes\":[[[1,2]]],\"size\":-1}",
      "{\"id\":1,\"strokes\":[[[1,2]]],\"writer\":[2]}",
  };
  std::string input;
  for (const auto& line : bad) input.append(line).append("\n").append(good);
  const auto outcome = run("symbols --classes digits", input);
  EXPECT_EQ(outcome.exit_code, 1);
  ASSERT_EQ(outcome.lines.size(), 2 * bad.size());
  for (std::size_t i = 0; i < bad.size(); ++i) {
    const auto& line = outcome.lines[2 * i];
    EXPECT_EQ(line["error"]["code"], "invalid_argument") << bad[i];
    EXPECT_FALSE(line["error"]["message"].get<std::string>().empty());
    EXPECT_EQ(line["id"], i < 2 ? json(nullptr) : json(1)) << bad[i];
    EXPECT_EQ(outcome.lines[2 * i + 1]["candidates"][0]["symbol"], "3");
  }
}

TEST_F(PrimerBatch, StrangeInkIsUnsureAndNoError) {
  std::string input =
      "{\"id\":1,\"strokes\":[]}\n"
      "{\"id\":2,\"strokes\":[[]]}\n"
      "{\"id\":3,\"strokes\":[[[NaN,1],[Infinity,-Infinity]]]}\n"
      "{\"id\":4,\"strokes\":[[[1e300,1,-5],[-1e300,2,-9]]]}\n"
      "{\"id\":5,\"strokes\":[[[5,5,100]]]}\n";
  auto strokes = json::array();
  for (int i = 0; i < 2000; ++i) strokes.push_back({{i % 97, i % 89}, {i % 13, i % 31}});
  input += json{{"id", 6}, {"strokes", strokes}}.dump() + "\n";
  const auto outcome = run("symbols --classes digits", input);
  EXPECT_EQ(outcome.exit_code, 0);
  ASSERT_EQ(outcome.lines.size(), 6u);
  for (const auto& line : outcome.lines) EXPECT_EQ(line["unsure"], true) << line;
}

TEST_F(PrimerBatch, ConfirmedSamplesCountForTheirWriterOnly) {
  // Someone writes a 5 and means an S.
  const auto ink = strokesOf(5);
  const auto sample = json{{"writer", "mia"}, {"symbol", "S"}, {"strokes", ink}}.dump() + "\n";
  std::ofstream(folder_ / "samples") << sample << "\n" << sample << sample;
  std::string input;
  for (const auto* writer : {"mia", "tom"}) {
    input += json{{"id", writer}, {"writer", writer}, {"strokes", ink}, {"allowed", "5Ss"}}.dump();
    input += "\n";
  }
  const auto adapted = run("symbols --adapt '" + (folder_ / "samples").string() + "'", input);
  EXPECT_EQ(adapted.exit_code, 0) << adapted.errors;
  ASSERT_EQ(adapted.lines.size(), 2u);
  const auto chanceOfS = [](const json& line) {
    for (const auto& candidate : line["candidates"]) {
      if (candidate["symbol"] == "S") return candidate["p"].get<double>();
    }
    return 0.0;
  };
  EXPECT_GT(chanceOfS(adapted.lines[0]), 2 * chanceOfS(adapted.lines[1]));
  const auto plain = run("symbols", input);
  EXPECT_EQ(plain.lines[1], adapted.lines[1]);
  EXPECT_EQ(plain.lines[0]["candidates"], plain.lines[1]["candidates"]);
}

TEST_F(PrimerBatch, ABadSampleIsNamedAndLeftOut) {
  const auto good = json{{"writer", "mia"}, {"symbol", "n"}, {"strokes", strokesOf(7)}}.dump();
  const std::vector<std::string> bad = {
      "{",
      "[]",
      "{\"symbol\":\"n\",\"strokes\":[[[1,2],[3,4]]]}",
      "{\"writer\":[],\"symbol\":\"n\",\"strokes\":[[[1,2],[3,4]]]}",
      "{\"writer\":\"mia\",\"symbol\":\"nn\",\"strokes\":[[[1,2],[3,4]]]}",
      "{\"writer\":\"mia\",\"symbol\":\"\",\"strokes\":[[[1,2],[3,4]]]}",
      "{\"writer\":\"mia\",\"strokes\":[[[1,2],[3,4]]]}",
      "{\"writer\":\"mia\",\"symbol\":\"n\"}",
      "{\"writer\":\"mia\",\"symbol\":\"n\",\"strokes\":[]}",
  };
  const std::string record =
      json{{"id", 1}, {"writer", "mia"}, {"strokes", strokesOf(3)}}.dump() + "\n";
  for (const auto& line : bad) {
    std::ofstream(folder_ / "samples") << good << "\n" << line << "\n";
    const auto outcome = run("symbols --adapt '" + (folder_ / "samples").string() + "'", record);
    EXPECT_EQ(outcome.exit_code, 1) << line;
    EXPECT_THAT(outcome.errors, HasSubstr("line 2: ")) << line;
    ASSERT_EQ(outcome.lines.size(), 1u) << line;
    EXPECT_TRUE(outcome.lines[0].contains("candidates")) << line;
  }
}

TEST_F(PrimerBatch, ReadsLinesAsTheContractSays) {
  const auto strokes_of = [](const Ink& ink) {
    auto strokes = json::array();
    for (const auto& stroke : ink.strokes) {
      auto points = json::array();
      for (const auto& p : stroke) points.push_back({p.x, p.y});
      strokes.push_back(points);
    }
    return strokes;
  };
  const auto sum = test::LineDrawing().digits("3").plus().digits("4").equals().digits("7").ink();
  const auto fraction = test::LineDrawing().fraction("3", "4").ink();
  std::string input = json{{"id", "sum"}, {"strokes", strokes_of(sum)}}.dump() + "\n";
  input += json{{"id", "fraction"},
                {"strokes", strokes_of(fraction)},
                {"line", {{"top", -40}, {"bottom", 140}}},
                {"allowed", "0123456789+-="}}
               .dump() +
           "\n";
  input += json{{"id", "nothing"}, {"strokes", json::array()}}.dump() + "\n";
  const auto outcome = run("lines", input);
  EXPECT_EQ(outcome.exit_code, 0) << outcome.errors;
  ASSERT_EQ(outcome.lines.size(), 3u);
  const auto& first = outcome.lines[0];
  EXPECT_EQ(first["id"], "sum");
  EXPECT_EQ(first["latex"], "3+4=7");
  EXPECT_EQ(first["text"], "3+4=7");
  EXPECT_TRUE(first["unsure"].is_boolean());
  ASSERT_EQ(first["symbols"].size(), 5u);
  for (const auto& symbol : first["symbols"]) {
    EXPECT_EQ(symbol["box"].size(), 4u);
    EXPECT_GE(symbol["strokes"].size(), 1u);
    EXPECT_GE(symbol["candidates"].size(), 3u);
  }
  EXPECT_LE(first["alternatives"].size(), 5u);
  for (const auto& other : first["alternatives"]) EXPECT_NE(other["latex"], "3+4=7");
  EXPECT_EQ(outcome.lines[1]["latex"], "\\frac{3}{4}");
  EXPECT_EQ(outcome.lines[1]["text"], "(3)/(4)");
  EXPECT_EQ(outcome.lines[2]["latex"], "");
  EXPECT_EQ(outcome.lines[2]["unsure"], true);
}

// The whole way: ink, columns, verdict.
TEST_F(PrimerBatch, ColumnsAreReadAndJudged) {
  using handwriting::ColumnMethod;
  const auto strokes_of = [](const handwriting::ColumnText& text) {
    auto strokes = json::array();
    for (const auto& stroke : handwriting::drawColumns(text).strokes) {
      auto points = json::array();
      for (const auto& p : stroke) points.push_back({p.x, p.y, p.t});
      strokes.push_back(std::move(points));
    }
    return strokes;
  };
  struct Case {
    handwriting::ColumnText text;
    const char* state;
    const char* misconception;  // or ""
    bool finished;
  };
  handwriting::ColumnText right;
  right.method = ColumnMethod::kSum;
  right.operands = {"47", "38"};
  right.result = "85";
  right.carries = "1 ";
  auto no_carry = right;
  no_carry.result = "715";
  no_carry.carries = "";
  auto begun = right;
  begun.result = "5";
  handwriting::ColumnText smaller_from_larger;
  smaller_from_larger.method = ColumnMethod::kDifference;
  smaller_from_larger.operands = {"143", "28"};
  smaller_from_larger.result = "125";
  handwriting::ColumnText division;
  division.method = ColumnMethod::kDivision;
  division.division = handwriting::DivisionLayout::kEquals;
  division.operands = {"437", "5"};
  division.result = "87";
  division.rows = {"40 ", "37", "35", "2"};
  const std::vector<Case> cases = {
      {right, "right", "", true},
      {no_carry, "misconception", "add-no-carry", false},
      {begun, "right", "", false},
      {smaller_from_larger, "misconception", "subtract-smaller-from-larger", false},
      {division, "right", "", true},
  };
  std::string input;
  for (const auto& one : cases) {
    input += json{{"id", 1}, {"strokes", strokes_of(one.text)}}.dump() + "\n";
  }
  input +=
      json{{"id", "scribble"}, {"strokes", json::array({json::array({{0, 0}, {5, 9}})})}}.dump();
  const auto outcome = run("columns", input);
  EXPECT_EQ(outcome.exit_code, 0) << outcome.errors;
  ASSERT_EQ(outcome.lines.size(), cases.size() + 1);
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const auto& line = outcome.lines[i];
    EXPECT_EQ(line["operands"], json(cases[i].text.operands));
    EXPECT_EQ(line["result"], cases[i].text.result);
    EXPECT_EQ(line["carries"], cases[i].text.carries);
    EXPECT_EQ(line["unsure"], false) << line["confidence"];
    EXPECT_EQ(line["verdict"]["state"], cases[i].state) << line["verdict"];
    EXPECT_EQ(line["verdict"].value("finished", false), cases[i].finished);
    const auto misconception = line["verdict"]["misconception"];
    EXPECT_EQ(misconception.is_null() ? "" : misconception.get<std::string>(),
              cases[i].misconception);
  }
  EXPECT_EQ(outcome.lines.back()["verdict"]["state"], "unreadable");
  EXPECT_EQ(outcome.lines.back()["unsure"], true);
}

TEST_F(PrimerBatch, BadLineRecordsAreNamedAndTheRunGoesOn) {
  const auto outcome = run("lines",
                           "{\"id\":1}\nnonsense\n{\"id\":2,\"strokes\":[],\"line\":7}\n"
                           "{\"id\":3,\"strokes\":[],\"allowed\":5}\n{\"id\":4,\"strokes\":[]}\n");
  EXPECT_EQ(outcome.exit_code, 1);
  ASSERT_EQ(outcome.lines.size(), 5u);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_TRUE(outcome.lines[i].contains("error")) << i;
  EXPECT_EQ(outcome.lines[4]["unsure"], true);
  EXPECT_EQ(run("lines --head /nowhere/at/all.tflite", "").exit_code, 3);
}

TEST_F(PrimerBatch, BadInkIsNeverSureInAnyVerb) {
  auto bad = test::badInk();
  Ink upside_down =
      test::LineDrawing().digits("32").plus().digits("45").equals().digits("77").ink();
  for (auto& stroke : upside_down.strokes) {
    for (auto& p : stroke) p = {-p.x, -p.y, p.t, p.pressure};
  }
  bad.emplace_back("upside down", std::move(upside_down));
  Ink two_children = test::LineDrawing().digits("4531").plus().digits("72").ink();
  for (const auto& stroke :
       test::moved(test::LineDrawing().digits("8645").minus().digits("57").ink(), 1, 20, 38)
           .strokes) {
    two_children.strokes.push_back(stroke);
  }
  bad.emplace_back("two children at once", std::move(two_children));
  std::string input;
  std::size_t records = 0;
  for (const auto& [name, ink] : bad) {
    json strokes = json::array();  // which writes what is no number as null
    for (const auto& stroke : ink.strokes) {
      auto points = json::array();
      // Times run backwards.
      float t = 0;
      for (const auto& p : stroke) {
        points.push_back({p.x, p.y, t -= 8});
      }
      strokes.push_back(std::move(points));
    }
    input += json{{"id", name}, {"strokes", std::move(strokes)}}.dump() + "\n";
    ++records;
  }
  for (const std::string verb : {"symbols --classes all", "lines", "columns"}) {
    const auto outcome = run(verb, input);
    EXPECT_EQ(outcome.exit_code, 0) << verb << outcome.errors;
    ASSERT_EQ(outcome.lines.size(), records) << verb;
    for (const auto& line : outcome.lines) {
      // One dot is a point where a symbol is asked for.
      if (line["id"] == "a dot" || line["id"] == "a held pen") continue;
      EXPECT_EQ(line["unsure"], true) << verb << " " << line.dump().substr(0, 200);
    }
  }
}

TEST_F(PrimerBatch, CoordinatesThatAreNoNumbersAreUnsure) {
  const auto outcome = run("lines",
                           "{\"id\":1,\"strokes\":[[[NaN,1,0]]]}\n"
                           "{\"id\":2,\"strokes\":[[[null,1,0]]]}\n"
                           "{\"id\":3,\"strokes\":[[[5,5,0]]]}\n");
  EXPECT_EQ(outcome.exit_code, 0) << outcome.errors;
  ASSERT_EQ(outcome.lines.size(), 3u);
  for (const auto& line : outcome.lines) EXPECT_EQ(line["unsure"], true) << line;
}

TEST_F(PrimerBatch, UsageAndMissingFilesHaveTheirExitCodes) {
  EXPECT_EQ(run("symbols --classes cuneiform", "").exit_code, 2);
  EXPECT_EQ(run("symbols --no-such-option", "").exit_code, 2);
  EXPECT_EQ(run("", "").exit_code, 2);
  EXPECT_EQ(run("sing", "").exit_code, 2);
  EXPECT_EQ(run("symbols --adapt /nowhere/at/all", "").exit_code, 3);
  EXPECT_EQ(run("symbols --input /nowhere/at/all", "").exit_code, 3);
  EXPECT_EQ(run("symbols --model /nowhere/at/all.tflite", "").exit_code, 3);
  EXPECT_EQ(run("--help", "").exit_code, 0);
}

TEST_F(PrimerBatch, TakesAndGivesFiles) {
  std::ofstream(folder_ / "lines.jsonl") << json{{"id", 1}, {"strokes", strokesOf(8)}}.dump();
  const auto outcome = run("symbols --input '" + (folder_ / "lines.jsonl").string() +
                               "' --output '" + (folder_ / "answers.jsonl").string() + "'",
                           "");
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_TRUE(outcome.lines.empty());
  EXPECT_EQ(json::parse(fileText(folder_ / "answers.jsonl"))["id"], 1);
}

}  // namespace
}  // namespace primer
