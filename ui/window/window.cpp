#include "window/window.h"

#include <QApplication>
#include <QPaintEvent>
#include <QPainter>
#include <QVBoxLayout>

#include "pages/choose_page.h"
#include "pages/home_page.h"
#include "pages/lines_page.h"
#include "pages/log_in_page.h"
#include "pages/log_in_pictures_page.h"
#include "pages/quiz_page.h"
#include "pages/reading_page.h"
#include "pages/set_up_page.h"
#include "pages/simple_pages.h"
#include "pages/speaking_page.h"
#include "pages/teacher_page.h"
#include "pages/well_done_page.h"
#include "pages/work_page.h"
#include "pages/working_page.h"
#include "primer/app/listener.h"
#include "theme/metrics.h"
#include "theme/tokens.h"
#include "widgets/control.h"
#include "widgets/page_stack.h"
#include "window/fade.h"

namespace primer::ui {
namespace {

constexpr int kUnusedRounds = 3;
constexpr std::chrono::minutes kIdleLimit{3};

bool isPointer(const QEvent& event) {
  return event.type() == QEvent::MouseButtonPress || event.type() == QEvent::TouchBegin ||
         event.type() == QEvent::TabletPress;
}

}  // namespace

Window::Window(app::Tutor& tutor, QWidget* parent)
    : QWidget(parent),
      tutor_(tutor),
      items_(tutor, [this](ItemPage* page) { attendTo(page); }),
      scan_([this] { return currentPage(); }, this),
      voice_(tutor) {
  setWindowTitle(QStringLiteral("Primer"));
  setMinimumSize(480, 320);
  setAttribute(Qt::WA_OpaquePaintEvent);
  auto* whole = new QVBoxLayout(this);
  whole->setContentsMargins(0, 0, 0, 0);
  pages_ = new PageStack(this);
  whole->addWidget(pages_);
  starting_ = new StartingPage;
  pages_->add(starting_);
  idle_.setSingleShot(true);
  setIdleLimit(kIdleLimit);
  connect(&idle_, &QTimer::timeout, this, &Window::askWhoItIs);
  // Where nobody is learning yet a touch would press what happens to be lit.
  connect(&scan_, &SwitchScan::wentRound, this, [this](int rounds) {
    if (rounds >= kUnusedRounds && currentPage() == log_in_) scan_.setOn(false);
  });
  QCoreApplication::instance()->installEventFilter(this);
  hearTutor();
  follow(tutor_.stage());
}

Window::~Window() = default;

QWidget* Window::currentPage() const { return pages_->current(); }

ItemPage* Window::itemPage() { return items_.need(tutor_.item().kind); }

WorkingPage* Window::workingPage() const {
  return qobject_cast<WorkingPage*>(items_.made(app::ItemKind::kNumber));
}

QuizPage* Window::quizPage() const {
  return qobject_cast<QuizPage*>(items_.made(app::ItemKind::kQuiz));
}

WorkPage* Window::workPage() const {
  return qobject_cast<WorkPage*>(items_.made(app::ItemKind::kWorking));
}

SpeakingPage* Window::speakingPage() const {
  return qobject_cast<SpeakingPage*>(items_.made(app::ItemKind::kSaying));
}

ReadingPage* Window::readingPage() const {
  return qobject_cast<ReadingPage*>(items_.made(app::ItemKind::kStory));
}

void Window::setIdleLimit(std::chrono::milliseconds limit) {
  idle_.setInterval(limit);
  idle_.start();
}

void Window::hearTutor() {
  connect(&tutor_, &app::Tutor::stageChanged, this, &Window::follow);
  connect(&tutor_, &app::Tutor::gridReady, this,
          [this](const app::LogInGrid& grid) { needLogIn()->showGrid(grid); });
  connect(&tutor_, &app::Tutor::picturesAsked, this, [this](const app::PicturesView& view) {
    needPictures()->ask(view);
    turnTo(pictures_);
  });
  connect(&tutor_, &app::Tutor::classRefused, this,
          [this](const app::ClassSetUpFaults& faults) { needSetUp()->showFaults(faults); });
  connect(&tutor_, &app::Tutor::homeShown, this, [this](const app::HomeView& home) {
    needHome()->showPupil(tutor_.pupil());
    needHome()->showHome(home);
  });
  connect(&tutor_, &app::Tutor::itemShown, this, &Window::showItem);
  connect(&tutor_, &app::Tutor::itemSkipped, this, [this] { itemPage()->showSkipped(); });
  connect(&tutor_, &app::Tutor::judged, this,
          [this](const app::JudgementView& judgement) { itemPage()->showJudgement(judgement); });
  connect(&tutor_, &app::Tutor::hintShown, this,
          [this](const app::HintView& hint) { itemPage()->showHint(hint); });
  connect(&tutor_, &app::Tutor::exampleShown, this,
          [this](const app::ExampleView& example) { itemPage()->showExample(example); });
  connect(&tutor_, &app::Tutor::stepsChanged, this,
          [this](const QList<app::Step>& steps) { itemPage()->showSteps(steps); });
  connect(&tutor_, &app::Tutor::saveStateChanged, this, [this](app::SaveState state) {
    if (tutor_.stage() == app::Stage::kWorking) itemPage()->showSaveState(state);
    if (well_done_) well_done_->showSaved(state == app::SaveState::kSaved);
  });
  connect(&tutor_, &app::Tutor::breakShown, this,
          [this](const app::BreakView& view) { needBreak()->showBreak(view); });
  connect(&tutor_, &app::Tutor::wellDone, this,
          [this](const app::SummaryView& summary) { needWellDone()->showSummary(summary); });
  connect(&tutor_, &app::Tutor::unlockRefused, this,
          [this](const app::UnlockRefusal& refusal) { needPin()->refuse(refusal.words); });
  connect(&tutor_, &app::Tutor::classViewReady, this,
          [this](const app::ClassView& view) { needTeacher()->showClass(view); });
  connect(&tutor_, &app::Tutor::pupilViewReady, this,
          [this](const app::PupilView& view) { needTeacher()->showPupil(view); });
  connect(&tutor_, &app::Tutor::problemsChanged, this, [this](const QList<app::Problem>& problems) {
    if (stopped_) stopped_->showProblems(problems);
    if (log_in_) log_in_->showProblems(problems);
    // What keeps a pupil from coming in is told beside the class's pictures.
    if (pictures_ && currentPage() == pictures_) follow(tutor_.stage());
    if (teacher_) teacher_->showProblems(problems);
  });
}

void Window::follow(app::Stage stage) {
  switch (stage) {
    case app::Stage::kStarting:
      turnTo(starting_);
      break;
    case app::Stage::kStopped:
      needStopped()->showProblems(tutor_.problems());
      turnTo(stopped_);
      break;
    case app::Stage::kSetUp:
      turnTo(needSetUp());
      break;
    case app::Stage::kLogIn:
      // The next pupil has hands again; who goes back from the three pictures has not changed.
      if (currentPage() != pictures_) scan_.setOn(false);
      needLogIn()->showGrid(tutor_.grid());
      log_in_->showProblems(tutor_.problems());
      turnTo(log_in_);
      break;
    case app::Stage::kHome:
      turnTo(needHome());
      break;
    case app::Stage::kWorking:
      itemPage()->comeBack();
      itemPage()->showSaveState(tutor_.saveState());
      turnTo(itemPage());
      break;
    case app::Stage::kBreak:
      turnTo(needBreak());
      break;
    case app::Stage::kWellDone:
      turnTo(needWellDone());
      break;
    case app::Stage::kTeacher:
      needTeacher()->openClass();
      tutor_.requestClassView();
      turnTo(teacher_);
      break;
  }
}

void Window::showItem(const app::ItemView& item) {
  itemPage()->showPupil(tutor_.pupil());
  itemPage()->setLeftHanded(tutor_.leftHanded());
  itemPage()->showItem(item);
  turnTo(itemPage());
}

void Window::turnTo(QWidget* page) {
  if (pages_->current() == page) return;
  voice_.stop();
  fadeOut(this);  // what was there, over what comes
  pages_->turnTo(page);
  page->setFocus(Qt::OtherFocusReason);
  emit pageShown(page);
}

void Window::askWhoItIs() {
  const app::Stage stage = tutor_.stage();
  const bool a_visit = stage == app::Stage::kHome || stage == app::Stage::kWorking ||
                       stage == app::Stage::kBreak || stage == app::Stage::kWellDone;
  if (!a_visit) return;
  needHandOver()->showPupil(tutor_.pupil());
  turnTo(hand_over_);
}

template <typename P>
P* Window::made(P*& page) {
  page = new P;
  pages_->add(page);
  return page;
}

SetUpPage* Window::needSetUp() {
  if (set_up_) return set_up_;
  connect(made(set_up_), &SetUpPage::ready, &tutor_, &app::Tutor::createClass);
  return set_up_;
}

LogInPage* Window::needLogIn() {
  if (log_in_) return log_in_;
  made(log_in_);
  log_in_->setVoice(voice_.isAvailable());
  connect(log_in_, &LogInPage::readAloudPressed, this,
          [this](const QString& text) { voice_.say(text); });
  connect(log_in_, &LogInPage::pupilPressed, &tutor_, &app::Tutor::logIn);
  connect(log_in_, &LogInPage::guestPressed, &tutor_, &app::Tutor::logInAsGuest);
  connect(log_in_, &LogInPage::oneSwitchPressed, this, [this] { scan_.setOn(!scan_.isOn()); });
  connect(log_in_, &LogInPage::tryAgainPressed, &tutor_, &app::Tutor::tryAgain);
  connect(log_in_, &LogInPage::classPressed, &tutor_, &app::Tutor::showClass);
  connect(log_in_, &LogInPage::teacherPressed, this, [this] {
    needPin()->startAfresh();
    turnTo(pin_);
  });
  return log_in_;
}

LogInPicturesPage* Window::needPictures() {
  if (pictures_) return pictures_;
  made(pictures_);
  pictures_->setVoice(voice_.isAvailable());
  connect(pictures_, &LogInPicturesPage::readAloudPressed, this,
          [this](const QString& text) { voice_.say(text); });
  connect(pictures_, &LogInPicturesPage::picturesGiven, &tutor_, &app::Tutor::givePictures);
  connect(pictures_, &LogInPicturesPage::backPressed, this, [this] { follow(tutor_.stage()); });
  return pictures_;
}

HomePage* Window::needHome() {
  if (home_) return home_;
  made(home_);
  home_->setVoice(voice_.isAvailable());
  connect(home_, &HomePage::doorPressed, &tutor_, &app::Tutor::openDoor);
  connect(home_, &HomePage::choosePressed, this, [this] {
    needChoose()->showSkills(tutor_.home().skills);
    turnTo(choose_);
  });
  connect(home_, &HomePage::handOverPressed, this, &Window::askWhoItIs);
  connect(home_, &HomePage::oneSwitchPressed, this, [this] { scan_.setOn(!scan_.isOn()); });
  connect(home_, &HomePage::readAloudPressed, this,
          [this](const QString& text) { voice_.say(text); });
  return home_;
}

ChoosePage* Window::needChoose() {
  if (choose_) return choose_;
  made(choose_);
  choose_->setVoice(voice_.isAvailable());
  connect(choose_, &ChoosePage::readAloudPressed, this,
          [this](const QString& text) { voice_.say(text); });
  connect(choose_, &ChoosePage::skillPressed, &tutor_, &app::Tutor::chooseSkill);
  connect(choose_, &ChoosePage::backPressed, this, [this] { follow(tutor_.stage()); });
  return choose_;
}

void Window::attendTo(ItemPage* page) {
  pages_->add(page);
  page->setVoice([this](const QString& text) { return voice_.canSay(text); });
  connect(page, &ItemPage::readAloudPressed, this,
          [this](const QString& text) { voice_.say(text); });
  connect(page, &ItemPage::readSlowlyPressed, this,
          [this](const QString& text) { voice_.say(text, app::Pace::kSlow); });
  connect(page, &ItemPage::hushPressed, this, [this] { voice_.stop(); });
  connect(page, &ItemPage::hintWanted, &tutor_, &app::Tutor::askForHint);
  connect(page, &ItemPage::skipPressed, &tutor_, &app::Tutor::skipItem);
  connect(page, &ItemPage::nextPressed, &tutor_, &app::Tutor::nextItem);
  connect(page, &ItemPage::homePressed, &tutor_, &app::Tutor::goHome);
  connect(page, &ItemPage::workKept, &tutor_, &app::Tutor::keepWork);
  connect(page, &ItemPage::handChosen, &tutor_, &app::Tutor::setLeftHanded);
}

WellDonePage* Window::needWellDone() {
  if (well_done_) return well_done_;
  made(well_done_);
  well_done_->setVoice(voice_.isAvailable());
  connect(well_done_, &WellDonePage::readAloudPressed, this,
          [this](const QString& text) { voice_.say(text); });
  connect(well_done_, &WellDonePage::oneMorePressed, &tutor_, &app::Tutor::oneMore);
  connect(well_done_, &WellDonePage::homePressed, &tutor_, &app::Tutor::goHome);
  connect(well_done_, &WellDonePage::lookPressed, this, [this] {
    needLines()->showDone(well_done_->summary().done);
    turnTo(lines_);
  });
  connect(well_done_, &WellDonePage::finishedPressed, &tutor_, &app::Tutor::handOver);
  return well_done_;
}

LinesPage* Window::needLines() {
  if (lines_) return lines_;
  made(lines_);
  connect(lines_, &LinesPage::backPressed, this, [this] { follow(tutor_.stage()); });
  return lines_;
}

BreakPage* Window::needBreak() {
  if (break_) return break_;
  made(break_);
  break_->setVoice(voice_.isAvailable());
  connect(break_, &BreakPage::backPressed, &tutor_, &app::Tutor::breakTaken);
  connect(break_, &BreakPage::laterPressed, &tutor_, &app::Tutor::putOffBreak);
  connect(break_, &BreakPage::readAloudPressed, this,
          [this](const QString& text) { voice_.say(text); });
  return break_;
}

HandOverPage* Window::needHandOver() {
  if (hand_over_) return hand_over_;
  made(hand_over_);
  connect(hand_over_, &HandOverPage::stillMePressed, this, [this] { follow(tutor_.stage()); });
  connect(hand_over_, &HandOverPage::handOverPressed, &tutor_, &app::Tutor::handOver);
  return hand_over_;
}

PinPage* Window::needPin() {
  if (pin_) return pin_;
  made(pin_);
  connect(pin_, &PinPage::pinGiven, &tutor_, &app::Tutor::unlock);
  connect(pin_, &PinPage::backPressed, this, [this] { follow(tutor_.stage()); });
  return pin_;
}

TeacherPage* Window::needTeacher() {
  if (teacher_) return teacher_;
  made(teacher_);
  connect(teacher_, &TeacherPage::pupilPressed, &tutor_, &app::Tutor::requestPupilView);
  connect(teacher_, &TeacherPage::classWanted, &tutor_, &app::Tutor::requestClassView);
  connect(teacher_, &TeacherPage::remarked, &tutor_, &app::Tutor::remark);
  connect(teacher_, &TeacherPage::rulesChosen, &tutor_, &app::Tutor::setClassRules);
  connect(teacher_, &TeacherPage::renamed, &tutor_, &app::Tutor::renamePupil);
  connect(teacher_, &TeacherPage::pictureChosen, &tutor_, &app::Tutor::changePicture);
  connect(teacher_, &TeacherPage::picturesChanged, &tutor_, &app::Tutor::changePictures);
  connect(teacher_, &TeacherPage::lockPressed, &tutor_, &app::Tutor::lock);
  connect(teacher_, &TeacherPage::soundPressed, &tutor_, &app::Tutor::playKept);
  auto& listener = tutor_.listener();
  connect(teacher_, &TeacherPage::stopPlayingWanted, &listener, &app::Listener::stopPlaying);
  connect(&listener, &app::Listener::playingChanged, teacher_, &TeacherPage::showPlaying);
  return teacher_;
}

StoppedPage* Window::needStopped() {
  if (stopped_) return stopped_;
  connect(made(stopped_), &StoppedPage::tryAgainPressed, &tutor_, &app::Tutor::tryAgain);
  return stopped_;
}

void Window::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  const double wanted = scaleFor(size());
  if (wanted == scale()) return;
  setScale(wanted);
  applyScale(this);
}

void Window::paintEvent(QPaintEvent* event) {
  QPainter(this).fillRect(event->rect(), colour::kPaper);
}

bool Window::eventFilter(QObject* watched, QEvent* event) {
  const bool key = event->type() == QEvent::KeyPress;
  if (key || isPointer(*event)) {
    Control::setPointerInUse(!key);
    idle_.start();
    tutor_.noteActivity();
  }
  return QWidget::eventFilter(watched, event);
}

}  // namespace primer::ui
