// A problem worked line by line, through the real window; only the reading is scripted.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "journey.h"
#include "pages/choose_page.h"
#include "pages/ruled_sheet.h"
#include "pages/work_page.h"
#include "widgets/line_print.h"

namespace primer::ui {
namespace {

class Work : public Journey {
 protected:
  void SetUp() override {
    Journey::SetUp();
    settings_.first_walk = true;
    settings_.sums_in_a_set = 2;
  }

  // Past the walk, to a problem of the skill with this title.
  void startWorked(const QString& title = "Adding larger numbers") {
    ASSERT_NO_FATAL_FAILURE(startAtHome());
    ASSERT_TRUE(press("Let us go for a walk"));
    while (tutor_->stage() == app::Stage::kWorking) {
      if (tutor_->item().kind == app::ItemKind::kWorking) {
        ASSERT_TRUE(press("Too hard today"));
      } else {
        if (!working()->sheet()->keys()) {
          ASSERT_TRUE(press("Answer with number keys"));
        }
        ASSERT_TRUE(type(QString::fromStdString(answer())));
        EXPECT_EQ(checkNow().verdict, app::Verdict::kRight);
      }
      ASSERT_TRUE(press("Next"));
    }
    ASSERT_TRUE(press("My garden"));
    ASSERT_TRUE(press("Choose for myself"));
    ASSERT_TRUE(press(title));
    ASSERT_TRUE(waitForPage([this] { return window_->workPage(); }));
    ASSERT_TRUE(waitUntilSaved());
  }

  WorkPage* page() { return window_->workPage(); }
  RuledSheet* sheet() { return page()->sheet(); }
  int sum() const {
    const auto words = tutor_->item().prompt.split(' ');
    return words[0].toInt() + words[2].toInt();
  }

