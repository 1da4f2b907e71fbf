#include "widgets/maths_print.h"

#include <QFontMetricsF>
#include <QPainter>
#include <algorithm>
#include <vector>

namespace primer::ui {
namespace {

constexpr double kFractionScale = 0.82;  // size of a fraction's numbers
constexpr double kPowerScale = 0.66;     // of a raised one
constexpr double kRaise = 0.42;          // how far it is raised, in sizes
constexpr double kBarAbove = 0.28;       // the fraction bar's height above the baseline, in sizes
constexpr double kBarGap = 0.1;          // between the bar and the numbers
constexpr int kMostDepth = 8;
constexpr double kLeastShrink = 0.4;

struct Node {
  enum class Kind { kText, kFraction, kPower, kRoot };
  Kind kind = Kind::kText;
  QString text;
  std::vector<Node> first;   // numerator, exponent, radicand
  std::vector<Node> second;  // denominator
};
using Row = std::vector<Node>;

// Reads one line; never fails.
class Reader {
 public:
  explicit Reader(const QString& text) : text_(text) {}

  Row row(qsizetype from, qsizetype to, int depth) const {
    Row nodes;
    qsizetype at = from;
    while (at < to) {
      if (depth < kMostDepth && text_[at] == QChar(u'√') && at + 1 < to) {
        const qsizetype end = atomEnd(at + 1, to);
        if (end > at + 1) {
          nodes.push_back({Node::Kind::kRoot, {}, inside(at + 1, end, depth), {}});
          at = end;
          continue;
        }
      }
      if (depth < kMostDepth && text_[at] == u'^' && at + 1 < to) {
        const qsizetype end = atomEnd(at + 1, to);
        if (end > at + 1) {
          nodes.push_back({Node::Kind::kPower, {}, inside(at + 1, end, depth), {}});
          at = end;
          continue;
        }
      }
      const qsizetype end = atomEnd(at, to);
      if (depth < kMostDepth && end > at && end + 1 < to && text_[end] == u'/') {
        const qsizetype below = atomEnd(end + 1, to);
        if (below > end + 1) {
          nodes.push_back(
              {Node::Kind::kFraction, {}, inside(at, end, depth), inside(end + 1, below, depth)});
          at = below;
          continue;
        }
      }
      if (end > at + 1 && text_[at] == u'(' && depth < kMostDepth) {
        add(nodes, QStringLiteral("("));
        for (Node& node : row(at + 1, end - 1, depth + 1)) nodes.push_back(std::move(node));
        add(nodes, QStringLiteral(")"));
        at = end;
        continue;
      }
      const qsizetype next = std::max(at + 1, end);
      add(nodes, text_.mid(at, next - at));
      at = next;
    }
    return nodes;
  }

 private:
  static void add(Row& nodes, const QString& text) {
    if (!nodes.empty() && nodes.back().kind == Node::Kind::kText) {
      nodes.back().text += text;
    } else {
      nodes.push_back({Node::Kind::kText, text, {}, {}});
    }
  }

  // A number, a letter or a group in brackets; `at` itself where none begins there.
  qsizetype atomEnd(qsizetype at, qsizetype to) const {
    if (at >= to) return at;
    if (text_[at] == u'(') {
      int open = 0;
      for (qsizetype i = at; i < to; ++i) {
        if (text_[i] == u'(') ++open;
        if (text_[i] == u')' && --open == 0) return i + 1;
      }
      return at;
    }
    if (text_[at].isDigit()) {
      qsizetype end = at;
      while (end < to && (text_[end].isDigit() ||
                          (text_[end] == u'.' && end + 1 < to && text_[end + 1].isDigit()))) {
        ++end;
      }
      return end;
    }
    return text_[at].isLetter() || text_[at] == u'?' ? at + 1 : at;
  }

  Row inside(qsizetype from, qsizetype to, int depth) const {
    const bool group = text_[from] == u'(' && text_[to - 1] == u')';
    return group ? row(from + 1, to - 1, depth + 1) : row(from, to, depth + 1);
  }

