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
  void setDesignHeight(int design_px);  // size::kTouch unless told otherwise

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override { return sizeHint(); }
  bool textFits() const override;

 protected:
  double corner() const override;
  void paintEvent(QPaintEvent* event) override;

 private:
  bool forTeacher() const;
  QFont wordFont() const;
  int padding() const;
  int iconSide() const;

  QString icon_;
  Kind kind_;
  IconPlace place_ = IconPlace::kBefore;
  int design_height_;
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
