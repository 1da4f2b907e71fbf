#pragma once

// Keys on the screen: digits for a PIN or an answer, letters for a name. They only report what was
// pressed; the page keeps the text.

#include <vector>

#include "widgets/control.h"

class QHBoxLayout;

namespace primer::ui {

class Key : public Control {
  Q_OBJECT
 public:
  // Either a word ("7") or an icon with a spoken name.
  explicit Key(const QString& word, QWidget* parent = nullptr);
  Key(const QString& icon, const QString& name, QWidget* parent = nullptr);

  void setWord(const QString& word);
  void setDesignSize(int width, int height);
  void setTypeSize(int design_px);
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 protected:
  double corner() const override;
  void paintEvent(QPaintEvent* event) override;

 private:
  QString icon_;
  int design_width_ = 96;
  int design_height_ = 72;
  int type_size_ = 32;
};

// 1 to 9, rub out, 0, and a last key that says it is finished. Takes the digits of a keyboard too
// when one of its keys has the focus.
class NumberPad : public QWidget {
  Q_OBJECT
 public:
  enum class Last { kNone, kConfirm };
  explicit NumberPad(Last last, QWidget* parent = nullptr);

  void setConfirmEnabled(bool on);

 signals:
  void digitPressed(int digit);
  void backspacePressed();
  void confirmPressed();

 protected:
  void keyPressEvent(QKeyEvent* event) override;

 private:
  Key* confirm_ = nullptr;
};

// Letters, digits, space, rub out. Small and capital letters by one key; letters with accents of
// other languages by another, which goes round through their sets, where they are offered.
class LetterKeys : public QWidget {
  Q_OBJECT
 public:
  static constexpr int kKeyWidth = 84;  // of the design
  explicit LetterKeys(QWidget* parent = nullptr, int key_width = kKeyWidth);

  void setCapitals(bool on);
  void setAccents(bool offered);  // for names; at first they are not

 signals:
  void textPressed(const QString& text);
  void backspacePressed();

 private:
  void addLetters(QHBoxLayout* row, int row_number);
  Key* addKey(QHBoxLayout* row, const QString& icon, const QString& name);
  void showSet(int set);
  void spell();

  struct Letter {
    Key* key;
    int row;
    qsizetype place;
  };
  const int key_width_;
  bool capitals_ = true;
  int set_ = 0;  // 0: the language's own letters
  std::vector<Letter> letters_;
  Key* accents_;
};

// One dot for each digit of a PIN, filled when it is given.
class PinDots : public QWidget {
  Q_OBJECT
 public:
  explicit PinDots(QWidget* parent = nullptr);

  void setGiven(int digits);
  void setLeast(int digits);  // so many places are shown from the start
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override { return sizeHint(); }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  int given_ = 0;
  int least_ = 4;
};

}  // namespace primer::ui
