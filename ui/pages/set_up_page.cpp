#include "pages/set_up_page.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QVBoxLayout>
#include <algorithm>

#include "primer/app/pictures.h"
#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/typeface.h"
#include "widgets/button.h"
#include "widgets/keys.h"
#include "widgets/marks.h"
#include "widgets/stepper.h"
#include "widgets/text_label.h"

namespace primer::ui {
namespace {

constexpr int kLeastPin = 4;
constexpr int kMostPin = 12;
constexpr int kMostName = 24;
constexpr int kFewestPupils = 1;
constexpr int kMostPupils = 30;

// The pictures that the pupils will have, so that the number can be seen.
class PictureRow : public QWidget {
 public:
  PictureRow(const app::ClassSetUp* set_up, QWidget* parent) : QWidget(parent), set_up_(set_up) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
  }
  QSize sizeHint() const override { return {px(800), px(240)}; }

 protected:
  void paintEvent(QPaintEvent*) override {
    constexpr int kColumns = 10;
    QPainter painter(this);
    const QStringList ids = app::pictureIds();
    const double pitch = std::min(width() / double(kColumns), height() / 3.0);
    const int count = std::min<int>(set_up_->pupils, int(ids.size()));
    const int rows = (count + kColumns - 1) / kColumns;
    const double top = (height() - pitch * rows) / 2;
    for (int i = 0; i < count; ++i) {
      const int in_row = std::min(kColumns, count - i / kColumns * kColumns);
      const double left = (width() - pitch * in_row) / 2;
      const QRectF cell(left + i % kColumns * pitch, top + double(i / kColumns) * pitch, pitch,
                        pitch);
      const double in = pitch * 0.17;
      paintPicture(painter, ids[i], cell.adjusted(in, in, -in, -in));
    }
  }

 private:
  const app::ClassSetUp* set_up_;
};

}  // namespace

SetUpPage::SetUpPage(QWidget* parent) : Page(parent) {
  setFocusPolicy(Qt::StrongFocus);
  auto* column = new QVBoxLayout(this);
  setSpacing(column, {40, 20, 40, 22}, 8);
  progress_ = new ProgressDots(this);
  column->addWidget(progress_, 0, Qt::AlignHCenter);
  title_ = new TextLabel(
      {}, [] { return headingFont(type::kTitle); }, colour::kInk, this);
  title_->setAlignment(Qt::AlignHCenter);
  column->addWidget(title_);
  message_ = new TextLabel(
      {}, [] { return readingFont(type::kNote); }, colour::kInk2, this);
  message_->setAlignment(Qt::AlignHCenter);
  message_->setLineSpacing(0.87);
  column->addWidget(message_);
  column->addStretch(1);
  name_ = new TextLabel(
      {}, [] { return headingFont(type::kTitle); }, colour::kInk, this);
  name_->setAlignment(Qt::AlignHCenter | Qt::AlignVCenter);
  name_->setMaximumLines(1);
  column->addWidget(name_);
  dots_ = new PinDots(this);
  dots_->setLeast(kLeastPin);
  column->addWidget(dots_, 0, Qt::AlignHCenter);
  pupils_ = new Stepper(kFewestPupils, kMostPupils, set_up_.pupils, this);
  column->addWidget(pupils_, 0, Qt::AlignHCenter);
  pictures_ = new PictureRow(&set_up_, this);
  column->addWidget(pictures_, 8);
  column->addStretch(1);
  letters_ = new LetterKeys(this);
  letters_->setAccents(true);
  column->addWidget(letters_);
  pad_ = new NumberPad(NumberPad::Last::kNone, this);
  column->addStretch(1);
  auto* foot = new QHBoxLayout;
  back_ = new Button(tr("Back"), QStringLiteral("arrow-left"), Button::Kind::kSecondary, this);
  next_ = new Button(tr("Next"), QStringLiteral("arrow-right"), Button::Kind::kPrimary, this);
  next_->setIconPlace(Button::IconPlace::kAfter);
  // The number keys reach down between the two: a low screen has no row to spare.
  foot->addWidget(back_, 0, Qt::AlignBottom);
  foot->addStretch(1);
  foot->addWidget(pad_, 0, Qt::AlignBottom);
  foot->addStretch(1);
  foot->addWidget(next_, 0, Qt::AlignBottom);
  column->addLayout(foot);

  connect(back_, &Button::clicked, this, &SetUpPage::back);
  connect(next_, &Button::clicked, this, &SetUpPage::goOn);
  connect(letters_, &LetterKeys::textPressed, this, [this](const QString& text) {
    if (set_up_.class_name.size() < kMostName) set_up_.class_name += text;
    refresh();
  });
  connect(letters_, &LetterKeys::backspacePressed, this, &SetUpPage::rubOut);
  connect(pad_, &NumberPad::digitPressed, this, &SetUpPage::addDigit);
  connect(pad_, &NumberPad::backspacePressed, this, &SetUpPage::rubOut);
  connect(pupils_, &Stepper::valueChanged, this, [this](int value) {
    set_up_.pupils = value;
    pictures_->update();
  });
  goTo(kName);
}

QString& SetUpPage::pinNow() { return step_ == kPinAgain ? set_up_.pin_again : set_up_.pin; }

void SetUpPage::setMessage(const QString& text, bool fault) {
  message_->setColour(fault ? colour::kAmber : colour::kInk2);
  message_->setText(text);
}

