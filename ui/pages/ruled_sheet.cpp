#include "pages/ruled_sheet.h"

#include <QEvent>
#include <algorithm>

#include "pages/ruled_division.h"
#include "pages/ruled_paper.h"
#include "paper/ink_box.h"
#include "paper/ink_paint.h"
#include "theme/metrics.h"
#include "widgets/button.h"
#include "widgets/chip.h"
#include "widgets/line_print.h"
#include "widgets/maths_keys.h"

namespace primer::ui {
namespace {

constexpr int kQuietMs = 2500;  // after which all lines are judged
constexpr int kMostChips = 3;
constexpr qsizetype kLongestTyped = 40;

}  // namespace

RuledSheet::RuledSheet(QWidget* parent) : Card(parent, colour::kSheet) {
  ink_box_ = new InkBox(this);
  offer_ = new QWidget(this);
  offer_->hide();
  const auto tool = [this](const char* icon, const QString& name) {
    return new RoundButton(QString::fromLatin1(icon), name, this);
  };
  up_ = tool("arrow-up", tr("Up the paper"));
  down_ = tool("arrow-down", tr("More paper"));
  undo_ = tool("undo", tr("Undo"));
  redo_ = tool("redo", tr("Redo"));
  eraser_ = tool("eraser", tr("Eraser"));
  pad_ = new MathsKeys(this);
  pad_->hide();
  quiet_.setSingleShot(true);
  quiet_.setInterval(kQuietMs);
  connect(&quiet_, &QTimer::timeout, this, &RuledSheet::quiet);
  connect(ink_box_, &InkBox::strokeBegun, this, &RuledSheet::strokeBegun);
  connect(ink_box_, &InkBox::inkChanged, this, [this] {
    const size_t strokes = ink_box_->ink().strokes.size();
    const bool added = strokes == strokes_before_ + 1;
    strokes_before_ = strokes;
    closeOffer();
    arrangeTools();
    quiet_.start();
    emit inkChanged(added);
  });
  connect(up_, &RoundButton::clicked, this, [this] { scroll(-2 * kRuleStep); });
  connect(down_, &RoundButton::clicked, this, [this] { scroll(2 * kRuleStep); });
  connect(undo_, &RoundButton::clicked, ink_box_, &InkBox::undo);
  connect(redo_, &RoundButton::clicked, ink_box_, &InkBox::redo);
  connect(eraser_, &RoundButton::clicked, this, [this] {
    ink_box_->setErasing(!ink_box_->erasing());
    arrangeTools();
  });
  connect(pad_, &MathsKeys::textPressed, this, &RuledSheet::typeText);
  connect(pad_, &MathsKeys::backspacePressed, this, &RuledSheet::rubOutText);
  connect(pad_, &MathsKeys::linePressed, this, &RuledSheet::finishTypedLine);
  startItem();
}

void RuledSheet::startItem() {
  work_ = {};
  typed_.clear();
  typing_.clear();
  strokes_before_ = 0;
  quiet_.stop();
  ink_box_->setErasing(false);
  ink_box_->startAfresh();
  ink_box_->setOffset(0);
  closeOffer();
  setWritable(true);
  arrange();
  update();
}

void RuledSheet::setSquared(bool on) {
  squared_ = on;
  update();
}

void RuledSheet::setDivision(const std::optional<app::DivisionView>& division) {
  division_ = division;
  arrange();
  update();
}

app::SheetPaper RuledSheet::paper() const {
  app::SheetPaper paper;
  // On squares everybody writes at their own size: what is a row is found in the ink.
  if (!squared_) paper.rules = rules();
  if (division_) paper.division = placeOf(*division_);
  return paper;
}

std::vector<app::RuledLine> RuledSheet::rules() const {
  std::vector<app::RuledLine> rules;
  for (int i = 0; i < kRules; ++i) {
    const double bottom = ruleAt(i) + kHang;
    rules.push_back({float(i == 0 ? 0 : bottom - kRuleStep), float(bottom)});
  }
  return rules;
}

void RuledSheet::strokeBegun() {
  closeOffer();
  quiet_.stop();
  if (ink_box_->erasing() || work_.lines.isEmpty() || ink_box_->ink().strokes.empty()) return;
  const auto& stroke = ink_box_->ink().strokes.back();
  if (stroke.empty()) return;
  // Below the middle of what was written last: a new line.
  const app::InkBox& last = work_.lines.last().box;
  if (stroke.front().y > last.bottom + 0.25F * float(kRuleStep)) {
    emit nextLineBegun(int(work_.lines.size()));
  }
}

void RuledSheet::showWork(const app::WorkView& work) {
  work_ = work;
  if (work.item_over) quiet_.stop();
  while (prints_.size() < size_t(work.lines.size())) {
    auto* print = new LinePrint(this);
    const int line = int(prints_.size());
    connect(print, &LinePrint::clicked, this, [this, line] { offer(line); });
    prints_.push_back(print);
  }
  for (size_t i = 0; i < prints_.size(); ++i) {
    const bool there = i < size_t(work.lines.size());
    prints_[i]->setVisible(there && !keys_on_);
    if (!there) continue;
    const app::LineView& line = work.lines[int(i)];
    const bool asks = writable_ && (line.doubtful || !line.alternatives.isEmpty() ||
                                    line.mark == app::LineMark::kNotYet);
    prints_[i]->setLine(line.text, line.doubtful, asks);
  }
  QStringList spoken;
  for (const app::LineView& line : work.lines) spoken += line.text;
  if (!spoken.isEmpty())
    ink_box_->describe(tr("You wrote %1").arg(spoken.join(QStringLiteral(". "))));
  arrangeLines();
  update();
}

void RuledSheet::setWritable(bool on) {
  writable_ = on;
  ink_box_->setWritable(on);
  pad_->setEnabled(on);
  if (!on) {
    quiet_.stop();
    closeOffer();
  }
  arrangeTools();
}

// ---- Keys

void RuledSheet::setKeys(bool on) {
  keys_on_ = on;
  typed_.clear();
  typing_.clear();
  closeOffer();
  showWork({});
  arrange();
  update();
}

QStringList RuledSheet::typedLines() const {
  return typing_.isEmpty() ? typed_ : typed_ + QStringList{typing_};
}

void RuledSheet::typeText(const QString& text) {
  if (!writable_ || !keys_on_ || typing_.size() >= kLongestTyped || typed_.size() >= kRules) return;
  typing_ += text;
  quiet_.start();
  update();
  emit typedChanged();
}

void RuledSheet::rubOutText() {
  if (!writable_) return;
  if (typing_.isEmpty() && !typed_.isEmpty()) {
    typing_ = typed_.takeLast();  // back to the line before
  } else {
    typing_.chop(1);
  }
  quiet_.start();
  update();
  emit typedChanged();
}

void RuledSheet::finishTypedLine() {
  if (!writable_ || typing_.isEmpty()) return;
  typed_ += typing_;
  typing_.clear();
  update();
  emit lineFinished();
}

bool RuledSheet::hasWork() const {
  return keys_on_ ? !typedLines().isEmpty() : !ink_box_->ink().empty();
}

app::SheetWork RuledSheet::kept() const {
  app::SheetWork kept;
  kept.keys = keys_on_;
  if (!keys_on_) kept.ink = ink_box_->ink();
  kept.typed = typedLines();
  return kept;
}

void RuledSheet::takeUp(const app::SheetWork& work) {
  if (work.keys && !keys_on_) setKeys(true);
  if (keys_on_) {
    typed_ = work.typed.mid(0, kRules);
  } else {
    ink_box_->setInk(work.ink);
  }
  arrange();
  update();
}

// ---- What a line may be

void RuledSheet::closeOffer() {
  for (Chip* chip : chips_) chip->deleteLater();
  chips_.clear();
  offer_->hide();
  if (offered_ >= 0 && size_t(offered_) < prints_.size()) {
    prints_[size_t(offered_)]->setChosen(false);
  }
  offered_ = -1;
}

void RuledSheet::offer(int line) {
  const bool again = line == offered_;
  closeOffer();
  if (again || !writable_ || line >= work_.lines.size()) return;
  const app::LineView& asked = work_.lines[line];
  const auto add = [this](const QString& word, const QString& name, auto&& pressed) {
    auto* chip = new Chip(word, offer_);
    if (!name.isEmpty()) chip->setAccessibleName(name);
    connect(chip, &Chip::clicked, this, [this, pressed] {
      // What follows takes the chips away while one of them is still being pressed.
      QTimer::singleShot(0, this, pressed);
    });
    chip->show();
    chips_.push_back(chip);
  };
  QStringList words = asked.text.isEmpty() ? QStringList() : QStringList{asked.text};
  words += asked.alternatives;
  if (words.size() > 1 || asked.doubtful) {
    for (int i = 0; i < std::min(int(words.size()), kMostChips); ++i) {
      const int alternative = asked.text.isEmpty() ? i : i - 1;
      add(words[i], {}, [this, line, alternative] {
        closeOffer();
        emit lineChosen(line, alternative);
      });
    }
  }
  if (asked.mark == app::LineMark::kNotYet) {
    const QString word = tr("I disagree");
    add(word, word, [this, line] {
      closeOffer();
      emit disagreed(line);
    });
  }
  if (chips_.empty()) return;
  offered_ = line;
  prints_[size_t(line)]->setChosen(true);
  offer_->show();
  offer_->raise();
  arrangeLines();
}

// ---- Where things are

void RuledSheet::resizeEvent(QResizeEvent* event) {
  Card::resizeEvent(event);
  arrange();
}

void RuledSheet::changeEvent(QEvent* event) {
  Card::changeEvent(event);
  if (event->type() == QEvent::StyleChange || event->type() == QEvent::LayoutDirectionChange) {
    arrange();
    update();
  }
}

}  // namespace primer::ui
