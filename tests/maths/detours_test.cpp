// Right lines that lead away from the answer: accepted, and help goes on from the last line on the
// path.

#include <gtest/gtest.h>

#include "primer/maths/working.h"

namespace primer::maths {
namespace {

struct Sheet {
  const char* problem;
  std::vector<const char*> lines;
  std::vector<LineState> states;
  // What the third hint of the last detour says comes next; empty where all is done.
  const char* next;
  bool finished = true;
  const char* answer = "";
};

constexpr auto kR = LineState::kRight;
constexpr auto kD = LineState::kOffPath;
constexpr auto kW = LineState::kMisconception;

TEST(Detours, AreRightAndHelpGoesOnFromThePath) {
  const std::vector<Sheet> sheets = {
      // Calculations that go back.
      {"4+3×2", {"4+6", "4+3×2", "10"}, {kR, kD, kR}, "10"},
      {"1/2+1/3", {"3/6+2/6", "1/2+1/3", "5/6"}, {kR, kD, kR}, "5/6"},
      {"24/36", {"12/18", "24/36", "2/3"}, {kR, kD, kR}, "2/3"},
      {"3(x+4)+2x", {"3x+12+2x", "3(x+4)+2x", "5x+12"}, {kR, kD, kR}, "5x + 12"},
      {"4+3×2", {"10", "5+5"}, {kR, kD}, ""},
      {"Factorise 6x+9", {"3(2x+3)", "6x+9"}, {kR, kD}, ""},
      // Linear equations.
      {"2x+3=11", {"2x=8", "2x+3=11", "x=4"}, {kR, kD, kR}, "x = 4"},
      {"2x+3=11", {"2x=8", "4x=16", "x=4", "2x=8"}, {kR, kD, kR, kD}, ""},
      {"2(x+3)=14", {"2x+6=14", "2(x+3)=14", "2x=8", "x=4"}, {kR, kD, kR, kR}, "2x = 8"},
      {"2x+3<11", {"2x<8", "4x<16", "x<4"}, {kR, kD, kR}, "x < 4"},
      // Multiplied out and factored again.
      {"(x-2)(x-3)=0",
       {"x^2-5x+6=0", "(x-2)(x-3)=0", "x=2 or x=3"},
       {kD, kR, kR},
       "x = 2 or x = 3"},
      {"x^2-5x+6=0",
       {"(x-2)(x-3)=0", "x^2-5x+6=0", "(x-2)(x-3)=0", "x=2 or x=3"},
       {kR, kD, kR, kR},
       "x = 2 or x = 3"},
      // Two equations.
      {"x+y=5, x-y=1", {"2x=6", "x=3", "2x=6", "y=2"}, {kR, kR, kD, kR}, "3 + y = 5"},
      {"2x+y=7, x-y=2", {"3x=9", "6x=18", "x=3", "y=1"}, {kR, kD, kR, kR}, "x = 3"},
      // A given equation written down again, and values put in to check, are on the path.
      {"x+y=5, x-y=1", {"2x=6", "x=3", "x+y=5", "3+y=5", "y=2"}, {kR, kR, kR, kR, kR}, ""},
      {"x+y=5, x-y=1", {"x=3", "y=2", "3-y=1"}, {kR, kR, kR}, ""},
      {"Make x the subject: y = 3x + 2",
       {"y-2=3x", "y=3x+2", "x=(y-2)/3"},
       {kR, kD, kR},
       "x = (y - 2)/3"},
      // Who begins again after a mistake goes no detour.
      {"2x+3=11", {"2x=8", "x=16", "2x+3=11", "2x=8", "x=4"}, {kR, kW, kR, kR, kR}, ""},
  };
  for (const auto& sheet : sheets) {
    std::vector<WrittenLine> lines;
    for (const char* line : sheet.lines) lines.push_back({line, {}});
    const auto verdict = checkWorking({sheet.problem, "", sheet.answer}, lines);
    ASSERT_TRUE(verdict) << sheet.problem;
    std::string next;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const auto& line = verdict->lines[i];
      EXPECT_STREQ(stateName(line.state), stateName(sheet.states[i]))
          << sheet.problem << " | " << lines[i].text;
      if (line.state == kD) next = line.hints[2];
    }
    if (*sheet.next != '\0') {
      EXPECT_NE(next.find(sheet.next), std::string::npos) << sheet.problem << ": " << next;
    }
    EXPECT_EQ(verdict->finished, sheet.finished) << sheet.problem;
  }
}

}  // namespace
}  // namespace primer::maths