  const QString& text_;
};

QFont scaled(QFont font, double by) {
  font.setPixelSize(std::max(6, int(font.pixelSize() * by)));
  return font;
}

MathsSize sizeOf(const Row& row, const QFont& font);

MathsSize sizeOf(const Node& node, const QFont& font) {
  const double em = font.pixelSize();
  const QFontMetricsF metrics(font);
  switch (node.kind) {
    case Node::Kind::kText:
      return {metrics.horizontalAdvance(node.text), em * 0.8, em * 0.25};
    case Node::Kind::kFraction: {
      const MathsSize top = sizeOf(node.first, scaled(font, kFractionScale));
      const MathsSize below = sizeOf(node.second, scaled(font, kFractionScale));
      return {std::max(top.width, below.width) + em * 0.3,
              em * (kBarAbove + kBarGap) + top.height(),
              below.height() + em * (kBarGap - kBarAbove)};
    }
    case Node::Kind::kPower: {
      const MathsSize power = sizeOf(node.first, scaled(font, kPowerScale));
      return {power.width + em * 0.04, power.ascent + em * kRaise, 0};
    }
    case Node::Kind::kRoot: {
      const MathsSize under = sizeOf(node.first, font);
      return {under.width + em * 0.62, under.ascent + em * 0.14, under.descent};
    }
  }
  return {};
}

MathsSize sizeOf(const Row& row, const QFont& font) {
  MathsSize size{0, font.pixelSize() * 0.8, font.pixelSize() * 0.25};
  for (const Node& node : row) {
    const MathsSize one = sizeOf(node, font);
    size.width += one.width;
    size.ascent = std::max(size.ascent, one.ascent);
    size.descent = std::max(size.descent, one.descent);
  }
  return size;
}

void paintRow(QPainter& painter, QPointF at, const Row& row, const QFont& font);

void paintNode(QPainter& painter, const QPointF& at, const Node& node, const QFont& font) {
  const double em = font.pixelSize();
  const double width = sizeOf(node, font).width;
  switch (node.kind) {
    case Node::Kind::kText:
      painter.setFont(font);
      painter.drawText(at, node.text);
      break;
    case Node::Kind::kFraction: {
      const QFont small = scaled(font, kFractionScale);
      const MathsSize top = sizeOf(node.first, small);
      const MathsSize below = sizeOf(node.second, small);
      const double bar = at.y() - em * kBarAbove;
      paintRow(painter, {at.x() + (width - top.width) / 2, bar - em * kBarGap - top.descent},
               node.first, small);
      paintRow(painter, {at.x() + (width - below.width) / 2, bar + em * kBarGap + below.ascent},
               node.second, small);
      painter.drawLine(QPointF(at.x() + em * 0.08, bar), QPointF(at.x() + width - em * 0.08, bar));
      break;
    }
    case Node::Kind::kPower:
      paintRow(painter, at - QPointF(0, em * kRaise), node.first, scaled(font, kPowerScale));
      break;
    case Node::Kind::kRoot: {
      const MathsSize under = sizeOf(node.first, font);
      const double top = at.y() - under.ascent - em * 0.06;
      const QPointF sign[] = {{at.x() + em * 0.04, at.y() - em * 0.28},
                              {at.x() + em * 0.16, at.y() - em * 0.34},
                              {at.x() + em * 0.3, at.y() + under.descent * 0.5},
                              {at.x() + em * 0.5, top},
                              {at.x() + width - em * 0.04, top}};
      painter.drawPolyline(sign, 5);
      paintRow(painter, at + QPointF(em * 0.54, 0), node.first, font);
      break;
    }
  }
}

void paintRow(QPainter& painter, QPointF at, const Row& row, const QFont& font) {
  for (const Node& node : row) {
    paintNode(painter, at, node, font);
    at.rx() += sizeOf(node, font).width;
  }
}

Row parsed(const QString& text) { return Reader(text).row(0, text.size(), 0); }

}  // namespace

MathsSize mathsSize(const QString& text, const QFont& font) { return sizeOf(parsed(text), font); }

void paintMaths(QPainter& painter, const QPointF& baseline, const QString& text, const QFont& font,
                const QColor& colour) {
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setLayoutDirection(Qt::LeftToRight);
  painter.setPen(QPen(colour, std::max(1.0, font.pixelSize() * 0.06), Qt::SolidLine, Qt::RoundCap,
                      Qt::RoundJoin));
  paintRow(painter, baseline, parsed(text), font);
  painter.restore();
}

void paintMathsIn(QPainter& painter, const QRectF& where, const QString& text, QFont font,
                  const QColor& colour, bool centred) {
  MathsSize size = mathsSize(text, font);
  const double shrink =
      std::max(kLeastShrink, std::min({1.0, where.width() / std::max(1.0, size.width),
                                       where.height() / std::max(1.0, size.height())}));
  if (shrink < 1) {
    font = scaled(font, shrink);
    size = mathsSize(text, font);
  }
  const double left = centred ? where.center().x() - size.width / 2 : where.left();
  const double base = where.center().y() + (size.ascent - size.descent) / 2;
  paintMaths(painter, {left, base}, text, font, colour);
}

}  // namespace primer::ui
