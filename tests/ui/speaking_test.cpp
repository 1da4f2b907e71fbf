// What speaking is shown with: letters with their sounds, the mouth, the button to speak with.

#include <gtest/gtest.h>

#include <QSignalSpy>
#include <QTest>
#include <set>

#include "pages/speaking_page.h"
#include "primer/app/mouth.h"
#include "theme/metrics.h"
#include "theme/tokens.h"
#include "ui_environment.h"
#include "widgets/mouth_picture.h"
#include "widgets/sound_letters.h"
#include "widgets/sound_wave.h"
#include "widgets/talk_button.h"

namespace primer::ui {
namespace {

using app::SoundMark;

bool shows(QWidget& widget, const QColor& colour) {
  const QImage image = widget.grab().toImage();
  for (int y = 0; y < image.height(); ++y) {
    for (int x = 0; x < image.width(); ++x) {
      if (image.pixelColor(x, y) == colour) return true;
    }
  }
  return false;
}

app::SaidWord word(const QString& written, SoundMark mark) {
  app::SaidWord said;
  said.written = written;
  for (const QChar letter : written) said.sounds.append({letter, QStringLiteral("TH"), mark});
  return said;
}

TEST(SoundLetters, EveryStateHasItsOwnShapeInItsOwnColour) {
  SoundLetters letters;
  letters.resize(900, 260);
  letters.setText(QStringLiteral("thin"));
  EXPECT_FALSE(letters.hasMarks());
  EXPECT_FALSE(shows(letters, colour::kLeaf));
  letters.setSaid({word(QStringLiteral("thin"), SoundMark::kClear)});
  EXPECT_TRUE(letters.hasMarks());
  EXPECT_TRUE(shows(letters, colour::kLeaf));
  letters.setSaid({word(QStringLiteral("thin"), SoundMark::kToTry)});
  EXPECT_TRUE(shows(letters, colour::kBerrySoft));
  EXPECT_TRUE(shows(letters, colour::kBerry));
}

TEST(SoundLetters, WhatIsClearNowAndWasNotBeforeIsCounted) {
  SoundLetters letters;
  letters.resize(900, 260);
  letters.setText(QStringLiteral("thin"));
  letters.setSaid({word(QStringLiteral("thin"), SoundMark::kToTry)});
  EXPECT_EQ(letters.grown(), 0);
  letters.setLights({app::WordLight::kNow});  // it is said again
  EXPECT_FALSE(letters.hasMarks());
  letters.setSaid({word(QStringLiteral("thin"), SoundMark::kClear)});
  EXPECT_EQ(letters.grown(), 4);
  letters.setText(QStringLiteral("thick"));
  letters.setSaid({word(QStringLiteral("thick"), SoundMark::kClear)});
  EXPECT_EQ(letters.grown(), 0) << "another word is another beginning";
}

TEST(SoundLetters, LongWordsAndTextsFitTheSmallestCard) {
  setScale(scaleFor({800, 480}));
  SoundLetters letters;
  letters.resize(740, 140);
  const QString longest(40, QLatin1Char('w'));
  letters.setText(longest);
  EXPECT_TRUE(letters.textFits());
  letters.setSaid({word(longest, SoundMark::kClear)});
  EXPECT_TRUE(letters.textFits());
  letters.setText(
      QStringLiteral("The temperature of the refrigerator is considerably above the "
                     "average of all refrigerators that we understand."));
  EXPECT_TRUE(letters.textFits());
  setScale(1);
}

TEST(SoundLetters, WordsLightUpByTheirNumberWhateverStandsBetweenThem) {
  SoundLetters letters;
  letters.resize(900, 260);
  letters.setText(QStringLiteral("One \u2014 two ... three"));
  letters.setLights({app::WordLight::kToCome, app::WordLight::kToCome, app::WordLight::kNow});
  EXPECT_TRUE(shows(letters, colour::kSunSoft));
  QSignalSpy pressed(&letters, &SoundLetters::wordPressed);
  for (int x = 0; x < letters.width(); x += 12) {
    QTest::mouseClick(&letters, Qt::LeftButton, {}, {x, letters.height() / 2});
  }
  std::set<int> words;
  for (const auto& press : pressed) words.insert(press.at(0).toInt());
  EXPECT_EQ(words, (std::set<int>{0, 1, 2}));
}

TEST(MouthPicture, EverySoundOfAnotherPlaceHasAnotherDrawing) {
  MouthPicture mouth;
  mouth.resize(240, 224);
  QList<QImage> pictures;
  for (const char* phone :
       {"M", "F", "TH", "T", "L", "R", "S", "SH", "K", "HH", "W", "IY", "EH", "AA", "NG", "V"}) {
    mouth.setMove(app::mouthMove(QLatin1String(phone)));
    const QImage picture = mouth.grab().toImage();
    EXPECT_FALSE(pictures.contains(picture)) << phone;
    pictures.append(picture);
  }
}

TEST(TalkButton, HeldItEndsWhenItIsLetGoTappedItGoesOn) {
  TalkButton button;
  QSignalSpy began(&button, &TalkButton::began);
  QSignalSpy tapped(&button, &TalkButton::tapped);
  QSignalSpy ended(&button, &TalkButton::ended);
  QTest::mousePress(&button, Qt::LeftButton);
  EXPECT_EQ(began.size(), 1);
  button.setListening(true);
  QTest::qWait(TalkButton::kHoldMs + 30);
  QTest::mouseRelease(&button, Qt::LeftButton);
  EXPECT_EQ(ended.size(), 1);
  EXPECT_TRUE(tapped.isEmpty());
  button.setListening(false);
  QTest::mouseClick(&button, Qt::LeftButton);
  button.setListening(true);
  EXPECT_EQ(began.size(), 2);
  EXPECT_EQ(tapped.size(), 1);
  EXPECT_EQ(button.text(), "I am done");
  QTest::mouseClick(&button, Qt::LeftButton);  // enough
  EXPECT_EQ(ended.size(), 2);
  EXPECT_EQ(began.size(), 2);
}

TEST(SoundWave, ShowsWhatIsLoudAndRestsWhereNothingIs) {
  SoundWave wave;
  wave.resize(400, 64);
  EXPECT_FALSE(shows(wave, colour::kSky));
  wave.push(0.5F);
  EXPECT_TRUE(shows(wave, colour::kSky));
  wave.clear();
  EXPECT_FALSE(shows(wave, colour::kSky));
  wave.setSound(std::vector<std::int16_t>(16'000, 12'000));
  EXPECT_TRUE(shows(wave, colour::kSky));
}

}  // namespace
}  // namespace primer::ui
