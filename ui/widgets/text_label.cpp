#include "widgets/text_label.h"

#include <QEvent>
#include <QPainter>
#include <QRegularExpression>
#include <QStyle>
#include <algorithm>
#include <cmath>

#include "theme/metrics.h"

namespace primer::ui {
namespace {

constexpr int kWidest = 1 << 20;
constexpr std::size_t kKept = 4;  // layouts: the widest, the least, and what stands
constexpr int kMostEven = 4;      // lines that are made of about one length
constexpr double kEven = 4;       // pixels: near enough
constexpr qsizetype kLongestSum = 16;

// Each character stays where it is.
QString withWholeSums(QString text) {
  static const QRegularExpression kSum(
      QStringLiteral("[\\w.,()]+(?: [+\\-\u2212\u00d7\u00f7=<>] [\\w.,()]+)+"),
      QRegularExpression::UseUnicodePropertiesOption);
  for (auto sums = kSum.globalMatch(text); sums.hasNext();) {
    const auto sum = sums.next();
    if (sum.capturedLength() > kLongestSum) continue;
    for (qsizetype i = sum.capturedStart(); i < sum.capturedEnd(); ++i) {
      if (text[i] == QLatin1Char(' ')) text[i] = QChar::Nbsp;
    }
  }
  return text;
}

// Breaks the text into lines; the width of the widest.
double breakLines(QTextLayout& layout, double width, double line_height) {
  double widest = 0;
  int lines = 0;
  layout.beginLayout();
  for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
    line.setLineWidth(width);
    line.setPosition({0, lines++ * line_height});
    widest = std::max(widest, line.naturalTextWidth());
  }
  layout.endLayout();
  return widest;
}

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
  shown_ = withWholeSums(plain_);
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
  if (factor == line_spacing_) return;
  line_spacing_ = factor;
  forgetLayouts();
  updateGeometry();
}

void TextLabel::setLeftToRight(bool on) {
  left_to_right_ = on;
  forgetLayouts();
  update();
}

void TextLabel::setMayShrink(int least) {
  least_size_ = least;
  update();
}

double TextLabel::lineHeight(const QFont& font) const {
  return std::ceil(QFontMetricsF(font).height() * line_spacing_);
}

bool TextLabel::fitsIn(const QFont& font) const {
  const QTextLayout& layout = laidOut(width(), font);
  if (maximum_lines_ > 0 && layout.lineCount() > maximum_lines_) return false;
  if (layout.maximumWidth() > width() + 1 && maximum_lines_ == 1) return false;
  return layout.lineCount() * lineHeight(font) <= height() + 1;
}

QFont TextLabel::fontThatFits() const {
  QFont font = font_();
  const int least = textPx(least_size_);
  while (least_size_ > 0 && font.pixelSize() > least && !fitsIn(font)) {
    font.setPixelSize(font.pixelSize() - 1);
  }
  return font;
}

bool TextLabel::isShrunk() const {
  return !plain_.isEmpty() && fontThatFits().pixelSize() < font_().pixelSize();
}

std::unique_ptr<QTextLayout> TextLabel::layOut(int width, const QFont& font) const {
  auto layout = std::make_unique<QTextLayout>(shown_, font);
  QTextOption option;
  option.setTextDirection(left_to_right_ ? Qt::LeftToRight : layoutDirection());
  option.setAlignment(Qt::AlignLeft | Qt::AlignAbsolute);  // paintEvent() places the lines itself
  option.setWrapMode(maximum_lines_ == 1 ? QTextOption::NoWrap
                                         : QTextOption::WrapAtWordBoundaryOrAnywhere);
  layout->setTextOption(option);
  layout->setFormats(bold_);
  layout->setCacheEnabled(true);
  const double high = lineHeight(font);
  breakLines(*layout, width, high);
  if (layout->lineCount() > 1 && layout->lineCount() <= kMostEven) even(*layout, width, high);
  return layout;
}

// The narrowest lines that are no more of them, and in which no word is broken.
void TextLabel::even(QTextLayout& layout, int width, double line_height) const {
  const int lines = layout.lineCount();
  QTextOption words = layout.textOption();
  words.setWrapMode(QTextOption::WordWrap);
  const QTextOption anywhere = layout.textOption();
  layout.setTextOption(words);
  const auto fits = [&](double most) {
    return breakLines(layout, most, line_height) <= most + 1 && layout.lineCount() <= lines;
  };
  if (fits(width)) {
    double narrow = 0;
    double wide = width;
    while (wide - narrow > kEven) {
      const double half = (narrow + wide) / 2;
      (fits(half) ? wide : narrow) = half;
    }
    breakLines(layout, wide, line_height);
  } else {
    layout.setTextOption(anywhere);
    breakLines(layout, width, line_height);
  }
}

const QTextLayout& TextLabel::laidOut(int width, const QFont& font) const {
  width = std::max(1, width);
  const auto holds = [width, &font](const Laid& laid) {
    return laid.font == font &&
           (laid.width == width ||
            (laid.width > width && std::ceil(laid.layout->maximumWidth()) <= width));
  };
  const auto found = std::find_if(laid_.begin(), laid_.end(), holds);
  if (found != laid_.end()) {
    std::rotate(found, found + 1, laid_.end());
    return *laid_.back().layout;
  }
  if (laid_.size() == kKept) laid_.erase(laid_.begin());
  laid_.push_back({width, font, layOut(width, font)});
  return *laid_.back().layout;
}

int TextLabel::heightForWidth(int width) const {
  const QFont font = font_();
  int lines = std::max(1, laidOut(width, font).lineCount());
  if (maximum_lines_ > 0) lines = std::min(lines, maximum_lines_);
  return int(std::ceil(lines * lineHeight(font)));
}

QSize TextLabel::sizeHint() const {
  const QFont font = font_();
  const int width = int(std::ceil(laidOut(kWidest, font).maximumWidth())) + 2;
  if (maximum_lines_ == 1) return {width, int(lineHeight(font))};
  const int wish = std::min(width, px(640));
  return {wish, heightForWidth(wish)};
}

QSize TextLabel::minimumSizeHint() const {
  return {std::min(sizeHint().width(), px(60)), int(lineHeight(font_()))};
}

bool TextLabel::textFits() const { return plain_.isEmpty() || fitsIn(fontThatFits()); }

void TextLabel::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  const QFont font = fontThatFits();
  const QTextLayout& layout = laidOut(width(), font);
  const double line_height = lineHeight(font);
  const int lines = layout.lineCount();
  const int fitting = std::max(1, int(height() / line_height));
  int shown = std::min(lines, fitting);
  if (maximum_lines_ > 0) shown = std::min(shown, maximum_lines_);
  const double total = shown * line_height;
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
      painter.drawText(QRectF(0, top + i * line_height, width(), line_height),
                       int(across | Qt::AlignVCenter | Qt::AlignAbsolute),
                       QFontMetricsF(font).elidedText(rest, Qt::ElideRight, width()));
      continue;
    }
    double left = 0;
    const double spare = width() - line.naturalTextWidth();
    if (across & Qt::AlignHCenter) left = spare / 2;
    if (across & Qt::AlignRight) left = spare;
    const double lead = (line_height - line.height()) / 2;
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
