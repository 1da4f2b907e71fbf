// The painted widgets: big enough, ringed when the keyboard is on them, nothing cut off unnoticed,
// mirrored where the language runs from right to left.

#include <gtest/gtest.h>

#include <QFile>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

#include "primer/app/pictures.h"
#include "primer/content/pictures.h"
#include "theme/metrics.h"
#include "theme/tokens.h"
#include "theme/typeface.h"
#include "ui_environment.h"
#include "widgets/advice_card.h"
#include "widgets/button.h"
#include "widgets/chip.h"
#include "widgets/keys.h"
#include "widgets/picture_tile.h"
#include "widgets/print_line.h"
#include "widgets/sidebar.h"
#include "widgets/stepper.h"
#include "widgets/table.h"
#include "widgets/text_label.h"

namespace primer::ui {
namespace {

int countOf(const QImage& image, const QColor& colour) {
  int count = 0;
  for (int y = 0; y < image.height(); ++y) {
    for (int x = 0; x < image.width(); ++x) {
      if (image.pixelColor(x, y) == colour) ++count;
    }
  }
  return count;
}

QImage imageOf(QWidget& widget) { return widget.grab().toImage(); }

TEST(Widgets, EveryControlIsAtLeastATouchTarget) {
  const Button button("Next", {}, Button::Kind::kPrimary);
  const RoundButton round("undo", "Undo");
  const Chip chip("1");
  const Key key(QStringLiteral("1"));
  const PictureTile tile("kite");
  for (const QWidget* control :
       std::initializer_list<const QWidget*>{&button, &round, &chip, &key, &tile}) {
    EXPECT_GE(control->minimumSizeHint().width(), size::kTouch)
        << control->metaObject()->className();
    EXPECT_GE(control->minimumSizeHint().height(), size::kTouch)
        << control->metaObject()->className();
  }
}

TEST(Widgets, EveryControlHasASpokenName) {
  EXPECT_EQ(RoundButton("undo", "Undo").accessibleName(), "Undo");
  EXPECT_EQ(PictureTile("kite").accessibleName(), "Kite");
  EXPECT_EQ(Chip("7").accessibleName(), "I wrote 7");
  EXPECT_FALSE(NumberPad(NumberPad::Last::kConfirm).findChildren<Key*>().isEmpty());
  NumberPad pad(NumberPad::Last::kConfirm);
  for (const Key* key : pad.findChildren<Key*>()) EXPECT_FALSE(key->accessibleName().isEmpty());
}

TEST(Widgets, TheFocusRingShowsForTheKeyboardOnly) {
  Canvas page(nullptr, colour::kPaper);
  auto* column = new QVBoxLayout(&page);
  column->setContentsMargins(30, 30, 30, 30);
  auto* button = new Button("Help me", "question", Button::Kind::kSecondary, &page);
  column->addWidget(button);
  page.show();
  page.activateWindow();
  ASSERT_TRUE(QTest::qWaitForWindowActive(&page));
  button->setFocus(Qt::MouseFocusReason);
  EXPECT_FALSE(button->focusVisible());
  EXPECT_EQ(countOf(imageOf(page), colour::kSky), 0);
  button->clearFocus();
  button->setFocus(Qt::TabFocusReason);
  EXPECT_TRUE(button->focusVisible());
  const QImage ringed = imageOf(page);
  EXPECT_GT(countOf(ringed, colour::kSky), 500);
  // Five pixels thick, three pixels off.
  const int middle = button->y() + button->height() / 2;
  for (int off = 0; off < 3; ++off) {
    EXPECT_NE(ringed.pixelColor(button->x() - 1 - off, middle), colour::kSky) << off;
  }
  for (int off = 3; off < 7; ++off) {
    EXPECT_EQ(ringed.pixelColor(button->x() - 1 - off, middle), colour::kSky) << off;
  }
}

TEST(Widgets, ReturnPressesAsSpaceDoes) {
  Button button("Next", {}, Button::Kind::kPrimary);
  QSignalSpy pressed(&button, &Button::clicked);
  QTest::keyClick(&button, Qt::Key_Return);
  QTest::keyClick(&button, Qt::Key_Space);
  EXPECT_EQ(pressed.count(), 2);
  button.setEnabled(false);
  QTest::keyClick(&button, Qt::Key_Return);
  EXPECT_EQ(pressed.count(), 2);
}

TEST(Widgets, AButtonSaysWhenItsWordDoesNotFit) {
  Button button("A word of some length", "check");
  button.resize(button.sizeHint());
  EXPECT_TRUE(button.textFits());
  button.resize(button.sizeHint().width() / 2, button.height());
  EXPECT_FALSE(button.textFits());
}

TEST(TextLabel, WrapsAndMeasures) {
  TextLabel label(
      "one two three four five six seven eight nine ten",
      [] { return readingFont(type::kReading); }, colour::kInk);
  const int one_line = label.heightForWidth(5000);
  EXPECT_GE(label.heightForWidth(200), 3 * one_line);
  label.resize(200, label.heightForWidth(200));
  EXPECT_TRUE(label.textFits());
  label.resize(200, one_line);
  EXPECT_FALSE(label.textFits());
}

// Where the lines of a label end, as far as they can be seen: its ink's right edge, line by line.
std::vector<int> lineEnds(TextLabel& label, int lines) {
  const QImage image = imageOf(label);
  std::vector<int> ends;
  for (int i = 0; i < lines; ++i) {
    int end = 0;
    for (int y = image.height() * i / lines; y < image.height() * (i + 1) / lines; ++y) {
      for (int x = end; x < image.width(); ++x)
        end = image.pixelColor(x, y) == colour::kInk ? x : end;
    }
    ends.push_back(end);
  }
  return ends;
}

TEST(TextLabel, LeavesNoWordOverOnALineOfItsOwn) {
  TextLabel label(
      "You stopped at number 5 of 6.", [] { return readingFont(type::kReading); }, colour::kInk);
  const int width = label.sizeHint().width() - 20;  // the last word does not fit
  label.resize(width, label.heightForWidth(width));
  ASSERT_EQ(label.height(), 2 * label.heightForWidth(5000));
  const auto ends = lineEnds(label, 2);
  EXPECT_LT(std::abs(ends[0] - ends[1]), width / 4) << ends[0] << " and " << ends[1];
}

TEST(TextLabel, BreaksNoShortSum) {
  const auto font = [] { return readingFont(type::kReading); };
  TextLabel sum("47 + 30 + 8", font, colour::kInk);
  TextLabel label("Half is 47 + 30 + 8", font, colour::kInk);
  const int width = sum.sizeHint().width() + 10;
  label.resize(width, label.heightForWidth(width));
  ASSERT_EQ(label.height(), 2 * label.heightForWidth(5000));
  EXPECT_GT(lineEnds(label, 2)[1], lineEnds(label, 2)[0]) << "\"Half is\", and the sum below";
  EXPECT_EQ(label.text(), "Half is 47 + 30 + 8") << "with spaces as they were";
}

TEST(TextLabel, BreaksAWordOnlyWhereItIsLongerThanALine) {
  const auto font = [] { return readingFont(type::kReading); };
  TextLabel label("a Donaudampfschifffahrtsgesellschaft", font, colour::kInk);
  const int whole = label.sizeHint().width();
  label.resize(whole - 10, label.heightForWidth(whole - 10));
  EXPECT_EQ(label.height(), 2 * label.heightForWidth(5000));
  EXPECT_LT(lineEnds(label, 2)[0], 40) << "the word is whole, below the \"a\"";
  EXPECT_GE(label.heightForWidth(whole / 3), 3 * label.heightForWidth(5000));
  label.resize(whole / 3, label.heightForWidth(whole / 3));
  for (const int end : lineEnds(label, 3)) EXPECT_LT(end, whole / 3);
}

TEST(TextLabel, ALongNameOnOneLineIsCutWithAnEllipsisAndKnown) {
  TextLabel label(
      "Maximiliana Konstantinopoulou-Featherstonehaugh", [] { return readingFont(type::kReading); },
      colour::kInk);
  label.setMaximumLines(1);
  label.resize(label.sizeHint());
  EXPECT_TRUE(label.textFits());
  label.resize(160, label.height());
  EXPECT_FALSE(label.textFits());
  EXPECT_EQ(label.accessibleName(), "Maximiliana Konstantinopoulou-Featherstonehaugh");
  // Nothing is painted beyond the edge.
  const QImage image = imageOf(label);
  for (int y = 0; y < image.height(); ++y) EXPECT_NE(image.pixelColor(159, y), colour::kInk);
}

// What was laid out is kept: nothing that changes the lines may find the old ones.
TEST(TextLabel, WhatWasMeasuredIsForgottenWhenItChanges) {
  int size = 26;
  TextLabel label(
      "one two three four five six", [&size] { return readingFont(size); }, colour::kInk);
  const int width = label.sizeHint().width();
  const int high = label.heightForWidth(width);
  EXPECT_EQ(label.heightForWidth(width), high);
  EXPECT_GE(label.heightForWidth(width / 2), 2 * high);
  EXPECT_EQ(label.heightForWidth(width), high) << "asked for in another width meanwhile";
  label.setText("one two three four five six seven eight");
  EXPECT_GE(label.heightForWidth(width), 2 * high);
  label.setText("one");
  EXPECT_LT(label.sizeHint().width(), width);
  label.setText("one two three four five six");
  size = 52;
  EXPECT_GT(label.sizeHint().width(), width * 3 / 2) << "the font is asked for anew";
  size = 26;
  const double before = scale();
  setScale(2);
  EXPECT_GT(label.sizeHint().width(), width * 3 / 2);
  setScale(before);
  EXPECT_EQ(label.sizeHint().width(), width);
}

TEST(TextLabel, StarsMakeBold) {
  TextLabel plain(
      "six and seven", [] { return readingFont(26); }, colour::kInk);
  TextLabel bold(
      "**six** and seven", [] { return readingFont(26); }, colour::kInk);
  EXPECT_EQ(bold.text(), "six and seven");
  EXPECT_GT(bold.sizeHint().width(), plain.sizeHint().width());
}

TEST(TextLabel, StartsAtTheRightWhereTheLanguageDoes) {
  TextLabel label(
      "abc", [] { return readingFont(26); }, colour::kInk);
  label.resize(400, 60);
  const auto inked = [&label](int from, int to) {
    const QImage image = imageOf(label);
    int dark = 0;
    for (int x = from; x < to; ++x) {
      for (int y = 0; y < image.height(); ++y) dark += image.pixelColor(x, y).lightness() < 90;
    }
    return dark;
  };
  EXPECT_GT(inked(0, 200), 0);
  EXPECT_EQ(inked(200, 400), 0);
  label.setLayoutDirection(Qt::RightToLeft);
  EXPECT_EQ(inked(0, 200), 0);
  EXPECT_GT(inked(200, 400), 0);
}

TEST(Widgets, AButtonsIconChangesSidesWithTheLanguage) {
  Button button("Next", "arrow-right", Button::Kind::kSecondary);
  button.resize(button.sizeHint());
  const QImage left_to_right = imageOf(button);
  button.setLayoutDirection(Qt::RightToLeft);
  const QImage right_to_left = imageOf(button);
  const auto first_dark = [](const QImage& image) {
    for (int x = 0; x < image.width(); ++x) {
      if (image.pixelColor(x, image.height() / 2 - 2).lightness() < 90) return x;
    }
    return image.width();
  };
  EXPECT_NE(left_to_right, right_to_left);
  EXPECT_LT(first_dark(left_to_right), button.width());
}

// The whole program in a language that runs from right to left, as --gallery shows it.
TEST(Widgets, TextStandsBesideItsIconInBothDirections) {
  for (const Qt::LayoutDirection direction : {Qt::LeftToRight, Qt::RightToLeft}) {
    QGuiApplication::setLayoutDirection(direction);
    Canvas ground(nullptr, colour::kNight);
    ground.resize(300, 60);
    SidebarItem item("Class", "pupils", &ground);
    item.resize(300, 60);
    const QImage image = imageOf(ground);
    int near = 0;  // light pixels on the half where icon and word belong
    int far = 0;
    for (int y = 0; y < image.height(); ++y) {
      for (int x = 0; x < image.width(); ++x) {
        if (image.pixelColor(x, y).lightness() < 150) continue;
        const bool left_half = x < image.width() / 2;
        (left_half == (direction == Qt::LeftToRight) ? near : far) += 1;
      }
    }
    EXPECT_GT(near, 100);
    EXPECT_EQ(far, 0);
  }
  QGuiApplication::setLayoutDirection(Qt::LeftToRight);
}

TEST(PrintLine, TellsWhichDoubtfulSymbolWasTapped) {
  PrintLine line;
  line.setSymbols({{"4", true}, {"2", false}, {"9", true}});
  line.resize(line.sizeHint());
  EXPECT_EQ(line.text(), "429");
  EXPECT_EQ(line.accessibleName(), "You wrote 429");
  QSignalSpy tapped(&line, &PrintLine::doubtfulTapped);
  QTest::mouseClick(&line, Qt::LeftButton, {}, {line.width() - 30, line.height() / 2});
  ASSERT_EQ(tapped.count(), 1);
  EXPECT_EQ(tapped.last().first().toInt(), 2);
  QTest::mouseClick(&line, Qt::LeftButton, {}, {30, line.height() / 2});
  ASSERT_EQ(tapped.count(), 2);
  EXPECT_EQ(tapped.last().first().toInt(), 0);
  // By keyboard: the first in doubt.
  QTest::keyClick(&line, Qt::Key_Return);
  ASSERT_EQ(tapped.count(), 3);
  EXPECT_EQ(tapped.last().first().toInt(), 0);
}

TEST(PrintLine, DoubtIsSkyAndDottedNeverAmber) {
  PrintLine line;
  line.setSymbols({{"1", true}});
  line.resize(line.sizeHint());
  const QImage image = imageOf(line);
  EXPECT_GT(countOf(image, colour::kSky), 40);
  EXPECT_EQ(countOf(image, colour::kAmber), 0);
  EXPECT_EQ(countOf(image, colour::kAmberSoft), 0);
  line.setSymbols({{"1", false}});
  line.resize(line.sizeHint());
  EXPECT_EQ(countOf(imageOf(line), colour::kSky), 0);
}

TEST(Stepper, StaysWithinItsLimits) {
  Stepper stepper(1, 3, 2);
  QSignalSpy changes(&stepper, &Stepper::valueChanged);
  const auto buttons = stepper.findChildren<RoundButton*>();
  ASSERT_EQ(buttons.size(), 2);
  for (int i = 0; i < 5; ++i) QTest::mouseClick(buttons[1], Qt::LeftButton);
  EXPECT_EQ(stepper.value(), 3);
  EXPECT_FALSE(buttons[1]->isEnabled());
  for (int i = 0; i < 5; ++i) QTest::mouseClick(buttons[0], Qt::LeftButton);
  EXPECT_EQ(stepper.value(), 1);
  EXPECT_EQ(changes.count(), 3);
}

TEST(Table, RowsArePressedByFingerAndKey) {
  Table table({{"Pupil", 100, 1, false}, {"Today", 60, 0, true}}, 60);
  Cell name;
  name.text = "Kite";
  Cell number;
  number.text = "8";
  table.setRows({{name, number}, {name, number}}, true);
  table.resize(600, 400);
  table.show();
  QSignalSpy pressed(&table, &Table::rowPressed);
  const auto rows = table.findChildren<Control*>();
  ASSERT_EQ(rows.size(), 2);
  QTest::mouseClick(rows[1], Qt::LeftButton);
  QTest::keyClick(rows[0], Qt::Key_Return);
  ASSERT_EQ(pressed.count(), 2);
  EXPECT_EQ(pressed[0].first().toInt(), 1);
  EXPECT_EQ(pressed[1].first().toInt(), 0);
  EXPECT_EQ(rows[0]->accessibleName(), "Kite, 8");
}

TEST(Pictures, EveryPictureThatAClassCanHaveIsDrawn) {
  for (const QString& id : app::pictureIds()) {
    EXPECT_TRUE(QFile::exists(QStringLiteral(":/primer/pictures/%1.svg").arg(id)))
        << id.toStdString();
    PictureTile tile(id);
    tile.resize(200, 160);
    const QImage image = imageOf(tile);
    int painted = 0;
    for (int y = 30; y < 130; ++y) {
      for (int x = 40; x < 160; ++x) painted += image.pixelColor(x, y) != colour::kCard;
    }
    EXPECT_GT(painted, 600) << id.toStdString();
  }
}

TEST(Pictures, EveryPictureThatALessonCanNameIsDrawn) {
  for (const auto name : content::kPictures) {
    EXPECT_TRUE(QFile::exists(QStringLiteral(":/primer/pictures/%1.svg")
                                  .arg(QString::fromUtf8(name.data(), qsizetype(name.size())))))
        << name;
  }
}

TEST(SumPicture, ShowsWhatCanBeDrawnAndNothingElse) {
  EXPECT_TRUE(SumPicture::canShow({27, u'+', 8}));
  EXPECT_TRUE(SumPicture::canShow({43, u'−', 9}));
  EXPECT_TRUE(SumPicture::canShow({7, u'×', 8}));
  EXPECT_TRUE(SumPicture::canShow({56, u'÷', 7}));
  EXPECT_FALSE(SumPicture::canShow({5, u'−', 9}));
  EXPECT_FALSE(SumPicture::canShow({57, u'÷', 7}));
  EXPECT_FALSE(SumPicture::canShow({30, u'×', 30}));
  EXPECT_FALSE(SumPicture::canShow({5, u'?', 5}));
}

}  // namespace
}  // namespace primer::ui
