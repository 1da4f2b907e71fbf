#pragma once

// A question in large print; "___" in it is a box for a word, empty or filled. Fractions stand.

#include <QFont>
#include <QStringList>
#include <QWidget>
#include <vector>

#include "widgets/canvas.h"

namespace primer::ui {

class GapText : public QWidget, public TextFitting {
  Q_OBJECT
 public:
  explicit GapText(QWidget* parent);

  void setQuestion(const QString& text, const QString& spoken);
  void setWords(const QStringList& words);  // in the gaps; empty texts for those that wait
  void setRight(bool right);                // what stands in the gaps is right
  void setMostHeight(int pixels);           // it is set smaller rather than higher; 0: any

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
  struct Lines {
    std::vector<Piece> pieces;
    double height = 0;
    QFont font;  // smaller than usual where a single word is wider than the page
  };
  Lines layOut(int width) const;
  Lines layOut(int width, const QFont& font) const;

  QString text_;
  int most_height_ = 0;
  QStringList words_;
  bool right_ = false;
};

}  // namespace primer::ui
