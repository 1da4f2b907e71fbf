#include "primer/maths/picture.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "primer/maths/rulebook.h"
#include "primer/maths/working.h"

namespace primer::maths {
namespace {

using Json = nlohmann::json;

struct Sample {
  const char* key;
  const char* problem;
  const char* line;
  const char* words;  // the whole picture, in words
  const char* answer = "";
};

const Sample kSamples[] = {
    {"add-no-carry", "47+38", "715",
     "Blocks in columns for tens and ones. 47: 4 tens and 7 ones. 38: 3 tens and 8 ones. Ten ones "
     "are changed into one of the tens."},
    {"add-carry-dropped", "67+58", "115",
     "Blocks in columns for hundreds, tens and ones. 67: 0 hundreds, 6 tens and 7 ones. 58: 0 "
     "hundreds, 5 tens and 8 ones. Ten ones are changed into one of the tens. Ten tens are changed "
     "into one of the hundreds."},
    {"add-misaligned", "34+5", "84",
     "Blocks in columns for tens and ones. 34: 3 tens and 4 ones. 5: 0 tens and 5 ones."},
    {"subtract-smaller-from-larger", "812-345", "533",
     "Blocks in columns for hundreds, tens and ones. 812: 8 hundreds, 1 tens and 2 ones. Take away "
     "345: 3 hundreds, 4 tens and 5 ones. One of the tens is changed into ten ones. One of the "
     "hundreds is changed into ten tens."},
    {"subtract-borrow-across-zero", "602-327", "225",
     "Blocks in columns for hundreds, tens and ones. 602: 6 hundreds, 0 tens and 2 ones. Take away "
     "327: 3 hundreds, 2 tens and 7 ones. One of the hundreds is changed into ten tens. One of the "
     "tens is changed into ten ones."},
    {"multiply-carry-before", "29×4", "206",
     "A rectangle, 20 and 9 along the top and 4 down the side. Its parts: 4 × 20 and 4 × 9."},
    {"multiply-no-shift", "24×13", "96",
     "A rectangle, 20 and 4 along the top and 10 and 3 down the side. Its parts: 10 × 20 and 10 × "
     "4. Its parts: 3 × 20 and 3 × 4."},
    {"multiply-zero-identity", "5×0", "5", "5 plates with 0 counters on each. How many are there?"},
    {"divide-zero-omitted", "618÷6", "13",
     "Blocks in columns for hundreds, tens and ones. 618: 6 hundreds, 1 tens and 8 ones. Share "
     "each column among 6."},
    {"divide-remainder-as-decimal", "7÷2", "3.1",
     "7 counters to be shared fairly on 2 plates. What happens to those left over?"},
    {"fraction-add-across", "1/2+1/3", "2/5",
     "A bar in 2 equal parts, 1 shaded: 1/2. Under it a bar in 3 equal parts, 1 shaded: 1/3. Under "
     "it a bar in 6 equal parts, none shaded yet. Under it a bar in 5 equal parts, 2 shaded: 2/5, "
     "as you wrote it."},
    {"mixed-smaller-from-larger", "5 1/4 - 2 3/4", "3 2/4",
     "A bar in 4 equal parts, 21 shaded over more than one whole: 5 1/4. Under it a bar in 4 equal "
     "parts, 11 shaded over more than one whole: 2 3/4. Under it a bar in 4 equal parts, 14 shaded "
     "over more than one whole: 3 2/4, as you wrote it."},
    {"fraction-times-both", "3×2/5", "6/15",
     "A bar in 5 equal parts, 2 shaded: 2/5. Under it a bar in 5 equal parts, 2 shaded: 2/5. Under "
     "it a bar in 5 equal parts, 2 shaded: 2/5. Under it a bar in 15 equal parts, 6 shaded: 6/15, "
     "as you wrote it."},
    {"fraction-cancel-one", "Simplify 12/18", "6/18",
     "A bar in 18 equal parts, 12 shaded: 12/18. Under it a bar in 18 equal parts, 6 shaded: 6/18, "
     "as you wrote it."},
    {"fraction-natural-number-bias", "1/4 ? 1/3", "1/4 > 1/3",
     "A bar in 4 equal parts, none shaded yet: 1/4. Under it a bar in 3 equal parts, none shaded "
     "yet: 1/3."},
    {"decimal-shorter-is-larger", "0.3 ? 0.47", "0.3 > 0.47",
     "Blocks in columns for ones, tenths and hundredths. 0.3: 0 ones, 3 tenths and 0 hundredths. "
     "0.47: 0 ones, 4 tenths and 7 hundredths."},
    {"decimal-point-separate", "0.8+0.7", "0.15",
     "Blocks in columns for ones and tenths. 0.8: 0 ones and 8 tenths. 0.7: 0 ones and 7 tenths. "
     "Ten tenths are changed into one of the ones."},
    {"decimal-multiply-point", "0.3×0.2", "0.6",
     "A square of one whole, cut into 10 rows of 10 small squares. A rectangle of 3 by 2 of them "
     "is shaded. How many of all is that?"},
    {"percent-one-formula", "20% of 50", "2.5",
     "A bar in 1 part, none shaded yet: 100% = 50. Under it a bar in 5 equal parts, 1 shaded: "
     "20%."},
    {"integer-two-negatives-positive", "-3-4", "7",
     "A number line from -8 to 1, marked at -3 and 0. Start at -3. Jump 4 to the left. Where do "
     "you land?"},
    {"integer-sign-guessed", "-5+2", "-7",
     "A number line from -6 to 1, marked at -5 and 0. Start at -5. Jump 2 to the right. Where do "
     "you land?"},
    {"order-left-to-right", "4+3×2", "14",
     "What belongs together stands in one box: [4] + [3 × 2]."},
    {"order-acronym", "10-3+2", "5",
     "A number line from -1 to 11, marked at 0 and 10. Start at 10. Jump 3 to the left. Jump 2 to "
     "the right. Where do you land?"},
    {"power-of-negative", "-3^2", "9", "What belongs together stands in one box: - [3] × [3]."},
    {"power-as-product", "5^3", "15", "What belongs together stands in one box: [5] × [5] × [5]."},
    {"distribute-partial", "3(x+4)", "3x+4",
     "A rectangle, x and 4 along the top and 3 down the side. Its parts: 3 × x and 3 × 4."},
    {"distribute-negative", "-(x-2)", "-x-2",
     "A rectangle, x and -2 along the top and -1 down the side. Its parts: (-1) × x and (-1) × "
     "(-2)."},
    {"linearity-power-root", "(a+b)^2", "a^2+b^2",
     "A rectangle, a and b along the top and a and b down the side. Its parts: a × a and a × b. "
     "Its parts: b × a and b × b."},
    {"cancel-terms", "Simplify (x+3)/x", "3",
     "What belongs together stands in one box: [x ÷ x] + [3 ÷ x]."},
    {"algebra-conjoin", "3+2x", "5x",
     "On heaps of their own: 3 single squares and 2 tiles of length x."},
    {"equation-wrong-inverse", "x+5=9", "x=14",
     "A balance. On the left: x and 5. On the right: 9. It is level."},
    {"equation-one-side", "2x+3=9", "2x=9",
     "A balance. On the left: x, x and 3. On the right: 9. It is level."},
    {"equation-subtract-coefficient", "3x=12", "x=9",
     "A balance. On the left: x, x and x. On the right: 12. It is level."},
    {"equals-running", "8+4+5", "8+4=12+5=17",
     "A balance. On the left: 8 + 4. On the right: 12 + 5. Is it level?"},
    {"ratio-additive", "2:3=4:x", "x=5",
     "A table of two rows: 2 above 3, 4 above ?. How many times as much?"},
    {"algebra-reversal", "There are 6 times as many students S as professors P. Write an equation.",
     "6S=P", "A table of two rows, P above S: 1 above ?, 2 above ?. How many times as much?",
     "S=6P"},
};

LineVerdict verdictOf(const Sample& s) {
  const auto verdict = checkWorking({s.problem, "", s.answer}, {{s.line, {}}});
  EXPECT_TRUE(verdict) << s.problem << ": " << (verdict ? "" : verdict.error().message);
  return verdict ? verdict->lines[0] : LineVerdict{};
}

TEST(Picture, ShowsTheNumbersOfTheLineAtHand) {
  for (const auto& sample : kSamples) {
    const auto line = verdictOf(sample);
    EXPECT_EQ(line.misconception, sample.key) << sample.problem << " | " << sample.line;
    ASSERT_TRUE(line.picture) << sample.key;
    EXPECT_EQ(toText(*line.picture), sample.words) << sample.key;
  }
}

TEST(Picture, IsOnlyForANamedMisconception) {
  const auto verdict = checkWorking({"47+38", "", ""}, {{"86", {}}, {"85", {}}, {"200", {}}});
  ASSERT_TRUE(verdict);
  for (const auto& line : verdict->lines) EXPECT_FALSE(line.picture) << stateName(line.state);
}

TEST(Picture, IsLeftOutWhereItsNumbersAreTooMany) {
  for (const Sample& s : {Sample{"", "1/50+1/30", "2/80", ""}, Sample{"", "-30-40", "70", ""},
                          Sample{"", "2^40", "80", ""}, Sample{"", "9000÷90", "10", ""}}) {
    const auto line = verdictOf(s);
    EXPECT_FALSE(line.picture) << s.problem << ": " << (line.picture ? toText(*line.picture) : "");
  }
}

// What must hold of each picture.
struct Bounds {
  void operator()(const BusStop& picture) const {
    EXPECT_EQ(picture.quotient.size(), picture.dividend.size());
    EXPECT_EQ(picture.carries.size(), picture.dividend.size());
    EXPECT_LT(picture.look_at, picture.dividend.size());
  }
  void operator()(const NumberLine& line) const {
    EXPECT_LE(line.to - line.from, kMostTicks);
    int at = line.start;
    for (const int jump : line.jumps) at += jump;
    EXPECT_TRUE(line.from <= at && at <= line.to);
    EXPECT_FALSE(line.jumps.empty());
    // Where it lands is not marked, unless it began there.
    for (const int mark : line.marks) EXPECT_TRUE(mark != at || mark == line.start);
  }
  void operator()(const FractionBars& picture) const {
    EXPECT_FALSE(picture.bars.empty());
    EXPECT_LE(picture.bars.size(), 8u);
    for (const auto& bar : picture.bars) {
      EXPECT_TRUE(bar.parts >= 1 && bar.parts <= kMostParts);
      EXPECT_TRUE(bar.shaded >= 0 && bar.shaded <= 8 * bar.parts);
    }
  }
  void operator()(const AreaModel& area) const {
    EXPECT_LE(area.across.size() * area.down.size(), static_cast<std::size_t>(kMostCells));
    EXPECT_EQ(area.cells.size(), area.down.size());
    for (const auto& row : area.cells) EXPECT_EQ(row.size(), area.across.size());
  }
  void operator()(const UnitSquare& square) const {
    EXPECT_TRUE(square.across < square.parts && square.down < square.parts);
  }
  void operator()(const Balance& balance) const {
    EXPECT_TRUE(balance.left.size() <= 8 && balance.right.size() <= 8);
    EXPECT_FALSE(balance.left.empty() || balance.right.empty());
  }
  void operator()(const PlaceValue& picture) const {
    EXPECT_LE(picture.places.size(), 9u);
    for (const auto& row : picture.rows) {
      EXPECT_EQ(row.blocks.size(), picture.places.size());
      for (const int n : row.blocks) EXPECT_TRUE(n >= 0 && n <= kMostBlocks);
    }
    for (const auto& e : picture.exchanges) {
      EXPECT_TRUE(e.from + 1 == e.to || e.to + 1 == e.from);
      EXPECT_LT(std::max(e.from, e.to), picture.places.size());
    }
  }
  void operator()(const Plates& plates) const {
    EXPECT_LE(plates.plates, 12);
    EXPECT_LE(plates.to_share, 40);
  }
  void operator()(const Boxes& picture) const {
    EXPECT_LE(picture.boxes.size(), 10u);
    EXPECT_EQ(picture.signs.size() + 1, picture.boxes.size());
  }
  void operator()(const RatioTable& table) const {
    EXPECT_EQ(table.columns.size(), 2u);
    EXPECT_EQ((table.columns[0].first + table.columns[0].second + table.columns[1].first +
               table.columns[1].second)
                      .find("?") == std::string::npos,
              false);
  }
  void operator()(const Tiles& tiles) const {
    for (const auto& [count, what] : tiles.heaps) EXPECT_TRUE(count >= 1 && count <= 12);
  }
};

// Tags are closed in order, and nothing stands outside of them.
bool isWellFormed(const std::string& svg) {
  std::vector<std::string> open;
  for (std::size_t at = 0; at < svg.size();) {
    const auto begin = svg.find('<', at);
    if (begin == std::string::npos) return open.empty() && at == svg.size();
    const auto end = svg.find('>', begin);
    if (end == std::string::npos || svg.substr(at, begin - at).find('>') != std::string::npos) {
      return false;
    }
    const std::string tag = svg.substr(begin + 1, end - begin - 1);
    if (tag[0] == '/') {
      if (open.empty() || open.back() != tag.substr(1)) return false;
      open.pop_back();
    } else if (tag.back() != '/') {
      open.push_back(tag.substr(0, tag.find(' ')));
    }
    at = end + 1;
  }
  return open.empty();
}

TEST(Picture, IsDrawnWithItsNumbersAndItsWords) {
  EXPECT_FALSE(isWellFormed("<a><b></a></b>"));
  const auto line = verdictOf({"", "10-3+2", "5", ""});
  ASSERT_TRUE(line.picture);
  const std::string svg = toSvg(*line.picture);
  EXPECT_TRUE(isWellFormed(svg)) << svg;
  for (const char* part : {"<title>A number line", ">−3<", ">+2<", ">10<", ">0<"}) {
    EXPECT_NE(svg.find(part), std::string::npos) << part;
  }
  EXPECT_EQ(svg.find(">9<"), std::string::npos) << "where it lands is not said";
  // Signs that mean something to XML.
  const std::string claim = toSvg(Balance{{"a<b"}, {"a & b"}, Relation::kAsk});
  EXPECT_TRUE(isWellFormed(claim));
  EXPECT_NE(claim.find("a&lt;b"), std::string::npos);
}

// Over all cases: bounds hold, and nearly every line with a key that can be drawn has its picture.
TEST(Picture, HoldsItsBoundsOverAllCases) {
  std::map<std::string, std::pair<int, int>> drawn;
  for (const char* folder : {"cases", "second_cases"}) {
    for (const auto& entry :
         std::filesystem::directory_iterator(std::string(PRIMER_MATHS_TESTS "/") + folder)) {
      if (entry.path().extension() != ".jsonl") continue;
      std::ifstream file(entry.path());
      for (std::string text; std::getline(file, text);) {
        const Json record = Json::parse(text);
        if (!record.at("problem").is_string()) continue;
        std::vector<WrittenLine> lines;
        for (const auto& line : record.at("lines")) lines.push_back({line.get<std::string>(), {}});
        const auto task = record.find("task");
        const auto answer = record.find("answer");
        const auto verdict = checkWorking(
            {record.at("problem").get<std::string>(),
             task != record.end() && task->is_string() ? task->get<std::string>() : "",
             answer != record.end() && answer->is_string() ? answer->get<std::string>() : ""},
            lines);
        if (!verdict) continue;
        for (std::size_t i = 0; i < lines.size(); ++i) {
          const auto& line = verdict->lines[i];
          EXPECT_TRUE(!line.picture || !line.misconception.empty());
          if (line.misconception.empty()) continue;
          auto& [with, all] = drawn[line.misconception];
          ++all;
          if (!line.picture) continue;
          ++with;
          SCOPED_TRACE(record.at("problem").get<std::string>() + " | " + lines[i].text + " | " +
                       toText(*line.picture));
          std::visit(Bounds{}, *line.picture);
          EXPECT_LE(toText(*line.picture).size(), 600u);
          const std::string svg = toSvg(*line.picture);
          EXPECT_TRUE(isWellFormed(svg)) << svg;
          EXPECT_LE(svg.size(), 60000u);
        }
      }
    }
  }
  int with = 0;
  int all = 0;
  for (const auto& misconception : misconceptions()) {
    const auto [own, seen] = drawn[std::string(misconception.key)];
    std::printf("%-32s %4d of %4d\n", std::string(misconception.key).c_str(), own, seen);
    with += own;
    all += seen;
    // A letter for a thing is a matter of words.
    if (misconception.key == "algebra-letter-as-label") continue;
    // Of digits in their places, no lines: short_division_test.cpp has their pictures.
    if (seen == 0) continue;
    EXPECT_GT(own, 0) << misconception.key;
  }
  std::printf("pictures: %d of %d lines with a key\n", with, all);
  EXPECT_GE(with, all * 8 / 10);
}

}  // namespace
}  // namespace primer::maths
