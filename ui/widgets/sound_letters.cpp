#include "widgets/sound_letters.h"

#include <QEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QRegularExpression>
#include <algorithm>
#include <cmath>

#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/tokens.h"
#include "theme/typeface.h"

namespace primer::ui {
namespace {

constexpr int kLargest = 84;  // design pixels of the letters
constexpr int kLargeEnough = 48;
constexpr int kSmallest = 14;  // of a word of forty letters on the smallest screen
constexpr int kLegend = 20;
constexpr double kGap = 0.17;        // between sounds, of the letters' size
constexpr double kBlank = 0.5;       // between words
constexpr double kMarkSpace = 0.52;  // below the letters, for the marks
constexpr double kMark = 0.13;       // half a mark

QFont lettersFont(int design_px) { return readingFont(design_px); }

bool isSpoken(const QString& token) {
  return std::any_of(token.begin(), token.end(), [](QChar c) { return c.isLetterOrNumber(); });
}

bool sameSounds(const app::SaidWord& a, const app::SaidWord& b) {
  return a.written == b.written && a.sounds.size() == b.sounds.size();
}

QPainterPath triangle(const QPointF& at, double half) {
  QPainterPath path(at + QPointF(0, -half));
  path.lineTo(at + QPointF(half * 1.1, half * 0.85));
  path.lineTo(at + QPointF(-half * 1.1, half * 0.85));
  path.closeSubpath();
  return path;
}

}  // namespace

SoundLetters::SoundLetters(QWidget* parent) : QWidget(parent) {
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void SoundLetters::setText(const QString& text) {
  text_ = text;
  said_.clear();
  before_.clear();
  lights_.clear();
  grown_ = 0;
  setAccessibleName(text);
  cutUp();
  layOut();
}

void SoundLetters::setLights(const std::vector<app::WordLight>& lights) {
  const bool had_marks = hasMarks();
  if (had_marks) {
    before_ = said_;
    said_.clear();
  }
  if (!had_marks && lights == lights_) return;
  lights_ = lights;
  if (had_marks) {
    cutUp();
    layOut();
  }
  update();
}

void SoundLetters::setSaid(const QList<app::SaidWord>& said) {
  if (hasMarks()) before_ = said_;
  said_ = said;
  lights_.clear();
  cutUp();
  layOut();
}

void SoundLetters::cutUp() {
  static const QRegularExpression kBreak(QStringLiteral("[\\s\\x{2014}]+"));
  words_.clear();
  grown_ = 0;
  int number = 0;
  for (const QString& token : text_.split(kBreak, Qt::SkipEmptyParts)) {
    Word word;
    word.token = token;
    if (isSpoken(token)) word.number = number++;
    const auto place = qsizetype(word.number);
    if (word.number < 0 || place >= said_.size()) {
      word.sounds.push_back({token, false, {}, false, 0, 0});
      words_.push_back(std::move(word));
      continue;
    }
    const auto& said = said_[place];
    word.said = said.said;
    const auto at = std::max<qsizetype>(0, token.indexOf(said.written));
    if (at > 0) word.sounds.push_back({token.left(at), false, {}, false, 0, 0});
    for (qsizetype i = 0; i < said.sounds.size(); ++i) {
      const auto& sound = said.sounds[i];
      Sound shown{sound.letters, said.said, sound.mark, false, 0, 0};
      if (place < before_.size() && sameSounds(before_[place], said)) {
        const auto earlier = before_[place].sounds[i].mark;
        shown.grew = sound.mark == app::SoundMark::kClear && earlier == app::SoundMark::kToTry;
      }
      grown_ += shown.grew ? 1 : 0;
      word.sounds.push_back(shown);
    }
    const auto rest = token.mid(at + said.written.size());
    if (!rest.isEmpty()) word.sounds.push_back({rest, false, {}, false, 0, 0});
    words_.push_back(std::move(word));
  }
}

double SoundLetters::legendHeight() const { return hasMarks() ? pxf(46) : 0; }

void SoundLetters::layOut() {
  // One line, where its letters are large; else as large as several allow.
  fits_ = false;
  for (font_px_ = kLargest; font_px_ >= kLargeEnough && !fits_; font_px_ -= 4) {
    fits_ = place(font_px_, 1);
    if (fits_) return update();
  }
  for (font_px_ = kLargest; font_px_ >= kSmallest && !fits_; font_px_ -= font_px_ > 40 ? 4 : 2) {
    fits_ = place(font_px_, words_.size());
    if (fits_) break;
  }
  if (!fits_) font_px_ = kSmallest;
  update();
}

bool SoundLetters::place(int font_px, std::size_t most_lines) {
  const QFont font = lettersFont(font_px);
  const QFontMetricsF metrics(font);
  const double size = font.pixelSize();
  const bool marked = hasMarks();
  const double gap = marked ? size * kGap : 0;
  const double line = metrics.height() * 1.02 + (marked ? size * kMarkSpace : size * 0.12);
  const double room = width() - pxf(24);
  std::vector<std::vector<Word*>> lines(1);
  std::vector<double> widths(1, 0);
  bool fits = true;
  for (auto& word : words_) {
    double x = 0;
    for (auto& sound : word.sounds) {
      sound.left = x;
      sound.width = metrics.horizontalAdvance(sound.letters);
      // A mark needs its room even under an i.
      if (sound.marked) sound.width = std::max(sound.width, size * 0.36);
      x += sound.width + (&sound == &word.sounds.back() ? 0 : gap);
    }
    fits = fits && x <= room;
    const double blank = lines.back().empty() ? 0 : size * kBlank;
    if (!lines.back().empty() && widths.back() + blank + x > room) {
      lines.emplace_back();
      widths.push_back(0);
    }
    widths.back() += (lines.back().empty() ? 0 : size * kBlank) + x;
    word.place = QRectF(0, 0, x, line);
    lines.back().push_back(&word);
  }
  const double tall = line * double(lines.size());
  const double high = height() - legendHeight();
  double y = std::max(0.0, (high - tall) / 2);
  for (std::size_t i = 0; i < lines.size(); ++i, y += line) {
    double x = (width() - widths[i]) / 2;
    for (Word* word : lines[i]) {
      word->place.moveTopLeft({x, y});
      x += word->place.width() + size * kBlank;
    }
  }
  return fits && tall <= high && lines.size() <= std::max<std::size_t>(most_lines, 1);
}

bool SoundLetters::textFits() const { return fits_; }
QSize SoundLetters::sizeHint() const { return {px(700), px(220)}; }
QSize SoundLetters::minimumSizeHint() const { return {px(240), px(110)}; }

void SoundLetters::resizeEvent(QResizeEvent*) { layOut(); }

void SoundLetters::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::StyleChange) layOut();
}

