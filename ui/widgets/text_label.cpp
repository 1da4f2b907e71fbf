#include "widgets/text_label.h"

#include <QEvent>
#include <QPainter>
#include <QStyle>
#include <algorithm>
#include <cmath>

#include "theme/metrics.h"

namespace primer::ui {
namespace {

constexpr int kWidest = 1 << 20;

}  // namespace

TextLabel::TextLabel(const QString& text, FontMaker font, const QColor& colour, QWidget* parent)
    : QWidget(parent), font_(std::move(font)), colour_(colour) {
  QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
  policy.setHeightForWidth(true);
  setSizePolicy(policy);
  setAttribute(Qt::WA_TransparentForMouseEvents);
  setText(text);
}

void TextLabel::setText(const QString& text) {
  plain_.clear();
  bold_.clear();
  const QStringList parts = text.split(QStringLiteral("**"));
  for (int i = 0; i < parts.size(); ++i) {
    if (i % 2 == 1) {
      QTextLayout::FormatRange range;
      range.start = int(plain_.size());
      range.length = int(parts[i].size());
      range.format.setFontWeight(QFont::Bold);
      bold_.append(range);
    }
    plain_ += parts[i];
  }
  setAccessibleName(plain_);
  plain_.replace(QLatin1Char('\n'), QChar::LineSeparator);
  updateGeometry();
  update();
}

void TextLabel::setColour(const QColor& colour) {
  colour_ = colour;
  update();
}

void TextLabel::setAlignment(Qt::Alignment alignment) {
  alignment_ = alignment;
  update();
}

void TextLabel::setMaximumLines(int lines) {
  maximum_lines_ = lines;
  QSizePolicy policy = sizePolicy();
  policy.setHeightForWidth(lines != 1);
  setSizePolicy(policy);
  updateGeometry();
}

void TextLabel::setLineSpacing(double factor) {
  line_spacing_ = factor;
  updateGeometry();
}

void TextLabel::setLeftToRight(bool on) {
  left_to_right_ = on;
  update();
}

double TextLabel::lineHeight() const {
  return std::ceil(QFontMetricsF(font_()).height() * line_spacing_);
}

std::vector<TextLabel::Line> TextLabel::layOut(QTextLayout& layout, int width) const {
  QTextOption option;
  option.setTextDirection(left_to_right_ ? Qt::LeftToRight : layoutDirection());
  option.setAlignment(Qt::AlignLeft | Qt::AlignAbsolute);  // paintEvent() places the lines itself
  option.setWrapMode(maximum_lines_ == 1 ? QTextOption::NoWrap
                                         : QTextOption::WrapAtWordBoundaryOrAnywhere);
  layout.setTextOption(option);
  layout.setFormats(bold_);
  layout.beginLayout();
  std::vector<Line> lines;
  for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
    line.setLineWidth(std::max(1, width));
    line.setPosition({0, double(lines.size()) * lineHeight()});
    lines.push_back({line.textStart(), line.textLength()});
  }
  layout.endLayout();
  return lines;
}

int TextLabel::heightForWidth(int width) const {
  QTextLayout layout(plain_, font_());
  int lines = std::max(1, int(layOut(layout, width).size()));
  if (maximum_lines_ > 0) lines = std::min(lines, maximum_lines_);
  return int(std::ceil(lines * lineHeight()));
}

QSize TextLabel::sizeHint() const {
  QTextLayout layout(plain_, font_());
  layOut(layout, kWidest);
  const int width = int(std::ceil(layout.maximumWidth())) + 2;
  if (maximum_lines_ == 1) return {width, int(lineHeight())};
  const int wish = std::min(width, px(640));
  return {wish, heightForWidth(wish)};
}

QSize TextLabel::minimumSizeHint() const {
  return {std::min(sizeHint().width(), px(60)), int(lineHeight())};
}

bool TextLabel::textFits() const {
  if (plain_.isEmpty()) return true;
  QTextLayout layout(plain_, font_());
  const auto lines = layOut(layout, width());
  if (maximum_lines_ > 0 && int(lines.size()) > maximum_lines_) return false;
  if (layout.maximumWidth() > width() + 1 && maximum_lines_ == 1) return false;
  return int(lines.size()) * lineHeight() <= height() + 1;
}

void TextLabel::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  const QFont font = font_();
  QTextLayout layout(plain_, font);
  const auto lines = layOut(layout, width());
  const int fitting = std::max(1, int(height() / lineHeight()));
  int shown = std::min(int(lines.size()), fitting);
  if (maximum_lines_ > 0) shown = std::min(shown, maximum_lines_);
  const double total = shown * lineHeight();
  double top = 0;
  if (alignment_ & Qt::AlignVCenter) top = (height() - total) / 2;
  if (alignment_ & Qt::AlignBottom) top = height() - total;
  painter.setPen(colour_);
  const Qt::Alignment across =
      QStyle::visualAlignment(layoutDirection(), alignment_ & Qt::AlignHorizontal_Mask);
  for (int i = 0; i < shown; ++i) {
    const QTextLine line = layout.lineAt(i);
    const bool cut =
        (i == shown - 1 && shown < int(lines.size())) || line.naturalTextWidth() > width() + 1;
    if (cut) {
      const QString rest = plain_.mid(lines[size_t(i)].start);
      painter.setFont(font);
      painter.drawText(QRectF(0, top + i * lineHeight(), width(), lineHeight()),
                       int(across | Qt::AlignVCenter | Qt::AlignAbsolute),
                       QFontMetricsF(font).elidedText(rest, Qt::ElideRight, width()));
      continue;
    }
    double left = 0;
    const double spare = width() - line.naturalTextWidth();
    if (across & Qt::AlignHCenter) left = spare / 2;
    if (across & Qt::AlignRight) left = spare;
    const double lead = (lineHeight() - line.height()) / 2;
    painter.setFont(font);
    line.draw(&painter, QPointF(left, top + lead));
  }
}

void TextLabel::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::StyleChange || event->type() == QEvent::LayoutDirectionChange) {
    updateGeometry();
    update();
  }
}

}  // namespace primer::ui
