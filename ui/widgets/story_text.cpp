#include "widgets/story_text.h"

#include <QEvent>
#include <QMouseEvent>
#include <QPaintEvent>
#include <QPainter>
#include <QRegularExpression>
#include <algorithm>

#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/tokens.h"
#include "theme/typeface.h"

namespace primer::ui {
namespace {

constexpr int kLetters = 32;  // design pixels
constexpr int kTitle = 36;
constexpr double kLine = 1.5;       // of the letters' height
constexpr double kParagraph = 0.6;  // of a line, between paragraphs

bool isSpoken(const QString& text) {
  return std::any_of(text.begin(), text.end(), [](QChar c) { return c.isLetterOrNumber(); });
}

}  // namespace

StoryText::StoryText(QWidget* parent) : QWidget(parent) {
  auto policy = QSizePolicy(QSizePolicy::Expanding, QSizePolicy::Minimum);
  policy.setHeightForWidth(true);
  setSizePolicy(policy);
}

void StoryText::setStory(const QString& title, const QStringList& paragraphs) {
  title_ = title;
  paragraphs_ = paragraphs;
  lights_.clear();
  missed_.clear();
  offered_ = -1;
  setAccessibleName(title + QLatin1String(". ") + paragraphs.join(QLatin1Char(' ')));
  cutUp();
  layOut(width(), words_);
  updateGeometry();
  update();
}

void StoryText::cutUp() {
  static const QRegularExpression kBreak(QStringLiteral("[\\s\\x{2014}]+"));
  words_.clear();
  words_said_ = 0;
  for (int p = 0; p < paragraphs_.size(); ++p) {
    for (const QString& text : paragraphs_[p].split(kBreak, Qt::SkipEmptyParts)) {
      words_.push_back({text, isSpoken(text) ? words_said_++ : -1, p, {}});
    }
  }
}

double StoryText::layOut(double width, std::vector<Word>& words) const {
  const QFontMetricsF metrics(readingFont(kLetters));
  const double line = metrics.height() * kLine * 0.82;
  const double blank = metrics.horizontalAdvance(QLatin1Char(' ')) * 1.3;
  const double edge = pxf(14);
  double x = edge;
  double y = QFontMetricsF(headingFont(kTitle)).height() + pxf(10);
  int paragraph = 0;
  for (auto& word : words) {
    const double wide = metrics.horizontalAdvance(word.text);
    if (word.paragraph != paragraph) {
      paragraph = word.paragraph;
      x = edge;
      y += line * (1 + kParagraph);
    } else if (x > edge && x + wide > width - edge) {
      x = edge;
      y += line;
    }
    word.place = QRectF(x, y, wide, metrics.height());
    x += wide + blank;
  }
  return y + line + pxf(8);
}

int StoryText::heightForWidth(int width) const {
  auto words = words_;
  return int(layOut(width, words));
}

QSize StoryText::sizeHint() const { return {px(640), heightForWidth(std::max(width(), px(400)))}; }

void StoryText::resizeEvent(QResizeEvent*) { layOut(width(), words_); }

void StoryText::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() != QEvent::StyleChange) return;
  layOut(width(), words_);
  updateGeometry();
}

const StoryText::Word* StoryText::numbered(int number) const {
  const auto found = std::find_if(words_.begin(), words_.end(),
                                  [number](const Word& word) { return word.number == number; });
  return found == words_.end() || number < 0 ? nullptr : &*found;
}

QString StoryText::word(int number) const {
  const auto* found = numbered(number);
  if (!found) return {};
  QString text = found->text;
  while (!text.isEmpty() && !text.back().isLetterOrNumber()) text.chop(1);
  while (!text.isEmpty() && !text.front().isLetterOrNumber()) text.remove(0, 1);
  return text;
}

QRect StoryText::around(const Word& word) const {
  const int reach = px(14);
  return word.place.toAlignedRect().adjusted(-reach, -reach, reach, reach);
}

void StoryText::setLights(const std::vector<app::WordLight>& lights) {
  missed_.clear();
  for (const auto& word : words_) {
    if (word.number < 0) continue;
    const auto at = std::size_t(word.number);
    const auto before = at < lights_.size() ? lights_[at] : app::WordLight::kToCome;
    const auto after = at < lights.size() ? lights[at] : app::WordLight::kToCome;
    if (before == after) continue;
    update(around(word));
    if (after == app::WordLight::kNow) emit placeWanted(around(word));
  }
  lights_ = lights;
}

void StoryText::setOffered(int word) {
  if (word == offered_) return;
  for (const int number : {offered_, word}) {
    if (const auto* found = numbered(number)) update(around(*found));
  }
  offered_ = word;
}

void StoryText::setSaid(const QList<app::SaidWord>& said) {
  lights_.clear();
  offered_ = -1;
  missed_.assign(std::size_t(words_said_), false);
  for (qsizetype w = 0; w < said.size() && w < words_said_; ++w) {
    missed_[std::size_t(w)] = !said[w].said;
  }
  update();
}

void StoryText::mouseReleaseEvent(QMouseEvent* event) {
  for (const auto& word : words_) {
    if (word.number >= 0 && around(word).contains(event->position().toPoint())) {
      emit wordPressed(word.number);
      return;
    }
  }
}

void StoryText::paintEvent(QPaintEvent* event) {
  QPainter painter(this);
  painter.fillRect(event->rect(), colour::kSheet);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setFont(headingFont(kTitle));
  painter.setPen(colour::kInk);
  const QFontMetricsF heading(painter.font());
  painter.drawText(QPointF(pxf(14), heading.ascent()),
                   heading.elidedText(title_, Qt::ElideRight, width() - pxf(28)));
  painter.setFont(readingFont(kLetters));
  const QFontMetricsF metrics(painter.font());
  for (const auto& word : words_) {
    if (!around(word).intersects(event->rect())) continue;
    const auto at = std::size_t(std::max(word.number, 0));
    const auto light =
        word.number >= 0 && at < lights_.size() ? lights_[at] : app::WordLight::kToCome;
    const QRectF ground = word.place.adjusted(-pxf(7), -pxf(1), pxf(7), pxf(1));
    painter.setPen(Qt::NoPen);
    if (light == app::WordLight::kNow) {
      painter.setBrush(colour::kSun);
      painter.drawPath(rounded(ground.translated(0, pxf(4)), pxf(12)));
      painter.setBrush(colour::kSunSoft);
      painter.drawPath(rounded(ground, pxf(12)));
    } else if (light == app::WordLight::kSaid) {
      painter.setBrush(colour::kLeafSoft);
      painter.drawPath(rounded(ground, pxf(12)));
    }
    if (word.number >= 0 && word.number == offered_) {
      painter.setPen(QPen(colour::kSky, pxf(3)));
      painter.setBrush(colour::kSkySoft);
      painter.drawPath(rounded(ground, pxf(12)));
    }
    painter.setPen(colour::kInk);
    painter.drawText(QPointF(word.place.left(), word.place.top() + metrics.ascent()), word.text);
    const bool missed = word.number >= 0 && at < missed_.size() && missed_[at];
    if (missed || light == app::WordLight::kPassed) {
      QPen dots(colour::kSky, pxf(4), Qt::CustomDashLine, Qt::RoundCap);
      dots.setDashPattern({0.001, 2.2});
      painter.setPen(dots);
      painter.drawLine(word.place.bottomLeft(), word.place.bottomRight());
    }
  }
}

}  // namespace primer::ui
