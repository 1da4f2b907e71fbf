#include "widgets/keys.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QVBoxLayout>
#include <algorithm>

#include "theme/contrast.h"
#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/tokens.h"
#include "theme/typeface.h"

namespace primer::ui {
namespace {

constexpr int kMostPinDots = 12;
constexpr int kKeyRows = 4;
constexpr int kLetterSets = 3;  // a language's own, then those with accents

struct LetterRow {
  const char* letters;  // small ones, as many in each set as in the first
  const char* which;    // for translators
};

constexpr LetterRow kLetterRows[kLetterSets][kKeyRows] = {
    {QT_TRANSLATE_NOOP3("primer::ui::LetterKeys", "1234567890", "keys, first row"),
     QT_TRANSLATE_NOOP3("primer::ui::LetterKeys", "qwertyuiop", "keys, second row"),
     QT_TRANSLATE_NOOP3("primer::ui::LetterKeys", "asdfghjkl", "keys, third row"),
     QT_TRANSLATE_NOOP3("primer::ui::LetterKeys", "zxcvbnm", "keys, fourth row")},
    {QT_TRANSLATE_NOOP3("primer::ui::LetterKeys", "1234567890", "keys, first row"),
     QT_TRANSLATE_NOOP3("primer::ui::LetterKeys", "äöüßàáâãåæ", "accents, second row"),
     QT_TRANSLATE_NOOP3("primer::ui::LetterKeys", "çèéêëìíîï", "accents, third row"),
     QT_TRANSLATE_NOOP3("primer::ui::LetterKeys", "ñóôøœúû", "accents, fourth row")},
    {QT_TRANSLATE_NOOP3("primer::ui::LetterKeys", "1234567890", "keys, first row"),
     QT_TRANSLATE_NOOP3("primer::ui::LetterKeys", "ąćčęěğıłńň", "more accents, second row"),
     QT_TRANSLATE_NOOP3("primer::ui::LetterKeys", "őřśšşșțůű", "more accents, third row"),
     QT_TRANSLATE_NOOP3("primer::ui::LetterKeys", "ýźżžđõù", "more accents, fourth row")}};

QString lettersOf(int set, int row) {
  const LetterRow& found = kLetterRows[set][row];
  return LetterKeys::tr(found.letters, found.which);
}

}  // namespace

Key::Key(const QString& word, QWidget* parent) : Control(parent) { setWord(word); }

Key::Key(const QString& icon, const QString& name, QWidget* parent) : Control(parent), icon_(icon) {
  setAccessibleName(name);
}

void Key::setWord(const QString& word) {
  setText(word);
  setAccessibleName(word);
  update();
}

void Key::setDesignSize(int width, int height) {
  design_width_ = width;
  design_height_ = height;
  updateGeometry();
}

void Key::setTypeSize(int design_px) {
  type_size_ = design_px;
  update();
}

QSize Key::sizeHint() const { return {px(design_width_), px(design_height_)}; }
QSize Key::minimumSizeHint() const { return sizeHint(); }
double Key::corner() const { return pxf(radius::kSmall + 4); }

void Key::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const double lip = pxf(size::kLip - 1);
  const QRectF whole(rect());
  const QColor ink = isEnabled() ? colour::kInk : mix(colour::kInk, colour::kPaper, 0.55);
  painter.setPen(Qt::NoPen);
  painter.setBrush(colour::kLine);
  painter.drawPath(rounded(whole.adjusted(0, isDown() ? lip : 0, 0, 0), corner()));
  const QRectF face = isDown() ? whole.adjusted(0, lip, 0, 0) : whole.adjusted(0, 0, 0, -lip);
  painter.setPen(QPen(colour::kLine, pxf(2)));
  painter.setBrush(isDown() ? colour::kSkySoft : colour::kCard);
  const double half = pxf(1);
  painter.drawPath(rounded(face.adjusted(half, half, -half, -half), corner()));
  if (!icon_.isEmpty()) {
    QRectF place(0, 0, pxf(32), pxf(32));
    place.moveCenter(face.center());
    paintIcon(painter, icon_, place, ink);
    return;
  }
  painter.setFont(headingFont(type_size_));
  painter.setPen(ink);
  painter.drawText(face, Qt::AlignCenter, text());
}

