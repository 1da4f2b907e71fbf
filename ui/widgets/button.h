#pragma once

// The pill with an icon and a word, and its round sister with an icon only.

#include "widgets/control.h"

namespace primer::ui {

class Button : public Control, public TextFitting {
  Q_OBJECT
 public:
  enum class Kind { kPrimary, kSecondary, kQuiet, kSpeak, kTeacherPrimary, kTeacher };
  enum class IconPlace { kBefore, kAfter };

  Button(const QString& word, const QString& icon, Kind kind = Kind::kSecondary,
         QWidget* parent = nullptr);

  void setWord(const QString& word);
  void setIconName(const QString& icon);
  void setIconPlace(IconPlace place);
  void setKind(Kind kind);
  void setWordOptional(bool on);        // without room the icon stands alone; its name stays
  void setDesignHeight(int design_px);  // size::kTouch unless told otherwise

  QSize sizeHint() const override;
  // With the word set smaller and less room around it, as a longer language may need.
  QSize minimumSizeHint() const override;
  bool textFits() const override;

 protected:
  double corner() const override;
  void paintEvent(QPaintEvent* event) override;

 private:
  // How a button is drawn: as it is meant, or as narrow as it can be.
  struct Set {
    QFont font;
    int padding;
    int gap;
  };
  Set wide() const;
  Set narrow() const;
  int widthOf(const Set& set, bool word = true) const;
  bool wordShown() const;
  bool forTeacher() const;
  int iconSide() const;

  QString icon_;
  Kind kind_;
  IconPlace place_ = IconPlace::kBefore;
  int design_height_;
  bool word_optional_ = false;
};

class RoundButton : public Control {
  Q_OBJECT
 public:
  // `name` is spoken and shown as a tool tip; there is no word on it.
  RoundButton(const QString& icon, const QString& name, QWidget* parent = nullptr);

  void setIconName(const QString& icon);
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override { return sizeHint(); }

 protected:
  double corner() const override;
  void paintEvent(QPaintEvent* event) override;

 private:
  QString icon_;
};

}  // namespace primer::ui
