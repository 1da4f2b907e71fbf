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
constexpr int kSmallest = 20;
constexpr double kLineSpacing = 0.86;
constexpr int kGapWidth = 96;
constexpr int kGapHeight = 54;
constexpr int kOneLine = 1 << 20;

bool isFraction(const QString& word) {
  const auto stroke = word.indexOf(QLatin1Char('/'));
  return stroke > 0 && stroke + 1 < word.size() && word[0].isDigit() && word[stroke + 1].isDigit();
}

}  // namespace

GapText::GapText(QWidget* parent) : QWidget(parent) {
  QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
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

void GapText::setMostHeight(int pixels) {
  if (most_height_ == pixels) return;
  most_height_ = pixels;
  updateGeometry();
  update();
}

void GapText::setRight(bool right) {
  right_ = right;
  update();
}

GapText::Lines GapText::layOut(int width) const {
  for (int size = kSize;; size -= 2) {
    Lines lines = layOut(width, readingFont(size));
    const bool low = most_height_ <= 0 || lines.height <= most_height_;
    const bool fits =
        low && std::all_of(lines.pieces.begin(), lines.pieces.end(),
                           [width](const Piece& piece) { return piece.box.right() <= width; });
    if (fits || size <= kSmallest) return lines;
  }
}

GapText::Lines GapText::layOut(int width, const QFont& font) const {
  const QFontMetricsF metrics(font);
  const double room = metrics.horizontalAdvance(QLatin1Char(' '));
  std::vector<Piece> pieces;
  double line = std::max(metrics.height() * kLineSpacing,
                         text_.contains(QLatin1String("___")) ? pxf(64) : 0.0);
  for (const auto& word : text_.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
    if (isFraction(word)) line = std::max(line, mathsSize(word, font).height() + pxf(6));
  }
  double x = 0;
  double y = 0;
  int gap = 0;
  for (const auto& word : text_.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
    Piece piece;
    piece.text = word;
    double needed =
        isFraction(word) ? mathsSize(word, font).width : metrics.horizontalAdvance(word);
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
  return {std::move(pieces), y + line, font};
}

int GapText::heightForWidth(int width) const {
  return int(layOut(std::max(width, px(200))).height) + px(4);
}

QSize GapText::sizeHint() const { return {px(600), heightForWidth(px(600))}; }
// Of one line: how many there are depends on the width, which is asked for elsewhere.
QSize GapText::minimumSizeHint() const { return {px(200), heightForWidth(kOneLine)}; }

void GapText::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const bool mirrored = layoutDirection() == Qt::RightToLeft;
  const auto [pieces, height, font] = layOut(width());
  for (const auto& piece : pieces) {
    QRectF box = piece.box;
    if (mirrored) box.moveLeft(width() - box.right());
    if (piece.gap >= 0) {
      const bool filled = !piece.text.isEmpty();
      QRectF slot(box.left(), box.center().y() - pxf(kGapHeight) / 2, box.width(), pxf(kGapHeight));
      painter.setBrush(right_ ? colour::kLeafSoft : filled ? colour::kSkySoft : colour::kPaper);
      painter.setPen(QPen(right_ ? colour::kLeaf : colour::kSky, pxf(filled ? 3 : 2.5),
                          filled ? Qt::SolidLine : Qt::DashLine));
      painter.drawPath(rounded(slot, pxf(radius::kSmall)));
      painter.setFont(font);
      painter.setPen(colour::kInk);
      painter.drawText(slot, Qt::AlignCenter, piece.text);
    } else if (isFraction(piece.text)) {
      paintMathsIn(painter, box, piece.text, font, colour::kInk);
    } else {
      painter.setFont(font);
      painter.setPen(colour::kInk);
      painter.drawText(box.adjusted(0, 0, pxf(8), 0), besideFlags(mirrored), piece.text);
    }
  }
}

}  // namespace primer::ui
