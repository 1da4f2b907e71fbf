#pragma once

// A few words set as large as a box allows, in lines around its middle. Words stay whole as long as
// a size does for which they can; then the longest are broken.

#include <QFont>
#include <QSizeF>
#include <QString>
#include <functional>

class QColor;
class QPainter;
class QRectF;

namespace primer::ui {

class FittedText {
 public:
  using FontMaker = std::function<QFont(int design_px)>;

  explicit FittedText(FontMaker font) : font_(std::move(font)) {}

  // Design pixels: the largest of `largest`, two less, and so on, at which `text` has room; not
  // under `smallest`.
  int sizeFor(const QString& text, const QSizeF& room, int largest, int smallest) const;
  // Whether it has room in this size; `whole_words`: without breaking one.
  bool fits(const QString& text, const QSizeF& room, int size, bool whole_words) const;
  void paint(QPainter& painter, const QRectF& where, const QString& text, int size,
             const QColor& colour) const;

 private:
  FontMaker font_;
};

}  // namespace primer::ui
