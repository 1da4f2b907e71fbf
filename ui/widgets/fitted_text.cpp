#include "widgets/fitted_text.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QTextLayout>
#include <algorithm>

namespace primer::ui {
namespace {

constexpr double kLineSpacing = 0.8;  // of the typeface's own, which is wide

struct Lines {
  QSizeF size;
  bool broken = false;  // a word is
};

// Lines as they are drawn: `layout` keeps them.
Lines layOut(QTextLayout& layout, double width) {
  QTextOption option;
  option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
  layout.setTextOption(option);
  const double high = QFontMetricsF(layout.font()).height() * kLineSpacing;
  Lines lines;
  layout.beginLayout();
  for (auto line = layout.createLine(); line.isValid(); line = layout.createLine()) {
    line.setLineWidth(std::max(1.0, width));
    line.setPosition({0, lines.size.height()});
    lines.size = {std::max(lines.size.width(), line.naturalTextWidth()),
                  lines.size.height() + high};
    const int end = line.textStart() + line.textLength();
    const QString text = layout.text();
    lines.broken = lines.broken || (end < text.size() && !text[end - 1].isSpace() &&
                                    text[end - 1] != QLatin1Char('-'));
  }
  layout.endLayout();
  return lines;
}

}  // namespace

bool FittedText::fits(const QString& text, const QSizeF& room, int size, bool whole_words) const {
  QTextLayout layout(text, font_(size));
  const Lines lines = layOut(layout, room.width());
  return lines.size.height() <= room.height() + 1 && !(whole_words && lines.broken);
}

int FittedText::sizeFor(const QString& text, const QSizeF& room, int largest, int smallest) const {
  for (const bool whole_words : {true, false}) {
    for (int size = largest; size >= smallest; size -= 2) {
      if (fits(text, room, size, whole_words)) return size;
    }
  }
  return smallest;
}

void FittedText::paint(QPainter& painter, const QRectF& where, const QString& text, int size,
                       const QColor& colour) const {
  QTextLayout layout(text, font_(size));
  const Lines lines = layOut(layout, where.width());
  const double top = where.center().y() - lines.size.height() / 2;
  painter.setPen(colour);
  for (int i = 0; i < layout.lineCount(); ++i) {
    const QTextLine line = layout.lineAt(i);
    const double lead = (line.height() * kLineSpacing - line.height()) / 2;
    line.draw(&painter, {where.left() + (where.width() - line.naturalTextWidth()) / 2 - line.x(),
                         top + lead});
  }
}

}  // namespace primer::ui