  // One stroke on a line of its own, which reads as `text`.
  void writeLine(const handwriting::LineReading& reading) {
    {
      const std::lock_guard lock(sheets_->mutex);
      sheets_->lines.push_back(reading);
    }
    const auto row = sheet()->inkBox()->ink().strokes.size();
    const float y = 60.0F + 100.0F * static_cast<float>(row);
    QSignalSpy changed(tutor_.get(), &app::Tutor::workChanged);
    ui::write(sheet()->inkBox(), {{{{40, y, 0, 0.5F}, {120, y + 20, 20, 0.5F}}}});
    ASSERT_TRUE(wait([this, row, &changed] {
      return !changed.isEmpty() && sheet()->work().lines.size() == int(row) + 1;
    }));
  }
  bool waitForMark(int line, app::LineMark mark) {
    return wait([this, line, mark] {
      return line < sheet()->work().lines.size() && sheet()->work().lines[line].mark == mark;
    });
  }
};

TEST_F(Work, LinesAreReadJudgedAndFinished) {
  ASSERT_NO_FATAL_FAILURE(startWorked());
  ASSERT_NO_FATAL_FAILURE(writeLine(app::surely(std::to_string(sum()) + "+0")));
  EXPECT_GE(page()->lastReadingMs(), 0);
  EXPECT_EQ(sheet()->work().lines[0].mark, app::LineMark::kNone)
      << "not looked at before it is time";
  // The next line is begun: the one above is judged.
  ASSERT_NO_FATAL_FAILURE(writeLine(app::surely(std::to_string(sum()))));
  EXPECT_TRUE(waitForMark(0, app::LineMark::kRight) || waitForMark(0, app::LineMark::kDetour));
  ASSERT_TRUE(press("Done"));
  ASSERT_TRUE(wait([this] { return control("Next") != nullptr; }));
  EXPECT_EQ(page()->advice()->kind(), AdviceCard::Kind::kRight);
  ASSERT_TRUE(press("Next"));
  EXPECT_EQ(tutor_->item().number, 2);
  EXPECT_TRUE(sheet()->inkBox()->ink().empty());
}

TEST_F(Work, ALineThatDoesNotFitBringsTheFirstRungAndTheOthersWhenAsked) {
  ASSERT_NO_FATAL_FAILURE(startWorked());
  ASSERT_NO_FATAL_FAILURE(writeLine(app::surely(std::to_string(sum() + 10))));
  ASSERT_TRUE(press("Done"));
  ASSERT_TRUE(waitForMark(0, app::LineMark::kNotYet));
  EXPECT_FALSE(sheet()->work().lines[0].not_yet.isEmpty());
  EXPECT_EQ(page()->advice()->heading(), "A nudge");
  ASSERT_TRUE(press("Show me more"));
  EXPECT_EQ(page()->advice()->heading(), "The idea");
  ASSERT_TRUE(press("Show me more"));
  EXPECT_EQ(page()->advice()->heading(), "The next step");
  EXPECT_FALSE(control("Help me")->isEnabled()) << "there is no further";
}

TEST_F(Work, ADoubtfulLineIsAskedAboutAndOneTapAnswers) {
  ASSERT_NO_FATAL_FAILURE(startWorked());
  const auto right = std::to_string(sum());
  ASSERT_NO_FATAL_FAILURE(writeLine(app::perhaps(std::to_string(sum() + 6), right)));
  ASSERT_TRUE(press("Done"));
  ASSERT_TRUE(waitForMark(0, app::LineMark::kAsk));
  auto* print = sheet()->findChild<LinePrint*>();
  ASSERT_TRUE(print && print->isDoubtful());
  ASSERT_TRUE(tap(print));
  ASSERT_TRUE(press("I wrote " + QString::fromStdString(right)));
  ASSERT_TRUE(waitForMark(0, app::LineMark::kRight));
  EXPECT_FALSE(print->isDoubtful());
}

TEST_F(Work, WhatIsScratchedOutGoesAndComesBackWithUndo) {
  ASSERT_NO_FATAL_FAILURE(startWorked());
  ASSERT_NO_FATAL_FAILURE(writeLine(app::surely("12")));
  {
    const std::lock_guard lock(sheets_->mutex);
    sheets_->scratched = {0, 1};
    sheets_->lines.clear();
  }
  ui::write(sheet()->inkBox(), scratchOver({40, 50, 90, 40}));
  ASSERT_TRUE(wait([this] { return sheet()->inkBox()->ink().empty(); }));
  ASSERT_TRUE(press("Undo"));
  EXPECT_EQ(sheet()->inkBox()->ink().strokes.size(), 2U);
}

TEST_F(Work, DisagreeingIsOneTapOnTheLine) {
  ASSERT_NO_FATAL_FAILURE(startWorked());
  ASSERT_NO_FATAL_FAILURE(writeLine(app::surely(std::to_string(sum() + 10))));
  ASSERT_TRUE(press("Done"));
  ASSERT_TRUE(waitForMark(0, app::LineMark::kNotYet));
  ASSERT_TRUE(tap(sheet()->findChild<LinePrint*>()));
  ASSERT_TRUE(press("I disagree"));
  EXPECT_TRUE(waitForMark(0, app::LineMark::kKept));
}

TEST_F(Work, LinesCanBeTypedOnKeysOrAKeyboard) {
  ASSERT_NO_FATAL_FAILURE(startWorked());
  ASSERT_TRUE(press("Answer with keys"));
  ASSERT_TRUE(type("1+1"));
  ASSERT_TRUE(press("Rub out"));
  EXPECT_EQ(sheet()->typedLines(), QStringList{"1+"});
  ASSERT_TRUE(press("Rub out"));
  ASSERT_TRUE(press("Rub out"));
  for (const char key : std::to_string(sum())) QTest::keyClick(page(), key);
  QTest::keyClick(page(), Qt::Key_Return);
  EXPECT_TRUE(waitForMark(0, app::LineMark::kRight));
  ASSERT_TRUE(press("Done"));
  EXPECT_TRUE(wait([this] { return control("Next") != nullptr; }));
}

TEST_F(Work, AnExampleLiesOverThePaperAndGoesAgain) {
  ASSERT_NO_FATAL_FAILURE(startWorked());
  ASSERT_TRUE(press("Show me one"));
  ASSERT_TRUE(press("Back to mine"));
  EXPECT_TRUE(sheet()->isVisible());
}

}  // namespace
}  // namespace primer::ui
