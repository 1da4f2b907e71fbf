#pragma once

// A raised sheet that other widgets lie on.

#include "theme/tokens.h"
#include "widgets/canvas.h"

namespace primer::ui {

class Card : public Canvas, public HaloSource {
  Q_OBJECT
 public:
  explicit Card(QWidget* parent = nullptr, const QColor& fill = colour::kCard,
                int corner = radius::kCard);

  void setFill(const QColor& fill);
  void setEdge(const QColor& edge);    // a hairline instead of the shadow: the teacher's cards
  void setDesignWidth(int design_px);  // a width that follows the scale
  Halo halo() const override;

 protected:
  void paintGround(QPainter& painter) override;
  void changeEvent(QEvent* event) override;
  void moveEvent(QMoveEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void showEvent(QShowEvent* event) override;
  void hideEvent(QHideEvent* event) override;

 private:
  QColor fill_;
  QColor edge_;
  int corner_;
  int design_width_ = 0;
};

}  // namespace primer::ui
