// Things that are placed on a picture: which places there are, what is right in an answer, what an
// author is told, and how it lies in a pack.

#include "primer/content/placing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "primer/content/lesson_source.h"
#include "primer/content/pack.h"
#include "small_lesson.h"

namespace primer::content {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Picture pictureOf(PictureKind kind) {
  Picture picture;
  picture.kind = kind;
  return picture;
}

// Three apples for one plate, two for the other, one that stays; a word for the second plate.
Question apples() {
  Question question;
  question.answering = Answering::kPlace;
  question.picture = pictureOf(PictureKind::kPlates);
  question.picture->titles = {"Ann", "Ben"};
  question.picture->places = {{"1", ""}, {"2", "Ben has too many."}};
  for (const char* to : {"1", "1", "1", "2", "2", ""}) {
    question.options.push_back({"apple", false, to, "", "apple"});
  }
  return question;
}

Question labels() {
  Question question;
  question.answering = Answering::kPlace;
  question.picture = pictureOf(PictureKind::kDrawing);
  question.picture->drawing = "plant";
  question.picture->places = {{"leaf", ""}, {"root", "Look under the ground."}};
  question.options = {{"leaf", false, "leaf", "A leaf is green."}, {"root", false, "root", ""}};
  return question;
}

TEST(Placing, EveryPictureKnowsItsPlaces) {
  auto clock = pictureOf(PictureKind::kClock);
  EXPECT_EQ(spotOf(clock, "12")->column, 12);
  EXPECT_FALSE(spotOf(clock, "0"));
  EXPECT_FALSE(spotOf(clock, "13"));
  EXPECT_EQ(allSpots(clock).size(), 12U);

  auto line = pictureOf(PictureKind::kLine);
  line.low = 1;
  line.high = 3;
  line.parts = 4;
  EXPECT_EQ(spotOf(line, "2")->column, 4);
  EXPECT_EQ(spotOf(line, "5/4")->column, 1);
  EXPECT_EQ(spotOf(line, "5/2")->column, 6);
  for (const char* off : {"0", "4", "4/3", "1/0", "x", "", "1 1/4", "3/"}) {
    EXPECT_FALSE(spotOf(line, off)) << off;
  }

  auto square = pictureOf(PictureKind::kSquare);
  square.first = 23;
  square.columns = 4;
  square.rows = 3;
  EXPECT_EQ(*spotOf(square, "34"), (PictureSpot{1, 1}));
  EXPECT_FALSE(spotOf(square, "27"));

  auto grid = pictureOf(PictureKind::kGrid);
  grid.columns = 5;
  grid.rows = 4;
  EXPECT_EQ(*spotOf(grid, "3,2"), (PictureSpot{3, 2}));
  for (const char* off : {"6,0", "0,5", "3", "3,", "-1,2", "3, 2"}) {
    EXPECT_FALSE(spotOf(grid, off)) << off;
  }
  EXPECT_EQ(allSpots(grid).size(), 30U);

  auto rings = pictureOf(PictureKind::kRings);
  EXPECT_EQ(spotOf(rings, "both")->column, 1);
  EXPECT_FALSE(spotOf(rings, "top"));
  for (const auto drawing : drawings()) EXPECT_FALSE(partsOf(drawing).empty()) << drawing;
  EXPECT_TRUE(partsOf("horse").empty());
}

TEST(Placing, ThingsThatLookAlikeStandForEachOther) {
  const auto question = apples();
  EXPECT_TRUE(judge(question, rightAnswer(question)).right);
  EXPECT_TRUE(judge(question, {{kNowhere, 1, 0, 1, 0, 0}, 0, ""}).right);
  const auto too_many = judge(question, {{0, 0, 1, 1, 1, kNowhere}, 0, ""});
  EXPECT_FALSE(too_many.right);
  EXPECT_THAT(too_many.fits, ElementsAre(true, true, true, true, false, true));
  EXPECT_EQ(too_many.says, "Ben has too many.");
  EXPECT_EQ(judge(question, {{0, 0, 0, 0, 1, 1}, 0, ""}).says, "There are too many in one place.");
  EXPECT_EQ(inWords(question, rightAnswer(question)), "Ann: apple × 3; Ben: apple × 2");
}

TEST(Placing, WhatIsMissingIsToldOtherwiseThanWhatIsWrong) {
  const auto question = labels();
  const auto some = judge(question, {{0, kNowhere}, 0, ""});
  EXPECT_FALSE(some.right);
  EXPECT_EQ(some.says, "What lies there is right. Something is still missing.");
  EXPECT_THAT(some.fits, ElementsAre(true, false));
  EXPECT_EQ(judge(question, {{1, 0}, 0, ""}).says, "A leaf is green.") << "the thing's word";
  EXPECT_EQ(judge(question, {{kNowhere, 0}, 0, ""}).says, "0 of 1 are in the right place.");
  auto no_word = question;
  no_word.options[0].says.clear();
  EXPECT_EQ(judge(no_word, {{1, kNowhere}, 0, ""}).says, "Look under the ground.");
  for (const std::vector<std::size_t>& none :
       {std::vector<std::size_t>{}, {kNowhere, kNowhere}, {7, 9}}) {
    EXPECT_FALSE(judge(question, {none, 0, ""}).right);
  }
  EXPECT_EQ(inWords(question, {{1, 0}, 0, ""}), "leaf: root; root: leaf");
}

LessonSource sourceOf(const std::string& picture, const std::string& things) {
  std::string text = kQuizHead;
  for (const char* id : {"a", "b", "c", "d"}) {
    const bool first = std::string(id) == "a";
    text +=
        std::string("[[skill.level.question]]\nid = \"") + id +
        "\"\nask = \"Q?\"\nwhy = \"w\"\nhints = { point = \"p\", teach = \"t\", tell = \"l\" }\n";
    text += first ? "answer = \"place\"\npicture = " + picture + "\nthings = " + things + "\n"
                  : "answer = \"number\"\nnumber = \"1\"\n";
  }
  return parseLesson("t", text);
}

std::string faultsOf(const std::string& picture, const std::string& things) {
  std::string all;
  for (const auto& fault : sourceOf(picture, things).faults) {
    all += fault.text("lesson.toml");
    all += '\n';
  }
  return all;
}

constexpr const char* kOne = R"([{ text = "x", to = "1" }])";

TEST(PlacingSource, PlacesNeedNotBeNamed) {
  const auto clock =
      sourceOf(R"({ kind = "clock" })", R"([{ text = "big", drawn = "big-hand", to = "12" }])");
  ASSERT_TRUE(clock.faults.empty()) << clock.faults[0].text("");
  const auto& hands = *clock.lesson.skills.at(0).levels.at(0).questions.at(0).picture;
  EXPECT_EQ(hands.places.size(), 12U) << "a hand may point anywhere";
  const auto numbers = sourceOf(R"({ kind = "clock", places = ["6", { at = "3", says = "s" }] })",
                                R"([{ text = "9", to = "9" }, { text = "3", to = "3" }])");
  ASSERT_TRUE(numbers.faults.empty()) << numbers.faults[0].text("");
  const auto& written = *numbers.lesson.skills.at(0).levels.at(0).questions.at(0).picture;
  EXPECT_THAT(written.places, ElementsAre(Place{"3", "s"}, Place{"6", ""}, Place{"9", ""}));
  const auto apples = sourceOf(R"({ kind = "plates", titles = ["A", "B"] })",
                               R"([{ text = "apple", drawn = "apple", to = "1", times = 3 }])");
  ASSERT_TRUE(apples.faults.empty()) << apples.faults[0].text("");
  EXPECT_EQ(apples.lesson.skills.at(0).levels.at(0).questions.at(0).options.size(), 3U);
}

TEST(PlacingSource, FaultsAreToldWithTheirLine) {
  EXPECT_EQ(faultsOf(R"({ kind = "plates", titles = ["A", "B"] })", kOne), "");
  EXPECT_THAT(faultsOf(R"({ kind = "plate", titles = ["A", "B"] })", kOne),
              HasSubstr("lesson.toml:27: skill 'one', level 1, question 'a', picture, kind: "
                        "\"plate\" is not known; known are clock, line"));
  EXPECT_THAT(faultsOf(R"({ kind = "plates" })", kOne), HasSubstr("titles: is missing"));
  EXPECT_THAT(faultsOf(R"({ kind = "plates", titles = ["A"] })", kOne),
              HasSubstr("must be two to four"));
  EXPECT_THAT(faultsOf(R"({ kind = "rings", titles = ["A", "B", "C"] })", kOne),
              HasSubstr("must be two, one for each ring"));
  EXPECT_THAT(faultsOf(R"({ kind = "plates", titles = ["A", "B"], parts = 2 })", kOne),
              HasSubstr("picture, parts: is not known here"));
  EXPECT_THAT(
      faultsOf(R"({ kind = "plates", titles = ["A", "B"] })", R"([{ text = "x", to = "3" }])"),
      HasSubstr("lesson.toml:28: skill 'one', level 1, question 'a', things, number 1: there is "
                "no place \"3\" on this picture"));
  EXPECT_THAT(faultsOf(R"({ kind = "line", from = 4, to = 4 })", kOne),
              HasSubstr("picture, from: a line goes up"));
  EXPECT_THAT(faultsOf(R"({ kind = "line", from = 0, to = 20 })",
                       R"([{ text = "1", to = "1" }, { text = "2", to = "2" }])"),
              HasSubstr("less than an eighth of the line apart"));
  EXPECT_THAT(faultsOf(R"({ kind = "square", from = 1, columns = 10, rows = 10 })", kOne),
              HasSubstr("1 to 6 columns"));
  EXPECT_THAT(faultsOf(R"({ kind = "square", from = 1, columns = 2, rows = 2, step = 0 })", kOne),
              HasSubstr("step from 1 to 100"));
  EXPECT_THAT(faultsOf(R"({ kind = "grid", along = 9, up = 4 })", kOne),
              HasSubstr("1 to 5 steps along"));
  EXPECT_THAT(faultsOf(R"({ kind = "drawing", drawing = "horse" })", kOne),
              HasSubstr("known are plant, triangle, cube, fraction"));
  EXPECT_THAT(faultsOf(R"({ kind = "bars", values = ["3", "x"] })", kOne),
              HasSubstr("\"x\" must be a whole number from 0 to 20"));
  EXPECT_THAT(faultsOf(R"({ kind = "bars", values = ["3"] })", kOne), HasSubstr("2 to 5 bars"));
  EXPECT_THAT(faultsOf(R"({ kind = "bars", values = ["3", "4"], titles = ["A"] })", kOne),
              HasSubstr("must be one for each bar"));
  EXPECT_THAT(faultsOf(R"({ kind = "bars", values = ["3", "4"], titles = ["A", "B"] })", kOne),
              HasSubstr("bar 1 takes a thing"));
  EXPECT_THAT(faultsOf(R"({ kind = "strips", values = ["3/2"] })", kOne),
              HasSubstr("must be like 3/4"));
}

TEST(PlacingSource, ThingsMustHaveRoomAndAPlace) {
  const std::string plates = R"({ kind = "plates", titles = ["A", "B"] })";
  EXPECT_THAT(faultsOf(plates, "[]"), HasSubstr("things: must be one or more sections"));
  EXPECT_THAT(faultsOf(plates, R"([{ text = "x", to = "1", times = 11 }])"),
              HasSubstr("times: must be from 1 to 10"));
  EXPECT_THAT(faultsOf(plates, R"([{ text = "x", to = "1", times = 6 },
                                    { text = "y", to = "1", times = 6 }])"),
              HasSubstr("12 things"));
  EXPECT_THAT(faultsOf(plates, R"([{ text = "x" }])"), HasSubstr("must belong somewhere"));
  EXPECT_THAT(faultsOf(plates, R"([{ text = "some word", to = "1", times = 7 }])"),
              HasSubstr("more than 6 of them are words"));
  EXPECT_THAT(faultsOf(plates, R"([{ text = "a word that is far too long", to = "1" }])"),
              HasSubstr("at most 20"));
  EXPECT_THAT(faultsOf(plates, R"([{ text = "pear", drawn = "pear", to = "1" }])"),
              HasSubstr("\"pear\" cannot be drawn; known are apple, star"));
  EXPECT_THAT(faultsOf(plates, R"([{ text = "hand", drawn = "big-hand", to = "1" }])"),
              HasSubstr("only a clock has hands"));
  EXPECT_THAT(
      faultsOf(R"({ kind = "clock" })", R"([{ text = "3", to = "3" }, { text = "4", to = "3" }])"),
      HasSubstr("two things belong to \"3\", which takes one"));
  EXPECT_THAT(faultsOf(R"({ kind = "clock", places = ["15"] })", R"([{ text = "3", to = "3" }])"),
              HasSubstr("picture, places: there is no place \"15\""));
}

