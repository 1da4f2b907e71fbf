#pragma once

// A head cut in half, as a drawing: what lips, teeth and tongue do for a sound, where the air goes,
// and whether the voice hums.

#include <QWidget>

#include "primer/app/mouth.h"

namespace primer::ui {

class MouthPicture : public QWidget {
  Q_OBJECT
 public:
  explicit MouthPicture(QWidget* parent = nullptr);

  void setMove(const app::MouthMove& move);
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  app::MouthMove move_;
};

}  // namespace primer::ui
