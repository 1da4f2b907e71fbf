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
constexpr std::size_t kKept = 4;  // layouts: the widest, the least, and what stands

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
  if (text == given_) return;
  given_ = text;
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
  forgetLayouts();
  updateGeometry();
  update();
}

void TextLabel::forgetLayouts() { laid_.clear(); }

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
  forgetLayouts();
  QSizePolicy policy = sizePolicy();
  policy.setHeightForWidth(lines != 1);
  setSizePolicy(policy);
  updateGeometry();
}

void TextLabel::setLineSpacing(double factor) {
  line_spacing_ = factor;
  forgetLayouts();
  updateGeometry();
}

void TextLabel::setLeftToRight(bool on) {
  left_to_right_ = on;
  forgetLayouts();
  update();
}

double TextLabel::lineHeight() const {
  return std::ceil(QFontMetricsF(font_()).height() * line_spacing_);
}

std::unique_ptr<QTextLayout> TextLabel::layOut(int width, const QFont& font) const {
  auto layout = std::make_unique<QTextLayout>(plain_, font);
  QTextOption option;
  option.setTextDirection(left_to_right_ ? Qt::LeftToRight : layoutDirection());
  option.setAlignment(Qt::AlignLeft | Qt::AlignAbsolute);  // paintEvent() places the lines itself
  option.setWrapMode(maximum_lines_ == 1 ? QTextOption::NoWrap
                                         : QTextOption::WrapAtWordBoundaryOrAnywhere);
  layout->setTextOption(option);
  layout->setFormats(bold_);
  layout->setCacheEnabled(true);
  layout->beginLayout();
  const double high = lineHeight();
  int lines = 0;
  for (QTextLine line = layout->createLine(); line.isValid(); line = layout->createLine()) {
    line.setLineWidth(width);
    line.setPosition({0, lines++ * high});
  }
  layout->endLayout();
  return layout;
}

const QTextLayout& TextLabel::laidOut(int width) const {
  width = std::max(1, width);
  if (const QFont font = font_(); font != laid_font_) {
    laid_.clear();
    laid_font_ = font;
  }
  const auto holds = [width](const Laid& laid) {
    return laid.width == width ||
           (laid.width > width && std::ceil(laid.layout->maximumWidth()) <= width);
  };
  const auto found = std::find_if(laid_.begin(), laid_.end(), holds);
  if (found != laid_.end()) {
    std::rotate(found, found + 1, laid_.end());
    return *laid_.back().layout;
  }
  if (laid_.size() == kKept) laid_.erase(laid_.begin());
  laid_.push_back({width, layOut(width, laid_font_)});
  return *laid_.back().layout;
}

int TextLabel::heightForWidth(int width) const {
  int lines = std::max(1, laidOut(width).lineCount());
  if (maximum_lines_ > 0) lines = std::min(lines, maximum_lines_);
  return int(std::ceil(lines * lineHeight()));
}

QSize TextLabel::sizeHint() const {
  const int width = int(std::ceil(laidOut(kWidest).maximumWidth())) + 2;
  if (maximum_lines_ == 1) return {width, int(lineHeight())};
  const int wish = std::min(width, px(640));
  return {wish, heightForWidth(wish)};
}

QSize TextLabel::minimumSizeHint() const {
  return {std::min(sizeHint().width(), px(60)), int(lineHeight())};
}

bool TextLabel::textFits() const {
  if (plain_.isEmpty()) return true;
  const QTextLayout& layout = laidOut(width());
  if (maximum_lines_ > 0 && layout.lineCount() > maximum_lines_) return false;
  if (layout.maximumWidth() > width() + 1 && maximum_lines_ == 1) return false;
  return layout.lineCount() * lineHeight() <= height() + 1;
}

void TextLabel::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  const QFont font = font_();
  const QTextLayout& layout = laidOut(width());
  const int lines = layout.lineCount();
  const int fitting = std::max(1, int(height() / lineHeight()));
  int shown = std::min(lines, fitting);
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
    const bool cut = (i == shown - 1 && shown < lines) || line.naturalTextWidth() > width() + 1;
    if (cut) {
      const QString rest = plain_.mid(line.textStart());
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
    forgetLayouts();
    updateGeometry();
    update();
  }
}

}  // namespace primer::ui
