#include "quiz/gap_text.h"

#include <QPainter>
#include <algorithm>

#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/tokens.h"
#include "theme/typeface.h"
#include "widgets/maths_print.h"

namespace primer::ui {
namespace {

constexpr int kSize = 36;
constexpr int kGapWidth = 96;
constexpr int kGapHeight = 54;

QFont questionFont() { return readingFont(kSize); }

bool isFraction(const QString& word) {
  const auto stroke = word.indexOf(QLatin1Char('/'));
  return stroke > 0 && stroke + 1 < word.size() && word[0].isDigit() && word[stroke + 1].isDigit();
}

}  // namespace

GapText::GapText(QWidget* parent) : QWidget(parent) {
  QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  policy.setHeightForWidth(true);
  setSizePolicy(policy);
}

void GapText::setQuestion(const QString& text, const QString& spoken) {
  text_ = text;
  words_.clear();
  right_ = false;
  setAccessibleName(spoken);
  updateGeometry();
  update();
}

void GapText::setWords(const QStringList& words) {
  words_ = words;
  updateGeometry();
  update();
}

void GapText::setRight(bool right) {
  right_ = right;
  update();
}

std::vector<GapText::Piece> GapText::layOut(int width, double* height) const {
  const QFontMetricsF metrics(questionFont());
  const double room = metrics.horizontalAdvance(QLatin1Char(' '));
  std::vector<Piece> pieces;
  double line = std::max(metrics.height(), text_.contains(QLatin1String("___")) ? pxf(64) : 0.0);
  for (const auto& word : text_.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
    if (isFraction(word)) line = std::max(line, mathsSize(word, questionFont()).height() + pxf(6));
  }
  double x = 0;
  double y = 0;
  int gap = 0;
  for (const auto& word : text_.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
    Piece piece;
    piece.text = word;
    double needed =
        isFraction(word) ? mathsSize(word, questionFont()).width : metrics.horizontalAdvance(word);
    if (word.startsWith(QLatin1String("___"))) {
      piece.gap = gap++;
      piece.text = piece.gap < words_.size() ? words_[piece.gap] : QString();
      needed = std::max(pxf(kGapWidth), metrics.horizontalAdvance(piece.text) + pxf(36));
    }
    if (x > 0 && x + needed > width) {
      x = 0;
      y += line;
    }
    piece.box = {x, y, needed, line};
    x += needed + room;
    pieces.push_back(piece);
    // What follows a gap without a space: "___."
    if (piece.gap >= 0 && word.size() > 3) {
      Piece rest;
      rest.text = word.mid(3);
      rest.box = {x - room + pxf(4), y, metrics.horizontalAdvance(rest.text), line};
      x = rest.box.right() + room;
      pieces.push_back(rest);
    }
  }
  *height = y + line;
  return pieces;
}

int GapText::heightForWidth(int width) const {
  double height = 0;
  layOut(std::max(width, px(200)), &height);
  return int(height) + px(4);
}

QSize GapText::sizeHint() const { return {px(600), heightForWidth(std::max(width(), px(400)))}; }
QSize GapText::minimumSizeHint() const {
  return {px(200), heightForWidth(std::max(width(), px(400)))};
}

void GapText::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  double height = 0;
  const bool mirrored = layoutDirection() == Qt::RightToLeft;
  for (auto piece : layOut(width(), &height)) {
    QRectF box = piece.box;
    if (mirrored) box.moveLeft(width() - box.right());
    if (piece.gap >= 0) {
      const bool filled = !piece.text.isEmpty();
      QRectF slot(box.left(), box.center().y() - pxf(kGapHeight) / 2, box.width(), pxf(kGapHeight));
      painter.setBrush(right_ ? colour::kLeafSoft : filled ? colour::kSkySoft : colour::kPaper);
      painter.setPen(QPen(right_ ? colour::kLeaf : colour::kSky, pxf(filled ? 3 : 2.5),
                          filled ? Qt::SolidLine : Qt::DashLine));
      painter.drawPath(rounded(slot, pxf(radius::kSmall)));
      painter.setFont(questionFont());
      painter.setPen(colour::kInk);
      painter.drawText(slot, Qt::AlignCenter, piece.text);
    } else if (isFraction(piece.text)) {
      paintMathsIn(painter, box, piece.text, questionFont(), colour::kInk);
    } else {
      painter.setFont(questionFont());
      painter.setPen(colour::kInk);
      painter.drawText(box.adjusted(0, 0, pxf(8), 0), besideFlags(mirrored), piece.text);
    }
  }
}

}  // namespace primer::ui
