#include "pages/working_page.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QRegularExpression>
#include <QVBoxLayout>
#include <algorithm>
#include <optional>

#include "pages/sheet.h"
#include "paper/ink_box.h"
#include "theme/metrics.h"
#include "theme/typeface.h"
#include "widgets/advice_card.h"
#include "widgets/button.h"
#include "widgets/picture_tile.h"
#include "widgets/save_sign.h"
#include "widgets/stepping_stones.h"
#include "widgets/text_label.h"

namespace primer::ui {
namespace {

constexpr double kLeftShare = 0.29;          // of the page's width
constexpr double kLeftShareCompact = 0.345;  // on a low screen help needs the width
constexpr int kCompactHeight = 720;          // design pixels
constexpr int kPromptAlone = 72;             // the sum, while it has the column to itself
constexpr int kTeachingRung = 2;             // from here on a picture may show the way
constexpr int kLastRung = 3;

// The sum of a prompt like "7 × 8 =", for its picture.
std::optional<Sum> sumOf(const QString& prompt) {
  static const QRegularExpression pattern(
      QStringLiteral("^(\\d{1,4})\\s*([+\\-−×÷])\\s*(\\d{1,4})\\s*="));
  const auto match = pattern.match(prompt);
  if (!match.hasMatch()) return std::nullopt;
  return Sum{match.captured(1).toInt(), match.captured(2).at(0), match.captured(3).toInt()};
}

}  // namespace

WorkingPage::WorkingPage(QWidget* parent) : Page(parent) {
  auto* column = new QVBoxLayout(this);
  setSpacing(column, {28, 2, 28, 22}, 16);
  makeTop(column);
  middle_ = new QHBoxLayout;
  setSpacing(middle_, {}, space::kCards);
  makeProblem();
  sheet_ = new Sheet(this);
  sheet_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
  middle_->addWidget(left_);
  middle_->addWidget(sheet_, 1);
  column->addLayout(middle_, 1);
  makeFoot(column);

  connect(sheet_, &Sheet::readingWanted, this, &WorkingPage::sendInk);
  connect(sheet_, &Sheet::inkChanged, this, [this] { ink_sent_ = false; });
  connect(sheet_, &Sheet::answerChanged, this, &WorkingPage::showButtons);
  connect(sheet_, &Sheet::alternativeChosen, this, &WorkingPage::alternativeChosen);
  connect(sheet_, &Sheet::typedReady, this, &WorkingPage::check);
  showButtons();
}

void WorkingPage::makeTop(QBoxLayout* column) {
  auto* top = new QHBoxLayout;
  setSpacing(top, {}, 20);
  who_ = new PictureBadge({}, 52, this);
  title_ = new TextLabel(
      {}, [] { return headingFont(type::kHeading); }, colour::kInk, this);
  title_->setMaximumLines(1);
  title_->setAlignment(Qt::AlignLeading | Qt::AlignVCenter);
  progress_ = new ProgressDots(this);
  stones_ = new SteppingStones(this);
  stones_->hide();
  saved_ = new SaveSign(this);
  voice_ = new RoundButton(QStringLiteral("speaker"), tr("Read it to me"), this);
  voice_->hide();
  connect(voice_, &RoundButton::clicked, this, [this] {
    const bool advised = advice_->isVisible() && !advice_->text().isEmpty();
    emit readAloudPressed(item_.request + QStringLiteral(". ") + item_.spoken +
                          (advised ? QStringLiteral(". ") + advice_->text() : QString()));
  });
  keys_ = new RoundButton(QStringLiteral("keypad"), tr("Answer with number keys"), this);
  connect(keys_, &RoundButton::clicked, this, [this] { setKeys(!sheet_->keys()); });
  auto* swap = new RoundButton(QStringLiteral("swap"), tr("Paper for the other hand"), this);
  connect(swap, &RoundButton::clicked, this, [this] { setLeftHanded(!left_handed_); });
  auto* home = new RoundButton(QStringLiteral("home"), tr("Home"), this);
  connect(home, &RoundButton::clicked, this, &WorkingPage::homePressed);
  top->addWidget(who_);
  top->addWidget(title_);
  top->addWidget(progress_);
  top->addWidget(stones_);
  top->addStretch(1);
  top->addWidget(saved_);
  top->addWidget(voice_);
  top->addWidget(keys_);
  top->addWidget(swap);
  top->addWidget(home);
  column->addLayout(top);
}

void WorkingPage::makeProblem() {
  left_ = new QWidget(this);
  auto* column = new QVBoxLayout(left_);
  setSpacing(column, {}, 20);
  problem_ = new Card(left_);
  auto* inside = new QVBoxLayout(problem_);
  setSpacing(inside, {space::kInside, 22, space::kInside, 14}, 4);
  request_ = new TextLabel(
      {}, [] { return readingFont(type::kNote); }, colour::kInk2, problem_);
  request_->setLineSpacing(0.87);
  request_->setMaximumLines(1);
  request_->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
  prompt_ = new TextLabel(
      {}, [this] { return readingFont(helping_ ? type::kProblem : kPromptAlone); }, colour::kInk,
      problem_);
  prompt_->setLeftToRight(true);
  prompt_->setLineSpacing(0.9);
  inside->addWidget(request_);
  inside->addWidget(prompt_, 1);
  column->addWidget(problem_, 1);
  advice_ = new AdviceCard(left_);
  connect(advice_, &AdviceCard::actionPressed, this, [this] {
    if (advice_->kind() == AdviceCard::Kind::kCannotRead) {
      setKeys(true);
    } else {
      emit hintWanted();
    }
  });
  column->addWidget(advice_);
}

void WorkingPage::makeFoot(QBoxLayout* column) {
  auto* foot = new QHBoxLayout;
  setSpacing(foot, {}, 20);
  help_ = new Button(tr("Help me"), QStringLiteral("question"), Button::Kind::kSecondary, this);
  connect(help_, &Button::clicked, this,
          [this] { item_.walk ? emit skipPressed() : emit hintWanted(); });
  note_ = new TextLabel(
      {}, [] { return readingFont(type::kNote); }, colour::kInk2, this);
  note_->setAlignment(Qt::AlignTrailing | Qt::AlignVCenter);
  note_->setMaximumLines(2);
  note_->setLineSpacing(0.82);
  check_ = new Button(tr("Check"), QStringLiteral("check"), Button::Kind::kPrimary, this);
  check_->setIconPlace(Button::IconPlace::kAfter);
  connect(check_, &Button::clicked, this, &WorkingPage::check);
  next_ = new Button(tr("Next"), QStringLiteral("arrow-right"), Button::Kind::kPrimary, this);
  next_->setIconPlace(Button::IconPlace::kAfter);
  connect(next_, &Button::clicked, this, &WorkingPage::goOn);
  foot->addWidget(help_);
  foot->addWidget(note_, 1);
  foot->addWidget(check_);
  foot->addWidget(next_);
  column->addLayout(foot);
}

// Before there is anything to say, the sum has the column; then it makes room for the help.
void WorkingPage::arrangeLeft(bool helping) {
  helping_ = helping;
  const bool compact = height() < px(kCompactHeight);
  left_->setFixedWidth(int(width() * (compact ? kLeftShareCompact : kLeftShare)));
  auto* column = static_cast<QVBoxLayout*>(left_->layout());
  column->setStretchFactor(problem_, helping ? 0 : 1);
  column->setStretchFactor(advice_, helping ? 1 : 0);
  request_->setVisible(!(compact && helping));
  prompt_->setAlignment(helping ? Qt::AlignLeading | Qt::AlignVCenter : Qt::AlignCenter);
  prompt_->updateGeometry();
}

void WorkingPage::showPupil(const app::PupilCard& pupil) {
  who_->setPicture(pupil.picture);
  stones_->setPicture(pupil.picture);
}

void WorkingPage::setVoice(bool there) { voice_->setVisible(there); }

void WorkingPage::comeBack() {
  // What was read while the pupil was away may have been dropped.
  if (!sheet_->keys() && sheet_->hasAnswer()) sendInk();
}

void WorkingPage::showItem(const app::ItemView& item) {
  item_ = item;
  item_over_ = false;
  waiting_ = false;
  attempts_ = 0;
  help_over_ = false;
  title_->setText(item.lesson_title);
  // On the walk the picture stands on its stone.
  for (QWidget* usual : {static_cast<QWidget*>(who_), static_cast<QWidget*>(title_),
                         static_cast<QWidget*>(progress_)}) {
    usual->setVisible(!item.walk);
  }
  stones_->setVisible(item.walk);
  stones_->setStep(item.number, item.of);
  request_->setText(item.request);
  prompt_->setText(item.prompt);
  prompt_->setAccessibleName(item.spoken);
  help_->setWord(item.walk ? tr("Too hard today") : tr("Help me"));
  trackItem(item);
  sheet_->startItem();
  ink_sent_ = false;
  keys_->setVisible(!item.keypad_only);
  if (item.keypad_only) setKeys(true);
  advice_->setSum(nullptr);
  advice_->setAction({});
  showYourTurn();
  arrangeLeft(false);
  note(item.reason);
  showButtons();
}

void WorkingPage::trackItem(const app::ItemView& item) {
  item_ = item;
  if (item.number <= 1 || int(dots_.size()) != item.of) {
    dots_.assign(size_t(std::max(1, item.of)), ProgressDots::Dot::kToCome);
  }
  setDot(ProgressDots::Dot::kNow);
}

void WorkingPage::setDot(ProgressDots::Dot dot) {
  const size_t place = size_t(std::clamp(item_.number, 1, int(dots_.size()))) - 1;
  dots_[place] = dot;
  progress_->setDots(dots_);
}

void WorkingPage::showSkipped() {
  if (item_over_) return;
  item_over_ = true;
  waiting_ = false;
  sheet_->setWritable(false);
  setDot(ProgressDots::Dot::kNotYet);
  arrangeLeft(true);
  advice_->setSum(nullptr);
  advice_->setAction({});
  advice_->setAdvice(AdviceCard::Kind::kYourTurn, tr("On we go"),
                     tr("Good to know. This one will come back another day."));
  note({});
  showButtons();
  next_->setFocus(Qt::OtherFocusReason);
}

void WorkingPage::showYourTurn() {
  advice_->setAdvice(AdviceCard::Kind::kYourTurn, tr("Your turn"),
                     sheet_->keys() ? tr("Type your answer with the number keys.")
                                    : tr("Write your answer on the paper."));
}

void WorkingPage::showReading(const app::ReadingView& reading) {
  if (item_over_) return;
  sheet_->showReading(reading);
  showButtons();
}

void WorkingPage::showJudgement(const app::JudgementView& judgement) {
  waiting_ = false;
  item_over_ = judgement.item_over;
  attempts_ = judgement.attempt;
  const size_t place = size_t(std::clamp(item_.number, 1, int(dots_.size()))) - 1;
  advice_->setSum(nullptr);
  advice_->setAction({});
  arrangeLeft(true);
  const auto sum = sumOf(item_.prompt);
  switch (judgement.verdict) {
    case app::Verdict::kRight:
      if (!sheet_->keys()) sheet_->showReading(judgement.reading);
      sheet_->showMark(MarkBadge::Mark::kRight);
      sheet_->setWritable(false);
      advice_->setAdvice(AdviceCard::Kind::kRight, judgement.words, {});
      advice_->setSum(sum ? &*sum : nullptr, true);
      dots_[place] = attempts_ <= 1 ? ProgressDots::Dot::kRight : ProgressDots::Dot::kNotYet;
      break;
    case app::Verdict::kNotYet: {
      const QString read = sheet_->keys() ? sheet_->typed() : judgement.reading.text;
      sheet_->keepTry(read, MarkBadge::Mark::kNotYet);
      if (item_over_) {
        sheet_->setWritable(false);
        dots_[place] = ProgressDots::Dot::kNotYet;
      }
      const QString title = item_.walk                       ? tr("On we go")
                            : judgement.hint.title.isEmpty() ? tr("Not yet")
                                                             : judgement.hint.title;
      const QString text = judgement.hint.text.isEmpty()
                               ? judgement.words
                               : judgement.words + QStringLiteral("\n") + judgement.hint.text;
      advice_->setAdvice(AdviceCard::Kind::kNudge, title, text);
      break;
    }
    case app::Verdict::kCannotRead:
      sheet_->showMark(MarkBadge::Mark::kCannotRead);
      advice_->setAdvice(AdviceCard::Kind::kCannotRead, tr("One more time"), judgement.words);
      advice_->setAction(judgement.offer_keypad ? tr("Use number keys") : QString());
      break;
    case app::Verdict::kAsk:
      sheet_->showReading(judgement.reading);
      advice_->setAdvice(AdviceCard::Kind::kCannotRead, tr("Is this right?"), judgement.words);
      break;
  }
  if (judgement.verdict == app::Verdict::kNotYet && !item_over_) {
    help_over_ = judgement.hint.rung >= kLastRung;
    advice_->setSum(sum && judgement.hint.rung >= kTeachingRung ? &*sum : nullptr);
    advice_->setAction(help_over_ ? QString() : tr("Show me more"));
  }
  progress_->setDots(dots_);
  note({});
  showButtons();
  if (item_over_) next_->setFocus(Qt::OtherFocusReason);
}

void WorkingPage::showHint(const app::HintView& hint) {
  if (hint.rung <= 0 || item_over_) return;
  arrangeLeft(true);
  advice_->setAdvice(AdviceCard::Kind::kNudge, hint.title, hint.text);
  const auto sum = sumOf(item_.prompt);
  advice_->setAction(hint.rung < kLastRung ? tr("Show me more") : QString());
  advice_->setSum(sum && hint.rung >= kTeachingRung ? &*sum : nullptr);
  help_over_ = hint.rung >= kLastRung;
  showButtons();
}

void WorkingPage::showSaveState(app::SaveState state) { saved_->setState(state); }

void WorkingPage::setLeftHanded(bool on) {
  left_handed_ = on;
  middle_->setDirection(on ? QBoxLayout::RightToLeft : QBoxLayout::LeftToRight);
}

void WorkingPage::setKeys(bool on) {
  sheet_->setKeys(on);
  if (advice_->kind() == AdviceCard::Kind::kYourTurn) showYourTurn();
  ink_sent_ = false;
  keys_->setIconName(on ? QStringLiteral("pencil") : QStringLiteral("keypad"));
  keys_->setAccessibleName(on ? tr("Answer by writing") : tr("Answer with number keys"));
  showButtons();
}

void WorkingPage::sendInk() {
  if (item_over_ || sheet_->keys()) return;
  ink_sent_ = true;
  emit readingWanted(sheet_->inkBox()->ink(), sheet_->inkRoom());
}

void WorkingPage::check() {
  if (item_over_ || waiting_ || !sheet_->hasAnswer()) return;
  if (sheet_->keys()) {
    waiting_ = true;
    showButtons();
    emit typed(sheet_->typed());
    return;
  }
  if (!ink_sent_) sendInk();
  waiting_ = true;
  showButtons();
  emit checkPressed();
}

void WorkingPage::goOn() {
  if (item_over_) emit nextPressed();
}

void WorkingPage::showButtons() {
  check_->setVisible(!item_over_);
  next_->setVisible(item_over_);
  const bool asked =
      !sheet_->keys() && !sheet_->reading().text.isEmpty() && sheet_->reading().unsure;
  check_->setEnabled(!waiting_ && !asked && sheet_->hasAnswer());
  help_->setVisible(!item_over_);
  help_->setEnabled(!help_over_);
}

void WorkingPage::note(const QString& text) { note_->setText(text); }

void WorkingPage::keyPressEvent(QKeyEvent* event) {
  const int digit = event->key() - Qt::Key_0;
  if (digit >= 0 && digit <= 9 && !item_over_) {
    // Who has a keyboard may simply type.
    if (!sheet_->keys()) setKeys(true);
    sheet_->typeDigit(digit);
  } else if (event->key() == Qt::Key_Backspace && sheet_->keys()) {
    sheet_->rubOutDigit();
  } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
    item_over_ ? goOn() : check();
  } else {
    Page::keyPressEvent(event);
  }
}

void WorkingPage::resizeEvent(QResizeEvent* event) {
  Page::resizeEvent(event);
  arrangeLeft(helping_);
}

}  // namespace primer::ui