NumberPad::NumberPad(Last last, QWidget* parent) : QWidget(parent) {
  auto* grid = new QGridLayout(this);
  setSpacing(grid, {}, space::kGap);
  const auto addDigit = [&](int digit, int row, int column) {
    auto* key = new Key(QString::number(digit), this);
    connect(key, &Key::clicked, this, [this, digit] { emit digitPressed(digit); });
    grid->addWidget(key, row, column);
  };
  for (int digit = 1; digit <= 9; ++digit) addDigit(digit, (digit - 1) / 3, (digit - 1) % 3);
  auto* rub_out = new Key(QStringLiteral("backspace"), tr("Rub out"), this);
  connect(rub_out, &Key::clicked, this, &NumberPad::backspacePressed);
  grid->addWidget(rub_out, 3, 0);
  addDigit(0, 3, 1);
  if (last == Last::kConfirm) {
    confirm_ = new Key(QStringLiteral("check"), tr("Ready"), this);
    connect(confirm_, &Key::clicked, this, &NumberPad::confirmPressed);
    grid->addWidget(confirm_, 3, 2);
  }
  setLayoutDirection(Qt::LeftToRight);  // digits keep their places in every language
  setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void NumberPad::setConfirmEnabled(bool on) {
  if (confirm_) confirm_->setEnabled(on);
}

void NumberPad::keyPressEvent(QKeyEvent* event) {
  const int digit = event->key() - Qt::Key_0;
  if (digit >= 0 && digit <= 9) {
    emit digitPressed(digit);
  } else if (event->key() == Qt::Key_Backspace) {
    emit backspacePressed();
  } else {
    QWidget::keyPressEvent(event);
  }
}

LetterKeys::LetterKeys(QWidget* parent, int key_width) : QWidget(parent), key_width_(key_width) {
  auto* rows = new QVBoxLayout(this);
  setSpacing(rows, {}, 5);
  for (int row_number = 0; row_number < kKeyRows; ++row_number) {
    auto* row = new QHBoxLayout;
    setSpacing(row, {}, 10);
    row->addStretch();
    const bool last = row_number == kKeyRows - 1;
    if (last) {
      auto* shift = addKey(row, QStringLiteral("shift"), tr("Capital letters"));
      connect(shift, &Key::clicked, this, [this] { setCapitals(!capitals_); });
    }
    addLetters(row, row_number);
    if (row_number == kKeyRows - 2) {
      accents_ = addKey(row, {}, tr("Letters with accents"));
      connect(accents_, &Key::clicked, this, [this] { showSet((set_ + 1) % kLetterSets); });
      accents_->hide();
    }
    if (last) {
      auto* space_key = addKey(row, QStringLiteral("space"), tr("Space"));
      connect(space_key, &Key::clicked, this, [this] { emit textPressed(QStringLiteral(" ")); });
      auto* rub_out = addKey(row, QStringLiteral("backspace"), tr("Rub out"));
      connect(rub_out, &Key::clicked, this, &LetterKeys::backspacePressed);
    }
    row->addStretch();
    rows->addLayout(row);
  }
  setCapitals(true);
}

Key* LetterKeys::addKey(QHBoxLayout* row, const QString& icon, const QString& name) {
  auto* key = new Key(icon, name, this);
  key->setDesignSize(key_width_, size::kTouchInCard);
  key->setTypeSize(28);
  row->addWidget(key);
  return key;
}

void LetterKeys::addLetters(QHBoxLayout* row, int row_number) {
  for (qsizetype place = 0; place < lettersOf(0, row_number).size(); ++place) {
    Key* key = addKey(row, {}, {});
    connect(key, &Key::clicked, this, [this, key] {
      const QString pressed = key->text();
      if (pressed.at(0).isLetter()) {
        capitals_ = false;
        showSet(0);  // one letter with an accent is mostly followed by one without
      }
      emit textPressed(pressed);
    });
    letters_.push_back({key, row_number, place});
  }
}

// "İ" and "SS" are not letters that go back to what they were: each key keeps its small one.
void LetterKeys::spell() {
  for (const auto& [key, row, place] : letters_) {
    const QString small = lettersOf(set_, row).mid(place, 1);
    const QString large = small.toUpper();
    key->setWord(capitals_ && large.size() == 1 ? large : small);
    key->setEnabled(!small.isEmpty());
  }
  const QString next = lettersOf((set_ + 1) % kLetterSets, 1).left(2);
  accents_->setText(capitals_ ? next.toUpper() : next);
  accents_->update();
}

void LetterKeys::showSet(int set) {
  set_ = set;
  spell();
}

void LetterKeys::setCapitals(bool on) {
  capitals_ = on;
  spell();
}

void LetterKeys::setAccents(bool offered) {
  accents_->setVisible(offered);
  if (!offered) showSet(0);
}

PinDots::PinDots(QWidget* parent) : QWidget(parent) {
  setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
  setGiven(0);
}

void PinDots::setGiven(int digits) {
  given_ = digits;
  setAccessibleName(tr("Digits given: %1").arg(digits));
  updateGeometry();
  update();
}

void PinDots::setLeast(int digits) {
  least_ = digits;
  updateGeometry();
  update();
}

QSize PinDots::sizeHint() const { return {px(40 * kMostPinDots / 2), px(36)}; }

void PinDots::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const int places = std::clamp(std::max(given_, least_), 1, kMostPinDots);
  const double step = std::min(pxf(40), double(width()) / places);
  const double r = std::min(pxf(11), step * 0.32);
  const double left = width() / 2.0 - step * (places - 1) / 2;
  for (int i = 0; i < places; ++i) {
    const bool filled = i < given_;
    painter.setPen(QPen(filled ? colour::kInk : colour::kInk2, pxf(2.5)));
    painter.setBrush(filled ? QBrush(colour::kInk) : QBrush(colour::kCard));
    painter.drawEllipse(QPointF(left + i * step, height() / 2.0), r, r);
  }
}

}  // namespace primer::ui
