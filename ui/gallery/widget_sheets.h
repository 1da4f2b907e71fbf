#pragma once

// The design system on sheets: every kind of widget in every state, with sample words.

#include <functional>
#include <vector>

#include "widgets/canvas.h"

class QVBoxLayout;

namespace primer::ui {

struct WidgetSheet {
  const char* name;
  std::function<void(Canvas* page, QVBoxLayout* column)> fill;
};

// In the order in which the design system is built: tokens first.
const std::vector<WidgetSheet>& widgetSheets();

}  // namespace primer::ui