void SetUpPage::goTo(int step) {
  step_ = step;
  static constexpr const char* kTitles[kSteps] = {
      QT_TR_NOOP("What is your class called?"), QT_TR_NOOP("Choose a PIN for the teacher"),
      QT_TR_NOOP("The same PIN once more"), QT_TR_NOOP("How many pupils?")};
  static constexpr const char* kWords[kSteps] = {
      QT_TR_NOOP("The children see this name above their pictures."),
      QT_TR_NOOP("At least four digits; six are better. It opens names, answers and ink: there is "
                 "no other way in, so keep it safe."),
      QT_TR_NOOP("So that a slip of the finger does not lock you out."),
      QT_TR_NOOP("Each gets a picture of their own.")};
  title_->setText(tr(kTitles[step]));
  setMessage(tr(kWords[step]), false);
  name_->setVisible(step == kName);
  letters_->setVisible(step == kName);
  dots_->setVisible(step == kPin || step == kPinAgain);
  pad_->setVisible(step == kPin || step == kPinAgain);
  pupils_->setVisible(step == kPupils);
  pictures_->setVisible(step == kPupils);
  back_->setVisible(step != kName);
  next_->setWord(step == kPupils ? tr("Make the class") : tr("Next"));
  QList<app::Step> dots(kSteps, app::Step::kToCome);
  for (int i = 0; i < step; ++i) dots[i] = app::Step::kRight;
  dots[step] = app::Step::kNow;
  progress_->setSteps(dots);
  refresh();
  setFocus();
}

void SetUpPage::refresh() {
  // A thin space holds the line's height while there is no name.
  name_->setText(set_up_.class_name.isEmpty() ? QString(QChar(0x2009)) : set_up_.class_name);
  name_->setAccessibleName(set_up_.class_name);
  dots_->setGiven(int(pinNow().size()));
  bool can_go_on = !waiting_;
  if (step_ == kName) can_go_on = can_go_on && !set_up_.class_name.trimmed().isEmpty();
  if (step_ == kPin) can_go_on = can_go_on && set_up_.pin.size() >= kLeastPin;
  if (step_ == kPinAgain) can_go_on = can_go_on && set_up_.pin_again.size() >= kLeastPin;
  next_->setEnabled(can_go_on);
  back_->setEnabled(!waiting_);
  update();
}

void SetUpPage::goOn() {
  if (!next_->isEnabled()) return;
  if (step_ == kPinAgain && set_up_.pin != set_up_.pin_again) {
    set_up_.pin.clear();
    set_up_.pin_again.clear();
    goTo(kPin);
    setMessage(tr("The two were not the same. Please choose again."), true);
    return;
  }
  if (step_ == kPupils) {
    waiting_ = true;
    refresh();
    setMessage(tr("One moment."), false);
    emit ready(set_up_);
    return;
  }
  goTo(step_ + 1);
}

void SetUpPage::back() {
  if (step_ == kPinAgain) set_up_.pin_again.clear();
  if (step_ == kPupils) {
    set_up_.pin_again.clear();
    goTo(kPinAgain);
    return;
  }
  if (step_ > kName) goTo(step_ - 1);
}

void SetUpPage::showFaults(const app::ClassSetUpFaults& faults) {
  waiting_ = false;
  const std::pair<int, const QString*> by_step[] = {{kName, &faults.class_name},
                                                    {kPin, &faults.pin},
                                                    {kPin, &faults.pin_again},
                                                    {kPupils, &faults.pupils},
                                                    {kPupils, &faults.all}};
  for (const auto& [step, words] : by_step) {
    if (words->isEmpty()) continue;
    if (step == kPin) {
      set_up_.pin.clear();
      set_up_.pin_again.clear();
    }
    goTo(step);
    setMessage(*words, true);
    return;
  }
  refresh();
}

void SetUpPage::addDigit(int digit) {
  if (waiting_) return;
  if (pinNow().size() < kMostPin) pinNow() += QString::number(digit);
  refresh();
}

void SetUpPage::rubOut() {
  if (waiting_) return;
  if (step_ == kName) {
    set_up_.class_name.chop(1);
  } else {
    pinNow().chop(1);
  }
  refresh();
}

void SetUpPage::keyPressEvent(QKeyEvent* event) {
  const bool pin = step_ == kPin || step_ == kPinAgain;
  const int digit = event->key() - Qt::Key_0;
  if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
    goOn();
  } else if (event->key() == Qt::Key_Backspace && step_ != kPupils) {
    rubOut();
  } else if (pin && digit >= 0 && digit <= 9) {
    addDigit(digit);
  } else if (step_ == kName && !event->text().isEmpty() && event->text().at(0).isPrint()) {
    if (set_up_.class_name.size() < kMostName) set_up_.class_name += event->text();
    refresh();
  } else {
    Page::keyPressEvent(event);
  }
}

void SetUpPage::paintGround(QPainter& painter) {
  Page::paintGround(painter);
  if (step_ != kName) return;
  // The line on which the name stands.
  const QRect line = name_->geometry();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(colour::kInk2, pxf(3), Qt::SolidLine, Qt::RoundCap));
  const double half = pxf(260);
  const double y = line.bottom() + pxf(4);
  painter.drawLine(QPointF(width() / 2.0 - half, y), QPointF(width() / 2.0 + half, y));
}

}  // namespace primer::ui