TEST(PlacingPack, KeepsThePictureAndNeedsTheNewerVersion) {
  auto lesson =
      sourceOf(
          R"({ kind = "square", from = 23, columns = 4, rows = 3, places = [{ at = "25", says = "No." }] })",
          R"([{ text = "34", to = "34", says = "s" },
                             { text = "apple", drawn = "apple" }])")
          .lesson;
  const auto pack = compilePack(lesson);
  ASSERT_TRUE(pack) << pack.error().message;
  EXPECT_EQ(*openPack(*pack), lesson);
  // The version lies in the first table: a lesson that places nothing is written as ever.
  auto plain = lesson;
  plain.skills[0].levels[0].questions[0] = plain.skills[0].levels[0].questions[1];
  plain.skills[0].levels[0].questions[0].id = "e";
  const auto older = compilePack(plain);
  ASSERT_TRUE(older) << older.error().message;
  const auto version_of = [](const std::vector<std::byte>& bytes) {
    const auto at = [&bytes](std::size_t place) {
      std::uint32_t number = 0;
      for (std::size_t i = 4; i-- > 0;) {
        number = number << 8 | std::to_integer<std::uint32_t>(bytes.at(place + i));
      }
      return number;
    };
    const std::size_t table = at(0);
    const std::size_t fields = table - at(table);
    return at(table + (at(fields + 4) & 0xFFFF));
  };
  EXPECT_EQ(version_of(*pack), 2U);
  EXPECT_EQ(version_of(*older), 1U);
}

}  // namespace
}  // namespace primer::content
