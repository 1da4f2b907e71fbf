// The checker against two sets of cases, each written by another hand that had not seen the rules,
// before these were tuned to it: how they are counted stands in the folders' READMEs.

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "primer/maths/rulebook.h"
#include "primer/maths/working.h"

namespace primer::maths {
namespace {

using Json = nlohmann::json;

struct Share {
  int good = 0;
  int all = 0;
  void count(bool is_good) {
    good += is_good ? 1 : 0;
    ++all;
  }
  double percent() const { return all == 0 ? 100 : 100.0 * good / all; }
};

struct Counts {
  Share accepted;       // right and detours
  Share named;          // misconceptions
  Share falsely_named;  // right and slip lines that came back with a key: few is good
  Share slips_known;
  Share let_through;  // wrong lines called right: few is good
  Share incomplete;
  Share choices;   // where several states will do
  Share followed;  // lines that follow from a wrong one
  Share finished;
  Share hints;
  int errors = 0;
  int lines = 0;
};

bool isAccepted(LineState state) {
  return state == LineState::kRight || state == LineState::kOffPath;
}

std::set<std::string> oneOrMore(const Json& value) {
  if (value.is_string()) return {value.get<std::string>()};
  return value.get<std::set<std::string>>();
}

void countLine(const Json& expect, const LineVerdict& line, Counts& counts) {
  ++counts.lines;
  const auto wanted = oneOrMore(expect.at("state"));
  const std::string got = stateName(line.state);
  std::set<std::string> different(line.hints.begin(), line.hints.end());
  counts.hints.count(different.size() == 3 && different.count("") == 0);
  if (wanted.size() > 1) return counts.choices.count(wanted.count(got) != 0);
  const std::string& state = *wanted.begin();
  const bool accepted = isAccepted(line.state);
  if (state == "right" || state == "off_path") {
    counts.accepted.count(accepted);
    counts.falsely_named.count(!line.misconception.empty());
  } else if (state == "misconception") {
    counts.named.count(oneOrMore(expect.at("key")).count(line.misconception) != 0);
    counts.let_through.count(accepted);
  } else if (state == "slip") {
    counts.slips_known.count(got == "slip");
    counts.falsely_named.count(!line.misconception.empty());
    counts.let_through.count(accepted);
  } else if (state == "wrong") {
    counts.let_through.count(accepted);
    if (expect.value("follows_error", false)) counts.followed.count(line.follows_error);
  } else {
    counts.incomplete.count(got == state);
  }
}

void countRecord(const Json& record, Counts& counts) {
  std::vector<WrittenLine> lines;
  for (const auto& line : record.at("lines")) lines.push_back({line.get<std::string>(), {}});
  const auto text = [&](const char* key) {
    const auto value = record.find(key);
    return value == record.end() || value->is_null() ? std::string()
           : value->is_string()                      ? value->get<std::string>()
                                                     : value->dump();
  };
  const auto verdict = checkWorking({text("problem"), text("task"), text("answer")}, lines);
  if (!verdict) {
    if (!record.value("may_error", false)) ++counts.errors;
    return;
  }
  ASSERT_EQ(verdict->lines.size(), record.at("expect").size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    countLine(record.at("expect")[i], verdict->lines[i], counts);
  }
  if (record.contains("finished")) {
    counts.finished.count(verdict->finished == record.at("finished").get<bool>());
  }
}

Counts countAll(const std::string& folder) {
  Counts counts;
  for (const auto& entry : std::filesystem::directory_iterator(PRIMER_MATHS_TESTS "/" + folder)) {
    if (entry.path().extension() != ".jsonl") continue;
    std::ifstream file(entry.path());
    for (std::string line; std::getline(file, line);) {
      if (!line.empty()) countRecord(Json::parse(line), counts);
    }
  }
  return counts;
}

class Cases : public testing::TestWithParam<const char*> {};

TEST_P(Cases, AreJudgedAsTheirAuthorSays) {
  const auto begin = std::chrono::steady_clock::now();
  const Counts counts = countAll(GetParam());
  const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - begin;
  ASSERT_GT(counts.lines, 1500);
  const auto print = [](const char* what, const Share& share) {
    std::printf("%-28s %5d of %5d  %6.2f %%\n", what, share.good, share.all, share.percent());
  };
  print("right lines accepted", counts.accepted);
  print("keys named right", counts.named);
  print("right or slip, falsely named", counts.falsely_named);
  print("slips known as slips", counts.slips_known);
  print("wrong lines let through", counts.let_through);
  print("unfinished lines handled", counts.incomplete);
  print("one of several states", counts.choices);
  print("follows from an error", counts.followed);
  print("finished or not", counts.finished);
  print("three different hints", counts.hints);
  std::printf("microseconds a line %.0f, %d records with an error\n", took.count() / counts.lines,
              counts.errors);
  EXPECT_GE(counts.accepted.percent(), 99.5);
  EXPECT_GE(counts.named.percent(), 90);
  EXPECT_LE(counts.falsely_named.percent(), 2);
  EXPECT_GE(counts.slips_known.percent(), 80);
  EXPECT_LE(counts.let_through.percent(), 1);
  EXPECT_GE(counts.incomplete.percent(), 95);
  EXPECT_GE(counts.followed.percent(), 95);
  EXPECT_GE(counts.finished.percent(), 95);
  EXPECT_EQ(counts.hints.good, counts.hints.all);
  EXPECT_LE(counts.errors, 1);
}

INSTANTIATE_TEST_SUITE_P(Both, Cases, testing::Values("cases", "second_cases"));

}  // namespace
}  // namespace primer::maths
