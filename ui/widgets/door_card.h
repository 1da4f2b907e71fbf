#pragma once

// One of the ways on from home: a large sign, what is behind it, and why. The whole card is
// pressed. A closed door keeps its place, without colour, and says when it opens.

#include "primer/app/values.h"
#include "widgets/control.h"

namespace primer::ui {

class TextLabel;

class DoorCard : public Control {
  Q_OBJECT
 public:
  explicit DoorCard(app::DoorKind kind, QWidget* parent = nullptr);

  app::DoorKind kind() const { return kind_; }
  void showDoor(const app::DoorView& door);
  void setPicture(const QString& picture);  // of who goes for the walk, on the lying card

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 protected:
  double corner() const override;
  bool raised() const override { return isEnabled(); }
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  struct Coat;
  Coat coat() const;
  bool wide() const;  // lies rather than stands: the sign beside the words, the walk below
  bool low() const;   // no room to waste: a small sign beside the title
  int inside() const;
  double signSide() const;
  QRectF water() const;  // where the lying card has its stepping stones
  int wordsHeight(int room) const;
  void arrange();

  app::DoorKind kind_;
  QString picture_;
  int skill_size_;
  int reason_size_;
  TextLabel* title_;
  TextLabel* skill_;
  TextLabel* reason_;
};

}  // namespace primer::ui
