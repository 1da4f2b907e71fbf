#pragma once

// A pupil's picture: as a tile to tap, and as a small badge that says whose page this is.

#include "widgets/control.h"

namespace primer::ui {

// Stretches with its grid; never smaller than a finger.
class PictureTile : public Control {
  Q_OBJECT
 public:
  explicit PictureTile(const QString& picture, QWidget* parent = nullptr);

  QString picture() const { return picture_; }
  void setLabel(const QString& label);  // a short name under the picture; usually none
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 protected:
  double corner() const override;
  bool raised() const override { return true; }
  void paintEvent(QPaintEvent* event) override;

 private:
  QString picture_;
  QString label_;
};

class PictureBadge : public QWidget {
  Q_OBJECT
 public:
  PictureBadge(const QString& picture, int design_side, QWidget* parent = nullptr);

  void setPicture(const QString& picture);
  void setGround(const QColor& ground);  // invalid: no round behind the picture
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override { return sizeHint(); }

 protected:
  void paintEvent(QPaintEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  QString picture_;
  int design_side_;
  QColor ground_;
};

}  // namespace primer::ui
