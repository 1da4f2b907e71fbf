// Keys on the screen.

#include "widgets/keys.h"

#include <gtest/gtest.h>

#include <QSet>
#include <QSignalSpy>
#include <QTest>

namespace primer::ui {
namespace {

template <typename Keys>
Key* keyFor(const Keys& keys, const QString& word) {
  for (Key* key : keys.template findChildren<Key*>()) {
    if (!key->isHidden() && (key->text() == word || key->accessibleName() == word)) return key;
  }
  return nullptr;
}

template <typename Keys>
bool press(const Keys& keys, const QString& word) {
  Key* key = keyFor(keys, word);
  if (key == nullptr) return false;
  QTest::mouseClick(key, Qt::LeftButton);
  return true;
}

TEST(Keys, ANumberPadGivesDigits) {
  NumberPad pad(NumberPad::Last::kConfirm);
  QSignalSpy digits(&pad, &NumberPad::digitPressed);
  QSignalSpy backs(&pad, &NumberPad::backspacePressed);
  QSignalSpy confirms(&pad, &NumberPad::confirmPressed);
  for (Key* key : pad.findChildren<Key*>()) QTest::mouseClick(key, Qt::LeftButton);
  EXPECT_EQ(digits.count(), 10);
  EXPECT_EQ(backs.count(), 1);
  EXPECT_EQ(confirms.count(), 1);
  pad.setConfirmEnabled(false);
  for (Key* key : pad.findChildren<Key*>()) QTest::mouseClick(key, Qt::LeftButton);
  EXPECT_EQ(confirms.count(), 1);
}

TEST(Keys, LettersStartWithACapitalAndGoOnSmall) {
  LetterKeys keys;
  QSignalSpy pressed(&keys, &LetterKeys::textPressed);
  EXPECT_TRUE(press(keys, "A"));
  EXPECT_FALSE(press(keys, "A"));
  EXPECT_TRUE(press(keys, "a"));
  ASSERT_EQ(pressed.count(), 2);
  EXPECT_EQ(pressed[0].first().toString(), "A");
  EXPECT_EQ(pressed[1].first().toString(), "a");
}

// Mülleŕ is nobody, but Łukasz, Çağrı, Zoë and Weiß sit in classes.
TEST(Keys, NamesWithAccentsCanBeWritten) {
  LetterKeys keys;
  EXPECT_EQ(keyFor(keys, "Letters with accents"), nullptr) << "only where they are offered";
  keys.setAccents(true);
  QString written;
  QObject::connect(&keys, &LetterKeys::textPressed,
                   [&written](const QString& text) { written += text; });
  const auto write = [&](const QString& name) {
    keys.setCapitals(true);
    for (const QChar letter : name) {
      for (int set = 0; set < 3 && !keyFor(keys, letter); ++set) {
        ASSERT_TRUE(press(keys, "Letters with accents"));
      }
      ASSERT_TRUE(press(keys, letter)) << name.toStdString();
    }
  };
  for (const char* name : {"Łukasz", "Çağrı", "Zoë", "Weiß", "Örjan", "Ñico", "Žofie"}) {
    written.clear();
    write(QString::fromUtf8(name));
    EXPECT_EQ(written, QString::fromUtf8(name));
  }
  // Capitals and back, in every set: no letter becomes another one.
  for (int set = 0; set < 3; ++set) {
    const auto all = [&keys] {
      QStringList words;
      for (Key* key : keys.findChildren<Key*>()) words += key->text();
      return words;
    };
    keys.setCapitals(false);
    const auto small = all();
    keys.setCapitals(true);
    keys.setCapitals(false);
    EXPECT_EQ(all(), small);
    press(keys, "Letters with accents");
  }
}

}  // namespace
}  // namespace primer::ui
