#include "primer/app/tutor.h"

#include <QCoreApplication>
#include <algorithm>

#include "primer/app/pictures.h"
#include "primer/app/words.h"
#include "tutor_private.h"

namespace primer::app {

namespace {

constexpr std::chrono::milliseconds kRetryEvery{3000};
// What was written is on its way to the disk so long after the pen was lifted.
constexpr std::chrono::milliseconds kKeepWorkAfter{300};
constexpr std::chrono::milliseconds kLookForIdleEvery{1000};
constexpr qsizetype kLongestClassName = 20;

QString say(const char* text) { return QCoreApplication::translate("SetUp", text); }

bool isPin(const QString& pin) {
  return pin.size() >= 4 && pin.size() <= 16 &&
         std::all_of(pin.begin(), pin.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

ClassSetUpFaults faultsOf(const ClassSetUp& set_up) {
  ClassSetUpFaults faults;
  const auto name = set_up.class_name.trimmed();
  if (name.isEmpty()) {
    faults.class_name = say(QT_TRANSLATE_NOOP("SetUp", "Give the class a name, for example 4A."));
  } else if (name.size() > kLongestClassName) {
    faults.class_name = say(QT_TRANSLATE_NOOP("SetUp", "At most 20 letters fit."));
  }
  if (!isPin(set_up.pin)) {
    faults.pin = say(QT_TRANSLATE_NOOP("SetUp", "A PIN has 4 to 16 digits."));
  } else if (set_up.pin != set_up.pin_again) {
    faults.pin_again = say(QT_TRANSLATE_NOOP("SetUp", "This is not the same PIN."));
  }
  if (set_up.pupils < 1 || set_up.pupils > static_cast<int>(kPictureIds.size())) {
    faults.pupils = say(QT_TRANSLATE_NOOP("SetUp", "A class has 1 to 30 pupils here."));
  }
  return faults;
}

}  // namespace

// ---- Private: opening and setting up ------------------------------------------------------------

Tutor::Private::Private(Tutor& tutor, TutorSettings settings, Clock& clock, FileSystem& files,
                        TutorParts parts)
    : tutor_(tutor),
      settings_(std::move(settings)),
      clock_(clock),
      hearing_(parts.hearing),
      backroom_(std::make_unique<Backroom>(settings_, clock, files, std::move(parts))) {
  retry_timer_.setInterval(kRetryEvery);
  QObject::connect(&retry_timer_, &QTimer::timeout, &tutor_, [this] {
    if (recorder_ != nullptr) recorder_->retry();
  });
  draft_timer_.setSingleShot(true);
  draft_timer_.setInterval(kKeepWorkAfter);
  QObject::connect(&draft_timer_, &QTimer::timeout, &tutor_, [this] { keepDraft(); });
  idle_timer_.setInterval(kLookForIdleEvery);
  QObject::connect(&idle_timer_, &QTimer::timeout, &tutor_, &Tutor::lockIfIdle);
  aside_.setMaxThreadCount(1);
  worker_mail_.moveToThread(&thread_);
  thread_.setObjectName(QStringLiteral("primer-backroom"));
  thread_.start();
}

Tutor::Private::~Private() {
  if (draft_timer_.isActive()) keepDraft();
  // Behind whatever is still queued; the recorder writes what it has before it goes.
  worker_mail_.post([this] {
    backroom_.reset();
    QThread::currentThread()->quit();
  });
  thread_.wait();
}

void Tutor::Private::setStage(Stage stage) {
  if (stage == stage_) return;
  stage_ = stage;
  emit tutor_.stageChanged(stage);
}

QList<Problem> Tutor::Private::problems() const {
  auto all = opening_problems_;
  if (save_problem_) all.append(*save_problem_);
  std::stable_sort(all.begin(), all.end(), [](const Problem& left, const Problem& right) {
    return left.severity > right.severity;
  });
  return all;
}

void Tutor::Private::tellProblems() { emit tutor_.problemsChanged(problems()); }

void Tutor::Private::open() {
  if (opening_) return;
  opening_ = true;
  recorder_ = nullptr;
  setStage(Stage::kStarting);
  inBackroom([](Backroom& backroom) { return backroom.open(); },
             [this](Backroom::Opened result) { opened(std::move(result)); });
}

void Tutor::Private::opened(Backroom::Opened opened) {
  opening_ = false;
  recorder_ = opened.recorder;
  course_ = std::move(opened.course);
  knowledge_ = std::move(opened.knowledge);
  handwriting_ = opened.handwriting;
  opening_problems_ = std::move(opened.problems);
  tellProblems();
  const bool has_class = !opened.grid.classes.isEmpty();
  if (!opened.usable || (!has_class && recorder_ == nullptr)) {
    setStage(Stage::kStopped);
  } else if (!has_class) {
    setStage(Stage::kSetUp);
  } else {
    showGrid(opened.grid);
    setStage(Stage::kLogIn);
    learnFromClass();
  }
}

// How hard this class finds what is asked. Who logs in before that is known goes on without.
void Tutor::Private::learnFromClass() {
  if (!course_) return;
  inBackroom([](Backroom& backroom) { return backroom.learnFromNext(); },
             [this](bool more) {
               if (more) {
                 learnFromClass();
               } else {
                 fitKnowledge();
               }
             });
}

void Tutor::Private::fitKnowledge() {
  inBackroom(
      [](Backroom& backroom) { return backroom.takeLearning(); },
      [this](std::optional<Backroom::Learning> learning) {
        if (!learning) return;
        aside_.start([this, learning = std::make_shared<Backroom::Learning>(*std::move(learning))] {
          learning->model.fit(learning->histories);
          auto fitted =
              std::make_shared<const knowledge::KnowledgeModel>(std::move(learning->model));
          own_mail_.post([this, fitted] { knowledge_ = fitted; });
        });
      });
}

void Tutor::Private::showGrid(const LogInGrid& grid) {
  grid_ = grid;
  emit tutor_.gridReady(grid_);
}

void Tutor::Private::createClass(const ClassSetUp& set_up) {
  const auto faults = faultsOf(set_up);
  if (!faults.none()) {
    emit tutor_.classRefused(faults);
    return;
  }
  if (creating_) return;
  creating_ = true;
  inBackroom([set_up](Backroom& backroom) { return backroom.createClass(set_up); },
             [this](Result<LogInGrid> grid) {
               creating_ = false;
               if (stage_ != Stage::kSetUp) return;
               if (!grid) {
                 ClassSetUpFaults failed;
                 failed.all = problemFrom(grid.error()).words;
                 emit tutor_.classRefused(failed);
                 return;
               }
               showGrid(*grid);
               setStage(Stage::kLogIn);
             });
}

// ---- Tutor --------------------------------------------------------------------------------------

Tutor::Tutor(TutorSettings settings, Clock& clock, FileSystem& files, QObject* parent)
    : Tutor(std::move(settings), clock, files, TutorParts(), parent) {}

Tutor::Tutor(TutorSettings settings, Clock& clock, FileSystem& files, TutorParts parts,
             QObject* parent)
    : QObject(parent),
      d_(std::make_unique<Private>(*this, std::move(settings), clock, files, std::move(parts))) {}

Tutor::~Tutor() = default;

Stage Tutor::stage() const { return d_->stage_; }
QList<Problem> Tutor::problems() const { return d_->problems(); }
SaveState Tutor::saveState() const {
  return d_->pupil_.guest ? SaveState::kNotKept : d_->save_state_;
}
bool Tutor::handwritingAvailable() const { return d_->handwriting_; }
LogInGrid Tutor::grid() const { return d_->grid_; }
ItemView Tutor::item() const { return d_->item_; }
PupilCard Tutor::pupil() const { return d_->pupil_; }
HomeView Tutor::home() const { return d_->home_; }
bool Tutor::leftHanded() const { return d_->left_handed_; }
QList<Step> Tutor::steps() const { return d_->visit_ ? d_->visit_->steps() : QList<Step>(); }

Listener& Tutor::listener() { return d_->listener(); }

void Tutor::start() {
  if (d_->stage_ == Stage::kStarting) d_->open();
}

void Tutor::tryAgain() {
  const bool idle = d_->stage_ == Stage::kLogIn && d_->unsaved_ == 0 && !d_->logging_in_;
  if (d_->stage_ == Stage::kStopped || idle) d_->open();
}

void Tutor::createClass(const ClassSetUp& set_up) {
  if (d_->stage_ == Stage::kSetUp) d_->createClass(set_up);
}

void Tutor::showClass(const ClassId& shown) {
  if (d_->stage_ != Stage::kLogIn) return;
  d_->inBackroom([shown](Backroom& backroom) { return backroom.grid(shown); },
                 [this](Result<LogInGrid> grid) {
                   if (grid && d_->stage_ == Stage::kLogIn) d_->showGrid(*grid);
                 });
}

void Tutor::logIn(const LearnerId& learner) {
  if (d_->stage_ == Stage::kLogIn) d_->logIn(learner);
}

void Tutor::givePictures(const QStringList& tapped) {
  if (d_->stage_ == Stage::kLogIn) d_->givePictures(tapped);
}

void Tutor::logInAsGuest() {
  if (d_->stage_ == Stage::kLogIn) d_->logInAsGuest();
}

void Tutor::openDoor(DoorKind door) {
  if (d_->stage_ == Stage::kHome && !d_->leaving_) d_->openDoor(door);
}

void Tutor::chooseSkill(int skill) {
  if (d_->stage_ == Stage::kHome && !d_->leaving_) d_->chooseSkill(skill);
}

void Tutor::goHome() {
  const bool away = d_->stage_ == Stage::kWorking || d_->stage_ == Stage::kBreak ||
                    d_->stage_ == Stage::kWellDone;
  if (away && !d_->leaving_) d_->goHome();
}

void Tutor::readInk(const Ink& ink, const InkBox& box) {
  if (d_->working()) d_->readInk(ink, box);
}

void Tutor::chooseAlternative(int digit, int alternative) {
  if (d_->working() && d_->visit_->itemIsOpen() && !d_->reading_ &&
      d_->visit_->chooseAlternative(digit, alternative)) {
    d_->readingChanged();
  }
}

void Tutor::confirmReading() {
  if (!d_->working() || !d_->visit_->itemIsOpen() || d_->reading_) return;
  d_->visit_->confirmReading();
  d_->readingChanged();
}

void Tutor::check() {
  if (d_->working()) d_->check();
}

void Tutor::submitTyped(const QString& text) {
  if (!d_->working() || !d_->visit_->itemIsOpen()) return;
  ++d_->latest_ink_;  // what is being read does not count any more
  d_->reading_ = false;
  d_->check_wanted_ = false;
  d_->tell(d_->visit_->checkTyped(text, d_->clock_.steadyTime()));
}

void Tutor::askForHint() {
  if (!d_->working() || !d_->visit_->itemIsOpen()) return;
  emit hintShown(d_->visit_->nextHint());
}

void Tutor::submitQuiz(const QuizReply& reply) {
  if (d_->working() && d_->visit_->itemIsOpen() && d_->visit_->item().kind == ItemKind::kQuiz) {
    d_->submitQuiz(reply);
  }
}

void Tutor::listen() {
  if (d_->working() && (d_->visit_->itemIsAloud() || d_->isAnsweredAloud())) d_->listen();
}

void Tutor::practiseSound(const QString& phone) {
  if (d_->working() && d_->visit_->itemIsAloud()) d_->practiseSound(phone);
}

void Tutor::keepForTeacher() {
  if (d_->working() && d_->visit_->itemIsAloud()) d_->keepForTeacher();
}

void Tutor::readQuietly() {
  if (d_->working()) d_->readQuietly();
}

void Tutor::answerQuestion(int question, const QString& answer) {
  if (!d_->working() || d_->visit_->itemIsOpen()) return;
  auto graded = d_->visit_->answerQuestion(question, answer, d_->clock_.steadyTime());
  if (graded) d_->submit(*std::move(graded));
}

void Tutor::skipItem() {
  if (!d_->working()) return;
  auto skipped = d_->visit_->skip(d_->clock_.steadyTime());
  if (!skipped) return;
  d_->submit(*std::move(skipped));
  d_->tellSteps();
  emit itemSkipped();
}

void Tutor::nextItem() {
  if (d_->working()) d_->nextItem();
}

void Tutor::keepWork(const SheetWork& work) {
  if (d_->working() && d_->visit_->itemIsOpen()) d_->keepWork(work);
}

void Tutor::setLeftHanded(bool on) {
  if (d_->visit_) d_->setLeftHanded(on);
}

void Tutor::breakTaken() {
  if (d_->stage_ == Stage::kBreak && !d_->leaving_) d_->endBreak(false);
}

void Tutor::putOffBreak() {
  if (d_->stage_ == Stage::kBreak && !d_->leaving_) d_->endBreak(true);
}

void Tutor::oneMore() {
  if (d_->stage_ != Stage::kWellDone || d_->leaving_ || d_->sessionIsOver()) return;
  d_->visit_->startSet();
  d_->goOn();
}

void Tutor::handOver() {
  if (d_->visit_) d_->handOver();
}

}  // namespace primer::app