void SoundLetters::mouseReleaseEvent(QMouseEvent* event) {
  for (const auto& word : words_) {
    if (word.number >= 0 && word.place.contains(event->position())) {
      emit wordPressed(word.number);
      return;
    }
  }
}

void SoundLetters::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setFont(lettersFont(font_px_));
  for (const auto& word : words_) paintWord(painter, word);
  if (hasMarks()) paintLegend(painter);
}

void SoundLetters::paintWord(QPainter& painter, const Word& word) const {
  const QFontMetricsF metrics(painter.font());
  const double size = painter.font().pixelSize();
  const double base = word.place.top() + metrics.ascent();
  const auto light = word.number >= 0 && std::size_t(word.number) < lights_.size()
                         ? lights_[std::size_t(word.number)]
                         : app::WordLight::kToCome;
  painter.setPen(Qt::NoPen);
  const QRectF ground(word.place.left() - size * 0.14, word.place.top() - size * 0.02,
                      word.place.width() + size * 0.28, metrics.height() * 1.04);
  if (light == app::WordLight::kNow) {
    painter.setBrush(colour::kSun);
    painter.drawPath(rounded(ground.translated(0, pxf(4)), pxf(14)));
    painter.setBrush(colour::kSunSoft);
    painter.drawPath(rounded(ground, pxf(14)));
  } else if (light == app::WordLight::kSaid) {
    painter.setBrush(colour::kLeafSoft);
    painter.drawPath(rounded(ground, pxf(14)));
  }
  for (const auto& sound : word.sounds) {
    const QRectF box(word.place.left() + sound.left, word.place.top(), sound.width,
                     word.place.height());
    if (sound.mark == app::SoundMark::kToTry && sound.marked) {
      const QRectF pill(box.left() - size * 0.08, box.top() - size * 0.02,
                        box.width() + size * 0.16, metrics.height() + size * (kMarkSpace - 0.04));
      painter.setBrush(colour::kBerry);
      painter.setPen(Qt::NoPen);
      painter.drawPath(rounded(pill.translated(0, pxf(5)), pxf(16)));
      painter.setBrush(colour::kBerrySoft);
      painter.drawPath(rounded(pill, pxf(16)));
    }
    painter.setPen(colour::kInk);
    const double advance = metrics.horizontalAdvance(sound.letters);
    painter.drawText(QPointF(box.left() + (box.width() - advance) / 2, base), sound.letters);
    if (sound.marked) {
      paintMark(painter, {box.center().x(), word.place.top() + metrics.height() + size * 0.2},
                sound);
    }
  }
  if (light == app::WordLight::kPassed || (hasMarks() && !word.said)) {
    // Not heard: a dotted line, no blame.
    QPen dots(colour::kSky, pxf(4), Qt::CustomDashLine, Qt::RoundCap);
    dots.setDashPattern({0.001, 2.2});
    painter.setPen(dots);
    const double y = word.place.top() + metrics.height() + size * 0.08;
    painter.drawLine(QPointF(word.place.left(), y), QPointF(word.place.right(), y));
  }
}

