#include "pages/sheet.h"

#include <QEvent>
#include <QPainter>
#include <QTimer>
#include <algorithm>
#include <cmath>

#include "pages/sheet_measures.h"
#include "paper/ink_box.h"
#include "paper/ink_paint.h"
#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/typeface.h"
#include "widgets/button.h"
#include "widgets/chip.h"
#include "widgets/keys.h"
#include "widgets/print_line.h"
#include "widgets/text_label.h"

namespace primer::ui {
namespace {

constexpr int kFirstRule = 126;
constexpr size_t kTriesShown = 2;
constexpr size_t kMostTyped = 6;
constexpr int kWide = 760;  // a sheet wider than this has the wide margins
constexpr int kToolGap = 12;
constexpr int kToolEdge = 22;
constexpr int kMostChips = 4;

}  // namespace

Sheet::Sheet(QWidget* parent) : Card(parent, colour::kSheet) {
  ink_box_ = new InkBox(this);
  badge_ = new MarkBadge(MarkBadge::Mark::kNone, 54, this);
  print_ = new PrintLine(this);
  print_note_ = new TextLabel(
      {}, [] { return readingFont(type::kNote); }, colour::kInk2, this);
  chips_ = new QWidget(this);
  undo_ = new RoundButton(QStringLiteral("undo"), tr("Undo"), this);
  redo_ = new RoundButton(QStringLiteral("redo"), tr("Redo"), this);
  rub_out_ = new RoundButton(QStringLiteral("eraser"), tr("Rub everything out"), this);
  pad_ = new NumberPad(NumberPad::Last::kConfirm, this);
  pad_->hide();

  connect(ink_box_, &InkBox::inkChanged, this, [this] {
    const bool empty = ink_box_->ink().empty();
    if (empty) clearReading();
    arrange();
    emit inkChanged();
    emit answerChanged();
    if (empty) emit readingWanted();
  });
  connect(ink_box_, &InkBox::strokeBegun, this, [this] {
    showMark(MarkBadge::Mark::kNone);
    clearReading();  // what stood there no longer says what is on the paper
  });
  connect(ink_box_, &InkBox::paused, this, &Sheet::readingWanted);
  connect(undo_, &RoundButton::clicked, ink_box_, &InkBox::undo);
  connect(redo_, &RoundButton::clicked, ink_box_, &InkBox::redo);
  connect(rub_out_, &RoundButton::clicked, ink_box_, &InkBox::rubOut);
  connect(print_, &PrintLine::doubtfulTapped, this, &Sheet::offerAlternatives);
  connect(pad_, &NumberPad::digitPressed, this, &Sheet::typeDigit);
  connect(pad_, &NumberPad::backspacePressed, this, &Sheet::rubOutDigit);
  connect(pad_, &NumberPad::confirmPressed, this, [this] {
    if (hasAnswer()) emit typedReady();
  });
  startItem();
}

app::InkBox Sheet::inkRoom() const {
  return {0, 0, float(ink_box_->width() / scale()), float(ink_box_->height() / scale())};
}

float Sheet::firstRule() const { return float(tries_.empty() ? kFirstRule : kSheetRule); }

void Sheet::startItem() {
  tries_.clear();
  typed_.clear();
  ink_box_->startAfresh();
  clearReading();
  showMark(MarkBadge::Mark::kNone);
  setWritable(true);
  arrange();
  update();
  emit answerChanged();
}

app::SheetWork Sheet::work() const {
  app::SheetWork work;
  work.keys = keys_on_;
  if (!keys_on_) work.ink = ink_box_->ink();
  if (!typed_.isEmpty()) work.typed = QStringList{typed_};
  for (const Try& earlier : tries_) work.earlier.append({earlier.ink, earlier.read});
  return work;
}

void Sheet::takeUp(const app::SheetWork& work) {
  for (const auto& earlier : work.earlier) {
    tries_.push_back({earlier.ink, earlier.read, MarkBadge::Mark::kNotYet});
  }
  while (tries_.size() > kTriesShown) tries_.pop_front();
  if (work.keys) setKeys(true);
  if (keys_on_) {
    typed_ = work.typed.join(QString()).left(qsizetype(kMostTyped));
  } else {
    ink_box_->setInk(work.ink);
  }
  arrange();
  update();
  emit answerChanged();
}

void Sheet::clearReading() {
  reading_ = {};
  has_reading_ = false;
  closeAlternatives();
  arrange();
}

void Sheet::showReading(const app::ReadingView& reading) {
  if (keys_on_ || ink_box_->ink().empty()) return;
  reading_ = reading;
  has_reading_ = true;
  std::vector<PrintedSymbol> symbols;
  int first_doubtful = -1;
  for (const app::DigitView& digit : reading.digits) {
    const bool doubtful = digit.doubtful && !digit.confirmed;
    if (doubtful && first_doubtful < 0) first_doubtful = int(symbols.size());
    symbols.push_back({digit.symbol, doubtful});
  }
  const bool unreadable = reading.text.isEmpty();
  if (unreadable) {
    symbols.assign(1, {QStringLiteral("?"), false});
    first_doubtful = -1;
  }
  print_->setSymbols(symbols);
  print_->resize(print_->sizeHint());
  const bool narrow = width() <= px(kWide);
  print_note_->setText(unreadable           ? tr("I cannot read this yet")
                       : first_doubtful < 0 ? tr("I read")
                       : narrow             ? tr("Which one?")
                                            : tr("Which did you write?"));
  ink_box_->describe(reading.words);
  closeAlternatives();
  if (first_doubtful >= 0) offerAlternatives(first_doubtful);
  arrange();
  emit answerChanged();
}

void Sheet::showMark(MarkBadge::Mark mark) {
  badge_->setMark(mark);
  arrange();
}

void Sheet::keepTry(const QString& read, MarkBadge::Mark mark) {
  tries_.push_back({ink_box_->ink(), read, mark});
  while (tries_.size() > kTriesShown) tries_.pop_front();
  typed_.clear();
  ink_box_->startAfresh();
  clearReading();
  showMark(MarkBadge::Mark::kNone);
  arrange();
  update();
  emit answerChanged();
}

void Sheet::setWritable(bool on) {
  writable_ = on;
  ink_box_->setWritable(on);
  pad_->setEnabled(on);
  if (!on) closeAlternatives();
  arrange();
}

void Sheet::setKeys(bool on) {
  keys_on_ = on;
  typed_.clear();
  clearReading();
  arrange();
  update();
  emit answerChanged();
}

void Sheet::typeDigit(int digit) {
  if (!writable_ || !keys_on_ || size_t(typed_.size()) >= kMostTyped) return;
  typed_ += QString::number(digit);
  showMark(MarkBadge::Mark::kNone);
  update();
  emit answerChanged();
}

void Sheet::rubOutDigit() {
  if (!writable_) return;
  typed_.chop(1);
  update();
  emit answerChanged();
}

bool Sheet::hasAnswer() const { return keys_on_ ? !typed_.isEmpty() : !ink_box_->ink().empty(); }

void Sheet::closeAlternatives() {
  for (Chip* chip : chip_list_) chip->deleteLater();
  chip_list_.clear();
  chips_->hide();
  print_->setChosen(-1);
}

void Sheet::offerAlternatives(int digit) {
  closeAlternatives();
  if (!writable_ || digit < 0 || digit >= reading_.digits.size()) return;
  const app::DigitView& asked = reading_.digits[digit];
  QStringList words = {asked.symbol};
  words += asked.alternatives;
  for (int i = 0; i < std::min(int(words.size()), kMostChips); ++i) {
    auto* chip = new Chip(words[i], chips_);
    const int alternative = i - 1;  // the first is what stands there already
    connect(chip, &Chip::clicked, this, [this, digit, alternative] {
      // The page answers with a new reading, which takes these chips away while one of them is
      // still being pressed: let it finish first.
      QTimer::singleShot(
          0, this, [this, digit, alternative] { emit alternativeChosen(digit, alternative); });
    });
    chip->show();
    chip_list_.push_back(chip);
  }
  print_->setChosen(digit);
  chips_->show();
  arrange();
}

int Sheet::marginWidth() const { return px(width() > px(kWide) ? 112 : 84); }
int Sheet::printWidth() const { return px(width() > px(kWide) ? 268 : 214); }
int Sheet::triesHeight() const {
  return tries_.empty() ? 0 : px(kTryHeight * double(tries_.size()) + 8);
}

double Sheet::firstRuleY() const { return tries_.empty() ? pxf(kFirstRule) : pxf(8 + kTryHeight); }

double Sheet::inkMiddle() const {
  const QRectF bounds = inkBounds(ink_box_->ink());
  const double middle = bounds.isNull() ? ink_box_->height() / 2.0 : bounds.center().y() * scale();
  return ink_box_->y() + middle;
}

void Sheet::arrange() {
  const bool mirrored = layoutDirection() == Qt::RightToLeft;
  const auto place = [&](QWidget* widget, QRect at) {
    if (mirrored) at.moveLeft(width() - at.right() - 1);
    widget->setGeometry(at);
  };
  const int top = triesHeight();
  const int margin = marginWidth();
  const int print_left = width() - printWidth();
  const int tool = px(size::kTouch);
  const int tools_top = height() - px(kToolEdge) - tool;

  ink_box_->setVisible(!keys_on_);
  for (RoundButton* button : {undo_, redo_, rub_out_}) button->setVisible(!keys_on_ && writable_);
  pad_->setVisible(keys_on_);
  place(ink_box_, {margin + px(4), top, print_left - margin - px(4), height() - top});
  int x = width() - px(kToolEdge) - tool;
  for (RoundButton* button : {rub_out_, redo_, undo_}) {
    place(button, {x, tools_top, tool, tool});
    x -= tool + px(kToolGap);
  }
  undo_->setEnabled(ink_box_->canUndo());
  redo_->setEnabled(ink_box_->canRedo());
  rub_out_->setEnabled(!ink_box_->ink().empty());
  // The tools reach into the ink box at its lower corner: they lie on top and take their touches.
  for (RoundButton* button : {undo_, redo_, rub_out_}) button->raise();

  const QSize pad = pad_->sizeHint();
  place(pad_, {width() - px(40) - pad.width(), std::max(px(24), (height() - pad.height()) / 2),
               pad.width(), pad.height()});

  const bool reading_shown = has_reading_ && !keys_on_;
  print_->setVisible(reading_shown);
  print_note_->setVisible(reading_shown);
  const int badge = px(54);
  const double middle = keys_on_ ? height() / 2.0 : inkMiddle();
  const int badge_top = std::clamp(int(middle - badge / 2.0), top + px(16),
                                   std::max(top + px(16), height() - badge - px(16)));
  place(badge_, {(margin - badge) / 2, badge_top, badge, badge});
  if (!reading_shown) return;

  const int room = printWidth() - px(20);
  int note_height = print_note_->heightForWidth(room);
  const QSize print = print_->sizeHint();
  const int columns = std::max(1, (room + px(kToolGap)) / (tool + px(kToolGap)));
  const int chip_columns = std::min<int>(columns, std::max<int>(1, int(chip_list_.size())));
  const int rows = chip_list_.empty() ? 0 : (int(chip_list_.size()) + columns - 1) / columns;
  const int chips_height = rows * (tool + px(kToolGap));
  const int choice = print.height() + (rows ? px(8) + chips_height : 0);
  // What can be pressed speaks for itself: above the tools there is not always room for the note.
  if (rows > 0 && top + px(12) + note_height + choice > tools_top - px(12)) note_height = 0;
  print_note_->setVisible(note_height > 0);
  const int whole = note_height + choice;
  const int lowest = tools_top - px(12) - whole;
  const int block = std::clamp(int(middle - note_height - print.height() / 2.0), top + px(12),
                               std::max(top + px(12), lowest));
  place(print_note_, {print_left, block, room, note_height});
  place(print_,
        {print_left - px(space::kTight), block + note_height, print.width(), print.height()});
  place(chips_, {print_left, block + note_height + print.height() + px(8),
                 chip_columns * (tool + px(kToolGap)) - px(kToolGap), std::max(1, chips_height)});
  for (int i = 0; i < int(chip_list_.size()); ++i) {
    const QSize size = chip_list_[size_t(i)]->sizeHint();
    chip_list_[size_t(i)]->setGeometry(i % columns * (tool + px(kToolGap)),
                                       i / columns * (tool + px(kToolGap)), size.width(),
                                       size.height());
  }
}

void Sheet::resizeEvent(QResizeEvent* event) {
  Card::resizeEvent(event);
  arrange();
}

void Sheet::changeEvent(QEvent* event) {
  Card::changeEvent(event);
  if (event->type() == QEvent::StyleChange || event->type() == QEvent::LayoutDirectionChange) {
    arrange();
    update();
  }
}

}  // namespace primer::ui
