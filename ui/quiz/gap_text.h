#pragma once

// A question in large print; "___" in it is a box for a word, empty or filled. Fractions stand.

#include <QStringList>
#include <QWidget>

#include "widgets/canvas.h"

namespace primer::ui {

class GapText : public QWidget, public TextFitting {
  Q_OBJECT
 public:
  explicit GapText(QWidget* parent);

  void setQuestion(const QString& text, const QString& spoken);
  void setWords(const QStringList& words);  // in the gaps; empty texts for those that wait
  void setRight(bool right);                // what stands in the gaps is right

  bool hasHeightForWidth() const override { return true; }
  int heightForWidth(int width) const override;
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;
  bool textFits() const override { return height() >= heightForWidth(width()); }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  struct Piece {
    QString text;
    int gap = -1;  // which gap; -1: a word
    QRectF box;
  };
  std::vector<Piece> layOut(int width, double* height) const;

  QString text_;
  QStringList words_;
  bool right_ = false;
};

}  // namespace primer::ui
