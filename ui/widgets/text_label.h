#pragma once

// Text that wraps within its width, keeps to a number of lines and ends in an ellipsis beyond it.
// **Two stars** make a part bold. A few lines are of about one length, so that no word is left over
// on a line of its own, and a short sum ("47 + 30 + 8") stays on one line.

#include <QFont>
#include <QTextLayout>
#include <functional>
#include <memory>
#include <vector>

#include "theme/tokens.h"
#include "widgets/canvas.h"

namespace primer::ui {

class TextLabel : public QWidget, public TextFitting {
  Q_OBJECT
 public:
  // A font is asked for anew when the scale changes, so it is given as the function that makes it.
  using FontMaker = std::function<QFont()>;

  TextLabel(const QString& text, FontMaker font, const QColor& colour, QWidget* parent = nullptr);

  void setText(const QString& text);
  QString text() const { return plain_; }
  void setColour(const QColor& colour);
  void setAlignment(Qt::Alignment alignment);
  void setMaximumLines(int lines);  // 1: never wraps, elides. 0, the default: as many as needed
  void setLineSpacing(double factor);
  // Where the text has no room, in another language, it is set smaller, down to `least` design
  // pixels, before it is cut.
  void setMayShrink(int least);
  bool isShrunk() const;
  // Mathematics runs from left to right in every language.
  void setLeftToRight(bool on);

  bool hasHeightForWidth() const override { return maximum_lines_ != 1; }
  int heightForWidth(int width) const override;
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;
  bool textFits() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  // The text in lines of one width. A page asks for heights in several widths, many times for each
  // time that it is painted, and shaping is what costs: so a layout is made once and kept.
  struct Laid {
    int width;
    QFont font;
    std::unique_ptr<QTextLayout> layout;
  };
  const QTextLayout& laidOut(int width, const QFont& font) const;
  std::unique_ptr<QTextLayout> layOut(int width, const QFont& font) const;
  void even(QTextLayout& layout, int width, double line_height) const;
  bool fitsIn(const QFont& font) const;
  QFont fontThatFits() const;  // the wanted one, or the largest smaller one that has room
  void forgetLayouts();
  double lineHeight(const QFont& font) const;

  QString given_;  // with its stars
  QString plain_;
  QString shown_;  // plain_, with spaces in sums that are not broken at
  QList<QTextLayout::FormatRange> bold_;
  mutable std::vector<Laid> laid_;  // the last one used at the end
  FontMaker font_;
  QColor colour_;
  Qt::Alignment alignment_ = Qt::AlignLeading | Qt::AlignTop;
  int maximum_lines_ = 0;
  int least_size_ = 0;  // design pixels; 0: never shrinks
  double line_spacing_ = 1.0;
  bool left_to_right_ = false;
};

}  // namespace primer::ui
