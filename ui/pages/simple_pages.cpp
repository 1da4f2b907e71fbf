#include "pages/simple_pages.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QVBoxLayout>

#include "theme/metrics.h"
#include "theme/typeface.h"
#include "widgets/button.h"
#include "widgets/card.h"
#include "widgets/keys.h"
#include "widgets/meadow.h"
#include "widgets/notice.h"
#include "widgets/picture_tile.h"
#include "widgets/text_label.h"

namespace primer::ui {
namespace {

constexpr int kLeastPin = 4;
constexpr int kMostPin = 12;

TextLabel* centred(TextLabel* label) {
  label->setAlignment(Qt::AlignHCenter);
  return label;
}

// A card in the middle of the page, as wide as its words need.
Card* middleCard(Page* page, int design_width) {
  auto* rows = new QVBoxLayout(page);
  setSpacing(rows, {28, 24, 28, 24}, 0);
  auto* columns = new QHBoxLayout;
  auto* card = new Card(page, colour::kCard, radius::kTile);
  card->setDesignWidth(design_width);
  columns->addStretch(1);
  columns->addWidget(card);
  columns->addStretch(1);
  rows->addStretch(1);
  rows->addLayout(columns);
  rows->addStretch(1);
  return card;
}

}  // namespace

StartingPage::StartingPage(QWidget* parent) : Page(parent) {
  auto* column = new QVBoxLayout(this);
  column->addStretch(1);
  column->addWidget(centred(new TextLabel(
      QStringLiteral("Primer"), [] { return headingFont(type::kDisplay); }, colour::kInk, this)));
  column->addStretch(1);
}

StoppedPage::StoppedPage(QWidget* parent) : Page(parent) {
  Card* card = middleCard(this, 820);
  auto* column = new QVBoxLayout(card);
  setSpacing(column, {48, 44, 48, 44}, 16);
  column->addWidget(
      new IconRound(QStringLiteral("warning"), 96, colour::kAmberSoft, colour::kAmber, card), 0,
      Qt::AlignHCenter);
  title_ = centred(new TextLabel(
      {}, [] { return headingFont(type::kHeading + 6); }, colour::kInk, card));
  words_ = centred(new TextLabel(
      {}, [] { return readingFont(type::kReading); }, colour::kInk, card));
  words_->setLineSpacing(0.87);
  detail_ = centred(new TextLabel(
      {}, [] { return teacherFont(type::kTeacherNote); }, colour::kInk2, card));
  column->addWidget(title_);
  column->addWidget(words_);
  column->addWidget(detail_);
  auto* again = new Button(tr("Try again"), QStringLiteral("again"), Button::Kind::kPrimary, card);
  connect(again, &Button::clicked, this, &StoppedPage::tryAgainPressed);
  column->addWidget(again, 0, Qt::AlignHCenter);
}

void StoppedPage::showProblems(const QList<app::Problem>& problems) {
  const app::Problem problem = problems.isEmpty() ? app::Problem{} : problems.first();
  title_->setText(problem.title.isEmpty() ? tr("Primer cannot go on") : problem.title);
  words_->setText(problem.words);
  detail_->setText(problem.detail);
  detail_->setVisible(!problem.detail.isEmpty());
}

HandOverPage::HandOverPage(QWidget* parent) : Page(parent) {
  Card* card = middleCard(this, 760);
  auto* column = new QVBoxLayout(card);
  setSpacing(column, {48, 48, 48, 44}, 22);
  who_ = new PictureBadge({}, 220, card);
  column->addWidget(who_, 0, Qt::AlignHCenter);
  column->addWidget(centred(new TextLabel(
      tr("Is it still you?"), [] { return headingFont(type::kTitle); }, colour::kInk, card)));
  what_ = centred(new TextLabel(
      {}, [] { return readingFont(type::kReading); }, colour::kInk2, card));
  column->addWidget(what_);
  auto* buttons = new QHBoxLayout;
  setSpacing(buttons, {0, 10, 0, 0}, 20);
  auto* go_on =
      new Button(tr("Yes, go on"), QStringLiteral("arrow-right"), Button::Kind::kPrimary, card);
  auto* leave =
      new Button(tr("No, hand over"), QStringLiteral("door"), Button::Kind::kSecondary, card);
  connect(go_on, &Button::clicked, this, &HandOverPage::stillMePressed);
  connect(leave, &Button::clicked, this, &HandOverPage::handOverPressed);
  buttons->addStretch(1);
  buttons->addWidget(go_on);
  buttons->addWidget(leave);
  buttons->addStretch(1);
  column->addLayout(buttons);
}

void HandOverPage::showPupil(const app::PupilCard& pupil) {
  who_->setPicture(pupil.picture);
  what_->setText(pupil.guest ? tr("When you hand over, Primer forgets what you did.")
                             : tr("Your answers are kept."));
}

BreakPage::BreakPage(QWidget* parent) : Page(parent, colour::kAir) {
  Card* card = middleCard(this, 760);
  auto* column = new QVBoxLayout(card);
  setSpacing(column, {48, 40, 48, 40}, 18);
  column->addWidget(
      new IconRound(QStringLiteral("flower"), 96, colour::kLeafSoft, colour::kLeaf, card), 0,
      Qt::AlignHCenter);
  title_ = centred(new TextLabel(
      {}, [] { return headingFont(type::kTitle); }, colour::kInk, card));
  words_ = centred(new TextLabel(
      {}, [] { return readingFont(type::kReading); }, colour::kInk, card));
  words_->setLineSpacing(0.9);
  column->addWidget(title_);
  column->addWidget(words_);
  auto* buttons = new QHBoxLayout;
  setSpacing(buttons, {0, 10, 0, 0}, 20);
  voice_ = new RoundButton(QStringLiteral("speaker"), tr("Read it to me"), card);
  voice_->hide();
  connect(voice_, &RoundButton::clicked, this, [this] {
    emit readAloudPressed(title_->text() + QStringLiteral(". ") + words_->text());
  });
  auto* back =
      new Button(tr("I am back"), QStringLiteral("arrow-right"), Button::Kind::kPrimary, card);
  connect(back, &Button::clicked, this, &BreakPage::backPressed);
  later_ = new Button(tr("A little later"), {}, Button::Kind::kSecondary, card);
  connect(later_, &Button::clicked, this, &BreakPage::laterPressed);
  buttons->addStretch(1);
  buttons->addWidget(voice_);
  buttons->addWidget(back);
  buttons->addWidget(later_);
  buttons->addStretch(1);
  column->addLayout(buttons);
}

void BreakPage::showBreak(const app::BreakView& view) {
  title_->setText(view.title);
  words_->setText(view.words);
  later_->setVisible(view.may_put_off);
}

void BreakPage::setVoice(bool there) { voice_->setVisible(there); }

void BreakPage::paintGround(QPainter& painter) {
  Page::paintGround(painter);
  paintMeadow(painter, QRectF(rect()), 0.6, 0.2);
}

PinPage::PinPage(QWidget* parent) : Page(parent) {
  auto* column = new QVBoxLayout(this);
  setSpacing(column, {28, 12, 28, 20}, 10);
  auto* top = new QHBoxLayout;
  auto* back = new RoundButton(QStringLiteral("arrow-left"), tr("Back"), this);
  connect(back, &RoundButton::clicked, this, &PinPage::backPressed);
  top->addWidget(back);
  top->addStretch(1);
  column->addLayout(top);
  column->addStretch(1);
  column->addWidget(centred(new TextLabel(
      tr("For the teacher"), [] { return headingFont(type::kTitle); }, colour::kInk, this)));
  message_ = centred(new TextLabel(
      {}, [] { return readingFont(type::kNote); }, colour::kInk2, this));
  column->addWidget(message_);
  dots_ = new PinDots(this);
  dots_->setLeast(kLeastPin);
  column->addWidget(dots_, 0, Qt::AlignHCenter);
  pad_ = new NumberPad(NumberPad::Last::kConfirm, this);
  connect(pad_, &NumberPad::digitPressed, this, &PinPage::addDigit);
  connect(pad_, &NumberPad::backspacePressed, this, [this] { showPin(pin_.chopped(1)); });
  connect(pad_, &NumberPad::confirmPressed, this, &PinPage::ready);
  column->addWidget(pad_, 0, Qt::AlignHCenter);
  column->addStretch(1);
  startAfresh();
}

void PinPage::startAfresh() {
  setWaiting(false);
  message_->setColour(colour::kInk2);
  message_->setText(tr("Type your PIN."));
  showPin({});
}

void PinPage::refuse(const QString& words) {
  setWaiting(false);
  message_->setColour(colour::kAmber);
  message_->setText(words);
  showPin({});
}

void PinPage::setWaiting(bool on) {
  waiting_ = on;
  pad_->setEnabled(!on);
  if (on) {
    message_->setColour(colour::kInk2);
    message_->setText(tr("One moment."));
  }
}

void PinPage::showPin(const QString& pin) {
  pin_ = pin;
  dots_->setGiven(int(pin_.size()));
  pad_->setConfirmEnabled(pin_.size() >= kLeastPin);
}

void PinPage::addDigit(int digit) {
  if (!waiting_ && pin_.size() < kMostPin) showPin(pin_ + QString::number(digit));
}

void PinPage::ready() {
  if (waiting_ || pin_.size() < kLeastPin) return;
  const QString pin = pin_;
  setWaiting(true);
  showPin({});  // never longer in memory or on the glass than needed
  emit pinGiven(pin);
}

void PinPage::keyPressEvent(QKeyEvent* event) {
  const int digit = event->key() - Qt::Key_0;
  if (digit >= 0 && digit <= 9) {
    addDigit(digit);
  } else if (event->key() == Qt::Key_Backspace) {
    showPin(pin_.chopped(1));
  } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
    ready();
  } else if (event->key() == Qt::Key_Escape) {
    emit backPressed();
  } else {
    Page::keyPressEvent(event);
  }
}

}  // namespace primer::ui