void SoundLetters::paintMark(QPainter& painter, const QPointF& at, const Sound& sound) const {
  const double half = std::max(pxf(5.5), lettersFont(font_px_).pixelSize() * kMark);
  switch (sound.mark) {
    case app::SoundMark::kClear:
      if (sound.grew) {
        painter.setPen(QPen(colour::kSunDeep, half * 0.34, Qt::SolidLine, Qt::RoundCap));
        for (int ray = 0; ray < 8; ++ray) {
          const double turn = ray * M_PI / 4;
          const QPointF way(std::cos(turn), std::sin(turn));
          painter.drawLine(at + way * half * 1.45, at + way * half * 1.95);
        }
      }
      painter.setPen(Qt::NoPen);
      painter.setBrush(colour::kLeaf);
      painter.drawEllipse(at, half, half);
      break;
    case app::SoundMark::kToTry:
      painter.setPen(Qt::NoPen);
      painter.setBrush(colour::kBerry);
      painter.drawPath(triangle(at, half * 1.25));
      break;
    case app::SoundMark::kCannotTell: {
      QPen dots(colour::kInk2, half * 0.34, Qt::CustomDashLine, Qt::RoundCap);
      dots.setDashPattern({0.001, 2.2});
      painter.setPen(dots);
      painter.setBrush(Qt::NoBrush);
      painter.drawEllipse(at, half * 0.9, half * 0.9);
      break;
    }
  }
}

void SoundLetters::paintLegend(QPainter& painter) const {
  struct Entry {
    app::SoundMark mark;
    QString words;
  };
  const Entry entries[] = {{app::SoundMark::kClear, tr("clear")},
                           {app::SoundMark::kToTry, tr("let us try this one")},
                           {app::SoundMark::kCannotTell, tr("could not tell")}};
  painter.setFont(readingFont(kLegend));
  const QFontMetricsF metrics(painter.font());
  const double mark = pxf(26);
  const double space = pxf(34);
  double whole = -space;
  for (const auto& entry : entries) whole += mark + metrics.horizontalAdvance(entry.words) + space;
  double x = (width() - whole) / 2;
  const double y = height() - pxf(22);
  for (const auto& entry : entries) {
    Sound sound;
    sound.mark = entry.mark;
    painter.save();
    painter.translate(x + mark / 2 - pxf(4), y);
    const double half = lettersFont(font_px_).pixelSize() * kMark;
    const double shrink = half > 0 ? std::min(1.0, pxf(7) / half) : 1;
    painter.scale(shrink, shrink);
    paintMark(painter, {0, 0}, sound);
    painter.restore();
    painter.setPen(colour::kInk2);
    x += mark;
    painter.drawText(QPointF(x, y + metrics.ascent() / 2 - metrics.descent() / 2), entry.words);
    x += metrics.horizontalAdvance(entry.words) + space;
  }
}

}  // namespace primer::ui
