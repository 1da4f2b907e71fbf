#pragma once

// What pages share: the paper ground, the bar on top, and what every child's page has in it.

#include "primer/app/values.h"
#include "theme/tokens.h"
#include "widgets/canvas.h"

namespace primer::ui {

class Page : public Canvas {
  Q_OBJECT
 public:
  explicit Page(QWidget* parent = nullptr, const QColor& ground = colour::kPaper)
      : Canvas(parent, ground) {}
};

}  // namespace primer::ui
