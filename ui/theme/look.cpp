#include "theme/look.h"

#include <QApplication>
#include <QPalette>
#include <QToolTip>
#include <cstdio>

#include "theme/tokens.h"
#include "theme/typeface.h"

// Must stand outside of every namespace: the resources lie in a static library.
static void loadResources() { Q_INIT_RESOURCE(assets); }

namespace primer::ui {

void putOnLook(QApplication& application) {
  loadResources();
  // Every role gets a colour of ours, so that even a widget that nobody restyled cannot be grey.
  QPalette palette(colour::kInk, colour::kCard, colour::kCard, colour::kLine, colour::kLine,
                   colour::kInk, colour::kCard, colour::kCard, colour::kPaper);
  palette.setColor(QPalette::Highlight, colour::kSky);
  palette.setColor(QPalette::HighlightedText, colour::kCard);
  palette.setColor(QPalette::ToolTipBase, colour::kCard);
  palette.setColor(QPalette::ToolTipText, colour::kInk);
  palette.setColor(QPalette::PlaceholderText, colour::kInk2);
  palette.setColor(QPalette::Shadow, colour::kLine);
  application.setPalette(palette);
  application.setFont(readingFont(type::kNote));
  QToolTip::setPalette(palette);
  QToolTip::setFont(teacherFont(type::kTeacher));
  for (const QString& family : missingTypefaces()) {
    std::fprintf(stderr, "primer: the typeface %s is not installed; another one stands in for it\n",
                 qPrintable(family));
  }
}

}  // namespace primer::ui
