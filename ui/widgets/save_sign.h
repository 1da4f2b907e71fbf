#pragma once

// Whether what was answered is on the disk: shown only once it is, or when it cannot be.

#include <QWidget>

#include "primer/app/values.h"
#include "widgets/canvas.h"

namespace primer::ui {

class SaveSign : public QWidget, public TextFitting {
  Q_OBJECT
 public:
  explicit SaveSign(QWidget* parent = nullptr);

  void setState(app::SaveState state);
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override { return sizeHint(); }
  bool textFits() const override { return width() >= sizeHint().width(); }

 protected:
  void paintEvent(QPaintEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  QString word() const;

  app::SaveState state_ = app::SaveState::kSaving;
};

}  // namespace primer::ui
