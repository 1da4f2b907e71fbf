#include "primer/app/words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <QLocale>

#include "primer/app/drawn_ink.h"
#include "primer/app/pictures.h"
#include "time_words.h"

namespace primer::app {
namespace {

TEST(Words, EveryErrorIsTold) {
  for (int code = 0; code <= static_cast<int>(ErrorCode::kInternal); ++code) {
    for (const auto* key : {"", "database.full", "no.such.key"}) {
      const auto problem = problemFrom(Error(static_cast<ErrorCode>(code), "disk at 0x1", key));
      EXPECT_FALSE(problem.key.isEmpty());
      EXPECT_FALSE(problem.title.isEmpty());
      EXPECT_FALSE(problem.words.isEmpty());
      EXPECT_FALSE(problem.words.contains("0x1"));  // developers' words are kept apart
      EXPECT_EQ(problem.detail, "disk at 0x1");
    }
  }
}

TEST(Words, KeysOfTheRecordsHaveWordsOfTheirOwn) {
  QStringList seen;
  for (const auto* key :
       {"database.full", "database.read_only", "database.newer", "database.damaged",
        "database.in_use", "database.missing", "database.failed", "device.key_lost",
        "recorder.full", "lesson.missing", "lesson.damaged", "lesson.newer"}) {
    const auto problem = problemFrom(Error(ErrorCode::kInternal, "x", key));
    EXPECT_EQ(problem.severity, Severity::kStops) << key;
    EXPECT_FALSE(seen.contains(problem.words)) << key;
    seen.append(problem.words);
  }
}

TEST(Words, RepairsAreCounted) {
  const auto mended = problemFromRepair("repair.restored", 42, "42 answers", false);
  EXPECT_EQ(mended.severity, Severity::kNotice);
  EXPECT_TRUE(mended.words.contains("42")) << mended.words.toStdString();
  const auto later =
      problemFromRepair("repair.of_a_later_version", 1, "Something was mended.", true);
  EXPECT_EQ(later.severity, Severity::kWarning);
  EXPECT_EQ(later.words, "Something was mended.");
}

TEST(Words, HandwritingIsAWarningOnly) {
  EXPECT_EQ(handwritingProblem(Error(ErrorCode::kNotFound, "x")).key, "model.missing");
  EXPECT_EQ(handwritingProblem(Error(ErrorCode::kUnsupported, "x", "model.odd")).key,
            "model.damaged");
  EXPECT_EQ(handwritingProblem(Error(ErrorCode::kDamaged, "x")).severity, Severity::kWarning);
}

TEST(TimeWords, SayWhen) {
  QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
  const WallTime noon{1'763'726'400'000};  // 21 November 2025, 12:00 UTC
  const auto before = [&noon](std::int64_t hours) {
    return WallTime{noon.unix_ms - hours * 3'600'000};
  };
  EXPECT_TRUE(timeWords(noon, true, noon).startsWith("today, "));
  EXPECT_TRUE(timeWords(before(24), true, noon).startsWith("yesterday, "));
  EXPECT_EQ(timeWords(before(24 * 5), true, noon), "16 November");
  EXPECT_EQ(timeWords(before(24 * 365), true, noon), "21 November 2024");
  EXPECT_EQ(timeWords(noon, false, noon), "time not known");
}

TEST(Pictures, HaveNamesOfTheirOwn) {
  QStringList names;
  for (const auto& id : pictureIds()) {
    const auto name = pictureName(id);
    EXPECT_FALSE(name.isEmpty());
    EXPECT_NE(name, id);
    EXPECT_FALSE(names.contains(name));
    names.append(name);
  }
  EXPECT_EQ(names.size(), 30);
  EXPECT_EQ(pictureName("kite"), "Kite");
  EXPECT_EQ(pictureName("of-a-later-version"), "of-a-later-version");
}

TEST(DrawnInk, StaysInItsBox) {
  for (const auto& box : {InkBox{0, 0, 800, 200}, InkBox{100, 50, 220, 400}}) {
    for (const auto* number : {"7", "42", "100"}) {
      const auto ink = drawNumberIn(box, number, 3);
      ASSERT_FALSE(ink.empty());
      for (const auto& stroke : ink.strokes) {
        for (const auto& point : stroke) {
          EXPECT_TRUE(point.x > box.left && point.x < box.right) << number;
          EXPECT_TRUE(point.y > box.top && point.y < box.bottom) << number;
        }
      }
    }
  }
}

}  // namespace
}  // namespace primer::app
