#pragma once

// What everything that can be pressed has in common: a ring while the keyboard is on it, an
// accessible name, and a size no smaller than a finger.

#include <QAbstractButton>

#include "widgets/canvas.h"

namespace primer::ui {

class Control : public QAbstractButton, public HaloSource {
  Q_OBJECT
 public:
  explicit Control(QWidget* parent = nullptr);

  // True while the focus came by keyboard: only then is there a ring.
  bool focusVisible() const { return focus_visible_; }
  // While fingers and pens are in use there is no ring, however the focus came: hiding a button
  // that was tapped hands the focus on as the Tab key would.
  static void setPointerInUse(bool on);
  // For pictures of the state.
  void showFocus(bool on);

  // What one-switch scanning lights after this, where that is not what was made after it.
  virtual Control* litNext() const { return nullptr; }

  Halo halo() const override;

 protected:
  // The surface, in this widget's coordinates, and its corner.
  virtual QRectF surface() const;
  virtual double corner() const = 0;
  virtual bool raised() const { return false; }

  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  void changeEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void moveEvent(QMoveEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void showEvent(QShowEvent* event) override;
  void hideEvent(QHideEvent* event) override;

 private:
  bool focus_visible_ = false;
};

}  // namespace primer::ui
